"""Deleting with a way back: what is deleted disappears at once and is erased after 30 days.

Days are counted by the clock of a computer, which may be set ahead by mistake. So what is overdue is erased only when
it was seen to be overdue at an earlier opening, too, at least a day before by the same clock.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from playbook.language import _

from . import acts, encode, shops
from .damage import UNREADABLE
from .errors import StoreError
from .queries import key_of
from .records import Trashed
from .schema import live, shop, version
from .schema import overdue as noted

KEPT = timedelta(days=30)
#: Between the look at which something is first overdue and the one that erases it.
BETWEEN = timedelta(days=1)


def delete_session(connection: Connection, shop_id: str, session_id: str, now: datetime) -> None:
    key = key_of(connection, shop_id, session_id)
    connection.execute(update(live).where(live.c.id == key).values(deleted_at=now))


def delete_shop(connection: Connection, shop_id: str, now: datetime) -> None:
    shops.one(connection, shop_id)
    connection.execute(update(shop).where(shop.c.id == shop_id).values(deleted_at=now))


def delete_everything(connection: Connection, now: datetime) -> None:
    connection.execute(update(shop).where(shop.c.deleted_at.is_(None)).values(deleted_at=now))


def restore_session(connection: Connection, shop_id: str, session_id: str) -> None:
    key = key_of(connection, shop_id, session_id, deleted=True)
    connection.execute(update(live).where(live.c.id == key).values(deleted_at=None))


def restore_shop(connection: Connection, shop_id: str) -> None:
    """Raises StoreError when it is not in the trash, or its name was given to another shop meanwhile."""
    query = select(shop.c.name).where(shop.c.id == shop_id, shop.c.deleted_at.is_not(None))
    name = connection.execute(query).scalar()
    if name is None:
        raise StoreError(_("This shop is not in the trash. It may have been restored, or erased after 30 days."))
    taken = [other.name for other in shops.listed(connection) if shops.key_of(other.name) == shops.key_of(name)]
    if taken:
        raise StoreError(
            _("There is another shop '{shop}' by now. Rename that one, then bring this one back.", shop=taken[0])
        )
    connection.execute(update(shop).where(shop.c.id == shop_id).values(deleted_at=None))


def trash(connection: Connection) -> list[Trashed]:
    """What can be brought back, the latest deleted first. LIVEs of a deleted shop come back with it."""
    gone = select(shop.c.id, shop.c.name, shop.c.deleted_at).where(shop.c.deleted_at.is_not(None))
    found = [_trashed(key, name, at) for key, name, at in connection.execute(gone)]
    lives = (
        select(shop.c.id, shop.c.name, live.c.session_id, version.c.data, live.c.start, live.c.deleted_at)
        .join_from(live, shop)
        .join(version, version.c.id == live.c.current)
        .where(live.c.deleted_at.is_not(None), shop.c.deleted_at.is_(None))
    )
    for key, name, session_id, data, start, at in connection.execute(lives):
        found.append(_trashed(key, name, at, session_id=session_id, title=_title(data), start=start))
    return sorted(found, key=lambda each: (each.deleted_at, each.session_id or "", each.shop_id), reverse=True)


def _trashed(key: str, name: str, at: datetime | None, **of_live: Any) -> Trashed:
    """A damaged moment comes last, as if it were long ago; it can be brought back all the same."""
    when = at or datetime(1970, 1, 1, tzinfo=UTC)
    facts = {"session_id": None, "title": None, "start": None, **of_live}
    return Trashed(key, name, deleted_at=when, until=when + KEPT, **facts)


def _title(data: str) -> str | None:
    try:
        return encode.session(data).title
    except UNREADABLE:
        return None


def overdue(connection: Connection, now: datetime) -> bool:
    """Whether something was deleted more than 30 days ago."""
    limit = now - KEPT
    return any(
        connection.execute(select(table.c.id).where(table.c.deleted_at < limit).limit(1)).first() is not None
        for table in (shop, live)
    )


def untidy(connection: Connection, now: datetime) -> bool:
    """Whether `tidy` has something to do."""
    before = since(connection)
    return overdue(connection, now) if before is None else not before <= now < before + BETWEEN


def since(connection: Connection) -> datetime | None:
    """When something was first seen to be overdue, if that is noted."""
    found: datetime | None = connection.execute(select(func.min(noted.c.since))).scalar()
    return found


def tidy(connection: Connection, now: datetime) -> None:
    """Erase what was overdue a day ago already, and note what is overdue by now.

    A note that lies ahead was made by a clock that has been set right since: it says nothing.
    """
    if not untidy(connection, now):  # another opening may have been quicker
        return
    before = since(connection)
    connection.execute(delete(noted))
    if before is not None and before < now:
        erase(connection, before - KEPT)
    if overdue(connection, now):
        connection.execute(insert(noted).values(since=now))


def erase(connection: Connection, until: datetime) -> None:
    """Erase for good what was deleted before `until`; versions, parts and what imports remember go with their LIVE."""
    acts.forget(connection, connection.execute(select(live.c.id).where(live.c.deleted_at <= until)).scalars().all())
    connection.execute(delete(live).where(live.c.deleted_at <= until))
    connection.execute(delete(shop).where(shop.c.deleted_at <= until))
