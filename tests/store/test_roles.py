"""Every call of the store, by every role, in one's own shop and in another: allowed or refused as the table says."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from playbook.model.running import RunningLive, Tap, TotalsRow
from playbook.model.transcript import Line, Transcript
from playbook.store import Shop, ShopBenchmark, Store, StoreError
from playbook.store.access import Guarded, Person, RefusedError, Role
from playbook.store.damage import Damage
from playbook.store.links import ReviewLinks
from playbook.store.records import AccountFigure
from playbook.store.running import RunningLives
from playbook.store.schema import shop as shop_table
from playbook.store.store import Store as StoreClass
from playbook.store.team import Account, Team

from .lives import full, live

#: The least role that each call takes in the shop that it is about. `every` takes the owner of every shop; `anyone` is
#: answered with what the person may see; `own` is the trainee that the person is.
TABLE = """
Store.create_shop every       Store.change_shop owner      Store.shops anyone          Store.shop viewer
Store.find_shop anyone        Store.overview anyone        Store.benchmarks viewer     Store.set_benchmarks coach
Store.targets viewer          Store.set_target coach       Store.accepted_levels viewer
Store.accept_level coach
Store.mark_looked coach       Store.plan_import viewer     Store.apply host
Store.undo_import host        Store.doubts viewer          Store.set_parts host        Store.drop_parts coach
Store.stamp viewer            Store.sessions viewer        Store.session viewer        Store.history viewer
Store.versions viewer         Store.marks viewer           Store.reviewed viewer       Store.set_note host
Store.mark_reviewed host      Store.plans viewer           Store.save_plan coach       Store.answer_plan host
Store.add_trainee coach       Store.trainees viewer        Store.my_trainee viewer     Store.link_trainee coach
Store.set_trainee_host coach
Store.rename_trainee coach    Store.remove_trainee coach   Store.record_result coach   Store.results coach
Store.assign coach            Store.assignments coach      Store.unassign coach        Store.damage viewer
Store.keep_practice viewer    Store.practice_left viewer
Store.set_aside coach         Store.delete_session coach   Store.delete_shop owner     Store.delete_everything every
Store.restore_session coach   Store.restore_shop owner     Store.trash anyone          Store.empty_trash every
Store.backup every            Store.restore every          Store.export_csv coach      Store.reader viewer
Store.layouts anyone          Store.sheets anyone          Store.keep_layout every     Store.drop_layout every
Store.keep_sheet every        Store.take_over_layouts every Store.change_machine every
Store.preferences anyone      Store.prefer anyone          Store.shelf viewer          Store.put_on_shelf coach
Store.glanced anyone          Store.keep_glance viewer     Store.move_sessions coach   Store.merge_shop owner
Store.delete_sessions coach   Store.last_tidied viewer     Store.undo_tidied coach     Store.comments viewer
Store.every_comment anyone    Store.add_comment host       Store.tick_comment host     Store.remove_comment coach
Store.set_hosts host          Store.account viewer         Store.keep_account host     Store.drop_account coach
Store.closed_months viewer    Store.close_month coach      Store.open_month owner      Store.change_shops owner
Store.transcript viewer       Store.keep_transcript host   Store.drop_transcript host
RunningLives.start host       RunningLives.on_air viewer   RunningLives.one viewer     RunningLives.listed viewer
RunningLives.stamp viewer     RunningLives.tap host        RunningLives.note host      RunningLives.share host
RunningLives.undo host        RunningLives.watch host      RunningLives.end host       RunningLives.go_on host
RunningLives.take_over host
Team.me anyone                Team.members owner           Team.empty every            Team.give owner
Team.take owner               Team.invite owner            Team.invitations owner      Team.withdraw owner
Team.audit owner              Team.known every             Team.invited every          Team.join every
ReviewLinks.make coach        ReviewLinks.listed coach     ReviewLinks.withdraw coach  ReviewLinks.followed every
"""
#: What is the same in every shop, or of the person alone, so everybody who was let in may see it.
FOR_ALL_SHOPS = {"Store.layouts", "Store.sheets", "Store.preferences", "Store.prefer"}
CLASSES: tuple[type[Guarded], ...] = (StoreClass, RunningLives, Team, ReviewLinks)
#: What is no call of the database: how a store is made and closed, and whose it becomes.
NO_CALLS = {"Store.open", "Store.close", "Store.acting_as", "Store.ticket"}
WORDS = TABLE.split()
LEAST = dict(zip(WORDS[::2], WORDS[1::2], strict=True))


def calls() -> set[str]:
    """Every public function of the store's classes."""
    return {
        f"{each.__name__}.{name}"
        for each in CLASSES
        for name, _ in inspect.getmembers(each, inspect.isfunction)
        if not name.startswith("_")
    } - NO_CALLS


