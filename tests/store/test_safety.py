"""Killed at any moment, or two at once: a store holds all of an import or nothing of it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from playbook.store import Shop, Store
from playbook.store.engine import reading
from playbook.store.schema import creator, part, version
from playbook.store.schema import live as live_table

from .lives import full, live
from .processes import killed, together
from .server import at_rest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")

#: Kills of the everyday run, and of `run.py check-all`.
KILLS_OF_ALL = 300
KILLS = (12, pytest.param(KILLS_OF_ALL, marks=pytest.mark.long))
SHORT = full().trend.head(12)
BEFORE = [full(index, exported_at=datetime(2026, 9, 1), trend=SHORT) for index in range(4)]
FILE = [
    replace(full(index, exported_at=datetime(2026, 9, 20)), title="restated", events=(), trend=SHORT.head(11))
    for index in range(2, 9)
]
#: Everything that an import may change, without keys and moments.
CONTENT = (
    "SELECT session_id, start, creator, note FROM live ORDER BY 1",
    "SELECT l.session_id, number, data, v.id = l.current FROM version v JOIN live l ON l.id = live_id ORDER BY 1, 2",
    "SELECT l.session_id, kind, number, p.current, data FROM part p JOIN live l ON l.id = live_id ORDER BY 1, 2, 3",
    "SELECT name FROM creator ORDER BY 1",
)


def look(path: Path) -> list[list[tuple[object, ...]]]:
    """What a store holds; a damaged one fails here."""
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        return [plain.execute(query).fetchall() for query in CONTENT]


@pytest.mark.parametrize("kills", KILLS)
def test_an_import_killed_at_any_moment_is_whole_or_not_there(tmp_path: Path, kills: int) -> None:
    original = tmp_path / "original.db"
    with Store.open(str(original)) as store:
        shop = store.create_shop("Dana")
        store.apply(store.plan_import(shop.id, BEFORE))
        plan = store.plan_import(shop.id, FILE)
        store.backup(tmp_path / "base.db")
    base = tmp_path / "base.db"

    def attempt(path: Path) -> None:
        with Store.open(str(path)) as store:
            store.apply(plan)  # which plans anew inside its transaction

    def copied(name: str) -> Path:
        return Path(shutil.copy(base, tmp_path / name))

    done = copied("done.db")
    attempt(done)
    nothing, everything = look(base), look(done)
    assert nothing != everything
    chance = random.Random(20261123)
    seen = []
    quick = KILLS_OF_ALL / kills  # with fewer kills, larger steps
    latest = 0.05  # seconds; follows the machine, so that as many kills come too late as in time
    for number in range(kills):
        path = copied(f"{number}.db")
        killed(lambda path=path: attempt(path), chance.uniform(0, latest))
        found = look(path)
        assert found in (nothing, everything)
        seen.append(found == everything)
        latest *= (0.93 if seen[-1] else 1.05) ** quick
        if number % 40 == 0:  # and it works on from there
            attempt(path)
            assert look(path) == everything
        for rest in tmp_path.glob(f"{number}.db*"):
            rest.unlink()
    assert kills / 20 < sum(seen) < kills * 19 / 20, "moments on both sides of the end were tried"


def of_shop(store: Store, shop: Shop) -> list[list[object]]:
    """Everything that an import may change in one shop, of a server; a row that cannot be read fails here."""
    statements = (
        select(live_table.c.session_id, live_table.c.start, live_table.c.creator, live_table.c.note),
        select(live_table.c.session_id, version.c.number, version.c.data, version.c.id == live_table.c.current)
        .join_from(version, live_table, version.c.live_id == live_table.c.id),
        select(live_table.c.session_id, part.c.kind, part.c.number, part.c.current, part.c.data)
        .join_from(part, live_table),
    )  # fmt: skip
    with reading(store.engine) as connection:
        found: list[list[object]] = [
            sorted((tuple(row) for row in connection.execute(each.where(live_table.c.shop_id == shop.id))), key=repr)
            for each in statements
        ]
        found.append(sorted(connection.scalars(select(creator.c.name).where(creator.c.shop_id == shop.id))))
    assert not store.damage(shop.id)
    return found


@pytest.mark.long
def test_an_import_killed_at_any_moment_on_a_server_is_whole_or_not_there(postgres: str) -> None:
    """A shop for each kill, in one database: to make a database takes longer than an import."""
    import psycopg

    name = f"t{uuid4().hex}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    url = f"{postgres}/postgres?options=-csearch_path%3D{name}"

    def attempt(shop: Shop) -> None:
        with Store.open(url) as mine:
            mine.apply(mine.plan_import(shop.id, FILE))

    chance = random.Random(20261127)
    seen = []
    with Store.open(url) as store:

        def filled(name: str) -> Shop:
            shop = store.create_shop(name)
            store.apply(store.plan_import(shop.id, BEFORE))
            return shop

        done = filled("done")
        nothing = of_shop(store, done)
        attempt(done)
        everything = of_shop(store, done)
        assert nothing != everything
        latest = 0.1
        for number in range(KILLS_OF_ALL):
            shop = filled(f"{number}")
            store.engine.dispose()  # the child has no connection of ours
            killed(lambda shop=shop: attempt(shop), chance.uniform(0, latest))
            at_rest(store)
            found = of_shop(store, shop)
            assert found in (nothing, everything)
            seen.append(found == everything)
            latest *= 0.93 if seen[-1] else 1.05
            if number % 40 == 0:
                attempt(shop)
                assert of_shop(store, shop) == everything
    assert KILLS_OF_ALL / 20 < sum(seen) < KILLS_OF_ALL * 19 / 20, "moments on both sides of the end were tried"


@pytest.mark.parametrize("kills", [8, pytest.param(100, marks=pytest.mark.long)])
def test_a_store_killed_while_it_is_made_can_be_opened(tmp_path: Path, kills: int) -> None:
    chance = random.Random(7)
    for number in range(kills):
        path = tmp_path / f"{number}.db"
        killed(lambda path=path: Store.open(str(path)), chance.uniform(0, 0.15))
        with Store.open(str(path)) as store:
            assert store.shops() == []


def test_two_uploads_of_one_file_at_once_give_one_history(url: str, store: Store, shop: Shop) -> None:
    every = [full(index) for index in range(6)]

    def upload() -> None:
        with Store.open(url) as mine:
            mine.apply(mine.plan_import(shop.id, every))

    assert together(upload, upload, upload) == [0, 0, 0]
    assert [each.id for each in store.sessions(shop.id)] == [each.id for each in every]
    assert {mark.versions for mark in store.marks(shop.id).values()} == {1}


def test_two_different_uploads_at_once_both_arrive(url: str, store: Store, shop: Shop) -> None:
    def upload(first: int) -> None:
        with Store.open(url) as mine:
            for index in range(first, first + 5):
                mine.apply(mine.plan_import(shop.id, [full(index)]))

    assert together(lambda: upload(0), lambda: upload(5)) == [0, 0]
    assert len(store.sessions(shop.id)) == 10


def test_a_plan_that_grew_old_is_worked_out_anew(store: Store, shop: Shop) -> None:
    plan = store.plan_import(shop.id, [live(0)])
    store.apply(store.plan_import(shop.id, [live(0)]))
    done = store.apply(plan)
    assert plan.new and done.unchanged and not done.new
    assert len(store.sessions(shop.id)) == 1


def test_several_programs_may_make_the_same_store_at_once(url: str) -> None:
    def start() -> None:
        with Store.open(url) as mine:
            mine.shops()

    assert together(*[start] * 4) == [0] * 4


def test_two_shops_of_one_name_made_at_once_are_one(url: str, store: Store) -> None:
    def make() -> None:
        with Store.open(url) as mine:
            mine.create_shop("Only")

    codes = together(*[make] * 3)
    assert sorted(codes) == [0, 1, 1]
    assert [each.name for each in store.shops()] == ["Only"]


def test_a_reader_is_not_held_up_by_a_writer(url: str, store: Store, shop: Shop) -> None:
    from sqlalchemy import text

    from playbook.store.engine import writing

    with Store.open(url) as other, writing(other.engine) as connection:
        connection.execute(text("UPDATE shop SET market = 'x'"))
        began = time.perf_counter()
        assert store.shop(shop.id).market is None
        assert time.perf_counter() - began < 5
