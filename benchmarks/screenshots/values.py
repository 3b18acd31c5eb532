"""The numbers of a made-up LIVE, and how a market prints them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

#: PrintedNumber as fractions with a percent sign.
RATES = ("err", "ctr", "product_ctr", "ctor", "comment_rate", "follow_rate")
MONEY = ("gmv", "show_gpm", "watch_gpm", "gmv_per_hour")

#: From here on a page that shortens does so.
_SHORT_FROM = 10_000


@dataclass(frozen=True)
class PrintedNumber:
    """A number as it stands on a page: its text, what that text says, and whether it says less than is known."""

    text: str
    value: float
    approximate: bool = False


@dataclass(frozen=True)
class Market:
    """How numbers are written. `money` holds `{}`; `units` are those of thousands, millions and thousand millions."""

    currency: str
    money: str
    thousands: str
    decimal: str
    units: tuple[str, str, str]
    short_digits: int
    cents: int
    order: tuple[float, float]
    length: str
    seconds: str

    def count(self, value: float, short: bool) -> PrintedNumber:
        """A whole number, shortened where it is long and the page does so."""
        if short and value >= _SHORT_FROM:
            return self._shortened(value)
        return PrintedNumber(self._number(value, 0), float(round(value)))

    def amount(self, value: float, short: bool) -> PrintedNumber:
        """Money in the market's currency."""
        if short and value >= _SHORT_FROM:
            number = self._shortened(value)
            return PrintedNumber(self.money.format(number.text), number.value, True)
        return PrintedNumber(self.money.format(self._number(value, self.cents)), round(value, self.cents))

    def rate(self, value: float) -> PrintedNumber:
        """A fraction in percent with two digits."""
        percent = round(100 * value, 2)
        return PrintedNumber(self._number(percent, 2) + "%", round(percent / 100, 6))

    def viewing(self, seconds: int) -> PrintedNumber:
        """How long a viewer stayed."""
        return PrintedNumber(self.seconds.format(seconds), float(seconds))

    def duration(self, minutes: int, clock: bool) -> PrintedNumber:
        """Hours and minutes in words, or as a clock that ran."""
        hours, rest = divmod(minutes, 60)
        text = f"{hours:02d}:{rest:02d}:00" if clock else self.length.format(hours, rest)
        return PrintedNumber(text, float(minutes))

    def _shortened(self, value: float) -> PrintedNumber:
        power = 3 if value >= 1e9 else 2 if value >= 1e6 else 1
        digits = round(value / 1000**power, self.short_digits)
        return PrintedNumber(
            self._number(digits, self.short_digits) + self.units[power - 1], round(digits * 1000**power, 2), True
        )

    def _number(self, value: float, digits: int) -> str:
        written = f"{value:,.{digits}f}"
        return written.translate(str.maketrans({",": self.thousands, ".": self.decimal}))


MARKETS = {
    "en": Market("USD", "${}", ",", ".", ("K", "M", "B"), 2, 2, (12, 45), "{}h{}m", "{}s"),
    "id": Market("IDR", "Rp{}", ".", ",", ("RB", "JT", "M"), 1, 0, (45e3, 180e3), "{} jam {} menit", "{}s"),
    "pt-BR": Market("BRL", "R$ {}", ".", ",", (" mil", " mi", " bi"), 1, 2, (40, 160), "{}h {}min", "{}s"),
    "vi": Market("VND", "{}₫", ".", ",", ("K", "Tr", "T"), 1, 0, (90e3, 400e3), "{} giờ {} phút", "{}s"),
    "es": Market("MXN", "${}", ",", ".", ("K", "M", "B"), 1, 2, (150, 600), "{}h {}min", "{}s"),
}


@dataclass(frozen=True)
class MadeUpLive:
    """Counts, money and rates by our names, all of one LIVE; `start` is the shop's clock."""

    values: Mapping[str, float]
    minutes: int
    start: datetime


def live(dice: random.Random, market: Market) -> MadeUpLive:
    """A LIVE whose rates are those of its counts."""
    views = round(10 ** dice.uniform(2.7, 4.9))
    minutes = dice.randint(45, 290)
    counts = {
        "views": views,
        "viewers": round(views * dice.uniform(0.7, 0.95)),
        "peak_viewers": max(5, round(views * dice.uniform(0.01, 0.05))),
        "impressions": round(views / dice.uniform(0.04, 0.3)),
        "product_impressions": round(views * dice.uniform(2, 6.5)),
        "product_clicks": round(views * dice.uniform(0.08, 0.35)),
        "comments": round(views * dice.uniform(0.01, 0.06)),
        "likes": round(views * dice.uniform(0.2, 1.8)),
        "shares": round(views * dice.uniform(0.001, 0.006)),
        "new_followers": round(views * dice.uniform(0.002, 0.01)),
        "avg_viewing_seconds": dice.randint(14, 59),
    }
    orders = max(2, round(counts["product_clicks"] * dice.uniform(0.015, 0.06)))
    gmv = round(orders * dice.uniform(*market.order), market.cents)
    values = counts | {
        "sku_orders": orders,
        "items_sold": round(orders * dice.uniform(1.02, 1.4)),
        "customers": max(1, round(orders * dice.uniform(0.8, 0.98))),
        "gmv": gmv,
        "err": views / counts["impressions"],
        "ctr": counts["product_clicks"] / views,
        "product_ctr": counts["product_clicks"] / counts["product_impressions"],
        "ctor": orders / counts["product_clicks"],
        "comment_rate": counts["comments"] / views,
        "follow_rate": counts["new_followers"] / views,
        "show_gpm": 1000 * gmv / counts["impressions"],
        "watch_gpm": 1000 * gmv / views,
        "gmv_per_hour": 60 * gmv / minutes,
    }
    start = datetime(2026, 3, 1) + timedelta(minutes=dice.randint(0, 250 * 1440))
    return MadeUpLive(values, minutes, start)


def printed(name: str, value: float, market: Market, short: bool) -> PrintedNumber:
    """A value of MadeUpLive as the market's page writes it."""
    if name in RATES:
        return market.rate(value)
    if name in MONEY:
        return market.amount(value, short)
    if name == "avg_viewing_seconds":
        return market.viewing(round(value))
    return market.count(value, short)
