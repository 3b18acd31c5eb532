"""The store as screens and the command line use it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import pandas as pd
from sqlalchemy import Connection, select, update

from playbook.imports.results import Reading
from playbook.model.session import Event, Product, Session, Slice

from . import (
    acts,
    backup,
    csv_files,
    encode,
    importing,
    intake,
    layouts,
    links,
    people,
    plans,
    queries,
    running,
    running_rows,
    shops,
    team,
    trash,
    whose,
)
from .access import (
    Guarded,
    Person,
    Reader,
    RefusedError,
    Role,
    Someone,
    by_assignment,
    by_damage,
    by_plan,
    by_trainee,
    every_shop,
    needs,
)
from .damage import Damage, Met
from .engine import address, connect, reading, spoken, writing
from .errors import StaleError, StoreError
from .migrate import bring_up
from .plans import StoredPlan
from .records import Act, Assignment, ImportPlan, Mark, Result, Shop, ShopBenchmark, ShopLine, Trainee, Trashed, Version
from .schema import live, shop

#: Working out an import of more LIVEs takes so long that other writers should not wait for it.
_MANY = 200
_TRIES = 3
G = TypeVar("G", bound=Guarded)


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Store(Guarded):
    """Shops and their LIVEs. Made by `Store.open`; safe to use from several threads.

    Every call is one transaction: all or nothing, also when the program is killed in it. Whatever cannot be done
    raises StoreError with words for a person. Moments that the store makes are in UTC; starts and export times are
    the shop's wall clock, as in a Session. As it is opened it may do everything; `acting_as` gives one that may do
    what a person may.
    """

    met: Met = field(default_factory=Met, repr=False, compare=False)

    @classmethod
    def open(
        cls,
        url: str | None = None,
        *,
        create: bool = True,
        clock: Callable[[], datetime] = utc_now,
        who: str = "the app (no sign-in)",
    ) -> Store:
        """The store at `url` (a file, sqlite:///... or postgresql://...), else PLAYBOOK_DB, else the user's own file.

        A new file gets its tables, an older schema is brought up to date, and what was deleted more than 30 days
        ago is erased, once two openings on different days agree on that. With `create=False` a file that does not
        exist is an error. `who` is what the audit list says of what is done without a person.
        """
        found = address(url)
        where = spoken(found)
        engine = connect(found, create=create)
        store = cls(engine, where, clock, who=who)
        try:
            bring_up(engine)
            if engine.dialect.name == "sqlite":
                backup.sweep(Path(str(found.database)).parent)
            with reading(engine) as connection:
                untidy = trash.untidy(connection, clock())
            if untidy:
                with writing(engine) as connection:
                    trash.tidy(connection, clock())
        except StoreError:
            engine.dispose()
            raise
        return store

    def acting_as(self, person: Someone) -> Store:
        """The same store, each call of which is held to what the person may do. Raises RefusedError for such a one."""
        if self.someone is not None:
            raise RefusedError("This store acts for a person already, and cannot become another one's.")
        return replace(self, someone=person)

    @needs(Role.viewer)
    def reader(self, shop_id: str) -> Store:
        """The same store for looking at this shop alone: for what is kept for all who may see it."""
        with self._reading():
            return replace(self, someone=Reader(shop_id), _ticket=None)

    @property
    def team(self) -> team.Team:
        """Who may come in, and who changed what."""
        return self._as(team.Team)

    @property
    def links(self) -> links.ReviewLinks:
        """Links that show one review."""
        return self._as(links.ReviewLinks)

    def _as(self, kind: type[G]) -> G:
        return kind(self.engine, self.where, self.clock, who=self.who, someone=self.someone)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Shops

    @needs(Role.owner, every_shop, noted="made the shop")
    def create_shop(
        self,
        name: str,
        *,
        timezone: str | None = None,
        currency: str | None = None,
        market: str | None = None,
        playbook_folder: str | None = None,
    ) -> Shop:
        """Raises StoreError for a name that is empty or taken, an unknown time zone, or what is not a currency."""
        values = {"name": name, "timezone": timezone, "currency": currency, "market": market,
                  "playbook_folder": playbook_folder}  # fmt: skip
        with self._writing() as connection:
            key = self.ticket.shop_id = shops.create(connection, self.clock(), values)
            return shops.one(connection, key)

    @needs(Role.owner, noted="changed the shop")
    def change_shop(self, shop_id: str, *, seen: Mapping[str, str | None] | None = None, **values: str | None) -> Shop:
        """Set name, timezone, currency, market or playbook_folder. Raises StoreError as `create_shop`.

        `seen` is what these were when they were shown: raises StaleError where one of them is another by now.
        """
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            if seen is not None:
                shops.unchanged(shops.one(connection, shop_id), seen, values)
            shops.change(connection, shop_id, values)
            self.ticket.detail = ", ".join(shops.LABELS[each] for each in values)
            return shops.one(connection, shop_id)

    @needs(None)
    def shops(self) -> list[Shop]:
        """By name, without deleted ones."""
        with self._reading() as connection:
            seen = self._seen(connection)
            return [each for each in shops.listed(connection) if _among(each.id, seen)]

    @needs(Role.viewer)
    def shop(self, shop_id: str) -> Shop:
        with self._reading() as connection:
            return shops.one(connection, shop_id)

    @needs(None)
    def find_shop(self, name: str) -> Shop | None:
        """By name; case and needless spaces do not matter."""
        return next((each for each in self.shops() if shops.key_of(each.name) == shops.key_of(name)), None)

    @needs(None)
    def overview(self) -> list[ShopLine]:
        """Every shop with its number of LIVEs and its latest one."""
        with self._reading() as connection:
            seen = self._seen(connection)
            return [each for each in queries.overview(connection, self.met) if _among(each.shop.id, seen)]

    @needs(Role.viewer)
    def benchmarks(self, shop_id: str) -> list[ShopBenchmark]:
        with self._reading() as connection:
            return shops.benchmarks(connection, shop_id)

    @needs(Role.coach, noted="changed market figures")
    def set_benchmarks(
        self, shop_id: str, benchmarks: Sequence[ShopBenchmark], *, seen: Sequence[ShopBenchmark] | None = None
    ) -> None:
        """Replace the shop's benchmarks. `seen` are those that were shown: raises StaleError where they are others."""
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            if seen is not None and shops.benchmarks(connection, shop_id) != list(seen):
                raise StaleError(
                    "Not saved: somebody changed the market figures meanwhile. The table shows them as they are now."
                )
            shops.set_benchmarks(connection, shop_id, benchmarks)

    @needs(Role.coach)
    def mark_looked(self, shop_id: str, at: datetime | None = None) -> None:
        """The weekly look was taken, now or `at` (aware)."""
        with self._writing() as connection:
            shops.one(connection, shop_id)
            connection.execute(update(shop).where(shop.c.id == shop_id).values(looked_at=at or self.clock()))

    # Import

    @needs(Role.viewer)
    def plan_import(
        self, shop_id: str, found: Reading | Iterable[Session], *, skip_creators: Collection[str] = ()
    ) -> ImportPlan:
        """What storing these LIVEs would do; nothing is written. LIVEs of `skip_creators` are left out."""
        with self._reading() as connection:
            replaced = found.replaced if isinstance(found, Reading) else ()
            sessions = found.sessions if isinstance(found, Reading) else found
            wanted = [_wanted(each, skip_creators) for each in (sessions, replaced)]
            wanted.append(list(found.joined) if isinstance(found, Reading) else [])
            return importing.plan(connection, shops.one(connection, shop_id), *wanted)[0]

    @needs(Role.host, by_plan, noted="imported")
    def apply(self, plan: ImportPlan, *, other_creators: bool = False) -> ImportPlan:
        """Store the LIVEs of a plan in one transaction; what was really done comes back.

        Another import may have come in between, so it is worked out anew: of many LIVEs before others have to wait, and
        once more if the shop changed meanwhile. Raises StoreError when a creator is new to the shop and
        `other_creators` does not say that this is meant.
        """
        for _ in range(_TRIES if len(plan.sessions) > _MANY else 0):
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

    @needs(Role.viewer)
    def last_import(self, shop_id: str) -> Act | None:
        """The import into a shop that `undo_import` would take back."""
        with self._reading() as connection:
            return acts.last(connection, shop_id)

    @needs(Role.host, noted="took an import back")
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
                f"Nothing was stored: these LIVEs are by creators that the shop '{owner.name}' does not know: "
                f"{names}. Say that they belong to it, or store them in another shop."
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

    @needs(Role.host, noted="changed parts of a LIVE")
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
    ) -> None:
        """Replace parts of one LIVE, as typed or read from a file of that LIVE. None leaves a part as it is, an empty
        sequence clears it. `trend` is the frame and its step in minutes.
        """
        packed = encode.given(trend, products, events, channels, followers)
        self.ticket.detail = f"{session_id}: {', '.join(packed)}"
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            owner = shops.one(connection, shop_id)
            key = queries.key_of(connection, shop_id, session_id)
            found = intake.shelf(connection, shop_id, [queries.totals(connection, key)])
            known = next(each for each in found.kept.values() if each.key == key)
            for kind, data in packed.items():
                intake.add_part(found, known, kind, data)
            importing.write(connection, importing.steps(owner, found, self.clock()))

    @needs(Role.coach, noted="changed parts of a LIVE")
    def drop_parts(self, shop_id: str, session_id: str, kinds: Collection[str]) -> None:
        """Take parts away from a LIVE, such as a trend that belongs to another one; kinds as in `set_parts`."""
        with self._writing() as connection:
            importing.lock(connection, shop_id)
            importing.drop_parts(connection, queries.key_of(connection, shop_id, session_id), kinds)
            self.ticket.detail = f"{session_id}: without {', '.join(sorted(kinds))}"

    # LIVEs

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

    @needs(Role.host, noted="changed a note")
    def set_note(self, shop_id: str, session_id: str, note: str | None, *, seen: str | None = None) -> None:
        """`seen` is the note as it was shown, empty for none: raises StaleError where it is another by now."""
        wanted = (note or "").strip() or None
        self.ticket.detail = session_id
        with self._writing() as connection:
            key = queries.key_of(connection, shop_id, session_id)
            if seen is not None:
                now = connection.execute(select(live.c.note).where(live.c.id == key).with_for_update()).scalar() or ""
                if now not in (seen.strip(), wanted or ""):
                    raise StaleError(
                        f"Not saved: somebody changed this note meanwhile. It says now: {now or 'nothing'}"
                    )
            connection.execute(update(live).where(live.c.id == key).values(note=wanted))

    @needs(Role.host)
    def mark_reviewed(self, shop_id: str, session_id: str, at: datetime | None = None) -> None:
        """A person looked at this LIVE's review, now or `at` (aware)."""
        self._set(shop_id, session_id, reviewed_at=at or self.clock())

    def _set(self, shop_id: str, session_id: str, **values: object) -> None:
        with self._writing() as connection:
            key = queries.key_of(connection, shop_id, session_id)
            connection.execute(update(live).where(live.c.id == key).values(**values))

    @property
    def running(self) -> running.RunningLives:
        """LIVEs on air: their taps and totals, row by row."""
        return self._as(running.RunningLives)

    # Plans

    @needs(Role.viewer)
    def plans(self, shop_id: str) -> list[StoredPlan]:
        """A shop's plans with what was answered about them, the oldest first."""
        with self._reading() as connection:
            return plans.listed(connection, shop_id)

    @needs(Role.coach, noted="changed a plan")
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

    @needs(Role.host, noted="answered a plan")
    def answer_plan(self, shop_id: str, name: str, session_id: str, done: bool | None) -> None:
        """Whether a plan was carried out in a LIVE; None takes the answer back."""
        with self._writing() as connection:
            plans.answer(connection, shop_id, name, session_id, done)
            self.ticket.detail = f"{name}: {session_id}"

    # People who learn

    @needs(Role.coach, noted="added a trainee")
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

    @needs(Role.coach, by_trainee, noted="said who a trainee is")
    def link_trainee(self, trainee_id: str, person_id: str) -> None:
        """This trainee is that person, who may see the shop. Raises StoreError where it is somebody else already."""
        with self._writing() as connection:
            self.ticket.detail = people.link(connection, trainee_id, person_id)

    @needs(Role.coach, by_trainee, noted="renamed a trainee")
    def rename_trainee(self, trainee_id: str, name: str) -> Trainee:
        """Raises StoreError as `add_trainee`."""
        with self._writing() as connection:
            made = people.rename(connection, trainee_id, name)
            self.ticket.detail = made.name
            return made

    @needs(Role.coach, by_trainee, noted="removed a trainee")
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
    ) -> Result:
        """Keep what a trainee did: `kind` lesson, drill or practice, `score` from 0 to 1, now or `at` (aware)."""
        with self._writing() as connection:
            return people.record(connection, trainee_id, kind, item, at or self.clock(), score, passed, detail or {})

    @needs(Role.coach, own=Role.viewer)
    def results(self, shop_id: str, trainee_id: str | None = None) -> list[Result]:
        """Of all trainees of a shop or of one, the oldest first."""
        with self._reading() as connection:
            return people.results(connection, shop_id, trainee_id)

    @needs(Role.coach, by_trainee)
    def assign(self, trainee_id: str, kind: str, item: str, due: date | None = None) -> Assignment:
        """Ask a trainee to pass a lesson or a practice scenario; the same item again changes its day."""
        with self._writing() as connection:
            return people.assign(connection, trainee_id, kind, item, due)

    @needs(Role.coach, own=Role.viewer)
    def assignments(self, shop_id: str, trainee_id: str | None = None) -> list[Assignment]:
        """Of all trainees of a shop or of one, the soonest due first."""
        with self._reading() as connection:
            return people.assignments(connection, shop_id, trainee_id)

    @needs(Role.coach, by_assignment)
    def unassign(self, assignment_id: str) -> None:
        self._write(lambda connection: people.unassign(connection, assignment_id))

    # Layouts of files, for all shops

    @needs(None)
    def layouts(self) -> dict[str, str]:
        """The text of every saved column mapping, by its id."""
        with self._reading() as connection:
            return layouts.profiles(connection)

    @needs(Role.owner, every_shop, noted="saved a layout of files")
    def keep_layout(self, name: str, text: str) -> None:
        """Save a column mapping, in place of the one of this id."""
        self._write(lambda connection: layouts.keep_profile(connection, name, text))

    @needs(Role.owner, every_shop, noted="forgot a layout of files")
    def drop_layout(self, name: str) -> None:
        self._write(lambda connection: layouts.drop_profile(connection, name))

    @needs(None)
    def sheets(self) -> dict[str, dict[str, str]]:
        """What was said of sheets kept by hand: by layout, what each header means."""
        with self._reading() as connection:
            return layouts.sheets(connection)

    @needs(Role.owner, every_shop, noted="saved answers about a sheet")
    def keep_sheet(self, name: str, answers: Mapping[str, str]) -> None:
        """Save answers about one layout beside the others."""
        self._write(lambda connection: layouts.keep_sheet(connection, name, answers))

    @needs(Role.owner, every_shop, noted="took layouts over from files")
    def take_over_layouts(self, folder: str, kept: Mapping[str, str], said: Mapping[str, Mapping[str, str]]) -> None:
        """Take mappings and answers from files, once a folder; what is known here stays as it is."""
        with self._reading() as connection:
            if layouts.is_taken_over(connection, folder):
                return
        self._write(lambda connection: layouts.take_over(connection, folder, kept, said))

    # Damage

    @needs(Role.viewer)
    def damage(self, shop_id: str) -> list[Damage]:
        """The rows of a shop that readers met and could not read, the earliest first."""
        if self.someone is not None:
            self._allowed()
        found = self.met.of_shop(shop_id)
        if not found:
            return []
        with self._reading() as connection:
            there = queries.names(connection, shop_id)
        return [each for each in found if each.session_id in there]

    @needs(Role.coach, by_damage, noted="set aside what was damaged")
    def set_aside(self, damage: Damage) -> None:
        """A damaged LIVE goes to the trash, where it stays for 30 days; a damaged part does not count any more."""
        self.ticket.detail = f"{damage.session_id}: {damage.part or 'the whole LIVE'}"
        with self._writing() as connection:
            key = queries.key_of(connection, damage.shop_id, damage.session_id)
            if damage.part is None:
                trash.delete_session(connection, damage.shop_id, damage.session_id, self.clock())
            else:
                importing.drop_parts(connection, key, [damage.part])
        self.met.forget(key)

    # Deleting, with a way back for 30 days

    @needs(Role.coach, noted="deleted a LIVE")
    def delete_session(self, shop_id: str, session_id: str) -> None:
        self.ticket.detail = session_id
        self._write(lambda connection: trash.delete_session(connection, shop_id, session_id, self.clock()))

    @needs(Role.owner, noted="deleted the shop")
    def delete_shop(self, shop_id: str) -> None:
        self._write(lambda connection: trash.delete_shop(connection, shop_id, self.clock()))

    @needs(Role.owner, every_shop, noted="deleted every shop")
    def delete_everything(self) -> None:
        """Every shop with all its LIVEs."""
        self._write(lambda connection: trash.delete_everything(connection, self.clock()))

    @needs(Role.coach, noted="brought a LIVE back")
    def restore_session(self, shop_id: str, session_id: str) -> None:
        self.ticket.detail = session_id
        self._write(lambda connection: trash.restore_session(connection, shop_id, session_id))

    @needs(Role.owner, noted="brought the shop back")
    def restore_shop(self, shop_id: str) -> None:
        self._write(lambda connection: trash.restore_shop(connection, shop_id))

    @needs(None)
    def trash(self) -> list[Trashed]:
        """What can be brought back, the latest deleted first."""
        with self._reading() as connection:
            lives, every = self._seen(connection, Role.coach), self._seen(connection, Role.owner)
            found = trash.trash(connection)
        return [each for each in found if _among(each.shop_id, every if each.session_id is None else lives)]

    @needs(Role.owner, every_shop, noted="emptied the trash")
    def empty_trash(self, until: datetime | None = None) -> None:
        """Erase for good what was deleted so far, or up to a moment: what a person saw before saying yes."""
        self._write(lambda connection: trash.erase(connection, until or self.clock()))

    def _write(self, change: Callable[[Connection], None]) -> None:
        with self._writing() as connection:
            change(connection)

    # Taking it along

    @needs(Role.owner, every_shop, noted="made a backup")
    def backup(self, path: Path | str, *, replace: bool = False) -> None:
        """Everything in one file, the trash included."""
        self._allowed()
        backup.backup(self.engine, Path(path), replace=replace)
        self._taken_along()

    @needs(Role.owner, every_shop, noted="put a backup in place")
    def restore(self, path: Path | str, *, replace: bool = False) -> Path | None:
        """Put a backup into this store, which must be empty unless `replace`; where what was here before is kept."""
        self._allowed()
        self.ticket.detail = Path(path).name
        return backup.restore(self.engine, Path(path), replace=replace, then=self._note)

    @needs(Role.coach, noted="exported as CSV")
    def export_csv(self, shop_id: str, path: Path | str, *, replace: bool = False) -> None:
        """Everything of a shop as CSV files in one zip, in the layouts of our templates."""
        with self._reading() as connection:
            owner = shops.one(connection, shop_id)
            marks = queries.marks(connection, shop_id)
            sessions = queries.sessions(connection, shop_id, parts=encode.KINDS, met=self.met)
            kept = {each.id: queries.versions(connection, shop_id, each.id) for each in sessions}
            benchmarks = shops.benchmarks(connection, shop_id)
            learners = people.listed(connection, shop_id)
            learnt = people.results(connection, shop_id), people.assignments(connection, shop_id)
            on_air = running_rows.tables(connection, owner)
        with backup.new_file(Path(path), replace) as temporary:
            csv_files.write_zip(temporary, owner, sessions, marks, kept, benchmarks)
            csv_files.add_people(temporary, learners, *learnt)
            csv_files.add_running(temporary, on_air)
        self._taken_along()

    def _taken_along(self) -> None:
        """That a person took data along is noted; a backup by the clock, of whoever holds the database, is not."""
        if self.someone is not None:
            with self._writing():
                pass


def _counted(done: ImportPlan) -> str:
    """`3 new, 1 updated`."""
    kinds = ("new", "updated", "confirmed", "older", "joined")
    return ", ".join(f"{len(getattr(done, kind))} {kind}" for kind in kinds if getattr(done, kind))


def _among(shop_id: str, seen: Collection[str] | None) -> bool:
    return seen is None or shop_id in seen


def _wanted(sessions: Iterable[Session], skip: Collection[str]) -> list[Session]:
    return [each for each in sessions if each.creator is None or each.creator not in skip]
