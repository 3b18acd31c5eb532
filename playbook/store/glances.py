"""All shops in a few statements: what each has, a mark of what its figures rest on, and what was worked out last."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, case, delete, func, insert, select

from . import shops
from .records import Glanced
from .schema import accepted_level, benchmark, glance, live, part, plan, plan_done, shop, version

#: What is told apart by `mark`, by the shop it is of: a few numbers a shop, so hundreds of shops take a few statements.
Rows = dict[str, list[tuple[Any, ...]]]


def listed(connection: Connection) -> list[Glanced]:
    """Every shop by name. `mark` is of LIVEs, parts, plans with their answers, market figures and accepted levels, not
    of notes.
    """
    counts = {row[0]: row[1:] for row in connection.execute(_counts())}
    kept = {key: (name, data) for key, name, data in connection.execute(select(glance))}
    marks: Rows = {}
    for query in (_lives(), _exports(), _parts(), _plans(), _answers(), _figures(), _accepted(), _moved()):
        _add(marks, connection.execute(query))
    found = []
    for each in shops.listed(connection):
        many, looked, latest = counts.get(each.id, (0, 0, None))
        mark = hashlib.sha256(repr(marks.get(each.id, [])).encode()).hexdigest()
        found.append(Glanced(each, many, many - looked, latest, mark, *kept.get(each.id, (None, None))))
    return found


def keep(connection: Connection, shop_id: str, key: str, data: str) -> None:
    """What was worked out of a shop, in place of what was kept before."""
    connection.execute(delete(glance).where(glance.c.shop_id == shop_id))
    connection.execute(insert(glance).values(shop_id=shop_id, key=key, data=data))


def _add(marks: Rows, rows: Iterable[Any]) -> None:
    for shop_id, *values in rows:
        marks.setdefault(shop_id, []).append(tuple(values))


def _counts() -> Select[Any]:
    """LIVEs, those whose review was opened, and when one last was."""
    reviewed = live.c.reviewed_at
    return (
        select(live.c.shop_id, func.count(), func.count(reviewed), func.max(reviewed))
        .where(live.c.deleted_at.is_(None))
        .group_by(live.c.shop_id)
    )


def _lives() -> Select[Any]:
    return select(live.c.shop_id, func.count(), func.count(live.c.deleted_at), func.max(live.c.deleted_at)).group_by(
        live.c.shop_id
    )


def _exports() -> Select[Any]:
    return (
        select(live.c.shop_id, func.count(), func.max(version.c.imported_at))
        .join_from(version, live)
        .group_by(live.c.shop_id)
    )


def _parts() -> Select[Any]:
    current = func.sum(case((part.c.current, part.c.number + 1), else_=0))
    return (
        select(live.c.shop_id, func.count(), current, func.max(part.c.imported_at))
        .join_from(part, live)
        .group_by(live.c.shop_id)
    )


def _plans() -> Select[Any]:
    return select(plan.c.shop_id, plan.c.name, plan.c.data).order_by(plan.c.shop_id, plan.c.name)


def _answers() -> Select[Any]:
    return (
        select(plan.c.shop_id, plan.c.name, plan_done.c.session_id, plan_done.c.done)
        .join_from(plan_done, plan)
        .order_by(plan.c.shop_id, plan.c.name, plan_done.c.session_id)
    )


def _figures() -> Select[Any]:
    return select(benchmark.c.shop_id, benchmark.c.metric, benchmark.c.value).order_by(
        benchmark.c.shop_id, benchmark.c.place
    )


def _accepted() -> Select[Any]:
    level = accepted_level.c
    return select(level.shop_id, level.metric, level.since).order_by(level.shop_id, level.metric)


def _moved() -> Select[Any]:
    return select(shop.c.id, shop.c.moved_at, shop.c.playbook_folder)
