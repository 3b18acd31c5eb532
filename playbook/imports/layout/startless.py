"""A table in which nothing says when a LIVE began: a sheet kept by hand, or something else that counts likes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from playbook.imports.results import Question, place_of
from playbook.language import N_, _
from playbook.model.session import Session

from .recognise import LayoutMatch

#: Any of these is an order.
_ORDERS = frozenset({"sku_orders", "orders_main", "orders_paid", "sku_orders_attributed"})

_INSTEAD = N_(
    "Download Creator-Live-Performance instead - LIVE Center, Analytics, LIVE, Creator LIVE Performance, Export."
)


def placed(sessions: Sequence[Session]) -> bool:
    """Whether any of the LIVEs has a start."""
    return any(live.start is not None for live in sessions)


def counts_lives(columns: Collection[str]) -> bool:
    """Whether the columns count what only a LIVE has: impressions with views, or two of impressions, clicks, orders.

    Views, likes, comments, shares and followers are counted of videos, posts and accounts, too.
    """
    named = set(columns)
    kinds = [bool(named & {"impressions"}), bool(named & {"product_clicks"}), bool(named & _ORDERS)]
    return {"impressions", "views"} <= named or sum(kinds) >= 2


def refusal(match: LayoutMatch) -> str:
    """Why rows without a start are not read, and what to do."""
    place = place_of(match.table.file, match.header + 1)
    if "start" in match.columns:
        header = " ".join(match.headers[match.columns["start"]].split())
        return _(
            "{place}: no row has a date and time under '{column}', so these may be anything but "
            "LIVEs. Expected a start like 2026-08-01 19:00 in each row; download the export again "
            "without changing it.",
            place=place,
            column=header,
        )
    what = ", ".join(_names(match))
    if "session_id" in match.columns:
        return _(
            "{place}: this lists LIVEs ({what}) without saying when they began, as a ranking does. {instead}",
            place=place, what=what, instead=_(_INSTEAD),
        )  # fmt: skip
    return _(
        "{place}: no column says when a LIVE began, and {what} are counted of videos, posts and accounts, too, so this "
        "is not taken for a list of LIVEs. {instead} If it is a sheet of your own, add a column 'start' with date and "
        "time.",
        place=place, what=what, instead=_(_INSTEAD),
    )  # fmt: skip


def question(match: LayoutMatch) -> Question:
    """What is asked about a table that counts LIVEs and does not date them."""
    name = match.table.file
    missing = (
        _("{file}: no date and time could be read.", file=name)
        if "start" in match.columns
        else _("{file}: no column says when each LIVE began.", file=name)
    )
    taken = _(
        "The rows are taken for LIVEs in their order; nothing says which came first. Add a column 'start' with date "
        "and time, like 2026-08-01 19:00, and upload it again."
    )
    return Question("no_start", name, f"{missing} {taken}")


def _names(match: LayoutMatch) -> list[str]:
    shown = [" ".join(match.headers[at].split()) for at in sorted(match.columns.values())]
    return shown[:5]
