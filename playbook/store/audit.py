"""Who changed what and when: rows that are only ever added, in the transaction of the change itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from .keys import new_key
from .schema import audit, shop

#: Signs of a detail that are kept.
_LONGEST = 300


@dataclass(frozen=True)
class AuditEntry:
    """One change. `at` is in UTC, None where the row is damaged; `shop` its name at the time, None for all of them."""

    at: datetime | None
    who: str
    what: str
    shop_id: str | None
    shop: str | None
    detail: str


def note(connection: Connection, at: datetime, who: str, what: str, shop_id: str | None, detail: str) -> None:
    """Add a row."""
    name = None if shop_id is None else connection.execute(select(shop.c.name).where(shop.c.id == shop_id)).scalar()
    row = {"id": new_key(), "at": at, "who": who, "what": what, "shop_id": shop_id, "shop": name,
           "detail": detail[:_LONGEST]}  # fmt: skip
    connection.execute(insert(audit), [row])


def listed(connection: Connection, shop_id: str | None, limit: int) -> list[AuditEntry]:
    """The latest first; with a shop what was done there, and what was done to all."""
    columns = (audit.c.at, audit.c.who, audit.c.what, audit.c.shop_id, audit.c.shop, audit.c.detail)
    query = select(*columns).order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit)
    if shop_id is not None:
        query = query.where((audit.c.shop_id == shop_id) | audit.c.shop_id.is_(None))
    return [AuditEntry(*row) for row in connection.execute(query)]
