"""Whose LIVEs are these: what speaks against their being of the shop they are about to be stored in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, func, select

from playbook import formats
from playbook.language import _, ngettext
from playbook.model.notes import DAY_ALONE
from playbook.model.session import Session

from . import queries
from .records import ImportPlan
from .schema import live, shop, version

_CHUNK = 500


def doubts(connection: Connection, plan: ImportPlan, seen: Collection[str] | None = None) -> tuple[str, ...]:
    """A sentence for each: another currency than the shop's, LIVEs that another shop has already, and LIVEs of a day
    that has one with other numbers and no time of day.

    `seen` are the shops that may be named, None for all.
    """
    return tuple(
        filter(None, (_currency(connection, plan), _elsewhere(connection, plan, seen), _same_day(connection, plan)))
    )


def _currency(connection: Connection, plan: ImportPlan) -> str | None:
    """The shop's own is that of its latest LIVE, else the one in its settings."""
    last = queries.sessions(connection, plan.shop.id, limit=1)
    own = (last[0].currency if last else None) or plan.shop.currency
    others = Counter(each.currency for each in plan.sessions if each.currency not in (None, own))
    if own is None or not others:
        return None
    listed = ", ".join(f"{code} ({number})" for code, number in others.most_common())
    return _("They are in {listed}, and the LIVEs of {shop} are in {own}.", listed=listed, shop=plan.shop.name, own=own)


def _same_day(connection: Connection, plan: ImportPlan) -> str | None:
    """A date alone and a start on that day are mostly one LIVE; with other numbers only a person can say."""
    new = [each.session for each in plan.new if each.session.start is not None]
    if not new:
        return None
    names = {each.id for each in new}
    query = (
        select(live.c.session_id, live.c.start, version.c.data.contains(DAY_ALONE))
        .join_from(live, version, version.c.id == live.c.current)
        .where(live.c.shop_id == plan.shop.id, live.c.deleted_at.is_(None), live.c.start.is_not(None))
    )
    there = {(start.date(), bool(alone)) for name, start, alone in connection.execute(query) if name not in names}
    days = [
        f"{each.start:%Y-%m-%d}"
        for each in new
        if each.start
        and (each.start.date(), not each.day_alone) in there
        and (each.day_alone or (each.start.date(), False) not in there)
    ]
    if not days:
        return None
    listed, more = ", ".join(days[:3]), len(days) - 3
    if more > 0:
        listed = _("{listed} and {more} more", listed=listed, more=more)
    return _(
        "A LIVE of the same day with other numbers is saved already ({listed}), and one of the "
        "two has its date alone. Yes keeps both as two LIVEs.",
        listed=listed,
    )


def _elsewhere(connection: Connection, plan: ImportPlan, seen: Collection[str] | None) -> str | None:
    """Room IDs are given once in the world, so a LIVE that another shop has is not of this one."""
    names = Counter(_owners(connection, plan.shop.id, _rooms(plan.sessions), seen))
    if not names:
        return None
    listed = ", ".join(f"{name} ({number})" for name, number in names.most_common(3))
    every = len(plan.sessions)
    return ngettext(
        "Of {count} LIVE some are stored already in another shop: {listed}.",
        "Of {count} LIVEs some are stored already in another shop: {listed}.",
        every, count=formats.count(every), listed=listed,
    )  # fmt: skip


def _rooms(sessions: Iterable[Session]) -> list[str]:
    return [each.id for each in sessions if each.id.isdigit() and len(each.id) > 15]


def _owners(connection: Connection, shop_id: str, rooms: list[str], seen: Collection[str] | None) -> Iterable[str]:
    for at in range(0, len(rooms), _CHUNK):
        query = (
            select(shop.c.name, func.count())
            .join_from(live, shop)
            .where(live.c.session_id.in_(rooms[at : at + _CHUNK]), live.c.shop_id != shop_id)
            .where(live.c.deleted_at.is_(None), shop.c.deleted_at.is_(None))
            .group_by(shop.c.name)
        )
        if seen is not None:
            query = query.where(shop.c.id.in_(seen))
        for name, number in connection.execute(query):
            yield from [name] * number
