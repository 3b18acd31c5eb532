"""Ranges where an export lacks counts: as right, and about as narrow, as with all of them."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import gaps
from playbook.diagnosis.baseline.orders import MANY, orders_behind
from playbook.diagnosis.diagnose import diagnose
from playbook.simulation.gaps import without

from .shops import METRICS, live

MONEY = ("gmv_per_hour", "show_gpm", "watch_gpm")


def judged(lives):
    return diagnose(lives[-1], lives[:-1], METRICS).judgements


@pytest.fixture(scope="module")
def shops():
    return gaps.score(60, 2)


def test_without_orders_ranges_of_gmv_hold_and_stay_as_narrow(shops):
    found, beside = shops["no orders"]["of GMV"], shops["all counts"]["of GMV"]
    assert 0.91 < found.held < 0.99  # 180 values: 95 % give or take some 4 %
    assert abs(found.held - beside.held) < 0.03
    assert found.width == pytest.approx(1, abs=0.1)
    assert found.within_a_fifth > 0.75
    assert found.usual == pytest.approx(1, abs=0.02)


def test_counts_missing_at_random_leave_ranges_right(shops):
    found, beside = shops["at random"]["all"], shops["all counts"]["all"]
    assert 0.93 < found.held < 0.97
    assert found.values < 0.8 * beside.values
    assert found.width == pytest.approx(1, abs=0.1)


def test_a_shop_of_an_order_or_none_has_its_range_as_well():
    found = gaps.score(40, 3, 100, 3_000)["no orders"]["of GMV"]
    assert 0.92 < found.held <= 1
    assert found.usual == pytest.approx(1, abs=0.1)


def growing(units=1.0):
    """Eight LIVEs whose GMV per hour rises smoothly from 919 to 1,061."""
    money = np.linspace(919, 1061, 8) * 2 * units
    return [live(i, gmv=round(float(each), 2)) for i, each in enumerate(money)]


@pytest.mark.parametrize("units", [1.0, 1000.0])
@pytest.mark.parametrize("gone", [("sku_orders",), ("sku_orders", "product_clicks"), ("sku_orders", "impressions")])
def test_gmv_alone_is_as_usual(units, gone):
    found = judged(without(growing(units), *gone))
    per_hour = found["gmv_per_hour"]
    assert per_hour.usual == pytest.approx(1_000 * units, rel=0.05)
    assert per_hour.verdict == "usual"
    assert per_hour.low > 600 * units and per_hour.high < 1_700 * units
    assert {found[name].verdict for name in MONEY} <= {"usual", "unknown"}


@pytest.mark.parametrize("with_orders", [lambda i: i % 2 == 0, lambda i: i < 6, lambda i: i >= 6, lambda i: i == 3])
def test_where_some_lives_have_orders_the_usual_does_not_jump(with_orders):
    whole = [live(i, gmv=960.0 + 40 * (i % 3)) for i in range(13)]
    mixed = [each if with_orders(i) else without([each], "sku_orders")[0] for i, each in enumerate(whole)]
    for last in range(9, 13):
        there, here = judged(whole[: last + 1]), judged(mixed[: last + 1])
        for name in MONEY:
            assert here[name].usual == pytest.approx(there[name].usual, rel=0.01)
            assert here[name].high - here[name].low == pytest.approx(there[name].high - there[name].low, rel=0.05)


def test_a_live_of_nothing_is_below_without_orders_too():
    lives = without([live(i, gmv=0.0 if i == 9 else 960.0) for i in range(10)], "sku_orders")
    assert judged(lives)["gmv_per_hour"].verdict == "below"


def test_one_odd_live_of_nothing_moves_little():
    lives = without([live(i, gmv=0.0 if i == 4 else 940.0 + 5 * i) for i in range(12)], "sku_orders")
    found = judged(lives)["gmv_per_hour"]
    assert found.usual == pytest.approx(480, rel=0.1)
    assert found.verdict == "usual" and found.low > 200


def row(*values):
    return np.array([values], dtype=float)


def test_orders_are_those_of_the_lives_that_have_them():
    nan = np.nan
    rate, value = orders_behind(row(900, 500, 100), row(3, 3, 1), row(nan, 20, 5), row(1, 1, 1) > 0)
    assert (rate[0], value[0]) == (25 / 4, 24)
    nothing, _ = orders_behind(row(900, 0, 100), row(3, 3, 1), row(nan, 0, 5), row(1, 1, 1) > 0)
    assert nothing[0] == 5 / 4, "no order is a number, unknown is none"


def test_lives_of_nothing_tell_how_many_orders_are_usual():
    rng = np.random.default_rng(4)
    for usual in (0.3, 1.0, 2.5):
        number = rng.poisson(usual, 4_000).reshape(1, -1)
        money = np.where(number > 0, rng.gamma(2 * np.maximum(number, 1), 10), 0.0)
        hours, unknown = np.full(money.shape, 2.0), np.full(money.shape, np.nan)
        rate, value = orders_behind(money, hours, unknown, hours > 0)
        assert rate[0] == pytest.approx(usual / 2, rel=0.1)
        assert value[0] == pytest.approx(20, rel=0.1)


def test_where_every_live_sold_or_none_did_nothing_is_made_up():
    unknown, hours = row(*[np.nan] * 4), row(2, 2, 2, 2)
    rate, value = orders_behind(row(30, 40, 50, 60), hours, unknown, hours > 0)
    assert (rate[0], value[0]) == (MANY, 30)
    rate, value = orders_behind(row(0, 0, 0, 0), hours, unknown, hours > 0)
    assert 0 < rate[0] < 1 and value[0] == 0
    rate, value = orders_behind(row(0, 0, 0, 0), hours, unknown, hours < 0)
    assert np.isfinite([rate[0], value[0]]).all()
