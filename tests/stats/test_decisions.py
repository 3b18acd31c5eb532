"""Discoveries, shrinkage, exact tests and interim analyses against answers worked out otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from playbook.stats.exact import no_hit_mid_p
from playbook.stats.multiplicity import benjamini_hochberg
from playbook.stats.spike_and_slab import Prior, posterior
from scipy.stats import hypergeom, norm
from statsmodels.stats.multitest import multipletests

from playbook.stats.beta_binomial import jeffreys, place
from playbook.stats.sequential import looks, needed_error, overall_p_value, visible


def test_benjamini_and_hochberg_as_statsmodels_has_it() -> None:
    rng = np.random.default_rng(1)
    for _ in range(30):
        p = np.r_[rng.random(8), rng.random(4) / 100]
        assert list(benjamini_hochberg(list(p), 0.1)) == multipletests(p, 0.1, method="fdr_bh")[0].tolist()
    assert benjamini_hochberg([], 0.1) == () and benjamini_hochberg([0.2, 0.9], 0.1) == (False, False)
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([1.2], 0.1)


def test_without_a_spike_it_is_the_normal_posterior() -> None:
    found = posterior(0.4, 0.2, Prior(0.0, 0.0, 0.2))
    assert (found.null, found.mean, found.slab_sd) == (0, pytest.approx(0.2), pytest.approx(0.2 / 2**0.5))
    low, high = found.shortest_interval()
    assert (low, high) == (pytest.approx(0.2 - 0.2772, abs=0.002), pytest.approx(0.2 + 0.2772, abs=0.002))


def test_the_chance_of_nought_by_bayes() -> None:
    some, none = norm.pdf(0.3, 0.1, (0.1**2 + 0.2**2) ** 0.5), norm.pdf(0.3, 0, 0.1)
    assert posterior(0.3, 0.1, Prior(0.5, 0.1, 0.2)).null == pytest.approx(none / (none + some))
    assert posterior(90.0, 0.1, Prior(0.5, 0.1, 0.2)).null == pytest.approx(0, abs=1e-9)
    with pytest.raises(ValueError, match="above 0"):
        posterior(0.1, 0.0, Prior(0.5, 0.1, 0.2))


def test_quantiles_have_a_step_at_nought() -> None:
    found = posterior(0.1, 0.1, Prior(0.5, 0.1, 0.1))
    slab_below = (1 - found.null) * norm.cdf(0, found.slab_mean, found.slab_sd)
    assert found.quantile(slab_below + found.null / 2) == 0
    assert found.quantile(slab_below / 2) < 0 < found.quantile(slab_below + found.null + 0.1)


def test_ranges_hold_the_effect_among_those_picked_for_their_size() -> None:
    rng, prior = np.random.default_rng(2), Prior(0.5, 0.15, 0.15)
    truth = np.where(rng.random(6000) < 0.5, 0.0, rng.normal(0.15, 0.15, 6000))
    seen = truth + rng.normal(0, 0.12, 6000)
    picked = [at for at in range(6000) if seen[at] > 2 * 0.12]
    spans = [posterior(seen[at], 0.12, prior).shortest_interval() for at in picked]
    assert 0.93 <= np.mean([low <= truth[at] <= high for at, (low, high) in zip(picked, spans, strict=True)]) <= 0.97
    shrunk = np.mean([posterior(seen[at], 0.12, prior).mean - truth[at] for at in picked])
    assert abs(shrunk) < 0.02 < np.mean(seen[picked] - truth[picked])


def test_no_hit_is_half_the_hypergeometric_probability() -> None:
    assert no_hit_mid_p(200, 90, 3000) == pytest.approx(hypergeom.pmf(0, 3200, 90, 200) / 2)
    assert no_hit_mid_p(1, 0, 10) == 0.5
    with pytest.raises(ValueError, match="not counts"):
        no_hit_mid_p(0, 1, 10)


def test_a_rate_among_others() -> None:
    others, base = np.array([30.0, 33.0, 29.0]), np.array([1000.0, 1100.0, 900.0])
    found = place(0, 263, others, base)
    assert found is not None and found.mean == pytest.approx(0.031, abs=0.001)
    assert found.no_hit == pytest.approx(hypergeom.pmf(0, 3263, 92, 263) / 2)
    assert (found.verdict(4), found.verdict(4, exact=True)) == ("usual", "below")
    ordinary = place(8, 263, others, base)
    assert ordinary is not None and ordinary.no_hit is None and ordinary.verdict(4, exact=True) == "usual"
    assert place(3, 10, others[:1], base[:1]) is None


def test_jeffreys_interval_is_the_quantile_of_a_beta() -> None:
    """Brown, Cai and DasGupta (2001): Beta(x + 1/2, n - x + 1/2), closed at the ends."""
    assert jeffreys(0, 10) == (0.0, pytest.approx(0.2172, abs=1e-4))
    assert jeffreys(10, 10)[1] == 1.0


def test_looks_spend_what_they_may() -> None:
    """Two looks at half and at all: by simulation of the Brownian motion that both see."""
    first, last, *_ = looks(8)
    rng = np.random.default_rng(4)
    half = rng.normal(0, 0.5**0.5, 400_000)
    whole = half + rng.normal(0, 0.5**0.5, 400_000)
    wrong = (half / 0.5**0.5 > norm.ppf(1 - first.limit)) | (whole > norm.ppf(1 - last.limit))
    assert wrong.mean() == pytest.approx(0.03, abs=0.001)


def test_power_and_the_visible_effect_are_each_others_inverse() -> None:
    assert visible(needed_error(0.3)) == pytest.approx(0.3)
    limit = looks(2)[1].limit
    assert needed_error(0.3) == pytest.approx(0.3 / (norm.ppf(1 - limit) + norm.ppf(0.8)))


def test_an_overall_p_value_counts_the_earlier_looks() -> None:
    first, second, third, _ = looks(4)
    assert overall_p_value(4, 1, 0.02) == 0.02
    assert overall_p_value(4, 3, 0.004) == pytest.approx(0.004 + first.limit + second.limit)
    assert overall_p_value(4, 3, 1.0) == 1.0 and third.lives == 8
