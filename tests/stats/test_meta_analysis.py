"""Pooling against answers worked out by hand and against its promise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t
from statsmodels.stats.meta_analysis import combine_effects

from playbook.stats.meta_analysis import random_effects


def test_effects_that_are_alike_need_no_variance_between_them() -> None:
    found = random_effects([0.2, 0.2, 0.2], [0.01, 0.01, 0.01])
    assert (found.mean, found.between_variance, found.effects) == (pytest.approx(0.2), 0, 3)
    assert found.plain_error == found.modified_error == pytest.approx((0.01 / 3) ** 0.5)


def test_effects_that_differ_by_hand() -> None:
    """Q = 2 x 10,000, between = (20,000 - 1) / 10,000, Hartung-Knapp variance = (1 + 1) / 1 / 2."""
    found = random_effects([1.0, -1.0], [0.0001, 0.0001])
    assert found.mean == pytest.approx(0)
    assert found.between_variance == pytest.approx(1.9999)
    assert found.knapp_hartung_error == pytest.approx(1.0)
    assert found.interval()[1] == pytest.approx(t.ppf(0.975, 1), rel=1e-3)


def test_as_statsmodels_has_it() -> None:
    effects, variances = [0.1, 0.6, -0.4, 0.3], [0.02, 0.05, 0.03, 0.01]
    found = random_effects(effects, variances)
    theirs = combine_effects(np.array(effects), np.array(variances), method_re="chi2")
    assert found.mean == pytest.approx(theirs.mean_effect_re)
    assert found.between_variance == pytest.approx(theirs.tau2)
    assert found.plain_error == pytest.approx(theirs.sd_eff_w_re)
    assert found.knapp_hartung_error == pytest.approx(theirs.sd_eff_w_re_hksj)


def test_one_effect_has_its_own_range() -> None:
    found = random_effects([0.3], [0.04])
    assert found.interval() == (pytest.approx(0.3 - 1.96 * 0.2, abs=1e-4), pytest.approx(0.3 + 1.96 * 0.2, abs=1e-4))


def test_ranges_hold_the_mean() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        errors = rng.uniform(0.05, 0.3, 6)
        low, high = random_effects(list(rng.normal(0.1, np.sqrt(errors**2 + 0.15**2))), list(errors**2)).interval()
        held += low < 0.1 < high
    assert 0.92 <= held / 400 <= 0.99


@pytest.mark.parametrize(("effects", "variances"), [([], []), ([0.1], [0.0]), ([0.1, 0.2], [0.1])])
def test_what_cannot_be_pooled_is_refused(effects: list[float], variances: list[float]) -> None:
    with pytest.raises(ValueError, match="at least one effect, each with an error above 0"):
        random_effects(effects, variances)


def test_pooling_knows_when_effects_differ() -> None:
    alike, apart = (random_effects(each, [0.0025] * 3) for each in ([0.1, 0.1, 0.1], [0.6, 0.1, -0.4]))
    widths = [found.interval()[1] - found.interval()[0] for found in (alike, apart)]
    assert alike.mean == pytest.approx(0.1) and apart.mean == pytest.approx(0.1) and widths[1] > 5 * widths[0]
    assert random_effects([0.2, 0.0], [0.0001, 1.0]).mean == pytest.approx(0.2, abs=0.01)


def test_a_least_variance_between_holds_an_estimate_back_from_agreeing_effects() -> None:
    found = random_effects([0.1, 0.1], [0.01, 0.01], least_between=0.03)
    assert (found.between_variance, found.plain_error) == (0.03, pytest.approx((0.04 / 2) ** 0.5))
