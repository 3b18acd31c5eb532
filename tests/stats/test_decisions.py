"""Discoveries, shrinkage and interim analyses against answers worked out otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import hypergeom, nchypergeom_fisher, norm
from statsmodels.stats.multitest import multipletests

from playbook.stats.exact import lower_mid_p
from playbook.stats.multiplicity import benjamini_hochberg, tarone_count
from playbook.stats.sequential import PLANNED_ALPHA, interim_analyses, overall_p_value
from playbook.stats.spike_and_slab import Posterior, Prior, posterior


def one(mean: float, sd: float, prior: Prior) -> Posterior:
    return posterior(np.array([1.0]), np.array([mean]), np.array([sd]), prior)


def test_benjamini_and_hochberg_as_statsmodels_has_it() -> None:
    rng = np.random.default_rng(1)
    for _ in range(30):
        p = np.r_[rng.random(8), rng.random(4) / 100]
        assert list(benjamini_hochberg(list(p), 0.1)) == multipletests(p, 0.1, method="fdr_bh")[0].tolist()
    assert benjamini_hochberg([], 0.1) == () and benjamini_hochberg([0.2, 0.9], 0.1) == (False, False)
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([1.2], 0.1)


def test_without_a_spike_it_is_the_normal_posterior() -> None:
    found = one(0.4, 0.2, Prior(0.0, 0.0, 0.2))
    assert (found.null, found.mean, found.sds[0]) == (0, pytest.approx(0.2), pytest.approx(0.2 / 2**0.5))
    low, high = found.shortest_interval()
    assert (low, high) == (pytest.approx(0.2 - 0.2772, abs=0.005), pytest.approx(0.2 + 0.2772, abs=0.005))
    assert high - low == pytest.approx(2 * 0.2772, abs=0.001)


def test_the_chance_of_zero_by_bayes() -> None:
    some, none = norm.pdf(0.3, 0.1, (0.1**2 + 0.2**2) ** 0.5), norm.pdf(0.3, 0, 0.1)
    assert one(0.3, 0.1, Prior(0.5, 0.1, 0.2)).null == pytest.approx(none / (none + some))
    assert one(90.0, 0.1, Prior(0.5, 0.1, 0.2)).null == pytest.approx(0, abs=1e-9)
    with pytest.raises(ValueError, match="above 0"):
        one(0.1, 0.0, Prior(0.5, 0.1, 0.2))


def test_a_likelihood_of_two_parts_is_weighed_by_numerical_integration() -> None:
    weight, mean, sd, prior = np.array([0.7, 0.3]), np.array([0.1, 0.3]), np.array([0.1, 0.2]), Prior(0.4, 0.1, 0.15)
    grid = np.linspace(-2, 2, 40_001)
    like = (weight[:, None] * norm.pdf(grid, mean[:, None], sd[:, None])).sum(axis=0)
    slab = (1 - prior.null) * like * norm.pdf(grid, prior.mean, prior.sd)
    spike = prior.null * float(weight @ norm.pdf(0, mean, sd))
    total = spike + np.trapezoid(slab, grid)
    found = posterior(weight, mean, sd, prior)
    assert found.null == pytest.approx(spike / total, abs=1e-6)
    assert found.mean == pytest.approx(np.trapezoid(slab * grid, grid) / total, abs=1e-6)


def test_a_range_ends_at_zero_where_nothing_is_likely() -> None:
    found = one(0.25, 0.1, Prior(0.5, 0.3, 0.1))
    assert found.null > 0.05
    low, high = found.shortest_interval()
    beyond = (1 - found.null) * (1 - norm.cdf(high, found.means[0], found.sds[0]))
    assert low == 0 and beyond == pytest.approx(0.05, abs=0.002)
    assert one(0.25, 0.01, Prior(0.5, 0.3, 0.1)).shortest_interval()[0] > 0.2


def test_ranges_hold_the_effect_among_those_picked_for_their_size() -> None:
    rng, prior = np.random.default_rng(2), Prior(0.5, 0.15, 0.15)
    truth = np.where(rng.random(4000) < 0.5, 0.0, rng.normal(0.15, 0.15, 4000))
    seen = truth + rng.normal(0, 0.12, 4000)
    picked = np.flatnonzero(seen > 2 * 0.12)
    every = [one(seen[at], 0.12, prior) for at in picked]
    spans = np.array([each.shortest_interval() for each in every])
    held = (spans[:, 0] <= truth[picked]) & (truth[picked] <= spans[:, 1])
    assert 0.93 <= held.mean() <= 0.97
    shrunk = np.mean([each.mean for each in every] - truth[picked])
    assert abs(shrunk) < 0.02 < np.mean(seen[picked] - truth[picked])


def test_looks_spend_what_they_may() -> None:
    """Two looks at half and at all: by simulation of the Brownian motion that both see."""
    first, last, *_ = interim_analyses(8)
    rng = np.random.default_rng(4)
    half = rng.normal(0, 0.5**0.5, 400_000)
    whole = half + rng.normal(0, 0.5**0.5, 400_000)
    wrong = (half / 0.5**0.5 > norm.ppf(1 - first.limit)) | (whole > norm.ppf(1 - last.limit))
    assert wrong.mean() == pytest.approx(PLANNED_ALPHA, abs=0.001)


def test_an_overall_p_value_counts_the_earlier_looks() -> None:
    first, second, third, _ = interim_analyses(4)
    assert overall_p_value(4, 1, 0.02) == 0.02
    assert overall_p_value(4, 3, 0.004) == pytest.approx(0.004 + first.limit + second.limit)
    assert overall_p_value(4, 3, 1.0) == 1.0 and third.lives == 8


def test_exact_tails_are_those_of_the_hypergeometric_distributions() -> None:
    assert lower_mid_p(0, 200, 90, 3000) == pytest.approx(hypergeom.pmf(0, 3200, 90, 200) / 2)
    plain = hypergeom.cdf(2, 3200, 92, 200) - hypergeom.pmf(2, 3200, 92, 200) / 2
    assert lower_mid_p(2, 200, 90, 3000) == pytest.approx(plain)
    with_odds = nchypergeom_fisher(3200, 92, 200, 0.8)
    assert lower_mid_p(2, 200, 90, 3000, 0.8) == pytest.approx(with_odds.cdf(2) - with_odds.pmf(2) / 2)
    assert lower_mid_p(0, 1, 0, 10) == 0.5
    for wrong in ((0, 0, 1, 10), (3, 2, 1, 10), (0, 5, 11, 10), (-1, 5, 1, 10)):
        with pytest.raises(ValueError, match="not counts"):
            lower_mid_p(*wrong)


def test_tests_that_could_never_reject_do_not_count() -> None:
    """Tarone (1990): with k = 2 two tests have a smallest p-value of at most 0.025."""
    assert tarone_count([0.001, 0.001, 0.4, 0.5], 0.05) == 2
    assert tarone_count([0.001] * 9, 0.05) == 9 and tarone_count([], 0.05) == 1
    assert tarone_count([0.9, 0.9], 0.05) == 1
