"""Reading LIVEs back. Only what is asked for is fetched: totals are small, trends are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Executable, bindparam, case, func, or_, select, update

from playbook.language import N_, _
from playbook.model.session import Session

from . import encode, shops
from .damage import UNREADABLE, Damage, DamagedLiveError, Met
from .errors import StoreError
from .records import Mark, Shop, ShopLine, Version
from .schema import live, part, shop, version

#: Parts that are quick to read: what a past LIVE is remembered by.
SMALL_PARTS = ("products", "events", "channels", "followers")
_CHUNK = 500
#: Characters of the name of a host that are kept.
LONGEST_NAME = 80


def sessions(
    connection: Connection,
    shop_id: str,
    *,
    before: datetime | None = None,
    after: datetime | None = None,
    limit: int | None = None,
    parts: Collection[str] = (),
    met: Met | None = None,
) -> list[Session]:
    """LIVEs oldest first, the latest `limit` of them, started in [after, before). Without a start they come first,
    and only where neither bound is given. What is damaged is left out and reported to `met`.
    """
    query = (
        select(live.c.id, live.c.session_id, live.c.start, live.c.host, version.c.data)
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
    found = []
    reported = met or Met()
    for row in reversed(rows):
        about = Damage(shop_id, row.session_id, row.start)
        try:
            made = _whole(row.id, about, row.data, pieces.get(row.id, {}), reported)
            found.append(_hosted(made, row.host))
        except DamagedLiveError:
            continue
    return found


def names(connection: Connection, shop_id: str) -> set[str]:
    """The ids of the LIVEs that are not in the trash."""
    query = select(live.c.session_id).where(live.c.shop_id == shop_id, live.c.deleted_at.is_(None))
    return {str(each) for each in connection.execute(query).scalars()}


def _stamps() -> tuple[Executable, ...]:
    of_shop = live.c.shop_id == bindparam("shop")
    parts = (func.count(), func.sum(case((part.c.current, part.c.number + 1), else_=0)), func.max(part.c.imported_at))
    return (
        select(func.count(), func.count(live.c.deleted_at), func.max(live.c.deleted_at)).where(of_shop),
        select(func.count(), func.max(version.c.imported_at)).join_from(version, live).where(of_shop),
        select(*parts).join_from(part, live).where(of_shop),
        select(shop.c.moved_at).where(shop.c.id == bindparam("shop")),
    )


#: Asked by every run of every page, so put together once.
_STAMPS = _stamps()


def stamp(connection: Connection, shop_id: str) -> tuple[object, ...]:
    """Another value whenever a LIVE, an export or a part of this shop was added, replaced, deleted, restored, moved."""
    rows = (connection.execute(each, {"shop": shop_id}).first() or () for each in _STAMPS)
    return tuple(value for row in rows for value in row)


def session(connection: Connection, shop_id: str, session_id: str, met: Met | None = None) -> Session:
    """One LIVE with all its parts. Raises StoreError when there is none, DamagedLiveError when it cannot be read."""
    key = key_of(connection, shop_id, session_id)
    return _one(connection, key, _parts(connection, [key], encode.KINDS).get(key, {}), met or Met())


def totals(connection: Connection, key: str, met: Met | None = None) -> Session:
    """One LIVE by its row, without parts. Raises DamagedLiveError when it cannot be read."""
    return _one(connection, key, {}, met or Met())


def _one(connection: Connection, key: str, pieces: dict[str, bytes], met: Met) -> Session:
    columns = (live.c.shop_id, live.c.session_id, live.c.start, live.c.host, version.c.data)
    query = select(*columns).join_from(live, version, version.c.id == live.c.current)
    row = connection.execute(query.where(live.c.id == key)).one()
    return _hosted(_whole(key, Damage(row.shop_id, row.session_id, row.start), row.data, pieces, met), row.host)


def _hosted(found: Session, host: str | None) -> Session:
    """What a person said of the host stands above what the export says."""
    return found if not host or host == found.host else replace(found, host=host)


def key_of(connection: Connection, shop_id: str, session_id: str, *, deleted: bool = False) -> str:
    """The row of a LIVE by its id, or by one that an earlier export gave it. Raises StoreError."""
    alive = live.c.deleted_at.is_not(None) if deleted else live.c.deleted_at.is_(None)
    of_shop = select(live.c.id).where(live.c.shop_id == shop_id, alive)
    key = connection.execute(of_shop.where(live.c.session_id == session_id)).scalar()
    if key is None:
        query = of_shop.join(version, version.c.live_id == live.c.id).where(version.c.session_id == session_id)
        key = connection.execute(query.order_by(version.c.imported_at.desc(), version.c.id.desc())).scalar()
    if key is None:
        missing = (
            N_("There is no LIVE '{live}' in the trash of this shop. It may have been deleted or restored meanwhile.")
            if deleted
            else N_("There is no LIVE '{live}' in this shop. It may have been deleted or restored meanwhile.")
        )
        raise StoreError(_(missing, live=session_id))
    return str(key)


def host_name(typed: str | None) -> str | None:
    """A name as it is kept: without needless spaces, not without end; None for none."""
    return " ".join((typed or "").split())[:LONGEST_NAME] or None


def set_hosts(connection: Connection, shop_id: str, hosts: Mapping[str, str | None]) -> list[str]:
    """Write who hosted LIVEs, by id; those that changed. Raises StoreError when a LIVE is not there."""
    changed = []
    for session_id, host in hosts.items():
        wanted = host_name(host)
        of = live.c.id == key_of(connection, shop_id, session_id)
        other = or_(live.c.host.is_(None), live.c.host != wanted) if wanted else live.c.host.is_not(None)
        if connection.execute(update(live).where(of, other).values(host=wanted)).rowcount:
            changed.append(session_id)
    return changed


def versions(connection: Connection, shop_id: str, session_id: str) -> list[Version]:
    """Every export kept of a LIVE that can be read, without parts, in order of import."""
    key = key_of(connection, shop_id, session_id)
    current = connection.execute(select(live.c.current).where(live.c.id == key)).scalar()
    query = select(version).where(version.c.live_id == key).order_by(version.c.number)
    found = []
    for row in connection.execute(query):
        try:
            reported = encode.session(row.data)
        except UNREADABLE:
            continue
        found.append(Version(row.number, reported, row.exported_at, row.imported_at, row.id == current))
    return found


def marks(connection: Connection, shop_id: str) -> dict[str, Mark]:
    """Notes, reviews and the number of exports, by session id."""
    query = (
        select(live.c.session_id, live.c.note, live.c.reviewed_at, func.count(version.c.id))
        .join_from(live, version, version.c.live_id == live.c.id)
        .where(live.c.shop_id == shop_id, live.c.deleted_at.is_(None))
        .group_by(live.c.id, live.c.session_id, live.c.note, live.c.reviewed_at)
    )
    return {name: Mark(note, reviewed, number) for name, note, reviewed, number in connection.execute(query)}


def overview(connection: Connection, met: Met | None = None) -> list[ShopLine]:
    """Every shop with its latest LIVE."""
    counted = (
        select(live.c.shop_id, func.count(live.c.id), func.count(live.c.id) - func.count(live.c.reviewed_at))
        .join_from(live, shop)
        .where(live.c.deleted_at.is_(None), shop.c.deleted_at.is_(None))
        .group_by(live.c.shop_id)
    )
    numbers = {key: (many, left) for key, many, left in connection.execute(counted)}
    return [_line(connection, each, *numbers.get(each.id, (0, 0)), met) for each in shops.listed(connection)]


def _line(connection: Connection, owner: Shop, many: int, left: int, met: Met | None) -> ShopLine:
    last = sessions(connection, owner.id, limit=1, met=met)
    return ShopLine(owner, many, left, last[0] if last else None)


def _whole(key: str, about: Damage, data: str, pieces: dict[str, bytes], met: Met) -> Session:
    """The LIVE under the id it has in this shop, with the parts that can be read. Raises DamagedLiveError."""
    try:
        found = encode.session(data)
        found = found if found.id == about.session_id else replace(found, id=about.session_id)
    except UNREADABLE:
        met.add(key, about)
        raise DamagedLiveError(about) from None
    met.well(key, None)
    for kind, piece in pieces.items():
        try:
            found = encode.with_parts(found, {kind: piece})
        except UNREADABLE:
            met.add(key, replace(about, part=kind))
        else:
            met.well(key, kind)
    return found


def _parts(connection: Connection, keys: list[str], kinds: Iterable[str]) -> dict[str, dict[str, bytes]]:
    found: dict[str, dict[str, bytes]] = {}
    columns = select(part.c.live_id, part.c.kind, part.c.data)
    for at in range(0, len(keys), _CHUNK):
        some = part.c.live_id.in_(keys[at : at + _CHUNK])
        for key, kind, data in connection.execute(columns.where(some, part.c.current, part.c.kind.in_(list(kinds)))):
            found.setdefault(key, {})[kind] = data
    return found
