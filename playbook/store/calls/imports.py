"""LIVEs come in: what storing them would do, doing it, and taking it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import Connection

from playbook.imports.results import FilesRead
from playbook.language import N_, _
from playbook.model.session import Event, Product, Session, Slice
from playbook.store import acts, audit, encode, importing, intake, queries, shops, whose
from playbook.store.access import Role, by_plan, needs
from playbook.store.errors import StaleError, StoreError
from playbook.store.records import Act, ImportPlan, Shop

from .base import Calls

#: Working out an import of more LIVEs takes so long that other writers should not wait for it.
_MANY = 200
_TRIES = 3


@dataclass(frozen=True)
class ImportCalls(Calls):
    """Store LIVEs, and parts of them."""

    @needs(Role.viewer)
    def plan_import(
        self, shop_id: str, found: FilesRead | Iterable[Session], *, skip_creators: Collection[str] = ()
    ) -> ImportPlan:
        """What storing these LIVEs would do; nothing is written. LIVEs of `skip_creators` are left out."""
        with self._reading() as connection:
            replaced = found.replaced if isinstance(found, FilesRead) else ()
            sessions = found.sessions if isinstance(found, FilesRead) else found
            wanted = [_wanted(each, skip_creators) for each in (sessions, replaced)]
            wanted.append(list(found.joined) if isinstance(found, FilesRead) else [])
            return importing.plan(connection, shops.one(connection, shop_id), *wanted)[0]

    @needs(Role.host, by_plan, noted=N_("imported"))
    def apply(self, plan: ImportPlan, *, other_creators: bool = False) -> ImportPlan:
        """Store the LIVEs of a plan in one transaction; what was really done comes back.

        Another import may have come in between, so it is worked out anew: of many LIVEs before others have to wait, and
        once more if the shop changed meanwhile. Raises StoreError when a creator is new to the shop and
        `other_creators` does not say that this is meant.
        """
        for _unused in range(_TRIES if len(plan.sessions) > _MANY else 0):
            with self._reading() as connection:
                before = self._as_it_is(connection, plan.shop.id)
                found = self._worked_out(connection, plan, other_creators)
            with self._writing() as connection:
                importing.lock(connection, plan.shop.id)
                if self._as_it_is(connection, plan.shop.id) == before:
                    return self._carried_out(connection, *found)
                self.ticket.happened = False
        with self._writing() as connection:
            importing.lock(connection, plan.shop.id)
            return self._carried_out(connection, *self._worked_out(connection, plan, other_creators))

    @needs(Role.host, noted=N_("took an import back"))
    def undo_import(self, shop_id: str, act: str | None = None) -> Act:
        """Take back the last import as one act: new LIVEs go, restated ones and parts are as they were before.

        With `act` (`ImportPlan.act`) only when that is the last one. Raises StoreError when there is none, or when
        something newer stands on what it wrote.
        """
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            owner = shops.one(connection, shop_id)
            return acts.undo(connection, shop_id, owner.name, act, self.clock())

    def _as_it_is(self, connection: Connection, shop_id: str) -> tuple[object, ...]:
        return (shops.one(connection, shop_id), queries.stamp(connection, shop_id))

    def _worked_out(
        self, connection: Connection, plan: ImportPlan, other_creators: bool
    ) -> tuple[ImportPlan, intake.Shelf, list[importing.Step]]:
        """What is really done, and what to write for it."""
        owner = shops.one(connection, plan.shop.id)
        joined = [each.session for each in plan.joined]
        done, found = importing.plan(connection, owner, plan.sessions, plan.replaced, joined)
        if done.other_creators and not other_creators:
            names = ", ".join(f"{each.name} ({each.sessions})" for each in done.other_creators)
            raise StoreError(
                _(
                    "Nothing was stored: these LIVEs are by creators that the shop '{shop}' does not know: "
                    "{names}. Say that they belong to it, or store them in another shop.",
                    shop=owner.name,
                    names=names,
                )
            )
        return done, found, importing.steps(owner, found, self.clock(), plan.sessions)

    def _carried_out(
        self, connection: Connection, done: ImportPlan, found: intake.Shelf, steps: list[importing.Step]
    ) -> ImportPlan:
        """Written, and remembered as one act that can be taken back."""
        written = importing.to_write(connection, done.shop, found, done.sessions)
        importing.write(connection, steps)
        act = acts.keep(connection, done.shop.id, written, self.clock())
        self.ticket.happened = act is not None
        self.ticket.detail = _counted(done)
        return replace(done, act=act)

    @needs(Role.viewer, by_plan)
    def doubts(self, plan: ImportPlan) -> tuple[str, ...]:
        """Sentences on what speaks against these LIVEs being of the plan's shop; ask before `apply` where there are."""
        with self._reading() as connection:
            return whose.doubts(connection, plan, self._seen(connection))

    @needs(Role.host, noted=N_("changed parts of a LIVE"))
    def set_parts(
        self,
        shop_id: str,
        session_id: str,
        *,
        trend: tuple[pd.DataFrame, float | None] | None = None,
        products: Sequence[Product] | None = None,
        events: Sequence[Event] | None = None,
        channels: Sequence[Slice] | None = None,
        followers: Sequence[Slice] | None = None,
        seen: Session | None = None,
    ) -> None:
        """Replace parts of one LIVE, as typed or read from a file of that LIVE. None leaves a part as it is, an empty
        sequence clears it. `trend` is the frame and its step in minutes.

        `seen` is the LIVE as it was shown: raises StaleError where one of the typed parts (events, channels, followers)
        is another by now, since the new one would take its place whole.
        """
        packed = encode.given(trend, products, events, channels, followers)
        self.ticket.detail = f"{session_id}: {', '.join(packed)}"
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            owner = shops.one(connection, shop_id)
            key = queries.key_of(connection, shop_id, session_id)
            if seen is not None:
                typed = {"events": events, "channels": channels, "followers": followers}
                _unchanged(connection, owner, queries.session(connection, shop_id, session_id), seen, typed)
            found = intake.shelf(connection, shop_id, [queries.totals(connection, key)])
            known = next(each for each in found.kept.values() if each.key == key)
            for kind, data in packed.items():
                intake.add_part(found, known, kind, data)
            importing.write(connection, importing.steps(owner, found, self.clock()))

    @needs(Role.coach, noted=N_("changed parts of a LIVE"))
    def drop_parts(self, shop_id: str, session_id: str, kinds: Collection[str]) -> None:
        """Take parts away from a LIVE, such as a trend that belongs to another one; kinds as in `set_parts`."""
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            importing.drop_parts(connection, queries.key_of(connection, shop_id, session_id), kinds)
            self.ticket.detail = f"{session_id}: without {', '.join(sorted(kinds))}"


