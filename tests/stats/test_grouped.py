"""Levels of groups are drawn towards nought, and an odd value counts less."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.stats.grouped import Grouping, next_value


def predicted(y: np.ndarray, groupings: tuple[Grouping, ...] = ()) -> tuple[float, float]:
    """Mean and standard deviation of the value to come."""
    n = len(y)
    found = next_value(y, np.full(n, 1e-4), np.arange(n + 1), np.zeros((1, n + 1)), [0.0], groupings, 0.2)
    mean, var = found.at(np.zeros(1))
    middle = float((found.weight * mean).sum())
    return middle, float(np.sqrt((found.weight * (var + (mean - middle) ** 2)).sum()))


def test_an_odd_value_moves_and_widens_little() -> None:
    y = np.random.default_rng(1).normal(5.0, 0.1, 25)
    plain, odd = predicted(y), predicted(np.where(np.arange(25) == 12, 7.0, y))
    assert odd[0] == pytest.approx(plain[0], abs=0.06)
    assert odd[1] < 2 * plain[1]


def test_a_group_of_few_values_is_drawn_towards_the_rest() -> None:
    rng = np.random.default_rng(2)
    for others, near in ((12, 0.12), (2, 0.45)):
        who = np.array([0] * 12 + [1] * others + [1])
        y = rng.normal(5.0, 0.1, 12 + others) + 0.6 * who[:-1]
        order = rng.permutation(len(y))
        who, y = np.append(who[:-1][order], 1), y[order]
        alike = (who[:, None] == who[None, :]).astype(float)
        level, _ = predicted(y, (Grouping(alike, (0.0, 0.15, 0.35), (0.3, 0.4, 0.3)),))
        assert 5.0 < level < 5.6 + near and level > 5.6 - near
    nothing = Grouping(np.ones((13, 13)), (0.0,), (1.0,))
    assert predicted(y[:12], (nothing,)) == pytest.approx(predicted(y[:12]))
