"""Metrics of one LIVE: known answers, and rules that hold for every metric there is."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from playbook.knowledge.metrics import Metric, Metrics
from playbook.knowledge.reader import read
from playbook.metrics import compute, from_trend
from playbook.metrics.compute import too_few, usable
from playbook.metrics.formula import HOURS, Formula, formula, formulas
from playbook.metrics.table import table
from playbook.model.session import COUNTS, Session

_MODEL, _, _PROBLEMS = read(Path(__file__).parents[2] / "playbook/content/metrics.yaml", Metrics)
assert _MODEL is not None, _PROBLEMS
METRICS: dict[str, Metric] = _MODEL.metrics
RATIOS = [n for n, m in METRICS.items() if m.type == "ratio"]
WITHOUT_HOURS = [n for n in RATIOS if formula(METRICS[n]).denominator != HOURS]
FULL = {
    "impressions": 40_000.0, "views": 5_000.0, "viewers": 4_200.0, "product_impressions": 9_000.0,
    "product_clicks": 640.0, "sku_orders": 48.0, "gmv": 960.0, "comments": 410.0, "new_followers": 50.0,
    "shares": 20.0, "likes": 6_000.0, "avg_viewing_seconds": 45.0,
}  # fmt: skip


def live(minutes: float | None = 120.0, **counts: float | None) -> Session:
    return Session("one", FULL | counts, duration_minutes=minutes)


def test_known_answers() -> None:
    found = {name: value.value for name, value in compute(live(), METRICS).items()}
    assert found == {
        "impressions": 40_000, "views": 5_000, "viewers": 4_200, "avg_viewing_duration": 45, "err": 0.125,
        "impressions_per_hour": 20_000, "comment_rate": 0.082, "follow_rate": 0.01, "share_rate": 0.004,
        "like_rate": 1.2, "ctr": 0.128, "ctor": 0.075, "product_impressions_per_view": 1.8,
        "product_ctr": pytest.approx(0.0711111), "gmv_per_order": 20, "show_gpm": 24, "watch_gpm": 192,
        "gmv_per_hour": 480, "gmv": 960, "orders": 48,
    }  # fmt: skip


def test_every_metric_of_the_file_is_computed_in_its_order() -> None:
    assert list(compute(live(), METRICS)) == list(METRICS)


@pytest.mark.parametrize(
    ("counts", "minutes", "metric", "why"),
    [
        ({"impressions": None}, 120.0, "err", "no impressions in this export"),
        ({"views": None}, 120.0, "err", "no views in this export"),
        ({"gmv": None}, 120.0, "show_gpm", "no GMV in this export"),
        ({"avg_viewing_seconds": None}, 120.0, "avg_viewing_duration", "no average viewing duration in this export"),
        ({"product_clicks": 0}, 120.0, "ctor", "no product clicks"),
        ({"sku_orders": 0}, 120.0, "gmv_per_order", "no SKU orders"),
        ({}, None, "gmv_per_hour", "the length of the LIVE is not known"),
        ({}, 0.0, "gmv_per_hour", "the LIVE has no length"),
        ({"views": -5.0}, 120.0, "views", "no views in this export"),
        ({"gmv": math.inf}, 120.0, "gmv_per_hour", "no GMV in this export"),
        ({"gmv": 1e308, "impressions": 1.0}, 120.0, "show_gpm", "GMV and impressions are too far apart to divide"),
    ],
)  # fmt: skip
def test_undefined_is_a_value_with_a_reason(
    counts: dict[str, float | None], minutes: float | None, metric: str, why: str
) -> None:
    value = compute(live(minutes, **counts), METRICS)[metric]
    assert (value.value, value.why, value.enough) == (None, why, False)


@pytest.mark.parametrize(
    ("counts", "minutes", "metric", "why"),
    [
        ({"product_clicks": 12.0}, 120.0, "ctor", "too few to tell: 12 of 20 product clicks"),
        ({"impressions": 150.0}, 120.0, "err", "too few to tell: 150 of 200 impressions"),
        ({"views": 29.0}, 120.0, "avg_viewing_duration", "too few to tell: 29 of 30 views"),
        ({}, 3.0, "impressions_per_hour", "too short to tell: 3 of 6 minutes"),
    ],
)  # fmt: skip
def test_below_the_floor_a_value_is_shown_and_not_judged(
    counts: dict[str, float], minutes: float, metric: str, why: str
) -> None:
    value = compute(live(minutes, **counts), METRICS)[metric]
    assert value.value is not None
    assert (value.enough, value.why) == (False, why)


def test_the_floor_itself_is_enough() -> None:
    assert compute(live(product_clicks=20.0, sku_orders=5.0), METRICS)["ctor"].enough


def test_more_than_every_one_is_shown_and_not_judged() -> None:
    value = compute(live(impressions=1_000.0, views=1_001.0), METRICS)["err"]
    assert (value.value, value.enough) == (1.001, False)
    assert value.why == "more views than impressions: one of the two must be wrong"
    assert compute(live(views=1_000.0, likes=4_000.0), METRICS)["like_rate"].enough  # one view may give many


def test_reported_and_approximate_are_carried() -> None:
    session = Session("one", FULL, reported={"err": 0.13, "ctr": math.nan}, approximate=frozenset({"impressions"}))
    found = compute(session, METRICS)
    assert (found["err"].reported, found["ctr"].reported) == (0.13, None)
    assert {name for name, value in found.items() if value.approximate} == {
        "impressions", "err", "impressions_per_hour", "show_gpm",
    }  # fmt: skip


@pytest.mark.parametrize("name", WITHOUT_HOURS)
@pytest.mark.parametrize("times", [0.5, 3.0, 1000.0])
def test_scaling_both_counts_leaves_a_ratio_unchanged(name: str, times: float) -> None:
    scaled = {count: number * times for count, number in FULL.items()}
    before, after = compute(live(), METRICS)[name], compute(live(**scaled), METRICS)[name]
    assert after.value == pytest.approx(before.value, rel=1e-12)


def _trend(seed: int = 4) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    names = [n for n in FULL if n != "viewers"]
    return pd.DataFrame({"minute": np.arange(60.0)} | {n: rng.integers(1, 900, 60).astype(float) for n in names})


ADDABLE = [n for n in METRICS if n != "viewers"]


@pytest.mark.parametrize("name", [n for n in ADDABLE if n not in ("impressions_per_hour", "gmv_per_hour")])
def test_an_all_zero_minute_changes_nothing(name: str) -> None:
    trend = _trend()
    zero = trend.iloc[[0]] * 0
    zero["minute"] = 60.0
    longer = pd.concat([trend, zero], ignore_index=True)
    assert from_trend(longer, METRICS)[name].value == from_trend(trend, METRICS)[name].value


@pytest.mark.parametrize("name", ADDABLE)
def test_a_session_split_in_two_adds_up(name: str) -> None:
    trend = _trend()
    whole = from_trend(trend, METRICS, 1.0)[name]
    parts = [from_trend(part, METRICS, 1.0)[name] for part in (trend.iloc[:23], trend.iloc[23:])]
    if METRICS[name].type == "average":
        weights = [part.denominator for part in parts]
        assert whole.value == pytest.approx(np.average([part.value for part in parts], weights=weights))
        return
    assert whole.numerator == pytest.approx(sum(part.numerator for part in parts))
    if whole.denominator is not None:
        assert whole.denominator == pytest.approx(sum(part.denominator for part in parts))
        of = formula(METRICS[name])
        assert whole.value == pytest.approx(whole.numerator / whole.denominator * of.times)


def test_a_trend_is_sum_over_sum_and_not_a_mean_of_rates() -> None:
    trend = pd.DataFrame({"minute": [0, 1], "impressions": [1000, 10], "views": [100, 10]})
    assert from_trend(trend, METRICS)["err"].value == pytest.approx(110 / 1010)


def test_a_minute_with_one_count_unknown_is_left_out_of_that_metric() -> None:
    trend = pd.DataFrame({"minute": [0, 1, 2], "impressions": [100, None, 100], "views": [10, 90, 20]})
    found = from_trend(trend, METRICS)
    assert (found["err"].value, found["views"].value) == (0.15, 120)


def test_different_people_are_not_added_up() -> None:
    found = from_trend(pd.DataFrame({"minute": [0, 1], "viewers": [5, 6]}), METRICS)["viewers"]
    assert (found.value, found.why) == (None, "viewers of single minutes cannot be added up")


def test_hours_of_a_trend_follow_its_step() -> None:
    trend = pd.DataFrame({"minute": [0, 5, 10, 15], "impressions": [100.0] * 4})
    assert from_trend(trend, METRICS)["impressions_per_hour"].value == pytest.approx(1200)
    assert from_trend(trend.iloc[:1], METRICS)["impressions_per_hour"].why == "the length of the LIVE is not known"


def test_an_empty_trend_knows_nothing() -> None:
    found = from_trend(pd.DataFrame({"minute": [], "views": []}), METRICS)
    assert all(value.value is None and value.why for value in found.values())


def test_the_table_agrees_with_compute() -> None:
    rng = np.random.default_rng(8)
    names = (*COUNTS, "avg_viewing_seconds")
    sessions = []
    for i in range(200):
        counts = {n: rng.choice([None, 0.0, -1.0, float(rng.integers(1, 500))]) for n in names}
        sessions.append(Session(str(i), counts, duration_minutes=rng.choice([None, 0.0, 3.0, 90.0])))
    of = formulas(METRICS)
    columns = table(sessions, of.values())
    for i, session in enumerate(sessions):
        for name, value in compute(session, METRICS).items():
            cell = columns.value(of[name])[i]
            assert (None if math.isnan(cell) else cell) == value.value
            if value.value is not None:
                assert bool(columns.enough(of[name])[i]) == value.enough, (name, value)


@pytest.mark.parametrize(
    ("count", "expected"), [(None, None), (-1, None), (math.nan, None), (math.inf, None), (0, 0.0), (3, 3.0)]
)
def test_a_count_is_used_only_if_it_can_be_one(count: float | None, expected: float | None) -> None:
    assert usable(count) == expected


def test_too_few_says_how_many_of_how_many() -> None:
    orders = Formula("gmv", "sku_orders", needs_at_least=2000)
    assert too_few(1234, orders) == "too few to tell: 1,234 of 2,000 SKU orders"
    assert too_few(7, Formula("gmv", None, needs_at_least=10)) == "too few to tell: 7 of 10 GMV"
    assert too_few(0.25, Formula("gmv", HOURS, needs_at_least=0.5)) == "too short to tell: 15 of 30 minutes"
