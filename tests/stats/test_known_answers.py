"""Statistics against answers worked out by hand or by another library."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from playbook.stats.kalman import HEAVIER, VAGUE, Series, forecast, grid, standalone_weights
from playbook.stats.prediction import log_mean_exp, noise_of
from playbook.stats.robust import median, winsorised
from playbook.stats.step_change import step_change


def test_the_median_passes_over_what_is_unknown() -> None:
    rows = np.array([[3.0, 1.0, np.nan], [4.0, 1.0, 2.0], [np.nan, np.nan, np.nan]])
    assert median(rows).tolist() == [2.0, 2.0, 0.0]


def test_one_outlier_is_winsorised_to_three_robust_sd_and_two_in_a_row_stay() -> None:
    y = np.array(
        [[0.0, 1.0, -1.0, 1.0, -1.0, 50.0, 0.0, 1.0, -1.0], [0.0, 1.0, -1.0, 1.0, -1.0, 50.0, 50.0, 1.0, -1.0]]
    )
    found = winsorised(y, np.zeros(y.shape), np.ones(y.shape, dtype=bool), np.array([1.0, 1.0]))
    # Median 0, median absolute deviation 1: variance (9 x 1.4826^2 + 4 x 1) / 13.
    assert found[0, 5] == pytest.approx(3 * np.sqrt((9 * 1.4826**2 + 4) / 13))
    assert found[1].tolist() == y[1].tolist()


def test_noise_of_a_log_rate() -> None:
    """Poisson 1 / n; binomial (1 - p) / n, which is the variance of log p by the delta method."""
    found = noise_of(np.array([0.2, 0.2]), np.array([50.0, 50.0]), np.ones(2), np.array([False, True]))
    assert found == pytest.approx([1 / 50, 0.8 / 50])


def test_log_mean_exp_by_hand() -> None:
    assert log_mean_exp(np.log(np.array([[1.0, 3.0]]))) == pytest.approx(np.log(2.0))


def test_prior_weights_sum_to_one() -> None:
    assert standalone_weights().sum() == pytest.approx(1) and len(standalone_weights()) == len(grid(np.ones(1))[1])


def test_one_part_of_the_grid_equals_the_kalman_filter_of_statsmodels() -> None:
    rng = np.random.default_rng(3)
    y, noise = rng.normal(0, 0.3, 20), np.full(20, 0.01)
    none = np.zeros((1, 20))
    found = forecast(Series(
        y[None], noise[None], none, np.ones((1, 20), dtype=bool), none + 1, np.array([0.2]), np.zeros(1), np.zeros(1),
        np.zeros(1, dtype=np.intp), np.zeros(1, dtype=bool),
    ))  # fmt: skip
    spread, share, phi, _ = grid(np.array([0.2]))
    part = 13
    variance = float(spread[0, part] ** 2)
    model = sm.tsa.statespace.MLEModel(y - y.mean(), k_states=2, k_posdef=1)
    model["design"] = np.array([[1.0, 1.0]])
    model["transition"] = np.diag([1.0, phi[part]])
    model["selection"] = np.array([[0.0], [1.0]])
    model["state_cov"] = np.array([[(1 - phi[part] ** 2) * share[part] * variance]])
    model["obs_cov"] = np.array([[(1 - share[part]) * variance + 0.01]])
    model.ssm.initialize_known(np.zeros(2), np.diag([VAGUE, share[part] * variance]))
    ahead = model.ssm.filter()
    assert found.level[0, part] == pytest.approx(y.mean() + ahead.predicted_state[:, -1].sum(), abs=1e-8)
    assert found.level_var[0, part] == pytest.approx(ahead.predicted_state_cov[:, :, -1].sum(), abs=1e-8)


def _step(y: np.ndarray, **changed: float):
    return step_change(
        y, np.full(len(y), 0.001), np.arange(len(y)), np.zeros(len(y)), spread=0.1, slope=0.0, slope_sd=0.0,
        onsets=np.arange(6, len(y) - 2), **changed,
    )  # fmt: skip


def test_a_planted_step_is_found_where_it_is() -> None:
    y = np.random.default_rng(1).normal(0, 0.08, 30)
    assert _step(y).log_bayes_factor < 1.7
    y[20:] += np.log(0.5)
    found = _step(y)
    assert found.onset == 20 and found.log_bayes_factor > 10
    assert abs(found.size - np.log(0.5)) < 3 * found.error
    assert _step(-y, direction=1.0).log_bayes_factor == pytest.approx(found.log_bayes_factor)
    assert _step(-y).log_bayes_factor < 0


def test_the_size_of_a_step_is_that_of_generalised_least_squares() -> None:
    """With luck alone and known covariances, as statsmodels' GLS gives it, averaged over the grid."""
    y = np.random.default_rng(2).normal(0, 0.1, 16)
    y[8:] -= 0.6
    found = step_change(
        y, np.full(16, 0.001), np.arange(16), np.zeros(16), spread=0.1, slope=0.0, slope_sd=0.0, onsets=np.array([8])
    )
    sd, share, phi, _ = grid(np.array([0.1]))
    lag = np.abs(np.subtract.outer(np.arange(16), np.arange(16)))
    sizes = []
    for one, s, k in zip(sd[0], share, phi, strict=True):
        cov = s * one**2 * k**lag + np.diag(np.full(16, HEAVIER * (1 - s) * one**2 + 0.001))
        sizes.append(sm.GLS(y, np.c_[np.ones(16), np.arange(16) >= 8], cov).fit().params[1])
    assert min(sizes) - 0.01 <= found.size <= max(sizes) + 0.01
    assert found.size == pytest.approx(-0.6, abs=0.15)
