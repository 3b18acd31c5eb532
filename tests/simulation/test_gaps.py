"""Counts are missing as the description says, and what is left is untouched."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.simulation import restless_shop
from playbook.simulation.gaps import CELLS, COLUMNS, with_gaps, without


def test_what_is_left_is_as_it_was():
    lives = restless_shop(np.random.default_rng(1), 30, 20_000)
    spoilt = with_gaps(np.random.default_rng(2), lives)
    assert [each.id for each in spoilt] == [each.id for each in lives]
    for whole, left in zip(lives, spoilt, strict=True):
        gone = {name for name, number in left.counts.items() if number is None and whole.counts[name] is not None}
        assert gone <= set(CELLS)
        assert all(number == whole.counts[name] for name, number in left.counts.items() if name not in gone)
    only = without(lives, "sku_orders")[0].counts
    assert only["sku_orders"] is None and only["gmv"] == lives[0].counts["gmv"]


def test_whole_columns_halves_and_cells_are_missing():
    rng = np.random.default_rng(3)
    lives = restless_shop(rng, 40, 20_000)
    missing = {name: [] for name in CELLS}
    for _ in range(200):
        spoilt = with_gaps(rng, lives)
        for name in CELLS:
            missing[name].append(np.mean([each.counts.get(name) is None for each in spoilt]))
    for name in COLUMNS:
        shares = np.array(missing[name])
        assert 0.1 < (shares == 1).mean() < 0.35, "missing as a whole"
        assert 0.1 < ((shares > 0.4) & (shares < 0.8)).mean() < 0.35, "in about half of the LIVEs"
    assert np.mean(missing["gmv"]) == pytest.approx(0.2, abs=0.02)
    assert max(missing["gmv"]) < 0.5


def test_the_same_seed_gives_the_same_gaps():
    lives = restless_shop(np.random.default_rng(1), 10, 20_000)
    one, two = (with_gaps(np.random.default_rng(7), lives) for _ in range(2))
    assert one == two
