"""Groups against each other: a known answer, what may be luck, what is left out."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.stats.group_effects import _shrunk, _weights, group_effects, holm


def test_a_group_that_differs_is_found_and_its_size_is_told() -> None:
    rng = np.random.default_rng(1)
    labels = [("a", "b", "c")[each] for each in rng.integers(0, 3, 90)]
    y = rng.normal(0, 0.1, 90) + np.array([0.3 if each == "c" else 0.0 for each in labels]) + np.linspace(0, 1, 90)
    found = {each.label: each for each in group_effects(y, labels)}
    assert found["c"].effect == pytest.approx(0.3, abs=0.06)
    assert found["c"].p_better < 1e-6
    assert found["c"].low < 0.3 < found["c"].high
    assert abs(found["c"].shrunk) <= abs(found["c"].effect)
    assert found["a"].p_better > 0.5


def test_a_covariate_that_explains_it_leaves_nothing_to_tell() -> None:
    rng = np.random.default_rng(2)
    labels = [("a", "b")[each] for each in rng.integers(0, 2, 60)]
    long = np.array([[1.0 if each == "b" else 0.0] for each in labels]) + rng.normal(0, 0.5, (60, 1))
    y = 0.8 * long[:, 0] + rng.normal(0, 0.1, 60)
    plain, alike = group_effects(y, labels), group_effects(y, labels, long)
    assert min(each.p_better for each in plain) < 0.01
    assert min(each.p_better for each in alike) > 0.05


def test_one_odd_value_does_not_make_a_group() -> None:
    rng = np.random.default_rng(3)
    y = rng.normal(0, 0.1, 24)
    y[3] = 9.0
    assert min(each.p_better for each in group_effects(y, ["a", "b"] * 12)) > 0.05


def test_few_values_are_left_out() -> None:
    assert group_effects(np.zeros(5), ["a", "a", "b", "b", "b"]) == []
    found = group_effects(np.arange(12.0), ["a", "b"] * 5 + ["c", "c"])
    assert {each.label for each in found} == {"a", "b"}


def test_p_values_count_in_how_many_were_looked_at() -> None:
    assert holm(np.array([0.01, 0.04, 0.03])) == pytest.approx([0.03, 0.06, 0.06])


def test_effects_are_drawn_in_by_the_spread_between_them() -> None:
    """DerSimonian and Laird by hand: weights 1 / 0.04 = 25 each, Q = 25 x 2 x 0.25, tau^2 = (Q - 1) / (50 - 25)."""
    shrunk, errors = _shrunk(np.array([0.5, -0.5]), np.array([0.2, 0.2]))
    between = (25 * 2 * 0.25 - 1) / (50 - 25)
    kept = between / (between + 0.04)
    assert shrunk == pytest.approx([0.5 * kept, -0.5 * kept])
    assert errors == pytest.approx(np.sqrt(kept) * np.array([0.2, 0.2]))
    nothing, wide = _shrunk(np.array([0.05, -0.05]), np.array([0.2, 0.2]))
    assert nothing == pytest.approx([0.0, 0.0]) and wide == pytest.approx([0.1, 0.1])


def test_values_of_small_counts_weigh_less() -> None:
    y = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])
    x, noise = np.ones((6, 1)), np.array([0.1, 0.1, 0.1, 0.1, 0.1, 0.7])
    weights = _weights(y, x, noise)
    assert weights.mean() == pytest.approx(1.0)
    between = 6 / 5 - np.mean(noise)  # the variance of the values less what counting adds
    assert weights[0] / weights[5] == pytest.approx((between + 0.7) / (between + 0.1))
    assert _weights(y, x, None).tolist() == [1.0] * 6
