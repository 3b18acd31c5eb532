"""What is deleted disappears at once, comes back for 30 days, and is erased after them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from playbook.store import Shop, Store, StoreError
from playbook.store.schema import TABLES

from .lives import full, live

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def test_a_live_goes_and_comes_back_whole(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [full(0), live(1)]))
    store.set_note(shop.id, live(0).id, "kept")
    before = store.session(shop.id, live(0).id)
    store.delete_session(shop.id, live(0).id)
    assert [each.id for each in store.sessions(shop.id)] == [live(1).id]
    with pytest.raises(StoreError, match="There is no LIVE"):
        store.session(shop.id, live(0).id)
    (gone,) = store.trash()
    assert (gone.shop_id, gone.session_id, gone.title) == (shop.id, live(0).id, "LIVE 0")
    assert gone.until - gone.deleted_at == timedelta(days=30)
    store.restore_session(shop.id, live(0).id)
    assert store.session(shop.id, live(0).id) == before
    assert store.marks(shop.id)[live(0).id].note == "kept"
    assert store.trash() == []


def test_an_upload_does_not_bring_a_deleted_live_back(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(0)]))
    store.delete_session(shop.id, live(0).id)
    plan = store.apply(store.plan_import(shop.id, [live(0, views=6_000.0), live(1)]))
    assert [each.id for each in plan.trashed] == [live(0).id] and [each.id for each in plan.new] == [live(1).id]
    assert [each.id for each in store.sessions(shop.id)] == [live(1).id]
    store.restore_session(shop.id, live(0).id)
    assert store.session(shop.id, live(0).id).counts["views"] == 6_000.0


def test_a_shop_goes_and_comes_back_with_its_lives(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(0), live(1)]))
    store.delete_session(shop.id, live(0).id)
    store.delete_shop(shop.id)
    assert store.shops() == [] and store.overview() == []
    deleted = r"The shop 'Dana's shop' was deleted. It lies in the trash on the data page, and can be brought back."
    with pytest.raises(StoreError, match=deleted):
        store.sessions(shop.id)
    with pytest.raises(StoreError, match=deleted):
        store.plan_import(shop.id, [live(3)])
    with pytest.raises(StoreError, match="There is no shop with the id 'nobody'"):
        store.sessions("nobody")
    assert [(each.shop, each.session_id) for each in store.trash()] == [(shop.name, None)]
    again = store.create_shop(shop.name)
    with pytest.raises(
        StoreError, match=r"There is another shop 'Dana's shop' by now. Rename that one, then bring thi"
    ):
        store.restore_shop(shop.id)
    store.change_shop(again.id, name="Second")
    store.restore_shop(shop.id)
    assert [each.id for each in store.sessions(shop.id)] == [live(1).id], "what was deleted before stays deleted"


def test_everything_goes_and_comes_back(store: Store, shop: Shop) -> None:
    other = store.create_shop("Other")
    store.apply(store.plan_import(shop.id, [live(0)]))
    store.delete_everything()
    assert store.shops() == []
    for each in store.trash():
        store.restore_shop(each.shop_id)
    assert {each.id for each in store.shops()} == {shop.id, other.id}
    assert len(store.sessions(shop.id)) == 1


def test_after_thirty_days_opening_erases_it_for_good(url: str) -> None:
    with Store.open(url, clock=lambda: NOON) as store:
        shop, other = store.create_shop("A"), store.create_shop("B")
        store.apply(store.plan_import(shop.id, [full(0), full(1)]))
        store.delete_session(shop.id, live(0).id)
        store.delete_shop(other.id)
    with Store.open(url, clock=lambda: NOON + timedelta(days=29)) as store:
        assert len(store.trash()) == 2
    for later in (timedelta(days=30, minutes=1), timedelta(days=31)):  # the second is less than a day after
        with Store.open(url, clock=lambda later=later: NOON + later) as store:
            assert len(store.trash()) == 2
    with Store.open(url, clock=lambda: NOON + timedelta(days=31, minutes=1)) as store:
        assert store.trash() == []
        with store.engine.connect() as connection:
            left = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar() for table in TABLES
            }
        there = {"shop": 1, "live": 1, "version": 1, "part": 5, "act": 1}
        assert {name: count for name, count in left.items() if count} == there
        with pytest.raises(StoreError, match="This shop is not in the trash"):
            store.restore_shop(other.id)


def opened_at(url: str, *days: float) -> list[int]:
    """How many things are in the trash after each opening, by a clock that shows so many days after noon."""
    found = []
    for day in days:
        with Store.open(url, clock=lambda day=day: NOON + timedelta(days=day)) as store:
            found.append(len(store.trash()))
    return found


def test_a_clock_set_ahead_once_erases_nothing(url: str) -> None:
    with Store.open(url, clock=lambda: NOON) as store:
        shop = store.create_shop("A")
        store.apply(store.plan_import(shop.id, [live(0)]))
        store.delete_session(shop.id, live(0).id)
    year = 365
    assert opened_at(url, year, year + 0.5) == [1, 1], "set ahead, and opened again the same day"
    assert opened_at(url, 1, 2, 29) == [1, 1, 1], "set right"
    assert opened_at(url, year + 2) == [1], "set ahead once more: what was noted then does not count"
    assert opened_at(url, 3, 31, 31.5) == [1, 1, 1]
    assert opened_at(url, 40) == [0], "and what is really overdue is erased at the second look"


def test_what_became_overdue_in_between_waits_for_its_own_second_look(url: str) -> None:
    for day in (0, 5):
        with Store.open(url, clock=lambda day=day: NOON + timedelta(days=day)) as store:
            store.delete_shop(store.create_shop(f"Of day {day}").id)
    assert opened_at(url, 31, 36, 36.5, 37) == [2, 1, 1, 0]


def test_a_backup_brings_no_look_along(url: str, tmp_path: Path) -> None:
    with Store.open(url, clock=lambda: NOON) as store:
        store.delete_shop(store.create_shop("A").id)
        store.create_shop("B")
    opened_at(url, 40)
    later = NOON + timedelta(days=50)
    with Store.open(str(tmp_path / "other.db"), clock=lambda: NOON) as store:
        store.delete_shop(store.create_shop("C").id)
    opened_at(str(tmp_path / "other.db"), 40)
    with Store.open(url, clock=lambda: NOON + timedelta(days=40)) as store:
        store.backup(tmp_path / "all.playbook")
    with Store.open(str(tmp_path / "other.db"), clock=lambda: NOON + timedelta(days=40)) as store:
        store.restore(tmp_path / "all.playbook", replace=True)
    with Store.open(str(tmp_path / "other.db"), clock=lambda: later) as store:
        assert [each.shop for each in store.trash()] == ["A"], "neither its own look nor that of the backup counts"


def test_emptying_the_trash_leaves_what_was_deleted_after_it_was_shown(url: str) -> None:
    hours = iter(range(100))
    with Store.open(url, clock=lambda: NOON + timedelta(hours=next(hours))) as store:
        for name in ("A", "B"):
            store.delete_shop(store.create_shop(name).id)
        seen = store.trash()
        store.delete_shop(store.create_shop("C").id)
        store.empty_trash(max(each.deleted_at for each in seen))
        assert [each.shop for each in store.trash()] == ["C"]


def test_emptying_the_trash_erases_at_once(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(0)]))
    store.delete_session(shop.id, live(0).id)
    store.empty_trash()
    assert store.trash() == []
    with pytest.raises(StoreError, match=r"There is no LIVE .* in the trash of this shop"):
        store.restore_session(shop.id, live(0).id)
