"""One month of a shop as slides: its LIVEs beside the month before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from playbook import formats
from playbook.model.session import Session

from .look import DeckLook
from .slides import BOTTOM, LEFT, TOP, WIDE, Slides

_LINE = WIDE - 2 * LEFT
#: LIVEs that the table of the best and the weakest lists of each.
_SHOWN = 5


def month_deck(shop: str, month: date, sessions: Sequence[Session], look: DeckLook | None = None) -> bytes:
    """The file (PPTX) of the month in which `month` lies. `sessions` may hold other months; those of the one before
    are compared. GMV is added up in the currency that most of the LIVEs have; LIVEs in another are named as left out.

    Raises ValueError for a month without a LIVE, Unprintable as `as_deck`.
    """
    look = look or DeckLook()
    first = month.replace(day=1)
    lives = _of(sessions, first)
    if not lives:
        raise ValueError(f"{shop} has no LIVE in {first:%B %Y}.")
    currencies = [each.currency for each in lives]
    currency = max(set(currencies), key=currencies.count)
    same = [each for each in lives if each.currency == currency]
    before = [each for each in _of(sessions, (first - timedelta(days=1)).replace(day=1)) if each.currency == currency]
    with formats.written_for(currency):
        made = Slides(look, " · ".join(filter(None, (look.agency, shop, f"{first:%B %Y}"))))
        made.front(f"{shop}: {first:%B %Y}", _summary(same, before, currency))
        made.new("The month beside the one before")
        made.table(
            [["", f"{first:%B}", "Month before", "Change"], *_totals(same, before, currency)], TOP, (3, 2, 2, 1.6), 32
        )
        left_out = len(lives) - len(same)
        if left_out:
            made.words(
                [f"Left out for another currency: {formats.several(left_out, 'LIVE')}."], LEFT, 420, _LINE, 40, 12, 10
            )
        known = [each for each in same if each.counts.get("gmv") is not None]
        if known:
            made.new("GMV of each LIVE")
            names = [f"{each.start.day} {each.start:%b}" for each in known if each.start]
            made.chart(
                "columns", names, [("GMV", [each.counts["gmv"] for each in known])], LEFT, TOP, _LINE, BOTTOM - TOP
            )
            made.new("LIVEs that sold most")
            made.table(_best(known, currency), TOP, (2, 5, 1.6, 2), 30)
        return made.bytes()


def _of(sessions: Sequence[Session], first: date) -> list[Session]:
    """The ordinary LIVEs of a month, the oldest first."""
    fitting = [
        (each.start, each) for each in sessions
        if each.start is not None and each.ordinary and (each.start.year, each.start.month) == (first.year, first.month)
    ]  # fmt: skip
    return [each for _, each in sorted(fitting, key=lambda pair: pair[0])]


def _sum(lives: Sequence[Session], name: str) -> float | None:
    """Over the LIVEs that know it; None where none does."""
    known = [number for each in lives if (number := each.counts.get(name)) is not None]
    return sum(known) if known else None


def _hours(lives: Sequence[Session]) -> float:
    return sum(each.duration_minutes or 0.0 for each in lives) / 60


def _totals(lives: Sequence[Session], before: Sequence[Session], currency: str | None) -> list[list[str]]:
    rows = [_row("LIVEs", len(lives), len(before) or None, formats.count),
            _row("Hours", _hours(lives), _hours(before) or None, lambda number: formats.decimal(number))]  # fmt: skip
    rows.append(
        _row("GMV", _sum(lives, "gmv"), _sum(before, "gmv"), lambda number: formats.money_short(number, currency))
    )
    for name, label in (("sku_orders", "SKU orders"), ("views", "Views"), ("impressions", "Impressions"),
                        ("product_clicks", "Product clicks")):  # fmt: skip
        rows.append(_row(label, _sum(lives, name), _sum(before, name), formats.count))
    return rows


def _row(label: str, now: float | None, former: float | None, shown: Callable[[float], str]) -> list[str]:
    change = "–" if not now or not former else formats.change(now / former - 1)
    return [label, "–" if now is None else shown(now), "–" if former is None else shown(former), change]


def _summary(lives: Sequence[Session], before: Sequence[Session], currency: str | None) -> list[str]:
    gmv, former = _sum(lives, "gmv"), _sum(before, "gmv")
    lines = [f"{formats.several(len(lives), 'LIVE')}, {formats.decimal(_hours(lives))} hours"]
    if gmv is not None:
        against = f", {formats.change(gmv / former - 1)} against the month before" if former else ""
        lines.append(f"GMV {formats.money_short(gmv, currency)}{against}")
    return lines


def _best(known: Sequence[Session], currency: str | None) -> list[list[str]]:
    ranked = sorted(known, key=lambda each: -(each.counts["gmv"] or 0.0))[: 2 * _SHOWN]
    rows = [["Start", "Title", "Length", "GMV"]]
    for each in ranked:
        assert each.start is not None
        rows.append(
            [
                f"{each.start.day} {each.start:%b, %H:%M}",
                each.title or "–",
                formats.seconds(each.duration_minutes * 60) if each.duration_minutes else "–",
                formats.money_short(each.counts["gmv"] or 0.0, currency),
            ]
        )
    return rows
