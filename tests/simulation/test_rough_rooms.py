"""Bursts, pitch rounds, wobble and money of made-up minutes are as planted."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from playbook.simulation.rooms import Fall
from playbook.simulation.worlds.moments import after_a_low, channel_lives, collapse, in_rows, product_list
from playbook.simulation.worlds.rooms import Kind, amounts, draw_bursts, rough_room


def test_bursts_are_short_apart_and_as_high_as_they_say() -> None:
    ratios = []
    for seed in range(40):
        live = rough_room(np.random.default_rng(seed), 20_000, Kind(bursts=1), 0, minutes=120)
        (burst,) = live.bursts
        assert 3 <= burst.end - burst.start <= 9 and 2 <= burst.times <= 4
        shown = live.trend["impressions"].to_numpy()
        around = np.r_[shown[max(0, burst.start - 5) : burst.start], shown[burst.end : burst.end + 5]]
        ratios.append(shown[burst.start : burst.end].mean() / around.mean() / burst.times)
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.05)
    three = draw_bursts(np.random.default_rng(1), 90, 3)
    assert all(one.end + 10 <= other.start for one, other in itertools.pairwise(three))


def test_products_differ_in_ctr_as_planted() -> None:
    live = rough_room(np.random.default_rng(4), 100_000, Kind(products=0.5), 0, minutes=200)
    rate = {p: live.trend["product_clicks"][p.start : p.end].sum() / live.trend["views"][p.start : p.end].sum()
            for p in live.pitches}  # fmt: skip
    assert np.corrcoef([p.factor for p in rate], list(rate.values()))[0, 1] > 0.95
    assert live.pitches[0].start == 0 and live.pitches[-1].end == 200
    assert len(live.events(pins=True)) == len(live.pitches)


def test_wobble_is_that_many_times_as_large() -> None:
    def swing(wobble: float) -> float:
        rooms = (rough_room(np.random.default_rng(s), 1e5, Kind(wobble=wobble), 0, minutes=120) for s in range(15))
        return float(np.mean([np.diff(np.log(r.trend["views"] / r.trend["impressions"]))[40:].std() for r in rooms]))

    assert swing(3.0) > 1.6 * swing(1.0)


def test_a_planted_fall_is_in_the_counts_and_in_the_money() -> None:
    live = rough_room(np.random.default_rng(2), 50_000, Kind(), [Fall("ctor", 60, 90, 0.6)], minutes=150)
    per_click = (live.trend["gmv"] / live.trend["product_clicks"]).to_numpy()
    assert per_click[60:90].mean() / np.r_[per_click[30:60], per_click[90:120]].mean() == pytest.approx(0.4, abs=0.08)


def test_amounts_have_a_heavy_tail_around_their_mean() -> None:
    many = amounts(np.random.default_rng(1), 200_000)
    assert many.mean() == pytest.approx(25.0, rel=0.02)
    assert np.quantile(many, 0.999) > 10 * np.median(many)


def test_events_follow_a_low_and_change_nothing() -> None:
    live = rough_room(np.random.default_rng(3), 2_500, Kind(wobble=1.5), 0, minutes=240)
    told = after_a_low(live, "impressions")
    shown = live.trend["impressions"].to_numpy()
    assert told.events
    for event in told.events:
        at = int(event.minute)
        assert shown[at - 5 : at].mean() < 0.9 * shown[at - 30 : at].mean()
    assert told.trend is live.trend


def test_a_collapse_leaves_a_sixth() -> None:
    left = []
    for seed in range(20):
        trend = collapse(np.random.default_rng(seed)).trend
        rate = (trend["views"] / trend["impressions"]).to_numpy()
        left.append(rate[66:77].mean() / np.r_[rate[50:66], rate[77:93]].mean())
    assert np.mean(left) == pytest.approx(1.4 / 8.7, abs=0.02)


def test_rows_of_six_minutes_hold_the_same_counts() -> None:
    live = collapse(np.random.default_rng(1))
    rows = in_rows(live, 6)
    assert rows.trend is not None and len(rows.trend) == 20
    assert rows.trend["views"].sum() == live.trend["views"].sum()
    assert rows.trend["minute"].tolist()[:3] == [0.0, 6.0, 12.0]


def test_product_lists_and_channels() -> None:
    rng = np.random.default_rng(1)
    first = product_list(rng, 12, 250, 0.03, none_at=200).products[0]
    assert (first.counts["product_clicks"], first.counts["sku_orders"]) == (200, 0)
    lists = [product_list(rng, 10, 250, 0.03) for _ in range(200)]
    orders, clicks = (
        sum(p.counts[name] for each in lists for p in each.products) for name in ("sku_orders", "product_clicks")
    )
    assert orders / clicks == pytest.approx(0.03, rel=0.3)
    for live in channel_lives(rng, 5):
        assert sum(each.counts["views"] for each in live.channels) == live.counts["views"]
