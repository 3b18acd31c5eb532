"""What one step at its usual would have brought."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.diagnosis import diagnose

from .shops import METRICS, STEADY, live, wobbly

HALVED = {name: STEADY[name] / 2 for name in ("views", "product_impressions", "product_clicks", "sku_orders", "gmv")}


def test_a_halved_entrance_would_have_brought_as_much_again() -> None:
    found = diagnose(live(12, **HALVED), wobbly(12, 0.03), METRICS).what_ifs
    entered = next(each for each in found if each.factor == "err")
    ratio = entered.usual / entered.now - 1
    assert ratio == pytest.approx(1, abs=0.1)
    assert [each.count for each in entered.more] == ["views", "product_clicks", "sku_orders", "gmv"]
    for each, counted in zip(entered.more, (2500, 320, 24, 480), strict=True):
        assert each.amount == pytest.approx(ratio * counted)
        assert 0 < each.low < each.amount < each.high


def test_only_steps_that_were_worse_are_named() -> None:
    found = diagnose(live(12, **HALVED), wobbly(12, 0.03), METRICS)
    for each in found.what_ifs:
        assert each.now < each.usual
        assert found.leak is not None and next(p for p in found.leak.parts if p.factor == each.factor).amount < 0.01
    doubled = {name: value * 2 for name, value in HALVED.items()}
    better = diagnose(live(12, **{n: v * 1.5 for n, v in doubled.items()}), wobbly(12, 0.03), METRICS)
    assert "err" not in {each.factor for each in better.what_ifs}


def test_where_gmv_is_not_split_there_is_no_what_if() -> None:
    assert diagnose(live(2), wobbly(2, 0.1), METRICS).what_ifs == ()
    assert diagnose(live(5, gmv=None), wobbly(5, 0.1), METRICS).what_ifs == ()
    assert diagnose(live(8, sku_orders=0.0, gmv=0.0), wobbly(8, 0.05), METRICS).what_ifs == ()


def test_small_counts_have_wide_ranges() -> None:
    small = {name: value / 4 for name, value in STEADY.items()}
    history = [live(i, **small) for i in range(12)]
    few = diagnose(live(12, **(small | {"sku_orders": 2.0, "gmv": 40.0})), history, METRICS).what_ifs
    large = {name: value * 10 for name, value in STEADY.items()}
    history = [live(i, **large) for i in range(12)]
    many = diagnose(live(12, **(large | {"sku_orders": 80.0, "gmv": 1600.0})), history, METRICS).what_ifs
    width = []
    for found in (few, many):
        money = next(each for each in found if each.factor == "ctor").of("gmv")
        assert money is not None
        width.append((money.high - money.low) / money.amount)
    assert width[0] > 1.2 * width[1]


@pytest.mark.parametrize("seed", range(10))
def test_every_number_is_finite_and_in_order(seed: int) -> None:
    *history, session = wobbly(9, 0.6, seed)
    for found in diagnose(session, history, METRICS).what_ifs:
        for each in found.more:
            assert np.isfinite([each.low, each.amount, each.high]).all()
            assert each.low <= each.amount <= each.high and each.amount > 0
