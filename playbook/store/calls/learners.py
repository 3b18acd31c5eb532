"""People who learn: trainees of a shop, their results, and what was assigned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from playbook.language import N_, _
from playbook.store import audit, importing, people, practice_runs, shops
from playbook.store.access import Person, Role, by_assignment, by_trainee, needs
from playbook.store.errors import StaleError
from playbook.store.records import Assignment, LearningResult, Trainee

from .base import Calls


@dataclass(frozen=True)
class LearnerCalls(Calls):
    """Add trainees, keep results, assign."""

    @needs(Role.coach, noted=N_("added a trainee"))
    def add_trainee(self, shop_id: str, name: str) -> Trainee:
        """Raises StoreError for a name that is empty or taken in this shop."""
        with self._writing() as connection:
            shops.one(connection, shop_id)
            made = people.add(connection, shop_id, name, self.clock())
            self.ticket.detail = made.name
            return made

    @needs(Role.viewer)
    def trainees(self, shop_id: str) -> list[Trainee]:
        """By name."""
        with self._reading() as connection:
            return people.listed(connection, shop_id)

    @needs(Role.viewer)
    def my_trainee(self, shop_id: str, *, make: bool = True) -> Trainee | None:
        """The trainee that the person is in this shop; with `make` a new one where they are none so far.

        None without a person.
        """
        if not isinstance(self.someone, Person):
            return None
        with self._reading() as connection:
            found = people.of_person(connection, shop_id, self.someone.id)
        if found is not None or not make:
            return found
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            shops.one(connection, shop_id)
            return people.be(connection, shop_id, self.someone, self.clock())

    @needs(Role.coach, by_trainee, noted=N_("said who a trainee is"))
    def link_trainee(self, trainee_id: str, person_id: str) -> None:
        """This trainee is that person, who may see the shop. Raises StoreError where it is somebody else already."""
        with self._writing() as connection:
            self.ticket.detail = people.link(connection, trainee_id, person_id)

    @needs(Role.coach, by_trainee, noted=N_("renamed a trainee"))
    def rename_trainee(self, trainee_id: str, name: str, *, seen: str | None = None) -> Trainee:
        """Raises StoreError as `add_trainee`; StaleError where the name that was `seen` is another by now."""
        with self._writing() as connection:
            importing.lock(connection, people.one(connection, trainee_id).shop_id)
            now = people.one(connection, trainee_id)
            if seen is not None and now.name not in (seen, name.strip()):
                owner = shops.one(connection, now.shop_id)
                whom = audit.who_changed(connection, owner, "renamed a trainee", _("this name"), now.name)
                raise StaleError(_("Not saved: {change}. It is now: {name}", change=whom, name=now.name))
            made = people.rename(connection, trainee_id, name)
            self.ticket.detail = made.name
            return made

    @needs(Role.coach, by_trainee, noted=N_("said under which name a trainee hosts"))
    def set_trainee_host(self, trainee_id: str, host: str | None) -> Trainee:
        """The name that stands in the LIVEs they host; None forgets it."""
        with self._writing() as connection:
            made = people.hosts_as(connection, trainee_id, host)
            self.ticket.detail = f"{made.name}: {made.host or 'none'}"
            return made

    @needs(Role.coach, by_trainee, noted=N_("removed a trainee"))
    def remove_trainee(self, trainee_id: str) -> None:
        """For good, with results and assignments."""
        self._write(lambda connection: people.remove(connection, trainee_id))

    @needs(Role.coach, by_trainee, own=Role.viewer)
    def record_result(
        self,
        trainee_id: str,
        kind: str,
        item: str,
        score: float,
        passed: bool,
        detail: Mapping[str, Any] | None = None,
        at: datetime | None = None,
    ) -> LearningResult:
        """Keep what a trainee did: of a `kind` in people.RESULT_KINDS, `score` 0 to 1, now or `at` (aware)."""
        with self._writing() as connection:
            return people.record(connection, trainee_id, kind, item, at or self.clock(), score, passed, detail or {})

    @needs(Role.coach, own=Role.viewer)
    def results(self, shop_id: str, trainee_id: str | None = None) -> list[LearningResult]:
        """Of all trainees of a shop or of one, the oldest first."""
        with self._reading() as connection:
            return people.results(connection, shop_id, trainee_id)

    @needs(Role.coach, by_trainee, noted=N_("assigned"))
    def assign(
        self, trainee_id: str, kind: str, item: str, due: date | None = None, many: int | None = None
    ) -> Assignment:
        """Ask a trainee to pass a lesson or a practice scenario, or to hand in so `many` of a kind (`quota`).

        The same item again is asked for anew.
        """
        with self._writing() as connection:
            times = "" if many is None else f", {many} times"
            self.ticket.detail = f"{people.one(connection, trainee_id).name}: {kind} {item}{times}"
            return people.assign(connection, trainee_id, kind, item, due, self.clock(), many)

    @needs(Role.coach, own=Role.viewer)
    def assignments(self, shop_id: str, trainee_id: str | None = None) -> list[Assignment]:
        """Of all trainees of a shop or of one, the soonest due first."""
        with self._reading() as connection:
            return people.assignments(connection, shop_id, trainee_id)

    @needs(Role.coach, by_assignment, noted=N_("took an assignment back"))
    def unassign(self, assignment_id: str) -> None:
        """Take an assignment back; nothing where somebody did already."""
        with self._writing() as connection:
            self.ticket.happened = people.unassign(connection, assignment_id)

    @needs(Role.viewer)
    def keep_practice(self, shop_id: str | None, run: str, data: str) -> None:
        """A practice LIVE as it stands, by an id that only its browser knows, in place of what was kept of it."""
        self._write(lambda connection: practice_runs.keep(connection, shop_id, run, data, self.clock()))

    @needs(Role.viewer)
    def practice_left(self, shop_id: str | None, run: str) -> str | None:
        """What was kept of a run last; None where there is nothing of it in this shop."""
        with self._reading() as connection:
            return practice_runs.kept(connection, shop_id, run)
