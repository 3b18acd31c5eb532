"""What somebody asks who answers for many shops: all at a glance, tidying up, comments, closed months."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from playbook.language import N_, _
from playbook.store import account, comments, glances, importing, shops, tidying
from playbook.store.access import RefusedError, Role, by_changes, needs, refusal, role_in
from playbook.store.errors import StoreError
from playbook.store.records import AccountFigure, ClosedMonth, Comment, Glanced, Tidied

from .base import Calls, among


@dataclass(frozen=True)
class DeskCalls(Calls):
    """Look at all shops, move, merge, delete many, say something, close a month."""

    @needs(None)
    def glanced(self) -> list[Glanced]:
        """Every shop with what was last worked out of it, in a few statements however many there are."""
        with self._reading() as connection:
            seen = self._seen(connection)
            return [each for each in glances.listed(connection) if among(each.shop.id, seen)]

    @needs(Role.viewer)
    def keep_glance(self, shop_id: str, key: str, data: str) -> None:
        """What was worked out of a shop, so that the next look need not; it says nothing that a viewer may not see."""
        self._write(lambda connection: glances.keep(connection, shop_id, key, data))

    @needs(Role.owner, by_changes, noted=N_("changed the shop"))
    def change_shops(
        self, changes: Mapping[str, Mapping[str, str | None]], *, seen: Mapping[str, Mapping[str, str | None]]
    ) -> None:
        """`change_shop` for several, by id: all of it or nothing. Takes an owner of each; each is noted by itself."""
        with self._writing() as connection:
            self._lock(connection, *changes)
            for each, values in changes.items():
                self._also(connection, each, Role.owner)
                shops.unchanged(connection, shops.one(connection, each), seen.get(each, {}), values)
                shops.change(connection, each, values)
                self.ticket.shop_id, self.ticket.detail = each, shops.labels(values)
                self._note(connection)
            self.ticket.happened = False  # it was noted above

    @needs(Role.coach, noted=N_("moved LIVEs to another shop"))
    def move_sessions(self, shop_id: str, session_ids: Collection[str], other_id: str) -> Tidied:
        """LIVEs with their parts, notes and comments into another shop; takes a coach of both."""
        with self._writing() as connection:
            self._also(connection, other_id, Role.coach)
            self._lock(connection, shop_id, other_id)
            found = tidying.move(connection, shop_id, other_id, session_ids, self.clock())
            self.ticket.detail = f"{found.lives} to {shops.one(connection, other_id).name}"
            return found

    @needs(Role.owner, noted=N_("merged the shop into another"))
    def merge_shop(self, shop_id: str, other_id: str) -> Tidied:
        """Everything of this shop into another; it goes to the trash. Takes an owner of both."""
        with self._writing() as connection:
            self._also(connection, other_id, Role.owner)
            self._lock(connection, shop_id, other_id)
            self.ticket.detail = f"into {shops.one(connection, other_id).name}"
            return tidying.merge(connection, shop_id, other_id, self.clock())

    @needs(Role.coach, noted=N_("deleted LIVEs"))
    def delete_sessions(self, shop_id: str, session_ids: Collection[str]) -> Tidied:
        """All of them to the trash, or none."""
        with self._writing() as connection:
            found = tidying.delete_many(connection, shop_id, session_ids, self.clock())
            self.ticket.detail = str(found.lives)
            return found

    @needs(Role.viewer)
    def last_tidied(self, shop_id: str) -> Tidied | None:
        """What was moved, merged or deleted last in this shop and not taken back."""
        with self._reading() as connection:
            return tidying.last(connection, shop_id)

    @needs(Role.coach, noted=N_("took back what was moved or deleted"))
    def undo_tidied(self, shop_id: str, wanted: str | None = None) -> Tidied:
        """Take the last one back; with `wanted` only when that is the last. Takes what doing it took."""
        with self._writing() as connection:
            found = tidying.last(connection, shop_id)
            if found is None or wanted not in (None, found.id):
                raise StoreError(_("Nothing was taken back: there is nothing, or something newer was done since."))
            if found.other_id is not None:
                least = Role.owner if found.kind == "merge" else Role.coach
                self._also(connection, shop_id, least)
                self._also(connection, found.other_id, least)
                self._lock(connection, shop_id, found.other_id)
            tidying.undo(connection, found, self.clock())
            self.ticket.detail = f"{found.kind}: {found.lives}"
            return found

    @needs(Role.viewer)
    def comments(self, shop_id: str) -> list[Comment]:
        """What was said of a shop and its LIVEs, the latest first."""
        with self._reading() as connection:
            return comments.listed(connection, shop_id)

    @needs(None)
    def every_comment(self) -> list[Comment]:
        """Of all shops there are, the latest first."""
        with self._reading() as connection:
            seen, there = self._seen(connection), {each.id for each in shops.listed(connection)}
            return [each for each in comments.listed(connection) if each.shop_id in there and among(each.shop_id, seen)]

    @needs(Role.host, noted=N_("wrote a comment"))
    def add_comment(
        self,
        shop_id: str,
        text: str,
        *,
        session_id: str | None = None,
        who: str | None = None,
        to_do: bool = False,
        due: date | None = None,
        owner: str | None = None,
    ) -> Comment:
        """`who` is taken where nobody signs in; else it is the person."""
        with self._writing() as connection:
            shops.one(connection, shop_id)
            said = {"shop_id": shop_id, "session_id": session_id, "text": text, "to_do": to_do, "due": due,
                    "owner": owner, "who": self._signed(who), "done_at": None, "done_by": None}  # fmt: skip
            return comments.add(connection, said, self.clock())

    @needs(Role.host, noted=N_("ticked a to-do"))
    def tick_comment(self, shop_id: str, comment_id: str, done: bool = True, who: str | None = None) -> None:
        with self._writing() as connection:
            at, by = (self.clock(), self._signed(who)) if done else (None, None)
            comments.done(connection, shop_id, comment_id, by, at)

    @needs(Role.coach, noted=N_("deleted a comment"))
    def remove_comment(self, shop_id: str, comment_id: str) -> None:
        self._write(lambda connection: comments.remove(connection, shop_id, comment_id))

    @needs(Role.viewer)
    def closed_months(self, shop_id: str) -> list[ClosedMonth]:
        """The latest first."""
        with self._reading() as connection:
            return comments.closed(connection, shop_id)

    @needs(Role.coach, noted=N_("closed a month"))
    def close_month(self, shop_id: str, month: str, data: Mapping[str, Any]) -> ClosedMonth:
        """Keep the figures of a month, plain JSON values, as they are now."""
        self.ticket.detail = month
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            return comments.close(connection, shop_id, month, data, self._spoken, self.clock())

    @needs(Role.owner, noted=N_("opened a month again"))
    def open_month(self, shop_id: str, month: str) -> None:
        self.ticket.detail = month
        self._write(lambda connection: comments.open_again(connection, shop_id, month))

    @needs(Role.viewer)
    def account(self, shop_id: str) -> list[AccountFigure]:
        """What was typed or read of the account beside its LIVEs, the earliest first."""
        with self._reading() as connection:
            return account.listed(connection, shop_id)

    @needs(Role.host, noted=N_("kept figures of the account"))
    def keep_account(self, shop_id: str, figures: Collection[AccountFigure]) -> int:
        """Each in place of the one of the same days and name; how many there are. Raises StoreError."""
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            shops.one(connection, shop_id)
            self.ticket.detail = str(len(figures))
            return account.keep(connection, shop_id, figures, self.clock())

    @needs(Role.coach, noted=N_("deleted figures of the account"))
    def drop_account(self, shop_id: str, figures: Collection[AccountFigure]) -> int:
        """How many there were of them."""
        with self._writing() as connection:
            self.ticket.detail = str(len(figures))
            return account.drop(connection, shop_id, figures)

    def _signed(self, who: str | None) -> str:
        """Whoever signed in, else the name that was given."""
        return self._spoken if self.someone is not None else (who or "").strip() or self._spoken

    def _also(self, connection: Connection, shop_id: str, least: Role) -> None:
        """Raises RefusedError where the person has not this role in another shop that the call is about."""
        if self.someone is None:
            return
        held = role_in(self.someone.roles(connection), shop_id)
        if held is None or held < least:
            raise RefusedError(refusal(held, least, everywhere=False))

    def _lock(self, connection: Connection, *ids: str) -> None:
        for each in sorted(ids):
            importing.lock(connection, each)
