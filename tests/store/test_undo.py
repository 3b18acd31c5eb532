"""An import is taken back as one act, or nothing of it is."""

from __future__ import annotations

import random
import time
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from playbook.imports import FilesRead
from playbook.store import Act, Shop, Store, StoreError, acts
from playbook.store.schema import TABLES, act

from .lives import FIRST, full, live
from .processes import killed


def everything(store: Store) -> dict[str, set[tuple[object, ...]]]:
    """Every row of every table but what is remembered of imports."""
    with store.engine.connect() as connection:
        return {
            table.name: {tuple(row) for row in connection.execute(select(table))}
            for table in TABLES
            if table is not act
        }


def last_import(store: Store, shop: Shop) -> Act | None:
    """The import that would be taken back."""
    with store.engine.connect() as connection:
        return acts.last(connection, shop.id)


def test_new_lives_go_and_restated_ones_are_as_before(store: Store, shop: Shop) -> None:
    assert last_import(store, shop) is None
    store.apply(store.plan_import(shop.id, [full(0), live(1)]))
    before = everything(store)
    later = [full(0, trend_step=2.0, products=()), live(1, views=5_100.0), full(2), full(3)]
    done = store.apply(store.plan_import(shop.id, later), other_creators=True)
    last = last_import(store, shop)
    assert last is not None and last.id == done.act and (last.new, last.restated) == (2, 1) and last.parts == 11
    assert store.undo_import(shop.id, done.act) == last
    assert everything(store) == before
    assert store.session(shop.id, live(1).id) == live(1)
    assert store.session(shop.id, full(0).id).trend_step == 1.0
    store.undo_import(shop.id)
    assert store.sessions(shop.id) == []
    with pytest.raises(StoreError, match=r"no import into .* that could be taken back"):
        store.undo_import(shop.id)
    store.apply(store.plan_import(shop.id, later))
    assert len(store.sessions(shop.id)) == 4


def test_a_room_id_that_came_later_goes_again(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(0, room=False)]))
    before = everything(store)
    store.apply(store.plan_import(shop.id, [live(0, views=5_001.0)]))
    assert [each.id for each in store.sessions(shop.id)] == [live(0).id]
    store.undo_import(shop.id)
    assert everything(store) == before


def test_parts_laid_on_stored_lives_go_again(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(0), full(1)]))
    before = everything(store)
    found = FilesRead(joined=(full(0), full(1, trend_step=5.0)))
    plan = store.plan_import(shop.id, found)
    assert [each.id for each in plan.joined] == [live(0).id, live(1).id] and not plan.changes_nothing
    done = store.apply(plan)
    assert store.session(shop.id, live(0).id) == full(0)
    assert store.session(shop.id, live(1).id).trend_step == 5.0
    assert store.plan_import(shop.id, found).changes_nothing
    assert store.apply(store.plan_import(shop.id, found)).act is None, "what writes nothing is no act"
    store.undo_import(shop.id, done.act)
    assert everything(store) == before
    gone = FilesRead(joined=(full(7),))
    with pytest.raises(StoreError, match=r"is not in .* any more"):
        store.plan_import(shop.id, gone)


def test_an_import_on_which_something_newer_stands_stays(store: Store, shop: Shop) -> None:
    first = store.apply(store.plan_import(shop.id, [live(0), live(1)]))
    second = store.apply(store.plan_import(shop.id, [live(2), full(3)]))
    with pytest.raises(StoreError, match=r"a later one .* stands on it"):
        store.undo_import(shop.id, first.act)
    store.set_note(shop.id, live(2).id, "works")
    with pytest.raises(StoreError, match=r"LIVE of 2026-08-03 19:00 \(it has a note\)"):
        store.undo_import(shop.id)
    store.set_note(shop.id, live(2).id, None)
    store.set_parts(shop.id, live(2).id, products=full().products)
    with pytest.raises(StoreError, match="a part of it was added later"):
        store.undo_import(shop.id)
    store.drop_parts(shop.id, live(3).id, ["trend"])
    with pytest.raises(StoreError, match="Nothing was taken back"):
        store.undo_import(shop.id, second.act)
    assert len(store.sessions(shop.id)) == 4


