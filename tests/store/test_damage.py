"""A damaged row takes nothing else with it: it is passed over, named, and can be set aside or put right."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from playbook.model.running import Tap, TotalsRow
from playbook.store import Shop, ShopBenchmark, StoreError
from playbook.store.access import Person, Role
from playbook.store.damage import DamagedLiveError
from playbook.store.schema import metadata
from playbook.store.store import Store

from .lives import full, live

#: What is done to the rows of the second of three LIVEs, and the part that is lost: None is all of it.
SPOILT: dict[str, tuple[str, str | None]] = {
    "totals that are no JSON": ("UPDATE version SET data = '{'", None),
    "totals that are a list": ("UPDATE version SET data = '[]'", None),
    "a start that is no moment": ("UPDATE version SET data = replace(data, '\"start\": \"', '\"start\": \"x')", None),
    "a count that is a text": ("UPDATE version SET data = replace(data, '5000.0', '\"many\"')", None),
    "a count that nobody knows": ("UPDATE version SET data = replace(data, '\"views\":', '\"hugs\":')", None),
    "a title that is a number": ("UPDATE version SET data = replace(data, '\"title\": null', '\"title\": 7')", None),
    "a trend that is not packed": ("UPDATE part SET data = x'00ff' WHERE kind = 'trend'", "trend"),
    "a trend that is cut off": ("UPDATE part SET data = substr(data, 1, length(data) / 2) WHERE kind = 'trend'",
                                "trend"),
    "a trend that is something else": ("UPDATE part SET data = x'789c030000000001' WHERE kind = 'trend'", "trend"),
    "products that are no products": ("UPDATE part SET data = x'789c8b8e05000119ba' WHERE kind = 'products'",
                                      "products"),
}  # fmt: skip
HARMLESS = {
    "a start in the index that is no moment": "UPDATE live SET start = 'yesterday'",
    "a moment of the import that is none": "UPDATE version SET imported_at = 'x', exported_at = 'y'",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lives.db"


@pytest.fixture
def filled(path: Path) -> Iterator[tuple[Store, str]]:
    with Store.open(str(path)) as store:
        shop = store.create_shop("Linen")
        lives = [full(day, title=None) for day in range(3)]
        store.apply(store.plan_import(shop.id, lives))
        yield store, shop.id


def spoil(path: Path, change: str, shop_id: str, store: Store) -> str:
    """Do `change` to the second LIVE; its id."""
    middle = store.sessions(shop_id)[1].id
    change += " AND " if "WHERE" in change else " WHERE "
    table = change.split()[1]
    key = "id" if table == "live" else "live_id"
    with closing(sqlite3.connect(path)) as raw, raw:
        done = raw.execute(f"{change} {key} = (SELECT id FROM live WHERE session_id = ?)", [middle])
        assert done.rowcount > 0
    return middle


@pytest.mark.parametrize(("change", "part"), SPOILT.values(), ids=SPOILT)
def test_the_other_lives_stand_and_the_damaged_one_is_named(
    filled: tuple[Store, str], path: Path, change: str, part: str | None
) -> None:
    store, shop = filled
    spoilt = spoil(path, change, shop, store)
    expected = 3 if part else 2
    assert len(store.sessions(shop)) == expected
    assert len(store.history(shop, trends=True)) == expected
    assert [line.shop.id for line in store.overview()] == [shop]
    if part is None:
        with pytest.raises(DamagedLiveError, match="Upload its export again, or set it aside"):
            store.session(shop, spoilt)
    else:
        whole = store.session(shop, spoilt)
        assert not (whole.trend is not None if part == "trend" else whole.products)
    assert [(each.session_id, each.part) for each in store.damage(shop)] == [(spoilt, part)]
    store.versions(shop, spoilt)


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_a_damaged_moment_costs_no_live(filled: tuple[Store, str], path: Path, change: str) -> None:
    store, shop = filled
    spoil(path, change, shop, store)
    assert len(store.sessions(shop)) == 3
    assert len(store.marks(shop)) == 3
    assert store.damage(shop) == []


def test_what_is_set_aside_is_in_the_trash_and_no_longer_named(filled: tuple[Store, str], path: Path) -> None:
    store, shop = filled
    spoilt = spoil(path, SPOILT["totals that are no JSON"][0], shop, store)
    store.sessions(shop)
    store.set_aside(store.damage(shop)[0])
    assert store.damage(shop) == []
    assert [each.session_id for each in store.trash()] == [spoilt]
    assert len(store.sessions(shop)) == 2


def test_a_part_that_is_set_aside_can_be_uploaded_again(filled: tuple[Store, str], path: Path) -> None:
    store, shop = filled
    good = full(1).trend
    assert good is not None
    spoilt = spoil(path, SPOILT["a trend that is cut off"][0], shop, store)
    assert store.session(shop, spoilt).trend is None
    store.set_aside(store.damage(shop)[0])
    store.set_parts(shop, spoilt, trend=(good, 1.0))
    assert store.session(shop, spoilt).trend is not None
    assert store.damage(shop) == []


def test_the_same_export_again_puts_a_damaged_live_right(filled: tuple[Store, str], path: Path) -> None:
    store, shop = filled
    good = store.sessions(shop)
    spoilt = spoil(path, SPOILT["a count that is a text"][0], shop, store)
    assert len(store.sessions(shop)) == 2
    store.apply(store.plan_import(shop, good))
    assert len(store.sessions(shop)) == 3
    assert store.session(shop, spoilt).counts["views"] == 5000
    assert store.damage(shop) == []


def test_damaged_plans_and_results_are_passed_over(filled: tuple[Store, str], path: Path) -> None:
    store, shop = filled
    store.save_plan(shop, "one", {"plan": 1})
    store.save_plan(shop, "two", {"plan": 2})
    who = store.add_trainee(shop, "Ayu")
    store.record_result(who.id, "lesson", "err", 0.5, False, {"wrong": [1]})
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE plan SET data = '{' WHERE name = 'one'")
        raw.execute("UPDATE result SET detail = 'x'")
    assert [each.name for each in store.plans(shop)] == ["two"]
    assert [each.detail for each in store.results(shop)] == [{}]


def test_half_a_surrogate_pair_is_mended_wherever_it_came_from(filled: tuple[Store, str], path: Path) -> None:
    store, shop = filled
    broken = full(9, title="sale \ud83d", host="\udc00")
    store.apply(store.plan_import(shop, [broken]))
    store.set_note(shop, broken.id, "half \ud800")
    assert store.session(shop, broken.id).title == "sale \ufffd"
    assert store.session(shop, broken.id).host == "\ufffd"
    assert store.marks(shop)[broken.id].note == "half \ufffd"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE live SET note = char(1) || 'json:{' WHERE session_id = ?", [broken.id])
    assert store.marks(shop)[broken.id].note == "{"


def test_a_time_zone_that_nobody_knows_is_none(filled: tuple[Store, str], path: Path) -> None:
    store, shop = filled
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE shop SET timezone = 'Mars/Base'")
    assert store.shop(shop).timezone is None


#: What is no more than a key is not damaged here: a row without its owner is not there for anybody.
KEYS = re.compile(r"id|.*_id|current|digest|.*_key|subject|folder")


def noted(store: Store, shop: Shop) -> None:
    """A row in every table."""
    store.apply(store.plan_import(shop.id, [full(0), live(1), live(2)]))
    store.delete_session(shop.id, live(2).id)
    store.set_note(shop.id, live(1).id, "a note")
    store.set_benchmarks(shop.id, [ShopBenchmark("err", 0.1, "x", "2026-01-01")])
    store.save_plan(shop.id, "p", {})
    store.answer_plan(shop.id, "p", live(1).id, True)
    store.put_on_shelf(shop.id, "err_billboard", "kept")
    lea = store.add_trainee(shop.id, "Lea")
    store.record_result(lea.id, "drill", "x", 0.5, True)
    store.assign(lea.id, "lesson", "x", date(2026, 9, 1))
    store.keep_layout("own", "id: own")
    store.keep_sheet("sheet", {"CTR": "ctr"})
    on_air = store.running.start(shop.id)
    store.running.tap(on_air.id, Tap(on_air.start, "pin"))
    store.running.note(on_air.id, TotalsRow(on_air.start, {"views": 5.0}))
    store.team.give("ana@example.com", Role.owner, None)
    store.acting_as(store.team.give("ana@example.com", Role.owner, None)).prefer({"headline": []}, seen={})
    store.team.invite(Role.viewer, shop.id)
    store.links.make(shop.id, live(1).id)


def looks(store: Store, shop: Shop) -> Iterator[Callable[[], object]]:
    """Everything that a page asks for to draw itself."""
    for each in (store.benchmarks, store.sessions, store.marks, store.plans, store.shelf, store.trainees, store.results,
                 store.assignments, store.damage, store.stamp, store.shop, store.reviewed, store.running.listed,
                 store.running.on_air, store.running.stamp, store.links.listed, store.team.members,
                 store.team.invitations, store.team.audit):  # fmt: skip
        yield partial(each, shop.id)
    yield from (store.shops, store.overview, store.trash, store.layouts, store.sheets)
    yield partial(store.history, shop.id, trends=True)
    yield partial(store.versions, shop.id, live(1).id)
    yield partial(store.running.listed, shop.id, near=full(0).start)
    yield store.acting_as(Person("0" * 32, "x")).preferences


@pytest.mark.parametrize("bad", ["garbage", pytest.param(b"\0\xff", marks=pytest.mark.long)], ids=["text", "bytes"])
def test_no_column_of_any_table_takes_a_page_down(tmp_path: Path, bad: str | bytes) -> None:
    """Only a file takes any value in any column; a server has kinds of columns that refuse them."""
    with Store.open(str(tmp_path / "s.db")) as store:
        shop = store.create_shop("Dana")
        noted(store, shop)
        store.backup(tmp_path / "whole.playbook")
        raw = sqlite3.connect(tmp_path / "s.db", isolation_level=None)
        raw.execute("ATTACH ? AS whole", (str(tmp_path / "whole.playbook"),))
        damaged = 0
        for table in metadata.tables.values():
            for column in (each.name for each in table.c if not KEYS.fullmatch(each.name)):
                changed = raw.execute(f'UPDATE OR IGNORE "{table.name}" SET "{column}" = ?', (bad,)).rowcount
                damaged += changed > 0
                for look in looks(store, shop):
                    with suppress(StoreError):  # in words, which its section shows
                        look()
                raw.execute(f'DELETE FROM "{table.name}"') if table.name == "overdue" else raw.execute(
                    f'UPDATE "{table.name}" SET "{column}" = '
                    f'(SELECT w."{column}" FROM whole."{table.name}" AS w WHERE w.rowid = "{table.name}".rowid)'
                )
        raw.close()
    assert damaged > 50
