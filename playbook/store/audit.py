"""Who changed what and when: rows that are only ever added, in the transaction of the change itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from playbook import formats
from playbook.language import N_, _

from .keys import new_key
from .records import Shop
from .schema import audit, shop

#: What the list says of an app without a sign-in.
NO_SIGN_IN = N_("the app (no sign-in)")

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

    @property
    def spoken_who(self) -> str:
        """In the language in force where it is no name."""
        return _(self.who) if self.who == NO_SIGN_IN else self.who

    @property
    def spoken_what(self) -> str:
        """What was done is kept in English and said in the language of who reads it."""
        return _(self.what) if self.what else ""


def note(connection: Connection, at: datetime, who: str, what: str, shop_id: str | None, detail: str) -> None:
    """Add a row."""
    name = None if shop_id is None else connection.execute(select(shop.c.name).where(shop.c.id == shop_id)).scalar()
    row = {"id": new_key(), "at": at, "who": who, "what": what, "shop_id": shop_id, "shop": name,
           "detail": detail[:_LONGEST]}  # fmt: skip
    connection.execute(insert(audit), [row])


def who_changed(connection: Connection, owner: Shop, what: str, thing: str, about: str = "") -> str:
    """Who did `what` last in a shop, and when by its clock, as a sentence's beginning about `thing`.

    `about` stands in the detail of the row that is meant.
    """
    query = select(audit.c.who, audit.c.at).where(audit.c.shop_id == owner.id, audit.c.what == what)
    if about:
        query = query.where(audit.c.detail.contains(about, autoescape=True))
    row = connection.execute(query.order_by(audit.c.at.desc(), audit.c.id.desc())).first()
    if row is None or row.at is None:
        return _("somebody changed {thing} meanwhile", thing=thing)
    at = owner.wall_clock(row.at)
    day, time = formats.day(at), format(at, "%H:%M")
    if row.who == NO_SIGN_IN:
        return _("somebody changed {thing} on {day} at {time}", thing=thing, day=day, time=time)
    return _("{who} changed {thing} on {day} at {time}", who=row.who, thing=thing, day=day, time=time)


def listed(connection: Connection, shop_id: str | None, limit: int) -> list[AuditEntry]:
    """The latest first; with a shop what was done there, and what was done to all."""
    columns = (audit.c.at, audit.c.who, audit.c.what, audit.c.shop_id, audit.c.shop, audit.c.detail)
    query = select(*columns).order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit)
    if shop_id is not None:
        query = query.where((audit.c.shop_id == shop_id) | audit.c.shop_id.is_(None))
    return [AuditEntry(*row) for row in connection.execute(query)]
