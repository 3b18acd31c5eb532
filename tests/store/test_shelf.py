"""The shelf of a shop: one place a strategy, each shop's own, and a way back."""

from __future__ import annotations

from pathlib import Path

from playbook.store import Shop, Store


def test_a_strategy_has_one_place_and_where_it_was_comes_back(store: Store, shop: Shop) -> None:
    assert store.put_on_shelf(shop.id, "err_billboard", "kept") is None
    assert store.put_on_shelf(shop.id, "like_goal", "not_for_us") is None
    assert store.put_on_shelf(shop.id, "err_billboard", "in_use") == "kept"
    assert store.shelf(shop.id) == {"err_billboard": "in_use", "like_goal": "not_for_us"}
    assert store.put_on_shelf(shop.id, "err_billboard", None) == "in_use"
    assert store.shelf(shop.id) == {"like_goal": "not_for_us"}


def test_the_shelf_is_each_shops_own_and_goes_into_a_backup(store: Store, shop: Shop, tmp_path: Path) -> None:
    other = store.create_shop("Second")
    store.put_on_shelf(shop.id, "like_goal", "kept")
    assert store.shelf(other.id) == {}
    store.backup(tmp_path / "all.playbook")
    with Store.open(str(tmp_path / "elsewhere.db")) as elsewhere:
        elsewhere.restore(tmp_path / "all.playbook")
        assert elsewhere.shelf(shop.id) == {"like_goal": "kept"}
