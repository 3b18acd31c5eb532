"""A rate among the rates of others."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.stats.beta_binomial import common_population, place


def test_a_crowd_is_fitted_once_and_says_the_same() -> None:
    rng = np.random.default_rng(5)
    base = rng.integers(20, 400, 400).astype(float)
    hits = rng.binomial(base.astype(int), rng.beta(8, 60, 400)).astype(float)
    population = common_population(hits, base)
    assert population is not None and common_population(hits[:300], base[:300]) is None
    for at in (0, 7, 133):
        rest = np.arange(400) != at
        one, other = (place(hits[at], base[at], hits[rest], base[rest], each) for each in (None, population))
        assert one is not None and other is not None
        assert one.shrunk == pytest.approx(other.shrunk, rel=0.02)
        assert one.under == pytest.approx(other.under, abs=0.02)
