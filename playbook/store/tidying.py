"""LIVEs moved to another shop, shops made one, many LIVEs deleted: each at once, and each taken back as one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Table, and_, insert, select, update

from playbook.language import _

from . import account, acts, queries, shops
from .damage import UNREADABLE
from .errors import StoreError
from .keys import new_key
from .records import Tidied
from .schema import closed_month, comment, creator, live, plan, running, shop, tidying, trainee

Kind = Literal["move", "merge", "delete"]
_CHUNK = 500
#: What goes along when two shops are made one, with the column that has each name once in a shop; None: any number.
_ALONG: Mapping[str, tuple[Table, str | None]] = {
    "plan": (plan, "name"), "trainee": (trainee, "name_key"), "running": (running, None),
}  # fmt: skip


@dataclass(frozen=True)
class _Rows:
    """What was touched: rows by table, creators that the other shop did not know, ids of LIVEs that stayed behind,
    figures of the account (first day, last day, name) and closed months.
    """

    lives: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    along: dict[str, list[str]] = field(default_factory=dict)
    creators: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    figures: list[list[str]] = field(default_factory=list)
    months: list[str] = field(default_factory=list)


def move(connection: Connection, source: str, target: str, wanted: Collection[str], now: datetime) -> Tidied:
    """LIVEs of one shop, by id, into another. Raises StoreError when it has one already, or one is not there."""
    _both(connection, source, target)
    keys = [queries.key_of(connection, source, each) for each in dict.fromkeys(wanted)]
    if not keys:
        raise StoreError(_("Nothing was moved: no LIVE was named."))
    there = _taken(connection, target, keys)
    if there:
        raise StoreError(
            _(
                "Nothing was moved: {shop} has {lives} already. Delete it there first, or leave it here.",
                shop=shops.one(connection, target).name,
                lives=_some(there.values()),
            )
        )
    rows = _Rows(keys, _comments(connection, source, keys), {}, _new_creators(connection, target, keys))
    _carry(connection, rows, source, target)
    return _note(connection, "move", source, target, rows, now)


def merge(connection: Connection, source: str, target: str, now: datetime) -> Tidied:
    """Everything of one shop into another; the first goes to the trash with what the other has already."""
    _both(connection, source, target)
    on_air = select(running.c.id).where(running.c.shop_id == source, running.c.ended_at.is_(None))
    if connection.execute(on_air).first():
        raise StoreError(
            _("Nothing was merged: {shop} has a LIVE on air. End it first.", shop=shops.one(connection, source).name)
        )
    query = select(live.c.id).where(live.c.shop_id == source, live.c.deleted_at.is_(None)).order_by(live.c.id)
    every = list(connection.execute(query).scalars())
    taken = _taken(connection, target, every)
    keys = [each for each in every if each not in taken]
    along = {name: _movable(connection, table, unique, source, target) for name, (table, unique) in _ALONG.items()}
    whole = list(connection.execute(select(comment.c.id).where(comment.c.shop_id == source)).scalars())
    rows = _Rows(keys, whole, along, _new_creators(connection, target, keys), sorted(taken.values()),
                 account.only_of(connection, source, target), _only_closed(connection, source, target))  # fmt: skip
    _carry(connection, rows, source, target)
    connection.execute(update(shop).where(shop.c.id == source).values(deleted_at=now))
    return _note(connection, "merge", target, source, rows, now)


def delete_many(connection: Connection, shop_id: str, wanted: Collection[str], now: datetime) -> Tidied:
    """LIVEs of a shop, by id, to the trash. Raises StoreError when one is not there; then none is deleted."""
    keys = [queries.key_of(connection, shop_id, each) for each in dict.fromkeys(wanted)]
    if not keys:
        raise StoreError(_("Nothing was deleted: no LIVE was named."))
    for ids in _chunks(keys):
        connection.execute(update(live).where(live.c.id.in_(ids)).values(deleted_at=now))
    return _note(connection, "delete", shop_id, None, _Rows(keys), now)


def last(connection: Connection, shop_id: str) -> Tidied | None:
    """What was done last in a shop and not taken back."""
    query = (
        select(tidying)
        .where(tidying.c.shop_id == shop_id, tidying.c.undone_at.is_(None))
        .order_by(tidying.c.at.desc(), tidying.c.id.desc())
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else _tidied(row, _read(row["data"]))


def undo(connection: Connection, done: Tidied, now: datetime) -> None:
    """Take it back, all or nothing. Raises StoreError when something newer stands in its way."""
    row = connection.execute(select(tidying).where(tidying.c.id == done.id)).mappings().first()
    if row is None or row["undone_at"] is not None:
        raise StoreError(_("Nothing was taken back: this was taken back before."))
    rows = _read(row["data"])
    if done.kind == "delete":
        _bring_back(connection, rows)
    else:
        here, home = (done.shop_id, done.other_id) if done.kind == "merge" else (done.other_id, done.shop_id)
        assert here is not None and home is not None
        _send_home(connection, done, rows, here, home)
    connection.execute(update(tidying).where(tidying.c.id == done.id).values(undone_at=now))


def _bring_back(connection: Connection, rows: _Rows) -> None:
    """Those that are still in the trash; a LIVE that was restored by hand meanwhile is there already."""
    there = 0
    for ids in _chunks(rows.lives):
        there += len(connection.execute(select(live.c.id).where(live.c.id.in_(ids))).all())
        connection.execute(update(live).where(live.c.id.in_(ids)).values(deleted_at=None))
    if there < len(rows.lives):
        raise StoreError(_("Nothing was taken back: some of these LIVEs were erased for good meanwhile."))


def _send_home(connection: Connection, done: Tidied, rows: _Rows, here: str, home: str) -> None:
    gone = select(shop.c.name, shop.c.deleted_at).where(shop.c.id == home)
    name, deleted = connection.execute(gone).first() or (None, None)
    if name is None:
        raise StoreError(_("Nothing was taken back: the shop they came from was erased for good."))
    if done.kind == "merge" and deleted is not None:
        taken = [each.name for each in shops.listed(connection) if shops.key_of(each.name) == shops.key_of(name)]
        if taken:
            raise StoreError(
                _(
                    "Nothing was taken back: there is another shop '{shop}' by now. Rename that one first.",
                    shop=taken[0],
                )
            )
        connection.execute(update(shop).where(shop.c.id == home).values(deleted_at=None))
    elif deleted is not None:
        raise StoreError(_("Nothing was taken back: {shop} is in the trash. Bring it back first.", shop=name))
    there = _taken(connection, home, rows.lives)
    if there:
        raise StoreError(
            _("Nothing was taken back: {shop} has {lives} again by now.", shop=name, lives=_some(there.values()))
        )
    for ids in _chunks(rows.lives):
        still = connection.execute(select(live.c.id).where(live.c.id.in_(ids), live.c.shop_id == here)).all()
        if len(still) < len(ids):
            raise StoreError(_("Nothing was taken back: some of these LIVEs were moved on or erased meanwhile."))
    _carry(connection, rows, here, home)
    for names in _chunks(rows.creators):
        connection.execute(creator.delete().where(creator.c.shop_id == here, creator.c.name.in_(names)))


def _carry(connection: Connection, rows: _Rows, source: str, target: str) -> None:
    """The rows to the other shop. No import of the first can be taken back for LIVEs that it has no more."""
    acts.forget(connection, rows.lives)
    for table, keys in ((live, rows.lives), (comment, rows.comments)):
        _set_shop(connection, table, keys, target)
    for name, keys in rows.along.items():
        _set_shop(connection, _ALONG[name][0], keys, target)
    account.carry(connection, source, target, rows.figures)
    of = closed_month.c
    here = and_(of.shop_id == source, of.month.in_(rows.months))
    connection.execute(update(closed_month).where(here).values(shop_id=target))
    known = set(connection.execute(select(creator.c.name).where(creator.c.shop_id == target)).scalars())
    new = [{"shop_id": target, "name": each} for each in rows.creators if each not in known]
    if new:
        connection.execute(insert(creator), new)
    moved(connection, (source, target))


def moved(connection: Connection, ids: Iterable[str]) -> None:
    """So that nothing that was made of either shop is taken for what it is now, whatever its clock says."""
    from datetime import UTC

    connection.execute(update(shop).where(shop.c.id.in_(list(ids))).values(moved_at=datetime.now(UTC)))


def _set_shop(connection: Connection, table: Table, keys: Sequence[str], target: str) -> None:
    for ids in _chunks(keys):
        connection.execute(update(table).where(table.c.id.in_(ids)).values(shop_id=target))


def _both(connection: Connection, source: str, target: str) -> None:
    if source == target:
        raise StoreError(_("These are one shop. Name another one."))
    shops.one(connection, source)
    shops.one(connection, target)


def _taken(connection: Connection, target: str, keys: Sequence[str]) -> dict[str, str]:
    """Of LIVEs, by key, the ids that the other shop has already, in its trash too."""
    names: dict[str, str] = {}
    for ids in _chunks(keys):
        names.update({row.id: row.session_id for row in
                      connection.execute(select(live.c.id, live.c.session_id).where(live.c.id.in_(ids)))})  # fmt: skip
    there = set(connection.execute(select(live.c.session_id).where(live.c.shop_id == target)).scalars())
    return {key: name for key, name in names.items() if name in there}


def _comments(connection: Connection, source: str, keys: Sequence[str]) -> list[str]:
    """What was said of these LIVEs."""
    found: list[str] = []
    for ids in _chunks(keys):
        query = select(comment.c.id).where(
            comment.c.shop_id == source,
            comment.c.session_id.in_(select(live.c.session_id).where(live.c.id.in_(ids))),
        )
        found += connection.execute(query).scalars()
    return found


def _new_creators(connection: Connection, target: str, keys: Sequence[str]) -> list[str]:
    known = set(connection.execute(select(creator.c.name).where(creator.c.shop_id == target)).scalars())
    found: set[str] = set()
    for ids in _chunks(keys):
        found.update(filter(None, connection.execute(select(live.c.creator).where(live.c.id.in_(ids))).scalars()))
    return sorted(found - known)


def _movable(connection: Connection, table: Table, unique: str | None, source: str, target: str) -> list[str]:
    query = select(table.c.id).where(table.c.shop_id == source)
    if unique is not None:
        query = query.where(table.c[unique].not_in(select(table.c[unique]).where(table.c.shop_id == target)))
    return list(connection.execute(query).scalars())


def _only_closed(connection: Connection, source: str, target: str) -> list[str]:
    """Closed months that go along: what was settled for one shop is no sum of both, so the other has no LIVE in it."""
    of = closed_month.c
    theirs = set(connection.execute(select(of.month).where(of.shop_id == target)).scalars())
    starts = connection.execute(select(live.c.start).where(live.c.shop_id == target)).scalars()
    theirs |= {f"{each:%Y-%m}" for each in starts if each is not None}
    own = connection.execute(select(of.month).where(of.shop_id == source)).scalars()
    return sorted(month for month in own if month not in theirs)


def _note(connection: Connection, kind: Kind, shop_id: str, other_id: str | None, rows: _Rows, now: datetime) -> Tidied:
    key = new_key()
    values = {"id": key, "shop_id": shop_id, "other_id": other_id, "kind": kind, "at": now,
              "data": json.dumps(vars(rows))}  # fmt: skip
    connection.execute(insert(tidying).values(**values))
    return Tidied(key, kind, now, shop_id, other_id, len(rows.lives), tuple(rows.left))


def _tidied(row: Mapping[Any, Any], rows: _Rows) -> Tidied:
    return Tidied(row["id"], row["kind"], row["at"], row["shop_id"], row["other_id"], len(rows.lives), tuple(rows.left))


def _read(data: str) -> _Rows:
    try:
        return _Rows(**json.loads(data))
    except UNREADABLE as error:
        raise StoreError(_("What was done cannot be read ({why}), so it cannot be taken back.", why=error)) from None


def _some(names: Iterable[str]) -> str:
    first, *more = sorted(names)
    if not more:
        return _("the LIVE {live}", live=first)
    return _("the LIVE {live} and {more} more of them", live=first, more=len(more))


def _chunks(keys: Sequence[str]) -> Iterator[list[str]]:
    for at in range(0, len(keys), _CHUNK):
        yield list(keys[at : at + _CHUNK])
