"""Links that show one review to whoever has them, read-only, until they expire or are withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from playbook.language import N_

from . import codes, queries
from .access import Guarded, Role, by_link, every_shop, needs
from .keys import new_key
from .schema import review_link, shop

#: Days that a link holds where nothing else is said, and at most.
DAYS, MOST_DAYS = 14, 90


@dataclass(frozen=True)
class ReviewLink:
    """A link that was given out. `state` is open, withdrawn or expired; moments are in UTC."""

    id: str
    shop_id: str
    session_id: str
    made_by: str
    until: datetime
    state: str


@dataclass(frozen=True)
class ReviewLinks(Guarded):
    """What `Store.links` offers. Every call is one transaction; StoreError where it cannot be done."""

    @needs(Role.coach, noted=N_("shared a review"))
    def make(self, shop_id: str, session_id: str, days: int = DAYS) -> str:
        """A code that shows the review of this LIVE for so many days. It is shown only now."""
        codes.check_days(N_("A link holds for 1 to {most} days, not {days}."), days, MOST_DAYS)
        code, now = codes.new_code(), self.clock()
        with self._writing() as connection:
            queries.key_of(connection, shop_id, session_id)
            row = {"id": new_key(), "digest": codes.digest(code), "shop_id": shop_id, "session_id": session_id,
                   "made_by": self._spoken, "made_at": now, "until": now + timedelta(days=days)}  # fmt: skip
            connection.execute(insert(review_link), [row])
            self.ticket.detail = f"{session_id}, {codes.for_days(days)}"
        return code

    @needs(Role.coach)
    def listed(self, shop_id: str) -> list[ReviewLink]:
        """Of a shop, the latest first."""
        query = (
            select(review_link)
            .where(review_link.c.shop_id == shop_id)
            .order_by(review_link.c.made_at.desc(), review_link.c.id.desc())
        )
        with self._reading() as connection:
            rows = connection.execute(query.limit(200)).all()
        now = self.clock()
        return [_link(row, now) for row in rows]

    @needs(Role.coach, by_link, noted=N_("withdrew a link"))
    def withdraw(self, link_id: str) -> None:
        """The link shows nothing any more."""
        still = (review_link.c.id == link_id, review_link.c.withdrawn_at.is_(None))
        with self._writing() as connection:
            done = connection.execute(update(review_link).where(*still).values(withdrawn_at=self.clock())).rowcount
            self.ticket.happened = done > 0

    @needs(Role.owner, every_shop)
    def followed(self, code: str) -> ReviewLink | None:
        """What a code shows; None where it shows nothing, whatever the reason. Asked by the program at the door."""
        query = (
            select(review_link)
            .join(shop)
            .where(review_link.c.digest == codes.digest(code), shop.c.deleted_at.is_(None))
        )
        with self._reading() as connection:
            row = connection.execute(query).first()
        found = None if row is None else _link(row, self.clock())
        return found if found is not None and found.state == "open" else None


def _link(row: Any, now: datetime) -> ReviewLink:
    return ReviewLink(row.id, row.shop_id, row.session_id, row.made_by, row.until or now, codes.state(row, now))
