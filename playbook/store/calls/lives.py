"""LIVEs as they are kept, what was noted about them, and plans for the next ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select, update

from playbook.language import N_, _
from playbook.model.session import Session
from playbook.store import audit, encode, importing, plans, queries, shops, tidying
from playbook.store.access import Role, needs
from playbook.store.errors import StaleError
from playbook.store.plans import StoredPlan
from playbook.store.records import Mark, Version
from playbook.store.schema import live

from .base import Calls


@dataclass(frozen=True)
class LiveCalls(Calls):
    """Look LIVEs up, note something, plan."""

    @needs(Role.viewer)
    def stamp(self, shop_id: str) -> str:
        """Names the LIVEs of a shop as they are now, with all their parts: what was made of them holds as long as it
        stays the same. Notes, marks, plans and people are not in it.
        """
        with self._reading() as connection:
            return f"{self.where} {shop_id} {queries.stamp(connection, shop_id)}"

    @needs(Role.viewer)
    def sessions(
        self,
        shop_id: str,
        *,
        before: datetime | None = None,
        after: datetime | None = None,
        limit: int | None = None,
    ) -> list[Session]:
        """Totals of the latest `limit` LIVEs started in [after, before), oldest first; no parts, so quick for
        thousands.
        """
        with self._reading() as connection:
            shops.one(connection, shop_id)
            return queries.sessions(connection, shop_id, before=before, after=after, limit=limit, met=self.met)

    @needs(Role.viewer)
    def session(self, shop_id: str, session_id: str) -> Session:
        """One LIVE with trend, products, events, channels and followers. An id that it had before works too."""
        with self._reading() as connection:
            shops.one(connection, shop_id)
            return queries.session(connection, shop_id, session_id, self.met)

    @needs(Role.viewer)
    def history(
        self, shop_id: str, before: datetime | None = None, *, limit: int = 80, trends: bool = False
    ) -> list[Session]:
        """What a review needs: the `limit` LIVEs before a start, oldest first, with all parts but trends, which
        `trends` adds.
        """
        kinds = encode.KINDS if trends else queries.SMALL_PARTS
        with self._reading() as connection:
            shops.one(connection, shop_id)
            return queries.sessions(connection, shop_id, before=before, limit=limit, parts=kinds, met=self.met)

    @needs(Role.viewer)
    def versions(self, shop_id: str, session_id: str) -> list[Version]:
        """Every export kept of one LIVE, in order of import; `differences` says what was restated."""
        with self._reading() as connection:
            return queries.versions(connection, shop_id, session_id)

    @needs(Role.viewer)
    def marks(self, shop_id: str) -> dict[str, Mark]:
        """Note, review and number of exports of each LIVE, by id."""
        with self._reading() as connection:
            return queries.marks(connection, shop_id)

    @needs(Role.viewer)
    def reviewed(self, shop_id: str) -> dict[str, datetime]:
        """When each reviewed LIVE was looked at (UTC), by id."""
        found = self.marks(shop_id)
        return {name: mark.reviewed_at for name, mark in found.items() if mark.reviewed_at is not None}

    @needs(Role.host, noted=N_("changed a note"))
    def set_note(self, shop_id: str, session_id: str, note: str | None, *, seen: str | None = None) -> None:
        """`seen` is the note as it was shown, empty for none: raises StaleError where it is another by now."""
        wanted = (note or "").strip() or None
        self.ticket.detail = session_id
        with self._writing() as connection:
            key = queries.key_of(connection, shop_id, session_id)
            if seen is not None:
                now = connection.execute(select(live.c.note).where(live.c.id == key).with_for_update()).scalar() or ""
                if now not in (seen.strip(), wanted or ""):
                    owner = shops.one(connection, shop_id)
                    whom = audit.who_changed(connection, owner, "changed a note", _("this note"), session_id)
                    there = now or _("nothing")
                    raise StaleError(_("Not saved: {change}. It says now: {there}", change=whom, there=there))
            connection.execute(update(live).where(live.c.id == key).values(note=wanted))

    @needs(Role.host, noted=N_("said who hosted"))
    def set_hosts(
        self, shop_id: str, hosts: Mapping[str, str | None], *, seen: Mapping[str, str | None] | None = None
    ) -> int:
        """Who hosted each of these LIVEs, by id; None goes back to what the export says. How many were changed.

        `seen` is who hosted as it was shown, by id: raises StaleError where one of them is another by now.
        """
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            if seen is not None:
                self._hosts_as_seen(connection, shop_id, hosts, seen)
            changed = queries.set_hosts(connection, shop_id, hosts)
            self.ticket.happened = bool(changed)
            self.ticket.detail = ", ".join(changed)
            if changed:
                tidying.moved(connection, (shop_id,))
            return len(changed)

    def _hosts_as_seen(
        self,
        connection: Connection,
        shop_id: str,
        hosts: Mapping[str, str | None],
        seen: Mapping[str, str | None],
    ) -> None:
        for each in queries.sessions(connection, shop_id, met=self.met):
            shown, wanted = (queries.host_name(names.get(each.id)) for names in (seen, hosts))
            if each.id in hosts and queries.host_name(each.host) not in (shown, wanted):
                owner = shops.one(connection, shop_id)
                whom = audit.who_changed(connection, owner, "said who hosted", _("the host of a LIVE"), each.id)
                there = each.host or _("nothing")
                raise StaleError(_("Not saved: {change}. It says now: {there}", change=whom, there=there))

    @needs(Role.host)
    def mark_reviewed(self, shop_id: str, session_id: str, at: datetime | None = None) -> None:
        """A person looked at this LIVE's review, now or `at` (aware)."""
        self._set(shop_id, session_id, reviewed_at=at or self.clock())

    def _set(self, shop_id: str, session_id: str, **values: object) -> None:
        with self._writing() as connection:
            key = queries.key_of(connection, shop_id, session_id)
            connection.execute(update(live).where(live.c.id == key).values(**values))

    @needs(Role.viewer)
    def plans(self, shop_id: str) -> list[StoredPlan]:
        """A shop's plans with what was answered about them, the oldest first."""
        with self._reading() as connection:
            return plans.listed(connection, shop_id)

    @needs(Role.coach, noted=N_("changed a plan"))
    def save_plan(
        self,
        shop_id: str,
        name: str,
        data: Mapping[str, Any],
        *,
        seen: Mapping[str, Any] | None = None,
        beside: Collection[str] | None = None,
    ) -> None:
        """Keep a plan, plain JSON values, under its name; the same name again changes it.

        `seen` is what it said when it was shown, `beside` the names of the plans there were: raises StaleError where
        somebody changed it, or made another one, meanwhile.
        """
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            shops.one(connection, shop_id)
            plans.unchanged(connection, shop_id, name, seen, beside)
            plans.save(connection, shop_id, name, data, self.clock())
            self.ticket.detail = name

    @needs(Role.host, noted=N_("answered a plan"))
    def answer_plan(
        self, shop_id: str, name: str, session_id: str, done: bool | None, *, seen: bool | Literal["any"] | None = "any"
    ) -> None:
        """Whether a plan was carried out in a LIVE; None takes the answer back.

        `seen` is the answer as it was shown: raises StaleError where it is another by now.
        """
        detail = self.ticket.detail = f"{name}: {session_id}"
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            now = plans.answered(connection, shop_id, name, session_id)
            if seen != "any" and now not in (seen, done):
                owner = shops.one(connection, shop_id)
                whom = audit.who_changed(connection, owner, "answered a plan", _("this answer"), detail)
                there = _(plans.ANSWERS[now])
                raise StaleError(_("Not saved: {change}. It says now: {there}", change=whom, there=there))
            plans.answer(connection, shop_id, name, session_id, done)
