"""One month of a shop as slides: its LIVEs and its account beside the month before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from playbook import formats
from playbook.desk.months import COUNTED, Month, left_out_for, lives_of, months
from playbook.model.session import Session
from playbook.store.records import AccountFigure, ClosedMonth

from .look import DeckLook
from .slides import BOTTOM, LEFT, TOP, WIDE, Slides

_LINE = WIDE - 2 * LEFT
#: LIVEs that the table of the best and the weakest lists of each.
_SHOWN = 5


def month_deck(
    shop: str,
    month: date,
    sessions: Sequence[Session],
    look: DeckLook | None = None,
    *,
    figures: Iterable[AccountFigure] = (),
    closed: Iterable[ClosedMonth] = (),
) -> bytes:
    """The file (PPTX) of the month in which `month` lies. `sessions` may hold other months; the one before is compared.

    The figures are those of History (`desk.months`): GMV of one kind and currency, with `figures` of the account; a
    month that is among `closed` keeps the figures with which it was closed, and the LIVEs that are listed are today's.
    Raises ValueError for a month without a LIVE, Unprintable as `as_deck`.
    """
    look = look or DeckLook()
    name, former = f"{month:%Y-%m}", f"{month.replace(day=1) - timedelta(days=1):%Y-%m}"
    lives = sorted(lives_of(sessions, name), key=lambda each: each.start or 0)
    if not lives:
        raise ValueError(f"{shop} has no LIVE in {month:%B %Y}.")
    found = {each.month: each for each in months(sessions, figures, closed)}
    now, before = found[name], found.get(former)
    with formats.written_for(now.currency):
        made = Slides(look, " · ".join(filter(None, (look.agency, shop, f"{month:%B %Y}"))))
        made.front(f"{shop}: {month:%B %Y}", _summary(now, before))
        made.new("The month beside the one before")
        rows = _totals(now, before)
        made.table([["", f"{month:%B}", "Month before", "Change"], *rows], TOP, (3, 2, 2, 1.6), 26)
        said = _remarks(now)
        if said:
            made.words(said, LEFT, 440, _LINE, 60, 12, 10)
        known = [each for each in lives if left_out_for(each, now.currency, now.gmv_kind) is None]
        if known:
            made.new("GMV of each LIVE")
            names = [formats.day(each.start) for each in known if each.start]
            made.chart(
                "columns", names, [("GMV", [each.counts["gmv"] for each in known])], LEFT, TOP, _LINE, BOTTOM - TOP
            )
            made.new("LIVEs that sold most")
            made.table(_best(known, now.currency), TOP, (2, 5, 1.6, 2), 30)
        return made.bytes()


def _totals(now: Month, before: Month | None) -> list[list[str]]:
    def row(label: str, figure: Callable[[Month], float | None], shown: Callable[[float], str]) -> list[str]:
        value, former = figure(now), figure(before) if before else None
        change = "–" if not value or not former else formats.change(value / former - 1)
        return [label, *("–" if each is None else shown(each) for each in (value, former)), change]

    def gmv(month: Month) -> float | None:
        return month.gmv if (month.gmv_kind, month.currency) == (now.gmv_kind, now.currency) else None

    def money(value: float) -> str:
        return formats.money_short(value, now.currency)

    def whole(name: str) -> Callable[[Month], float | None]:
        """A figure of the account, where no day of it is missing."""
        return lambda month: None if month.missing(name) else month.account.get(name)

    rows = [
        row("LIVEs", lambda month: month.lives or None, formats.count),
        row("Hours", lambda month: month.hours, formats.decimal),
        row("GMV of LIVEs", gmv, money),
        *(row(label, lambda month, name=name: month.counts.get(name), formats.count)  # type: ignore[misc]
          for name, label in COUNTED.items()),
        row("GMV of the shop", whole("shop_gmv"), money),
        row("LIVEs' part of it", lambda month: month.share, lambda value: formats.percent_in(value, 0)),
        row("Followers", whole("followers"), formats.count),
    ]  # fmt: skip
    return [each for each in rows if each[1] != "–" or each[2] != "–"]


def _summary(now: Month, before: Month | None) -> list[str]:
    lines = [formats.several(now.lives, "LIVE") + (f", {formats.decimal(now.hours)} hours" if now.hours else "")]
    if now.gmv is not None:
        same = before is not None and (before.gmv_kind, before.currency) == (now.gmv_kind, now.currency)
        former = before.gmv if before is not None and same else None
        against = f", {formats.change(now.gmv / former - 1)} against the month before" if former else ""
        lines.append(f"GMV {formats.money_short(now.gmv, now.currency)}{against}")
    return lines


def _remarks(now: Month) -> list[str]:
    """What the sums leave out, and since when they stand."""
    lines = []
    if now.left_out:
        why = ", ".join(f"{formats.several(many, 'LIVE')} with {reason}" for reason, many in now.left_out.items())
        lines.append(f"Not in the GMV of LIVEs: {why}.")
    if now.closed:
        lines.append(f"These figures were closed on {formats.day_and_year(now.closed)}.")
    return lines


def _best(known: Sequence[Session], currency: str | None) -> list[list[str]]:
    ranked = sorted(known, key=lambda each: -(each.counts["gmv"] or 0.0))[: 2 * _SHOWN]
    rows = [["Start", "Title", "Length", "GMV"]]
    for each in ranked:
        assert each.start is not None
        rows.append(
            [
                f"{formats.day(each.start)}, {each.start:%H:%M}",
                each.title or "–",
                formats.seconds(each.duration_minutes * 60) if each.duration_minutes else "–",
                formats.money_short(each.counts["gmv"] or 0.0, currency),
            ]
        )
    return rows
