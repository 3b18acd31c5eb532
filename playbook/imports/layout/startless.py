"""A table in which nothing says when a LIVE began: a sheet kept by hand, or something else that counts likes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from playbook.imports.results import Question
from playbook.model.session import Session

from .recognise import LayoutMatch

#: Any of these is an order.
_ORDERS = frozenset({"sku_orders", "orders_main", "orders_paid", "sku_orders_attributed"})

_INSTEAD = "Download Creator-Live-Performance instead - LIVE Center, Analytics, LIVE, Creator LIVE Performance, Export."


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
    place = f"{match.table.file}, row {match.header + 1}"
    if "start" in match.columns:
        header = " ".join(match.headers[match.columns["start"]].split())
        return (
            f"{place}: no row has a date and time under '{header}', so these may be anything but LIVEs. Expected a "
            "start like 2026-08-01 19:00 in each row; download the export again without changing it."
        )
    what = ", ".join(_names(match))
    if "session_id" in match.columns:
        return f"{place}: this lists LIVEs ({what}) without saying when they began, as a ranking does. {_INSTEAD}"
    return (
        f"{place}: no column says when a LIVE began, and {what} are counted of videos, posts and accounts, too, so "
        f"this is not taken for a list of LIVEs. {_INSTEAD} If it is a sheet of your own, add a column 'start' with "
        "date and time."
    )


def question(match: LayoutMatch) -> Question:
    """What is asked about a table that counts LIVEs and does not date them."""
    name = match.table.file
    missing = "no date and time could be read" if "start" in match.columns else "no column says when each LIVE began"
    text = (
        f"{name}: {missing}. The rows are taken for LIVEs in their order; nothing says which came first. "
        "Add a column 'start' with date and time, like 2026-08-01 19:00, and upload it again."
    )
    return Question("no_start", name, text)


def _names(match: LayoutMatch) -> list[str]:
    shown = [" ".join(match.headers[at].split()) for at in sorted(match.columns.values())]
    return shown[:5]