def test_the_table_has_every_call_and_no_other() -> None:
    assert calls() == set(LEAST)


#: What changes something and is not noted: rows with a moment of their own, what a person did for themselves, what was
#: worked out to be shown again, and the door, which binds an account to an address that was let in.
NOT_NOTED = {
    "Store.mark_looked", "Store.mark_reviewed", "Store.my_trainee", "Store.record_result", "Store.prefer",
    "Store.keep_glance", "Store.keep_practice",
    "RunningLives.tap", "RunningLives.note", "RunningLives.share", "RunningLives.undo", "RunningLives.watch",
    "Team.known",
}  # fmt: skip


def test_every_call_that_changes_something_is_noted() -> None:
    writes = ("self._writing(", "self._write(", "self._set(", "self._add(", "self._change(")
    kinds = {each.__name__: each for each in CLASSES}
    silent = set()
    for name in LEAST:
        call = getattr(kinds[name.split(".")[0]], name.split(".")[1])
        if call.needs.noted is None and any(each in inspect.getsource(call.__wrapped__) for each in writes):
            silent.add(name)
    assert silent == NOT_NOTED


def test_every_call_declares_what_the_table_says() -> None:
    for name, least in LEAST.items():
        kind, method = name.split(".")
        declared = getattr(next(each for each in CLASSES if each.__name__ == kind), method).needs
        said = "anyone" if declared.least is None else declared.least.name
        if declared.place.__name__ == "every_shop":
            assert said == "owner"
            said = "every"
        assert said == least, name


def test_a_call_that_declares_nothing_gets_no_connection(tmp_path: Path) -> None:
    class Careless(Guarded):
        def everything(self) -> None:
            with self._reading():
                pass

    with Store.open(str(tmp_path / "s.db")) as store, pytest.raises(AssertionError, match="declares what it needs"):
        Careless(store.engine, store.where, store.clock).everything()


@dataclass
class Place:
    """A store with two shops filled alike; `mine` is the one in which the person has the role."""

    store: Store
    mine: Shop
    other: Shop
    folder: Path
    number: int = 0

    watching: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self.watching = sqlite3.connect(self.folder / "s.db")

    def changes(self) -> int:
        """Another number whenever somebody has changed anything in the file."""
        return int(self.watching.execute("PRAGMA data_version").fetchone()[0])

    def fresh(self, suffix: str) -> Path:
        self.number += 1
        return self.folder / f"{self.number}{suffix}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("roles")
    with Store.open(str(folder / "s.db")) as store:
        store.team.give("root@example.com", Role.owner, None)
        mine, other = store.create_shop("Mine"), store.create_shop("Other")
        for shop in (mine, other):
            store.apply(store.plan_import(shop.id, [full(0), live(1)]))
        made = Place(store, mine, other, folder)
        yield made
        made.watching.close()


