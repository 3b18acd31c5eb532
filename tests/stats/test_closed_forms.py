"""Statistics against closed forms, dense matrices and the distributions of scipy and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta, betabinom, binom, multivariate_normal, norm, poisson

from playbook.stats.ar_noise import Wobble, mean_square
from playbook.stats.beta_binomial import place
from playbook.stats.group_effects import holm
from playbook.stats.grouped import Grouping, next_value
from playbook.stats.kalman import HEAVIER, TAIL_INFLATION, VAGUE, Forecast, grid, standalone_weights
from playbook.stats.prediction import CUTS, Task, log_bayes_factor
from playbook.stats.scan import inverse_covariance, slow_course
from playbook.stats.spike_and_slab import Prior, posterior


def test_a_rate_among_a_known_population_is_the_beta_posterior() -> None:
    """Of two populations, each weighed by how likely the hits are under it."""
    hits, base = 4.0, 100.0
    mean, spread, weight = np.array([0.1, 0.08]), np.array([0.02, 0.05]), np.array([0.7, 0.3])
    others = np.array([10.0, 9.0]), np.array([100.0, 100.0])
    found = place(hits, base, *others, population=(mean, spread, weight))
    a, b = mean * (1 / spread - 1), (1 - mean) * (1 / spread - 1)
    own = weight * betabinom.pmf(hits, base, a, b)
    own /= own.sum()
    after = beta(hits + a, base - hits + b)
    assert found is not None
    assert found.others == pytest.approx(0.7 * 0.1 + 0.3 * 0.08)
    assert found.shrunk == pytest.approx(own @ after.mean())
    assert found.under == pytest.approx(1 - own @ after.cdf(0.8 * mean))
    assert found.over == pytest.approx(own @ after.cdf(mean / 0.8))


def _covariances(at: np.ndarray, spread: float) -> tuple[np.ndarray, np.ndarray]:
    """What values at `at` have in common, by part of the grid, without the vague level; and each one's own variance."""
    sd, share, phi, _ = grid(np.array([spread]))
    lag = np.abs(np.subtract.outer(at, at))
    common = np.stack([s * v**2 * k**lag for v, s, k in zip(sd[0], share, phi, strict=True)])
    return common, (1 - share) * sd[0] ** 2


def test_the_next_value_of_groups_is_a_mixture_of_conditional_normals() -> None:
    at, n = np.array([0, 1, 2, 3, 5, 6, 8]), 6
    y, noise = np.array([1.0, 1.1, 0.9, 1.2, 1.15, 0.95]), np.linspace(0.01, 0.03, 6)
    covariate = np.array([[0.1, -0.2, 0.3, 0.0, 0.2, -0.1, 0.4]])
    who = np.array([0, 1, 0, 1, 1, 0, 1])
    alike = (who[:, None] == who).astype(float)
    found = next_value(y, noise, at, covariate, [0.5], (Grouping(alike, (0.0, 0.3), (0.4, 0.6)),), 0.2)
    common, own = _covariances(at, 0.2)
    log, mean, var = [], [], []
    for sd, prior in ((0.0, 0.4), (0.3, 0.6)):
        for weight, cov, luck in zip(standalone_weights(), common, own, strict=True):
            whole = cov + VAGUE + 0.25 * np.outer(covariate[0], covariate[0]) + sd**2 * alike
            seen = whole[:n, :n] + np.diag(HEAVIER * luck + noise)
            toward = np.linalg.inv(seen) @ whole[:n, n]
            log.append(np.log(weight * prior) + multivariate_normal(np.zeros(n), seen).logpdf(y - y.mean()))
            mean.append(y.mean() + toward @ (y - y.mean()))
            var.append(whole[n, n] - toward @ whole[:n, n])
    weights = np.exp(np.array(log) - max(log))
    assert found.weight[0] == pytest.approx(weights / weights.sum())
    assert found.level[0] == pytest.approx(mean)
    assert found.level_var[0] == pytest.approx(var, rel=1e-6)
    assert found.session_variance[0] == pytest.approx(np.tile(own * TAIL_INFLATION, 2))


def test_a_spike_and_slab_of_one_normal_estimate() -> None:
    """By Bayes' rule: N(m; 0, s^2) against N(m; mean, s^2 + sd^2), and the normal posterior of the slab."""
    one = np.ones(1)
    found = posterior(one, 0.3 * one, 0.1 * one, Prior(0.6, 0.05, 0.2))
    spike, slab = 0.6 * norm.pdf(0.3, 0, 0.1), 0.4 * norm.pdf(0.3, 0.05, np.hypot(0.1, 0.2))
    assert found.null == pytest.approx(spike / (spike + slab))
    assert found.means == pytest.approx([(0.3 / 0.01 + 0.05 / 0.04) / (100 + 25)])
    assert found.sds == pytest.approx([1 / np.sqrt(125)])
    assert found.mean == pytest.approx((1 - found.null) * found.means[0])


def test_a_spike_and_slab_stands_an_effect_that_is_far_out() -> None:
    one = np.ones(1)
    assert posterior(one, 60 * one, one, Prior(0.5, 0.0, 10.0)).null == 0
    assert posterior(one, 60 * one, one, Prior(0.5, 0.0, 10.0)).mean == pytest.approx(60 * 100 / 101)


def test_holm_never_goes_above_one() -> None:
    assert holm(np.array([0.6, 0.7, 0.9])).tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("step", [1.0, 2.0])
def test_the_inverse_of_a_scan_is_that_of_the_dense_covariance(step: float) -> None:
    bins, wobble = 24, Wobble(0.1, 0.8, 0.02)
    noise, course = np.linspace(0.01, 0.05, bins), 0.3 * slow_course(bins, 6.0)
    lag = np.abs(np.subtract.outer(np.arange(bins), np.arange(bins)))
    dense = 0.1**2 * mean_square(0.8, step) * 0.8 ** (step * lag) + course @ course.T
    dense += np.diag(noise + 0.02 / step + 1e-6)
    assert inverse_covariance(noise, wobble, course, step) == pytest.approx(np.linalg.inv(dense), abs=1e-6)


@pytest.mark.parametrize("proportion", [False, True])
@pytest.mark.parametrize("worse", [-1.0, 1.0])
def test_a_few_events_are_weighed_by_their_very_distribution(proportion: bool, worse: float) -> None:
    """With the usual known for certain: the mean over cuts of Poisson, or binomial, chances against that of no cut."""
    rate, exposure, count = 0.04, 200.0, 5.0
    exact = np.full((1, 1), 1e-14)
    nothing = np.zeros((1, 1))
    usual = Forecast(np.ones((1, 1)), np.full((1, 1), np.log(rate)), nothing, exact, nothing, nothing, nothing, nothing,
                     np.zeros(1))  # fmt: skip
    one = np.ones(1)
    task = Task(0 * one, exposure * one, rate * one, one, np.array([True]), np.array([proportion]))
    rates = rate * np.exp(-worse * CUTS)
    chances = binom.pmf(count, exposure, rates) if proportion else poisson.pmf(count, exposure * rates)
    plain = binom.pmf(count, exposure, rate) if proportion else poisson.pmf(count, exposure * rate)
    found = log_bayes_factor(usual, task, count * one, np.log(count / exposure) * one, worse * one)
    assert found[0] == pytest.approx(np.log(chances.mean() / plain), abs=1e-4)
