"""Shops, notes and reviews."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from playbook.store import Shop, ShopBenchmark, Store, StoreError

from .lives import live


def test_a_shop_is_made_changed_and_found(store: Store) -> None:
    made = store.create_shop("  Dana  ", timezone="Asia/Jakarta", currency="idr", market="Indonesia")
    assert (made.name, made.currency, made.looked_at) == ("Dana", "IDR", None)
    changed = store.change_shop(made.id, name="Dana Wear", playbook_folder="/srv/strategies", market=None)
    assert (changed.name, changed.market, changed.playbook_folder) == ("Dana Wear", None, "/srv/strategies")
    assert store.find_shop("dana  WEAR") == changed
    assert store.find_shop("Dana") is None
    assert store.shops() == [changed]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": "dana's  SHOP"}, "There is a shop 'Dana's shop' already. Choose another name."),
        ({"name": " "}, "A shop needs a name."),
        (
            {"name": "B", "timezone": "Jakarta"},
            "There is no time zone 'Jakarta'. Write it like Asia/Jakarta or America/Sao_Paulo.",
        ),
        ({"name": "B", "currency": "Rp"}, "'Rp' is not a currency. Write its three letters, like USD or IDR."),
    ],
)
def test_what_cannot_be_a_shop_is_told(store: Store, shop: Shop, values: dict[str, str], message: str) -> None:
    with pytest.raises(StoreError) as refused:
        store.create_shop(**values)
    assert str(refused.value) == message
    assert store.shops() == [shop]


def test_a_shop_has_only_known_fields(store: Store, shop: Shop) -> None:
    with pytest.raises(StoreError, match=r"A shop has no 'colour'. It has: name, timezone, currency, market, playb"):
        store.change_shop(shop.id, colour="red")
    assert store.change_shop(shop.id, name="dana's shop").name == "dana's shop", "its own name is free"


def test_benchmarks_are_kept_in_order(store: Store, shop: Shop) -> None:
    wanted = [ShopBenchmark("err", 0.12, "agency deck", "2026-08-01"), ShopBenchmark("ctr", 0.1 + 0.2, "x", "2026")]
    store.set_benchmarks(shop.id, wanted)
    assert store.benchmarks(shop.id) == wanted
    store.set_benchmarks(shop.id, wanted[:1])
    assert store.benchmarks(shop.id) == wanted[:1]


def test_notes_and_reviews_stand_beside_a_live(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(0), live(1)]))
    at = datetime(2026, 8, 3, 9, tzinfo=UTC)
    store.set_note(shop.id, live(0).id, " try the blue set \n")
    store.mark_reviewed(shop.id, live(1).id, at)
    marks = store.marks(shop.id)
    assert marks[live(0).id].note == "try the blue set" and marks[live(0).id].reviewed_at is None
    assert store.reviewed(shop.id) == {live(1).id: at}
    store.apply(store.plan_import(shop.id, [live(0, views=1.0), live(1, views=2.0)]))
    assert store.marks(shop.id)[live(0).id].note == "try the blue set", "a new export leaves it alone"
    store.set_note(shop.id, live(0).id, "")
    assert store.marks(shop.id)[live(0).id].note is None


def test_the_overview_has_every_shop_with_its_last_live(store: Store, shop: Shop) -> None:
    empty = store.create_shop("Alpha")
    store.apply(store.plan_import(shop.id, [live(0), live(1), live(2)]))
    store.mark_reviewed(shop.id, live(0).id)
    store.delete_session(shop.id, live(2).id)
    first, second = store.overview()
    assert (first.shop, first.sessions, first.last) == (empty, 0, None)
    assert (second.shop, second.sessions, second.not_reviewed, second.last) == (shop, 2, 1, live(1))


def test_the_weekly_look_is_remembered_and_clocks_are_the_shops(store: Store, shop: Shop) -> None:
    at = datetime(2026, 8, 3, 20, tzinfo=UTC)
    store.mark_looked(shop.id, at)
    assert store.shop(shop.id).looked_at == at
    assert shop.wall_clock(at) == datetime(2026, 8, 4, 3)