def attempts(at: Place, shop: Shop, acting: Store) -> dict[str, Callable[[], Any]]:  # noqa: C901
    """Each call as a page makes it, about this shop; what it is about was made before by the store itself."""
    store = at.store
    for each in store.running.listed(shop.id):
        store.running.end(each.id)
    at.number += 1
    mark = str(at.number)
    trainee = store.add_trainee(shop.id, f"Lea {mark}")
    task = store.assign(trainee.id, "lesson", "x")
    running = store.running.start(shop.id)
    link = (store.links.make(shop.id, live(0).id), store.links.listed(shop.id)[0])[1]
    invitation = (store.team.invite(Role.viewer, shop.id), store.team.invitations(shop.id)[0])[1]
    code = store.team.invite(Role.viewer, shop.id)
    member = store.team.give(f"member{mark}@example.com", Role.viewer, shop.id)
    backup = at.fresh(".playbook")
    store.backup(backup)
    plan = store.plan_import(shop.id, [live(2)])
    account = Account(f"x\x1f{mark}", f"new{mark}@example.com", True)
    one = live(0).id
    figure = AccountFigure(date(2026, 1, 1), date(2026, 1, 1), "followers", float(at.number))
    kept = AccountFigure(date(2026, 1, 2), date(2026, 1, 2), "followers", float(at.number))
    store.keep_account(shop.id, [kept])
    words = Transcript((Line(float(at.number), 1e4, "hello"),), "words.srt")

    def made_live(number: int) -> str:
        fresh = live(number + at.number)
        store.apply(store.plan_import(shop.id, [fresh]))
        return fresh.id

    taken_over = RunningLive(running.start, id=f"{at.number:032x}")

    def deleted(work: Callable[[], Any], undo: Callable[[], Any]) -> Any:
        """Of what a call deletes, the way back, by the store itself."""
        found = work()
        undo()
        return found

    def gone(make: Callable[[], Any], work: Callable[[], Any], back: Callable[[], Any]) -> Any:
        make()
        try:
            return work()
        finally:
            with suppress(StoreError):  # the call brought it back
                back()

    def with_third(work: Callable[[Shop, Shop], Any]) -> Any:
        """About this shop and one more in which the person is the same, with a LIVE in the latter."""
        at.number += 1
        third = store.create_shop(f"Third {at.number}")
        try:
            store.apply(store.plan_import(third.id, [live(1000 + at.number)]))
            if acting.someone is not None:
                with acting.engine.connect() as connection:
                    held = acting.someone.roles(connection).get(shop.id)
                if held is not None:
                    store.team.give(acting.someone.spoken, held, third.id)
            return work(shop, third)
        finally:
            with store.engine.begin() as connection:  # for good: what lies in the trash is brought back further down
                connection.execute(delete(shop_table).where(shop_table.c.id == third.id))

    def tidied_away() -> Any:
        store.apply(store.plan_import(shop.id, [live(2000 + at.number)]))
        return acting.delete_sessions(shop.id, [live(2000 + at.number).id])

    def tidied_back() -> Any:
        store.apply(store.plan_import(shop.id, [live(3000 + at.number)]))
        store.delete_sessions(shop.id, [live(3000 + at.number).id])
        return acting.undo_tidied(shop.id)

    def undone() -> Any:  # of an import that was just made
        store.apply(store.plan_import(shop.id, [live(40 + at.number)]))
        return acting.undo_import(shop.id)

    def everything() -> Any:
        try:
            return acting.delete_everything()
        finally:
            for each in store.trash():
                if each.session_id is None:
                    store.restore_shop(each.shop_id)

    return {
        "Store.create_shop": lambda: acting.create_shop(f"New {mark}"),
        "Store.change_shop": lambda: acting.change_shop(shop.id, market=mark),
        "Store.change_shops": lambda: acting.change_shops({shop.id: {"market": mark}}, seen={}),
        "Store.shops": lambda: [each.id for each in acting.shops()],
        "Store.shop": lambda: acting.shop(shop.id),
        "Store.find_shop": lambda: [each.id for each in [acting.find_shop(shop.name)] if each],
        "Store.overview": lambda: [each.shop.id for each in acting.overview()],
        "Store.benchmarks": lambda: acting.benchmarks(shop.id),
        "Store.set_benchmarks": lambda: acting.set_benchmarks(shop.id, [ShopBenchmark("err", 0.1, mark, "2026-01-01")]),
        "Store.targets": lambda: acting.targets(shop.id),
        "Store.set_target": lambda: acting.set_target(shop.id, "gmv", 100.0 + len(mark), 2.0),
        "Store.accepted_levels": lambda: acting.accepted_levels(shop.id),
        "Store.accept_level": lambda: acting.accept_level(shop.id, "ctr", datetime(2026, 1, 1)),
        "Store.mark_looked": lambda: acting.mark_looked(shop.id),
        "Store.plan_import": lambda: acting.plan_import(shop.id, [live(2)]),
        "Store.apply": lambda: acting.apply(plan),
        "Store.undo_import": undone,
        "Store.doubts": lambda: acting.doubts(plan),
        "Store.set_parts": lambda: acting.set_parts(shop.id, one, events=()),
        "Store.drop_parts": lambda: acting.drop_parts(shop.id, one, ["trend"]),
        "Store.stamp": lambda: acting.stamp(shop.id),
        "Store.sessions": lambda: acting.sessions(shop.id),
        "Store.session": lambda: acting.session(shop.id, one),
        "Store.history": lambda: acting.history(shop.id),
        "Store.versions": lambda: acting.versions(shop.id, one),
        "Store.marks": lambda: acting.marks(shop.id),
        "Store.reviewed": lambda: acting.reviewed(shop.id),
        "Store.set_note": lambda: acting.set_note(shop.id, one, mark),
        "Store.set_hosts": lambda: acting.set_hosts(shop.id, {one: mark}),
        "Store.account": lambda: acting.account(shop.id),
        "Store.keep_account": lambda: acting.keep_account(shop.id, [figure]),
        "Store.drop_account": lambda: acting.drop_account(shop.id, [kept]),
        "Store.mark_reviewed": lambda: acting.mark_reviewed(shop.id, one),
        "Store.plans": lambda: acting.plans(shop.id),
        "Store.save_plan": lambda: acting.save_plan(shop.id, mark, {}),
        "Store.answer_plan": lambda: (store.save_plan(shop.id, "p", {}), acting.answer_plan(shop.id, "p", one, True)),
        "Store.shelf": lambda: acting.shelf(shop.id),
        "Store.put_on_shelf": lambda: acting.put_on_shelf(shop.id, "err_billboard", "kept"),
        "Store.add_trainee": lambda: acting.add_trainee(shop.id, f"Kim {mark}"),
        "Store.trainees": lambda: acting.trainees(shop.id),
        "Store.my_trainee": lambda: acting.my_trainee(shop.id),
        "Store.link_trainee": lambda: acting.link_trainee(trainee.id, member.id),
        "Store.set_trainee_host": lambda: acting.set_trainee_host(trainee.id, f"Host {mark}"),
        "Store.rename_trainee": lambda: acting.rename_trainee(trainee.id, f"Lee {mark}"),
        "Store.remove_trainee": lambda: acting.remove_trainee(store.add_trainee(shop.id, f"Bo {mark}").id),
        "Store.record_result": lambda: acting.record_result(trainee.id, "lesson", "x", 1.0, True),
        "Store.results": lambda: acting.results(shop.id),
        "Store.assign": lambda: acting.assign(trainee.id, "lesson", "y"),
        "Store.assignments": lambda: acting.assignments(shop.id),
        "Store.unassign": lambda: acting.unassign(task.id),
        "Store.keep_practice": lambda: acting.keep_practice(shop.id, f"{at.number:032x}", "{}"),
        "Store.practice_left": lambda: acting.practice_left(shop.id, f"{at.number:032x}"),
        "Store.damage": lambda: acting.damage(shop.id),
        "Store.set_aside": lambda: acting.set_aside(Damage(shop.id, one, None, "products")),
        "Store.delete_session": lambda: deleted(
            lambda: acting.delete_session(shop.id, one), lambda: store.restore_session(shop.id, one)
        ),
        "Store.delete_shop": lambda: deleted(
            lambda: acting.delete_shop(shop.id), lambda: store.restore_shop(shop.id)
        ),
        "Store.delete_everything": everything,
        "Store.restore_session": lambda: gone(
            lambda: store.delete_session(shop.id, one), lambda: acting.restore_session(shop.id, one),
            lambda: store.restore_session(shop.id, one),
        ),
        "Store.restore_shop": lambda: gone(
            lambda: store.delete_shop(shop.id), lambda: acting.restore_shop(shop.id),
            lambda: store.restore_shop(shop.id),
        ),
        "Store.trash": lambda: gone(
            lambda: store.delete_session(shop.id, one), lambda: [each.shop_id for each in acting.trash()],
            lambda: store.restore_session(shop.id, one),
        ),
        "Store.empty_trash": lambda: acting.empty_trash(datetime(2020, 1, 1, tzinfo=UTC)),
        "Store.backup": lambda: acting.backup(at.fresh(".playbook")),
        "Store.restore": lambda: acting.restore(backup, replace=True),
        "Store.export_csv": lambda: acting.export_csv(shop.id, at.fresh(".zip")),
        "Store.reader": lambda: acting.reader(shop.id),
        "Store.layouts": lambda: [*acting.layouts()],
        "Store.sheets": lambda: [*acting.sheets()],
        "Store.keep_layout": lambda: acting.keep_layout(f"own_{mark}", mark),
        "Store.drop_layout": lambda: acting.drop_layout(f"own_{mark}"),
        "Store.keep_sheet": lambda: acting.keep_sheet(f"sheet_{mark}", {"CTR": mark}),
        "Store.take_over_layouts": lambda: acting.take_over_layouts(f"/folder/{mark}", {}, {}),
        "Store.change_machine": lambda: acting.change_machine("x", lambda: None),
        "Store.preferences": lambda: acting.preferences(),
        "Store.prefer": lambda: acting.prefer({"headline": [mark]}, seen=acting.preferences()),
        "Store.glanced": lambda: [each.shop.id for each in acting.glanced()],
        "Store.keep_glance": lambda: acting.keep_glance(shop.id, mark, "{}"),
        "Store.move_sessions": lambda: with_third(
            lambda here, third: acting.move_sessions(here.id, [made_live(4000)], third.id)
        ),
        "Store.merge_shop": lambda: with_third(
            lambda here, third: acting.merge_shop(third.id, here.id) and store.undo_tidied(here.id)
        ),
        "Store.delete_sessions": tidied_away,
        "Store.last_tidied": lambda: acting.last_tidied(shop.id),
        "Store.undo_tidied": tidied_back,
        "Store.comments": lambda: acting.comments(shop.id),
        "Store.every_comment": lambda: (
            store.add_comment(shop.id, mark), [each.shop_id for each in acting.every_comment()]
        )[1],
        "Store.add_comment": lambda: acting.add_comment(shop.id, mark),
        "Store.tick_comment": lambda: acting.tick_comment(shop.id, store.add_comment(shop.id, mark).id),
        "Store.remove_comment": lambda: acting.remove_comment(shop.id, store.add_comment(shop.id, mark).id),
        "Store.closed_months": lambda: acting.closed_months(shop.id),
        "Store.close_month": lambda: (
            store.open_month(shop.id, "2026-01"), acting.close_month(shop.id, "2026-01", {})
        ),
        "Store.transcript": lambda: acting.transcript(shop.id, one),
        "Store.keep_transcript": lambda: acting.keep_transcript(shop.id, one, words),
        "Store.drop_transcript": lambda: (
            store.keep_transcript(shop.id, one, words), acting.drop_transcript(shop.id, one)
        )[1],
        "Store.open_month": lambda: acting.open_month(shop.id, "2026-02"),
        "RunningLives.start": lambda: acting.running.start(shop.id),
        "RunningLives.on_air": lambda: acting.running.on_air(shop.id),
        "RunningLives.one": lambda: acting.running.one(running.id),
        "RunningLives.listed": lambda: acting.running.listed(shop.id),
        "RunningLives.stamp": lambda: acting.running.stamp(shop.id),
        "RunningLives.tap": lambda: acting.running.tap(running.id, Tap(running.start, "pin")),
        "RunningLives.note": lambda: acting.running.note(running.id, TotalsRow(running.start, {"views": 5.0})),
        "RunningLives.share": lambda: acting.running.share(running.id, {"for_you": 0.5}, running.start),
        "RunningLives.undo": lambda: acting.running.undo(running.id, "x"),
        "RunningLives.watch": lambda: acting.running.watch(running.id, None),
        "RunningLives.end": lambda: acting.running.end(running.id),
        "RunningLives.go_on": lambda: acting.running.go_on(running.id),
        "RunningLives.take_over": lambda: acting.running.take_over(shop.id, taken_over),
        "Team.me": lambda: acting.team.me(),
        "Team.members": lambda: acting.team.members(shop.id),
        "Team.empty": lambda: acting.team.empty(),
        "Team.give": lambda: acting.team.give(member.email, Role.host, shop.id),
        "Team.take": lambda: acting.team.take(member.email, shop.id),
        "Team.invite": lambda: acting.team.invite(Role.viewer, shop.id),
        "Team.invitations": lambda: acting.team.invitations(shop.id),
        "Team.withdraw": lambda: acting.team.withdraw(invitation.id),
        "Team.audit": lambda: acting.team.audit(shop.id),
        "Team.known": lambda: acting.team.known(account),
        "Team.invited": lambda: acting.team.invited(code),
        "Team.join": lambda: acting.team.join(code, account),
        "ReviewLinks.make": lambda: acting.links.make(shop.id, one),
        "ReviewLinks.listed": lambda: acting.links.listed(shop.id),
        "ReviewLinks.withdraw": lambda: acting.links.withdraw(link.id),
        "ReviewLinks.followed": lambda: acting.links.followed("x"),
    }  # fmt: skip


