"""The simulated rooms do what their description says: the detector is measured against them."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

import playbook.simulation.rooms
from playbook.simulation.rooms import METRICS, RATES, Fall, audience_curve, draw_falls, room, warm_up


def test_knows_nothing_of_the_search_for_dips() -> None:
    tree = ast.parse(Path(playbook.simulation.rooms.__file__).read_text())
    imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not any(name and name.startswith("playbook") for name in imported)


def test_falls_lie_after_the_warm_up_and_have_the_described_sizes() -> None:
    rng = np.random.default_rng(1)
    falls = [fall for _ in range(300) for fall in draw_falls(rng, 120, 3)]
    assert {fall.metric for fall in falls} == set(METRICS)
    for fall in falls:
        assert 30 <= fall.start < fall.end <= 120
        if fall.sudden:
            assert 4 <= fall.end - fall.start <= 8 and 0.5 <= fall.depth <= 0.8
        else:
            assert 15 <= fall.end - fall.start <= 40 and 0.25 <= fall.depth <= 0.55


@pytest.mark.parametrize("metric", METRICS)
def test_a_planted_fall_is_in_the_counts(metric: str) -> None:
    fall = Fall(metric, 60, 90, 0.5)
    inside, outside = [], []
    for seed in range(12):
        trend = room(np.random.default_rng(seed), 20_000, [fall], 150).trend
        count, of, _ = RATES.get(metric, ("impressions", "", 0.0))
        value = (trend[count] / trend[of] if of else trend[count]).to_numpy()
        inside.append(value[60:90].mean())
        outside.append(np.concatenate([value[35:60], value[90:]]).mean())
    assert np.mean(inside) / np.mean(outside) == pytest.approx(0.5, abs=0.06)


def test_levels_sizes_and_lengths() -> None:
    rng = np.random.default_rng(2)
    rooms = [room(rng, 250, 0) for _ in range(60)]
    assert all(90 <= live.minutes <= 300 and not live.falls for live in rooms)
    total = {name: sum(float(live.trend[name].sum()) for live in rooms) for name in rooms[0].trend.columns}
    assert total["impressions"] / sum(live.minutes for live in rooms) == pytest.approx(250, rel=0.1)
    for count, of, middle in RATES.values():
        assert total[count] / total[of] == pytest.approx(middle, rel=0.2)


def test_the_audience_curve_and_the_warm_up_stay_in_their_bounds() -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        curve, warm = audience_curve(rng, 180), warm_up(rng, 180)
        assert curve.min() >= 0.75 and curve.max() <= 1.25
        assert (warm[30:] == 1).all() and 0.5 <= warm[0] <= 1.5


def test_the_same_seed_gives_the_same_room() -> None:
    one, two = (room(np.random.default_rng(7), 250) for _ in range(2))
    assert one.falls == two.falls
    assert one.trend.equals(two.trend)


def test_a_seed_still_gives_the_room_it_gave() -> None:
    """The benchmark's figures in the README hang on it."""
    trend = room(np.random.default_rng(1), 100).trend
    assert len(trend) == 189
    assert [int(trend[name].sum()) for name in ("impressions", "views", "sku_orders")] == [19112, 3943, 50]
