"""LIVEs move between shops, shops become one, many LIVEs go at once; each is taken back as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from playbook.store import Shop, Store, StoreError
from playbook.store.records import AccountFigure, Tidied

from .lives import full, live


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Store, Shop, Shop]]:
    with Store.open(str(tmp_path / "s.db")) as store:
        one, other = store.create_shop("One"), store.create_shop("Other")
        store.apply(store.plan_import(one.id, [full(0), live(1), live(2)]))
        store.apply(store.plan_import(other.id, [live(5)]))
        yield store, one, other


def ids(store: Store, shop: Shop) -> list[str]:
    return [each.id for each in store.sessions(shop.id)]


def test_moved_lives_keep_their_parts_and_come_back(two: tuple[Store, Shop, Shop]) -> None:
    store, one, other = two
    before, trend = ids(store, one), store.session(one.id, full(0).id).trend
    store.set_note(one.id, full(0).id, "camera")
    store.add_comment(one.id, "look at the pins", session_id=full(0).id)
    stamps = store.stamp(one.id), store.stamp(other.id)
    done = store.move_sessions(one.id, [full(0).id, live(1).id], other.id)
    assert done.lives == 2
    assert ids(store, one) == [live(2).id]
    assert len(ids(store, other)) == 3
    moved = store.session(other.id, full(0).id)
    assert trend is not None
    assert moved.trend is not None
    assert moved.trend.equals(trend)
    assert store.marks(other.id)[full(0).id].note == "camera"
    assert [each.text for each in store.comments(other.id)] == ["look at the pins"]
    assert stamps[0] != store.stamp(one.id)
    assert stamps[1] != store.stamp(other.id)
    assert store.undo_tidied(one.id) == done
    assert ids(store, one) == before
    assert ids(store, other) == [live(5).id]
    assert [each.text for each in store.comments(one.id)] == ["look at the pins"]
    with pytest.raises(StoreError, match="there is nothing"):
        store.undo_tidied(one.id)


def test_a_live_that_the_other_shop_has_is_not_moved(two: tuple[Store, Shop, Shop]) -> None:
    store, one, other = two
    store.apply(store.plan_import(other.id, [live(1)]))
    with pytest.raises(StoreError, match=r"has the LIVE .* already"):
        store.move_sessions(one.id, [live(1).id, live(2).id], other.id)
    assert len(ids(store, one)) == 3


def test_an_import_can_still_be_taken_back_after_some_of_it_moved(two: tuple[Store, Shop, Shop]) -> None:
    store, one, other = two
    store.move_sessions(one.id, [live(1).id], other.id)
    store.undo_import(one.id)
    assert ids(store, one) == []
    assert live(1).id in ids(store, other), "a LIVE that moved is not of that import any more"


def test_a_merged_shop_is_in_the_trash_and_its_lives_are_in_the_other(two: tuple[Store, Shop, Shop]) -> None:
    store, one, other = two
    store.apply(store.plan_import(other.id, [live(1)]))
    store.save_plan(one.id, "p1", {"plan": {}})
    store.add_trainee(one.id, "Lea")
    done = store.merge_shop(one.id, other.id)
    assert (done.lives, done.left) == (2, (live(1).id,))
    assert [each.name for each in store.shops()] == ["Other"]
    assert len(ids(store, other)) == 4
    assert [each.name for each in store.plans(other.id)] == ["p1"]
    assert [each.name for each in store.trainees(other.id)] == ["Lea"]
    back = store.undo_tidied(other.id)
    assert isinstance(back, Tidied)
    assert [each.name for each in store.shops()] == ["One", "Other"]
    assert len(ids(store, one)) == 3
    assert len(ids(store, other)) == 2
    assert [each.name for each in store.trainees(one.id)] == ["Lea"]


def test_totals_of_the_account_go_along_and_closed_months_where_they_still_say_the_truth(
    two: tuple[Store, Shop, Shop],
) -> None:
    store, one, other = two
    day, month = date(2026, 8, 1), date(2026, 8, 31)
    both = AccountFigure(day, day, "orders", 3.0, None, "typed")
    alone = AccountFigure(day, month, "shop_gmv", 400.0, "USD", "typed")
    store.keep_account(one.id, [both, alone])
    store.keep_account(other.id, [replace(both, value=5.0)])
    busy = live(5).start
    assert busy is not None
    store.close_month(one.id, f"{busy:%Y-%m}", {"lives": 1})
    store.close_month(one.id, "2019-01", {"lives": 9})
    store.merge_shop(one.id, other.id)
    assert [(each.name, each.value) for each in store.account(other.id)] == [("orders", 5.0), ("shop_gmv", 400.0)]
    assert [each.month for each in store.closed_months(other.id)] == ["2019-01"], "there are LIVEs of both in the other"
    store.undo_tidied(other.id)
    assert [(each.name, each.value) for each in store.account(one.id)] == [("orders", 3.0), ("shop_gmv", 400.0)]
    assert len(store.closed_months(one.id)) == 2
    assert [each.value for each in store.account(other.id)] == [5.0]


def test_many_lives_go_at_once_or_not_at_all(two: tuple[Store, Shop, Shop]) -> None:
    store, one, _ = two
    with pytest.raises(StoreError, match="There is no LIVE"):
        store.delete_sessions(one.id, [live(1).id, "nobody"])
    assert len(ids(store, one)) == 3
    store.delete_sessions(one.id, [live(1).id, live(2).id])
    assert ids(store, one) == [full(0).id]
    store.undo_tidied(one.id)
    assert len(ids(store, one)) == 3


def test_two_lives_that_change_places_do_not_look_like_before(two: tuple[Store, Shop, Shop]) -> None:
    store, one, other = two
    before = store.stamp(one.id)
    marks = {each.shop.id: each.mark for each in store.glanced()}
    store.move_sessions(one.id, [live(1).id], other.id)
    store.undo_tidied(one.id)
    assert store.stamp(one.id) != before, "the clock of the imports says nothing of it"
    assert {each.shop.id: each.mark for each in store.glanced()}[one.id] != marks[one.id]


def test_all_shops_at_a_glance_say_when_something_changed(two: tuple[Store, Shop, Shop]) -> None:
    store, one, other = two
    store.keep_glance(one.id, "k", "{}")
    first = {each.shop.id: each for each in store.glanced()}
    assert (first[one.id].sessions, first[one.id].not_reviewed) == (3, 3)
    assert (first[one.id].key, first[one.id].data, first[other.id].key) == ("k", "{}", None)
    store.mark_reviewed(one.id, live(1).id)
    store.apply(store.plan_import(other.id, [live(6)]))
    second = {each.shop.id: each for each in store.glanced()}
    assert second[one.id].mark == first[one.id].mark
    assert second[one.id].not_reviewed == 2
    assert second[other.id].mark != first[other.id].mark


def test_tags_and_who_is_in_charge(two: tuple[Store, Shop, Shop]) -> None:
    store, one, _ = two
    shop = store.change_shop(one.id, tags=" beauty , Jakarta;BEAUTY,", in_charge="Rina")
    assert (shop.labels, shop.in_charge) == (("beauty", "Jakarta"), "Rina")


def test_a_to_do_has_an_owner_and_a_day_and_is_ticked(two: tuple[Store, Shop, Shop]) -> None:
    store, one, _ = two
    said = store.add_comment(one.id, "new pin order", who="Ayu", to_do=True, due=date(2026, 12, 1), owner="Rina")
    store.tick_comment(one.id, said.id, who="Rina")
    found = store.every_comment()[0]
    assert (found.who, found.due, found.owner, found.done_by) == ("Ayu", date(2026, 12, 1), "Rina", "Rina")
    with pytest.raises(StoreError, match="Nothing was written"):
        store.add_comment(one.id, "  ")


def test_a_closed_month_says_the_same_ever_after(two: tuple[Store, Shop, Shop]) -> None:
    store, one, _ = two
    store.close_month(one.id, "2026-08", {"gmv": 12.5})
    with pytest.raises(StoreError, match="closed already"):
        store.close_month(one.id, "2026-08", {"gmv": 99})
    assert [each.data for each in store.closed_months(one.id)] == [{"gmv": 12.5}]
    store.open_month(one.id, "2026-08")
    assert store.closed_months(one.id) == []
    with pytest.raises(StoreError, match="is not a month"):
        store.close_month(one.id, "August", {})
