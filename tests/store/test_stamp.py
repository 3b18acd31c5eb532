"""What was made of a shop's LIVEs holds as long as its stamp: it changes with every LIVE and every part of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from playbook.model.session import Event, Slice
from playbook.store import Shop, Store

from .lives import full, live


def added(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(7)]))


def restated(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(1, exported=datetime(2026, 9, 9), views=5_100.0)]))


def deleted(store: Store, shop: Shop) -> None:
    store.delete_session(shop.id, live(1).id)


def restored(store: Store, shop: Shop) -> None:
    store.restore_session(shop.id, live(2).id)


def another_deleted(store: Store, shop: Shop) -> None:
    """As many in the trash as before, but not the same ones."""
    store.restore_session(shop.id, live(2).id)
    store.delete_session(shop.id, live(0).id)


def erased(store: Store, shop: Shop) -> None:
    store.empty_trash()


def events_typed(store: Store, shop: Shop) -> None:
    store.set_parts(shop.id, live(1).id, events=[Event("pin", 5.0, product="Linen shirt")])


def channels_typed(store: Store, shop: Shop) -> None:
    store.set_parts(shop.id, full(0).id, channels=[Slice("inbox", {}, {"views": 0.5})])


def trend_dropped(store: Store, shop: Shop) -> None:
    store.drop_parts(shop.id, full(0).id, ["trend"])


CHANGES = (added, restated, deleted, restored, another_deleted, erased, events_typed, channels_typed, trend_dropped)


@pytest.fixture
def filled(store: Store, shop: Shop) -> tuple[Store, Shop]:
    store.apply(store.plan_import(shop.id, [full(0), live(1), live(2)]))
    store.delete_session(shop.id, live(2).id)
    return store, shop


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
def test_a_change_changes_it(filled: tuple[Store, Shop], change: Callable[[Store, Shop], None]) -> None:
    store, shop = filled
    before = store.stamp(shop.id)
    assert store.stamp(shop.id) == before
    change(store, shop)
    assert store.stamp(shop.id) != before


def test_what_is_not_of_its_lives_does_not(filled: tuple[Store, Shop]) -> None:
    store, shop = filled
    before = store.stamp(shop.id)
    store.set_note(shop.id, live(1).id, "a note")
    store.mark_reviewed(shop.id, live(1).id, datetime(2026, 9, 9, tzinfo=UTC))
    store.add_trainee(shop.id, "Ana")
    other = store.create_shop("Another")
    store.apply(store.plan_import(other.id, [live(9)]))
    assert store.stamp(shop.id) == before != store.stamp(other.id)
