"""Plans of a shop, and what was answered about them."""

from __future__ import annotations

from pathlib import Path

from playbook.store import Shop, Store


def test_a_plan_is_kept_changed_and_answered(store: Store, shop: Shop) -> None:
    store.save_plan(shop.id, "p1", {"metric": "err", "status": "open", "words": [["id", "Halo ✓"]]})
    store.save_plan(shop.id, "p2", {"metric": "ctr"})
    store.save_plan(shop.id, "p1", {"metric": "err", "status": "judged"})
    store.answer_plan(shop.id, "p1", "live-1", True)
    store.answer_plan(shop.id, "p1", "live-2", True)
    store.answer_plan(shop.id, "p1", "live-2", False)
    store.answer_plan(shop.id, "p1", "live-1", None)
    store.answer_plan(shop.id, "nobody", "live-1", True)
    first, second = store.plans(shop.id)
    assert (first.name, first.data, first.done) == ("p1", {"metric": "err", "status": "judged"}, {"live-2": False})
    assert (second.name, second.done) == ("p2", {})


def test_plans_are_each_shops_own_and_go_into_a_backup(store: Store, shop: Shop, tmp_path: Path) -> None:
    other = store.create_shop("Second")
    store.save_plan(shop.id, "p1", {"a": 1})
    store.answer_plan(shop.id, "p1", "live-1", True)
    assert store.plans(other.id) == []
    store.backup(tmp_path / "all.playbook")
    with Store.open(str(tmp_path / "elsewhere.db")) as elsewhere:
        elsewhere.restore(tmp_path / "all.playbook")
        assert elsewhere.plans(shop.id) == store.plans(shop.id)
