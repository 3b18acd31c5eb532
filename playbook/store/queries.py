"""Reading LIVEs back. Only what is asked for is fetched: totals are small, trends are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from ..session import Session
from . import encode, shops
from .errors import StoreError
from .records import Mark, Shop, ShopLine, Version
from .schema import live, part, shop, version

#: Parts that are quick to read: what a past LIVE is remembered by.
SMALL_PARTS = ("products", "events", "channels", "followers")
_CHUNK = 500


def sessions(
    connection: Connection,
    shop_id: str,
    *,
    before: datetime | None = None,
    after: datetime | None = None,
    limit: int | None = None,
    parts: Collection[str] = (),
) -> list[Session]:
    """LIVEs oldest first, the latest `limit` of them, started in [after, before). Without a start they come first,
    and only where neither bound is given.
    """
    query = (
        select(live.c.id, live.c.session_id, version.c.data)
        .join_from(live, version, version.c.id == live.c.current)
        .where(live.c.shop_id == shop_id, live.c.deleted_at.is_(None))
        .order_by(live.c.start.desc().nulls_last(), live.c.session_id.desc())
    )
    if before is not None:
        query = query.where(live.c.start < before.replace(tzinfo=None))
    if after is not None:
        query = query.where(live.c.start >= after.replace(tzinfo=None))
    if limit is not None:
        query = query.limit(limit)
    rows = connection.execute(query).all()
    pieces = _parts(connection, [row.id for row in rows], parts) if parts else {}
    return [_session(row.session_id, row.data, pieces.get(row.id, {})) for row in reversed(rows)]


def stamp(connection: Connection, shop_id: str) -> tuple[object, ...]:
    """Another value whenever a LIVE, an export or a part of this shop was added, replaced, deleted or restored."""
    of_shop = live.c.shop_id == shop_id
    lives = select(func.count(), func.count(live.c.deleted_at), func.max(live.c.deleted_at)).where(of_shop)
    exports = select(func.count(), func.max(version.c.imported_at)).join_from(version, live).where(of_shop)
    parts = select(
        func.count(), func.sum(case((part.c.current, part.c.number + 1), else_=0)), func.max(part.c.imported_at)
    ).join_from(part, live)
    rows = (connection.execute(each).one() for each in (lives, exports, parts.where(of_shop)))
    return tuple(value for row in rows for value in row)


def session(connection: Connection, shop_id: str, session_id: str) -> Session:
    """One LIVE with all its parts. Raises StoreError when there is none."""
    key = key_of(connection, shop_id, session_id)
    return encode.with_parts(totals(connection, key), _parts(connection, [key], encode.KINDS).get(key, {}))


def totals(connection: Connection, key: str) -> Session:
    """One LIVE by its row, without parts."""
    query = select(live.c.session_id, version.c.data).join_from(live, version, version.c.id == live.c.current)
    row = connection.execute(query.where(live.c.id == key)).one()
    return _session(row.session_id, row.data, {})


def key_of(connection: Connection, shop_id: str, session_id: str, *, deleted: bool = False) -> str:
    """The row of a LIVE by its id, or by one that an earlier export gave it. Raises StoreError."""
    alive = live.c.deleted_at.is_not(None) if deleted else live.c.deleted_at.is_(None)
    of_shop = select(live.c.id).where(live.c.shop_id == shop_id, alive)
    key = connection.execute(of_shop.where(live.c.session_id == session_id)).scalar()
    if key is None:
        query = of_shop.join(version, version.c.live_id == live.c.id).where(version.c.session_id == session_id)
        key = connection.execute(query.order_by(version.c.imported_at.desc())).scalar()
    if key is None:
        where = "in the trash of this shop" if deleted else "in this shop"
        raise StoreError(f"There is no LIVE '{session_id}' {where}. It may have been deleted or restored meanwhile.")
    return str(key)


def versions(connection: Connection, shop_id: str, session_id: str) -> list[Version]:
    """Every export kept of a LIVE, without parts, in order of import."""
    key = key_of(connection, shop_id, session_id)
    current = connection.execute(select(live.c.current).where(live.c.id == key)).scalar()
    query = select(version).where(version.c.live_id == key).order_by(version.c.number)
    return [
        Version(row.number, encode.session(row.data), row.exported_at, row.imported_at, row.id == current)
        for row in connection.execute(query)
    ]


def marks(connection: Connection, shop_id: str) -> dict[str, Mark]:
    """Notes, reviews and the number of exports, by session id."""
    query = (
        select(live.c.session_id, live.c.note, live.c.reviewed_at, func.count(version.c.id))
        .join_from(live, version, version.c.live_id == live.c.id)
        .where(live.c.shop_id == shop_id, live.c.deleted_at.is_(None))
        .group_by(live.c.id, live.c.session_id, live.c.note, live.c.reviewed_at)
    )
    return {name: Mark(note, reviewed, number) for name, note, reviewed, number in connection.execute(query)}


def overview(connection: Connection) -> list[ShopLine]:
    """Every shop with its latest LIVE."""
    counted = (
        select(live.c.shop_id, func.count(live.c.id), func.count(live.c.id) - func.count(live.c.reviewed_at))
        .join_from(live, shop)
        .where(live.c.deleted_at.is_(None), shop.c.deleted_at.is_(None))
        .group_by(live.c.shop_id)
    )
    numbers = {key: (many, left) for key, many, left in connection.execute(counted)}
    return [_line(connection, each, *numbers.get(each.id, (0, 0))) for each in shops.listed(connection)]


def _line(connection: Connection, owner: Shop, many: int, left: int) -> ShopLine:
    last = sessions(connection, owner.id, limit=1)
    return ShopLine(owner, many, left, last[0] if last else None)


def _session(name: str, data: str, pieces: dict[str, bytes]) -> Session:
    found = encode.session(data)
    return encode.with_parts(found if found.id == name else replace(found, id=name), pieces)


def _parts(connection: Connection, keys: list[str], kinds: Iterable[str]) -> dict[str, dict[str, bytes]]:
    found: dict[str, dict[str, bytes]] = {}
    columns = select(part.c.live_id, part.c.kind, part.c.data)
    for at in range(0, len(keys), _CHUNK):
        some = part.c.live_id.in_(keys[at : at + _CHUNK])
        for key, kind, data in connection.execute(columns.where(some, part.c.current, part.c.kind.in_(list(kinds)))):
            found.setdefault(key, {})[kind] = data
    return found
