"""Figures of the account, and hosts that a person named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from playbook.store import Shop, Store, StoreError
from playbook.store.records import AccountFigure

from .lives import live

DAY = date(2026, 8, 1)


def test_another_figure_of_the_same_days_takes_the_place_of_the_first(store: Store, shop: Shop) -> None:
    first = AccountFigure(DAY, DAY, "shop_gmv", 10.0, "USD", "a.csv")
    store.keep_account(shop.id, [first, AccountFigure(DAY, DAY, "followers", 5.0)])
    store.keep_account(shop.id, [replace(first, value=12.0)])
    assert [(each.name, each.value) for each in store.account(shop.id)] == [("followers", 5.0), ("shop_gmv", 12.0)]
    assert store.drop_account(shop.id, [first]) == 1
    assert [each.name for each in store.account(shop.id)] == ["followers"]


@pytest.mark.parametrize(
    ("figure", "said"),
    [(AccountFigure(DAY, DAY, "likes", 1.0), "no figure of an account"),
     (AccountFigure(DAY, DAY, "orders", -1.0), "from 0 on"),
     (AccountFigure(DAY, date(2026, 7, 1), "orders", 1.0), "lies before the first")],
)  # fmt: skip
def test_what_is_no_figure_is_refused_and_nothing_is_kept(
    store: Store, shop: Shop, figure: AccountFigure, said: str
) -> None:
    with pytest.raises(StoreError, match=said):
        store.keep_account(shop.id, [AccountFigure(DAY, DAY, "orders", 1.0), figure])
    assert store.account(shop.id) == []


def test_a_host_that_was_named_stands_above_the_export_and_outlives_the_next(store: Store, shop: Shop) -> None:
    store.apply(store.plan_import(shop.id, [live(0), live(1)]))
    before = store.stamp(shop.id)
    assert store.set_hosts(shop.id, {live(0).id: "  Maya  R "}) == 1
    assert store.stamp(shop.id) != before
    assert store.set_hosts(shop.id, {live(0).id: "Maya R"}) == 0
    store.apply(store.plan_import(shop.id, [live(0, exported=datetime(2026, 9, 9), views=5_100.0)]))
    assert [each.host for each in store.sessions(shop.id)] == ["Maya R", live(1).host]
    assert store.session(shop.id, live(0).id).host == "Maya R"
    store.set_hosts(shop.id, {live(0).id: None})
    assert store.session(shop.id, live(0).id).host == live(0).host