_TYPED = {
    "events": N_("the events of this LIVE"), "channels": N_("the channels of this LIVE"),
    "followers": N_("the followers of this LIVE"),
}  # fmt: skip


def _unchanged(
    connection: Connection,
    owner: Shop,
    now: Session,
    seen: Session,
    typed: Mapping[str, Sequence[Event] | Sequence[Slice] | None],
) -> None:
    """Raises StaleError when a part that is to be replaced is another one than was seen, and not the same as typed."""
    for kind, wanted in typed.items():
        there = tuple(getattr(now, kind))
        if wanted is not None and there not in (tuple(getattr(seen, kind)), tuple(wanted)):
            whom = audit.who_changed(connection, owner, "changed parts of a LIVE", _(_TYPED[kind]), now.id)
            raise StaleError(
                _("Not saved: {change}. The page shows them as they are now; add yours, and save again.", change=whom)
            )


def _counted(done: ImportPlan) -> str:
    """`3 new, 1 updated`."""
    kinds = ("new", "updated", "confirmed", "older", "joined")
    return ", ".join(f"{len(getattr(done, kind))} {kind}" for kind in kinds if getattr(done, kind))


def _wanted(sessions: Iterable[Session], skip: Collection[str]) -> list[Session]:
    return [each for each in sessions if each.creator is None or each.creator not in skip]
