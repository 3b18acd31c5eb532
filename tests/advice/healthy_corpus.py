"""Writes data/samples/healthy/: ordinary LIVEs of twelve invented shops, on which nothing may fire.

Ordinary means: every rate varies from LIVE to LIVE by its own 6 to 18 % with some memory, counts have their own
noise, enter rates fall a little when traffic grows, and no LIVE lies further than 1.9 (the last one: 1.2) standard
deviations from what its shop's past makes likely. Run this file to write the corpus anew; a test compares.
"""

from __future__ import annotations

import csv
import io
import math
import random
from datetime import datetime, timedelta
from pathlib import Path
from statistics import NormalDist

FOLDER = Path(__file__).resolve().parents[2] / "data" / "samples" / "healthy"
SESSIONS = 12
_MEMORY = 0.35
_FURTHEST, _FURTHEST_LAST = 1.9, 1.2

COLUMNS = (
    "session_id", "start", "minutes", "title", "host", "currency", "impressions", "views", "viewers",
    "avg_viewing_seconds", "product_impressions", "product_clicks", "sku_orders", "gmv", "comments",
    "new_followers", "shares", "likes",
)  # fmt: skip

#: currency, impressions an hour, minutes, GMV per order, decimals of money
SHOPS = (
    ("USD", 22_000, 120, 24.0, 2), ("BRL", 9_000, 150, 62.0, 2), ("IDR", 60_000, 180, 84_000.0, 0),
    ("VND", 45_000, 120, 210_000.0, 0), ("THB", 30_000, 120, 340.0, 2), ("GBP", 4_000, 90, 19.0, 2),
    ("MXN", 12_000, 120, 280.0, 2), ("MYR", 18_000, 150, 41.0, 2), ("PHP", 75_000, 240, 390.0, 2),
    ("SGD", 3_000, 60, 33.0, 2), ("EUR", 6_500, 120, 29.0, 2), ("JPY", 150_000, 180, 3_200.0, 0),
)  # fmt: skip

#: rate: typical level, spread between LIVEs (log scale)
RATES = {
    "err": (0.13, 0.12), "viewers": (0.86, 0.03), "duration": (55.0, 0.08), "products_seen": (3.4, 0.10),
    "product_ctr": (0.045, 0.10), "ctor": (0.09, 0.12), "comment_rate": (0.08, 0.15), "follow_rate": (0.02, 0.12),
    "share_rate": (0.006, 0.15), "like_rate": (0.9, 0.18), "basket": (1.0, 0.06), "traffic": (1.0, 0.16),
}  # fmt: skip

_NORMAL = NormalDist()


class _Shop:
    """A random stream, and the memory of every rate. `random.random()` is the same on every platform."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(f"healthy shop {number}")
        self.state = dict.fromkeys(RATES, 0.0)
        self.levels = {name: level * math.exp(0.25 * self.draw(1.6)) for name, (level, _) in RATES.items()}
        self.levels["viewers"] = 0.86

    def draw(self, furthest: float) -> float:
        """A standard normal draw within `furthest`."""
        edge = _NORMAL.cdf(-furthest)
        return _NORMAL.inv_cdf(edge + (1 - 2 * edge) * self.random.random())

    def rate(self, name: str, furthest: float) -> float:
        spread = RATES[name][1]
        fresh = spread * math.sqrt(1 - _MEMORY**2) * self.draw(furthest)
        self.state[name] = _MEMORY * self.state[name] + fresh
        return self.levels[name] * math.exp(self.state[name])

    def count(self, mean: float, furthest: float) -> int:
        """A Poisson-like count: the mean with its own noise."""
        return max(0, round(mean + math.sqrt(mean) * self.draw(furthest)))


def rows(number: int) -> list[dict[str, str]]:
    """The LIVEs of one shop, oldest first, as cells of the sessions template."""
    currency, per_hour, minutes, basket, digits = SHOPS[number]
    shop, first = _Shop(number), datetime(2026, 8, 3, 18 + number % 4, 30)
    found = []
    for index in range(SESSIONS):
        furthest = _FURTHEST_LAST if index == SESSIONS - 1 else _FURTHEST
        length = minutes + round(8 * shop.draw(furthest))
        cells = _cells(shop, per_hour, length, basket, digits, furthest)
        start = first + timedelta(days=3 * index + index % 2)
        named = {
            "session_id": f"79000000000000{number:02d}{index:03d}", "start": start.strftime("%Y-%m-%d %H:%M"),
            "minutes": str(length), "title": f"Evening LIVE {index + 1}", "host": "", "currency": currency,
        }  # fmt: skip
        found.append(named | cells)
    return found


def _cells(shop: _Shop, per_hour: int, length: int, basket: float, digits: int, furthest: float) -> dict[str, str]:
    rate = {name: shop.rate(name, furthest) for name in RATES}
    traffic = math.exp(shop.state["traffic"])
    impressions = shop.count(per_hour * length / 60 * traffic, furthest)
    views = shop.count(impressions * rate["err"] * traffic**-0.3, furthest)
    cards = shop.count(views * rate["products_seen"], furthest)
    clicks = shop.count(cards * rate["product_ctr"], furthest)
    orders = shop.count(clicks * rate["ctor"], furthest)
    gmv = orders * basket * rate["basket"]
    counts = {
        "impressions": impressions, "views": views, "viewers": round(views * min(rate["viewers"], 0.97)),
        "product_impressions": cards, "product_clicks": clicks, "sku_orders": orders,
        "comments": shop.count(views * rate["comment_rate"], furthest),
        "new_followers": shop.count(views * rate["follow_rate"], furthest),
        "shares": shop.count(views * rate["share_rate"], furthest),
        "likes": shop.count(views * rate["like_rate"], furthest),
    }  # fmt: skip
    cells = {name: str(value) for name, value in counts.items()}
    return cells | {"avg_viewing_seconds": f"{rate['duration']:.1f}", "gmv": f"{gmv:.{digits}f}"}


def text(number: int) -> str:
    """The CSV of one shop."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(number))
    return out.getvalue()


def file_name(number: int) -> str:
    return f"shop_{number + 1:02d}_{SHOPS[number][0].lower()}.csv"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for each in range(len(SHOPS)):
        (FOLDER / file_name(each)).write_text(text(each), encoding="utf-8")