#: For these the store itself has to make something first.
MADE_FOR_IT = {
    "Store.answer_plan", "Store.undo_import", "Store.restore_session", "Store.restore_shop", "Store.remove_trainee",
    "Store.move_sessions", "Store.merge_shop", "Store.delete_sessions", "Store.undo_tidied", "Store.close_month",
    "Store.tick_comment", "Store.remove_comment", "Store.drop_transcript",
}  # fmt: skip
#: A role in one shop, or in every shop, or none at all.
PEOPLE = [*((each, False) for each in Role), *((each, True) for each in Role), (None, False)]


@pytest.mark.parametrize("about", ["own", "other"])
@pytest.mark.parametrize(("held", "everywhere"), PEOPLE)
def test_every_call_is_refused_or_allowed_as_written(
    place: Place, held: Role | None, everywhere: bool, about: str
) -> None:
    email = f"{held.name if held else 'nobody'}{'s' if everywhere else ''}@example.com"
    if held is None:
        who = Person("0" * 32, email)
    else:
        who = place.store.team.give(email, held, None if everywhere else place.mine.id)
    acting = place.store.acting_as(who)
    shop = place.mine if about == "own" else place.other
    works = attempts(place, shop, acting)
    assert set(works) == set(LEAST)
    has = held if held is not None and (everywhere or about == "own") else None
    for name, least in LEAST.items():
        if least == "anyone":
            found = works[name]()
            if name in FOR_ALL_SHOPS:
                continue
            if name == "Store.trash":
                assert (shop.id in found) == (has is not None and has >= Role.coach), name
            elif name != "Team.me":
                assert (shop.id in found) == (has is not None), name
            continue
        allowed = everywhere and held is Role.owner if least == "every" else has is not None and has >= Role[least]
        if allowed:
            works[name]()
        else:
            before = place.changes()
            with pytest.raises(RefusedError):
                works[name]()
                pytest.fail(f"{name} was allowed")
            if name not in MADE_FOR_IT:
                assert place.changes() == before, name