def test_a_plan_that_was_answered_for_a_new_live_keeps_it(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(0)]))
    store.save_plan(shop.id, "pin", {})
    store.answer_plan(shop.id, "pin", live(0).id, True)
    with pytest.raises(StoreError, match="a plan was answered for it"):
        store.undo_import(shop.id)
    store.answer_plan(shop.id, "pin", live(0).id, None)
    store.undo_import(shop.id)


def test_a_deleted_live_stays_deleted_and_other_shops_are_left_alone(store: Store, shop: Shop) -> None:
    other = store.create_shop("Another")
    store.apply(store.plan_import(other.id, [live(0)]))
    store.apply(store.plan_import(shop.id, [live(0)]))
    store.delete_session(shop.id, live(0).id)
    before = everything(store)
    store.apply(store.plan_import(shop.id, [live(0, exported=FIRST + timedelta(days=9), views=1.0)]))
    store.undo_import(shop.id)
    assert everything(store) == before
    assert len(store.sessions(other.id)) == 1


def test_a_backup_carries_what_can_be_taken_back(store: Store, shop: Shop, new_url, tmp_path: Path) -> None:
    store.apply(store.plan_import(shop.id, [live(0)]))
    store.apply(store.plan_import(shop.id, [live(0, views=1.0), live(1)]))
    store.backup(tmp_path / "b.playbook")
    with Store.open(new_url()) as other:
        other.restore(tmp_path / "b.playbook")
        assert last_import(other, shop) == last_import(store, shop)
        other.undo_import(shop.id)
        assert other.sessions(shop.id) == [live(0)]


def test_an_undo_killed_at_any_moment_is_whole_or_not_there(tmp_path: Path) -> None:
    chance, path, ends = random.Random(2), tmp_path / "s.db", set[int]()
    with Store.open(str(path)) as store:
        shop = store.create_shop("Dana").id
        store.apply(store.plan_import(shop, [live(index) for index in range(40)]))

    def undo() -> None:
        with Store.open(str(path)) as opened:
            opened.undo_import(shop)

    latest = 0.05
    for _ in range(6):
        with Store.open(str(path)) as store:
            more = [live(index, views=1.0) for index in range(20)] + [full(index) for index in range(40, 60)]
            store.apply(store.plan_import(shop, more))
        begun = time.perf_counter()
        done = killed(undo, chance.uniform(0, latest))
        latest = latest * 0.9 if done else max(latest, time.perf_counter() - begun) * 1.2
        with Store.open(str(path)) as store:
            lives = store.sessions(shop)
            assert len(lives) in (40, 60)
            assert sum(each.counts["views"] == 1.0 for each in lives) == (20 if len(lives) == 60 else 0)
            ends.add(len(lives))
            if len(lives) == 60:
                store.undo_import(shop)
    assert ends <= {40, 60}


def test_what_is_erased_for_good_is_not_remembered_by_an_import(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [full(0), live(1)]))
    store.apply(store.plan_import(shop.id, [live(0, views=5_100.0)]))
    store.delete_session(shop.id, live(0).id)
    store.empty_trash()
    last = last_import(store, shop)
    assert last is not None and (last.new, last.restated, last.parts) == (1, 0, 0), "the second import is forgotten"
    with store.engine.connect() as connection:
        kept = [zlib.decompress(data).decode() for data in connection.execute(select(act.c.data)).scalars()]
    assert len(kept) == 1 and live(0).id not in kept[0]
    store.undo_import(shop.id)
    assert store.sessions(shop.id) == []


def test_an_import_that_cannot_be_read_any_more_hinders_no_erasing(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(0), live(1)]))
    with store.engine.begin() as connection:
        connection.execute(update(act).values(data=b"spoilt"))
    store.delete_session(shop.id, live(0).id)
    store.empty_trash()
    assert store.trash() == [] and last_import(store, shop) is None
    assert [each.id for each in store.sessions(shop.id)] == [live(1).id]
