"""Statistics against answers worked out by hand or by another library."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import beta, multivariate_normal

from playbook.stats.ar_noise import _MEMORY, _shapes, mean_square, room_prior
from playbook.stats.beta_binomial import jeffreys
from playbook.stats.kalman import HEAVIER, VAGUE, Series, forecast, grid, standalone_weights
from playbook.stats.prediction import CUTS, log_mean_exp, noise_of
from playbook.stats.robust import median, winsorised
from playbook.stats.step_change import _covariance, step_change


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


def test_a_steps_bayes_factor_is_the_mean_likelihood_over_grid_and_sizes() -> None:
    """Against densities of scipy, which share no line with it: a slip of a sign in either half shows."""
    rng = np.random.default_rng(11)
    y, noise, x = rng.normal(0, 0.25, 9), rng.uniform(0.004, 0.02, 9), rng.normal(0, 0.3, 9)
    y[6:] -= 0.5
    at, spread, slope, slope_sd = np.arange(9), 0.2, 0.4, 0.15
    found = step_change(
        y, noise, at, x, spread=spread, slope=slope, slope_sd=slope_sd, onsets=np.array([4, 6]), direction=-1
    )
    rest = y - y.mean() - slope * x
    weights = standalone_weights()
    cov = _covariance(noise, at, x, spread, slope_sd)

    def likelihood(shift: np.ndarray) -> float:
        density = [multivariate_normal(np.zeros(9), one).logpdf(rest - shift) for one in cov]
        return float(np.exp(np.array(density)) @ weights)

    each = {onset: np.mean([likelihood(np.where(np.arange(9) >= onset, cut, 0.0)) for cut in CUTS]) for onset in (4, 6)}
    assert found.onset == max(each, key=lambda onset: each[onset])
    assert found.log_bayes_factor == pytest.approx(np.log(np.mean(list(each.values())) / likelihood(np.zeros(9))), 1e-6)


def test_counting_noise_widens_what_an_outlier_is_drawn_in_to() -> None:
    y = np.array([[0.0, 0.0, 0.0, 0.0, 10.0]])
    found = winsorised(y, np.full(y.shape, 0.04), np.ones(y.shape, dtype=bool), np.array([0.1]))
    # No spread between the values: the prior counts as four of nine, 4 x (0.01 + 0.04) / 9, and each has its own noise.
    assert found[0, 4] == pytest.approx(3 * np.sqrt(4 * 0.05 / 9 + 0.04))


def test_the_variance_of_a_mean_of_neighbours() -> None:
    """Of two values with correlation 0.5: (1 + 1 + 2 x 0.5) / 4; of four that share nothing a quarter."""
    assert mean_square(0.5, 2) == pytest.approx(0.75)
    assert mean_square(0.0, 4) == pytest.approx(0.25)
    assert mean_square(0.9, 1) == 1.0
    assert mean_square(0.5, 3) == pytest.approx((3 + 2 * (2 * 0.5 + 1 * 0.25)) / 9)


def test_the_spectrum_of_a_wobble_is_that_of_an_ar_1_of_variance_one() -> None:
    """(1 - m^2) / (1 - 2 m cos w + m^2), which averages to 1 over all frequencies."""
    made, prior = _shapes(16, 1.0), room_prior(())
    frequency = 2 * np.pi * np.arange(2, 9) / 16
    memory = _MEMORY[0]
    expected = (1 - memory**2) / (1 - 2 * memory * np.cos(frequency) + memory**2)
    assert made[0] == pytest.approx(expected)
    assert np.unravel_index(prior.argmax(), prior.shape) == (2, 1, 2), "nearest to what rooms show"


def test_jeffreys_interval() -> None:
    assert jeffreys(5, 10) == pytest.approx(beta(5.5, 5.5).ppf([0.025, 0.975]))
    assert jeffreys(0, 12) == pytest.approx((0.0, beta(0.5, 12.5).ppf(0.975)))
    assert jeffreys(12, 12) == pytest.approx((beta(12.5, 0.5).ppf(0.025), 1.0))
