"""Statistics against the same thing written out plainly: loops, dense matrices, scipy and statsmodels."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import logsumexp
from scipy.stats import beta, betabinom, binom, multivariate_normal, nbinom, norm, poisson
from scipy.stats import t as student
from statsmodels.stats.meta_analysis import combine_effects

from playbook.stats import ar_noise, group_effects, grouped, kalman, max_test, prediction, scan
from playbook.stats.beta_binomial import _LIKELY, _SPREADS, jeffreys, place
from playbook.stats.multiplicity import benjamini_hochberg, tarone_count
from playbook.stats.robust import winsorised
from playbook.stats.sequential import interim_analyses
from playbook.stats.step_change import _covariance

# --- multiplicity, intervals, outliers


def test_one_hit_has_a_lower_end_and_one_miss_an_upper_one() -> None:
    assert jeffreys(1, 10) == pytest.approx(beta(1.5, 9.5).ppf([0.025, 0.975]))
    assert jeffreys(9, 10) == pytest.approx(beta(9.5, 1.5).ppf([0.025, 0.975]))


def test_p_values_at_the_very_limit_count() -> None:
    assert tarone_count([0.025, 0.025, 0.025], 0.05) == 3, "three tests could reject at 0.05 / 2"
    assert tarone_count([], 0.05) == 1 and tarone_count([0.2], 0.05) == 1
    assert benjamini_hochberg([0.05, 0.1], 0.1) == (True, True) and benjamini_hochberg([0.06, 0.11], 0.1) == (
        False,
        False,
    )
    assert benjamini_hochberg([0.0, 1.0], 0.1) == (True, False) and benjamini_hochberg([], 0.1) == ()
    for wrong in ([0.5, 1.5], [-0.1, 0.5]):
        with pytest.raises(ValueError, match="between 0 and 1"):
            benjamini_hochberg(wrong, 0.1)


def test_outliers_on_two_sides_are_two_outliers_and_two_on_one_side_are_a_level() -> None:
    base = [0.0, 1.0, -1.0, 1.0, -1.0, 0.0, 1.0, -1.0]
    y = np.array([[*base[:3], 50.0, -50.0, *base[3:]], [50.0, 50.0, *base], [*base, 50.0, 50.0], [*base, 0.0, 50.0],
                  [50.0, 0.0, *base]])  # fmt: skip
    found = winsorised(y, np.zeros(y.shape), np.ones(y.shape, dtype=bool), np.ones(5))
    # Median 0, median absolute deviation 1; ten values: variance (10 x 1.4826^2 + 4) / 14.
    limit = 3 * math.sqrt((10 * 1.4826**2 + 4) / 14)
    assert found[0, 3:5] == pytest.approx([limit, -limit])
    assert found[1, :2].tolist() == [50.0, 50.0] and found[2, -2:].tolist() == [50.0, 50.0]
    assert found[3, -1] == pytest.approx(limit) and found[4, 0] == pytest.approx(limit)
    unknown = np.ones(y.shape, dtype=bool)
    unknown[1, 0] = False
    assert winsorised(y, np.zeros(y.shape), unknown, np.ones(5))[1, 1] < 50, "the one beside it is not known"


# --- AR(1) noise


def _log_prior_of_grid() -> np.ndarray:
    """(sds, memories, extras, rooms, rooms): log-normal around the room's middle, each normed over its grid."""
    of_sd = np.array(
        [[norm.logpdf(np.log(sd), np.log(0.08) + room, 0.35) for room in ar_noise._ROOMS] for sd in ar_noise._SD]
    )
    of_extra = np.array(
        [[norm.logpdf(np.log(one), np.log(0.022) + room, 0.6) for room in ar_noise._ROOMS] for one in ar_noise._EXTRA]
    )
    of_sd, of_extra = of_sd - logsumexp(of_sd, axis=0), of_extra - logsumexp(of_extra, axis=0)
    memory = -0.5 * ((ar_noise._MEMORY - 0.77) / 0.13) ** 2
    return of_sd[:, None, None, :, None] + memory[None, :, None, None, None] + of_extra[None, None, :, None, :]


def test_a_wobble_is_the_posterior_mean_over_grid_and_rooms() -> None:
    rng = np.random.default_rng(3)
    deviation, noise, step = rng.normal(0, 0.2, 21), 0.03, 2.0
    power = np.abs(np.fft.fft(deviation - deviation.mean())) ** 2 / 21
    likely = np.zeros((len(ar_noise._SD), len(ar_noise._MEMORY), len(ar_noise._EXTRA)))
    for a, sd in enumerate(ar_noise._SD):
        for b, memory in enumerate(ar_noise._MEMORY):
            for c, extra in enumerate(ar_noise._EXTRA):
                for k in range(2, 11):  # the two slowest are left to the level
                    m, w = memory**step, 2 * math.pi * k / 21
                    spectrum = (1 - m**2) / (1 - 2 * m * math.cos(w) + m**2) * (2 + 2 * memory) / 4
                    model = sd**2 * spectrum + extra / step + noise
                    likely[a, b, c] -= math.log(model) + power[k] / model
    found = ar_noise.likelihood(deviation, noise, step)
    assert found == pytest.approx(likely)
    given = _log_prior_of_grid()
    others = logsumexp(likely[..., None, None] + given, axis=(0, 1, 2))
    assert ar_noise.of_rooms(likely) == pytest.approx(others)
    rooms = norm.logpdf(ar_noise._ROOMS, 0, 0.5)[:, None] + norm.logpdf(ar_noise._ROOMS, 0, 0.7)[None, :]
    for seen in ((), (others,), (others, others)):
        room = rooms + sum(seen, np.zeros_like(rooms))
        prior = logsumexp(given + room, axis=(3, 4))
        ours = ar_noise.room_prior(seen)
        assert ours - ours[0, 0, 0] == pytest.approx(prior - prior[0, 0, 0])
        weight = np.exp(likely + prior - logsumexp(likely + prior))
        one = ar_noise.wobble(deviation, noise, step, ours)
        assert one.sd == pytest.approx(np.sqrt((weight.sum(axis=(1, 2)) * ar_noise._SD**2).sum()))
        assert one.memory == pytest.approx((weight.sum(axis=(0, 2)) * ar_noise._MEMORY).sum())
        assert one.extra == pytest.approx((weight.sum(axis=(0, 1)) * ar_noise._EXTRA).sum())
    assert (ar_noise.likelihood(deviation[:7], noise, step) == 0).all() and ar_noise.likelihood(
        deviation[:8], noise, step
    ).any()


# --- the largest of many statistics


def test_a_ratio_is_the_t_statistic_of_least_squares() -> None:
    rng = np.random.default_rng(4)
    n, x = 30, np.column_stack([np.ones(30), rng.normal(size=30)])
    labels, orders = np.eye(3)[rng.integers(0, 3, n)], np.vstack([np.arange(n), rng.permutation(n)])
    q = np.linalg.qr(x)[0]
    y = rng.normal(size=n)
    rest = y - q @ (q.T @ y)
    found = max_test._ratios(rest, q, labels, orders)
    for row, order in enumerate(orders):
        for group in range(3):
            fitted = sm.OLS(rest, np.column_stack([x, labels[order, group]])).fit()
            assert found[row, group] == pytest.approx(fitted.tvalues[2])


def test_rarity_is_the_share_of_orders_whose_largest_is_as_large() -> None:
    found = max_test._rarity(np.array([[1.0, 0.0], [2.0, 5.0], [3.0, 1.0], [0.5, 0.2]]))
    assert found == pytest.approx(np.array([[0.75, 1.0], [0.5, 0.25], [0.5, 0.75], [1.0, 1.0]]))


def test_odd_values_are_drawn_in_before_groups_are_compared() -> None:
    q = np.full((9, 1), 1 / 3)
    y = np.array([0.0, 1.0, -1.0, 1.0, -1.0, 0.0, 1.0, -1.0, 20.0])
    once = y - y.mean()
    limit = 3.5 * 1.4826 * np.median(np.abs(once - np.median(once)))
    once = np.clip(once, -limit, limit)
    twice = once - once.mean()
    limit = 3.5 * 1.4826 * np.median(np.abs(twice - np.median(twice)))
    twice = np.clip(twice, -limit, limit)
    assert max_test._clean(y, q) == pytest.approx(twice - twice.mean())
    assert max_test._clean(np.array([2.0] * 9), q) == pytest.approx(np.zeros(9))
    few = np.array([2.0] * 8 + [5.0])
    assert max_test._clean(few, q) == pytest.approx(few - few.mean()), "most are alike: nothing is odd"


# --- groups


def test_effects_of_groups_are_contrasts_of_weighted_least_squares() -> None:
    rng = np.random.default_rng(5)
    labels = [("a", "b", "c")[each] for each in rng.integers(0, 3, 40)]
    covariates, noise = rng.normal(size=(40, 1)), np.full(40, 0.04)
    y = rng.normal(0, 0.2, 40) + 0.5 * covariates[:, 0]
    names = list(dict.fromkeys(labels))
    dummies = np.array([[float(each == name) for name in names] for each in labels])
    at = (np.arange(40) + 0.5) / 40
    x = np.column_stack([dummies, covariates - covariates.mean(), np.cos(np.pi * at), np.cos(2 * np.pi * at)])
    fitted = sm.OLS(y, x).fit()
    found = group_effects.group_effects(y, labels, covariates, noise)
    assert [each.label for each in found] == names
    counts = dummies.sum(axis=0)
    ps = []
    for row, one in enumerate(found):
        contrast = np.zeros(x.shape[1])
        others = np.arange(3) != row
        contrast[:3][others] = -counts[others] / counts[others].sum()
        contrast[row] = 1
        tested = fitted.t_test(contrast)
        assert (one.effect, one.error) == pytest.approx((float(tested.effect[0]), float(tested.sd[0, 0])))
        assert one.count == counts[row]
        ps.append(float(student.sf(tested.tvalue[0, 0], 40 - 6)))
    assert [each.p_better for each in found] == pytest.approx(group_effects.holm(np.array(ps)))
    assert [each.p_worse for each in found] == pytest.approx(group_effects.holm(1 - np.array(ps)))
    shrunk, spread = group_effects._shrunk(np.array([e.effect for e in found]), np.array([e.error for e in found]))
    reach = student.ppf(0.975, 34) * spread
    assert [each.low for each in found] == pytest.approx(shrunk - reach)
    assert [each.high for each in found] == pytest.approx(shrunk + reach)


def test_effects_are_drawn_in_by_the_spread_that_statsmodels_finds_between_them() -> None:
    effects, errors = np.array([0.5, 0.1, -0.3]), np.array([0.1, 0.2, 0.15])
    between = combine_effects(effects, errors**2, method_re="dl").tau2
    kept = between / (between + errors**2)
    shrunk, spread = group_effects._shrunk(effects, errors)
    assert between > 0 and shrunk == pytest.approx(effects * kept)
    assert spread == pytest.approx(np.sqrt(np.maximum(kept, 0.25)) * errors)


def test_a_drift_is_one_cosine_for_fifteen_values_and_at_least_one() -> None:
    for n, many in ((10, 1), (29, 1), (30, 2), (45, 3)):
        found = group_effects.drift(n)
        assert found.shape == (n, many)
        for k in range(many):
            assert found[:, k] == pytest.approx([math.cos(math.pi * (k + 1) * (i + 0.5) / n) for i in range(n)])


def test_what_all_others_say_of_a_value_makes_it_odd() -> None:
    """Leave one out: each value against its conditional normal given the rest, in the weights of the whole."""
    rng = np.random.default_rng(6)
    y = np.array([0.1, -0.1, 0.05, 3.0, -0.05, 0.0])
    parts = len(kalman.standalone_weights())
    base = rng.normal(size=(6, 6))
    common = np.stack([0.02 * base @ base.T + 0.01 * k * np.eye(6) for k in range(parts)])
    own = np.tile(np.linspace(0.02, 0.05, 6), (parts, 1))
    right, log, away, sure = y - y.mean(), [], [], []
    for part in range(parts):
        cov = common[part] + np.diag(own[part])
        log.append(math.log(kalman.standalone_weights()[part]) + multivariate_normal(np.zeros(6), cov).logpdf(right))
        scores, variances = [], []
        for i in range(6):
            rest = np.arange(6) != i
            toward = np.linalg.solve(cov[np.ix_(rest, rest)], cov[rest, i])
            variance = cov[i, i] - toward @ cov[rest, i]
            scores.append((right[i] - toward @ right[rest]) / math.sqrt(variance))
            variances.append(variance)
        away.append(scores)
        sure.append(variances)
    weight = np.exp(np.array(log) - logsumexp(log))
    expected = np.maximum((np.abs(weight @ np.array(away)) / 2.5) ** 2 - 1, 0) * (weight @ np.array(sure))
    assert expected[3] > 0 and grouped._oddness(y, own, common) == pytest.approx(expected, rel=1e-6)


# --- prediction


def _certain(rate: float) -> kalman.Forecast:
    nothing = np.zeros((1, 1))
    return kalman.Forecast(np.ones((1, 1)), np.full((1, 1), math.log(rate)), nothing, np.full((1, 1), 1e-14), nothing,
                           nothing, nothing, nothing, np.zeros(1))  # fmt: skip


@pytest.mark.parametrize("proportion", [False, True])
@pytest.mark.parametrize("expected", [1.5, 4.0, 12.0, 27.0])
def test_a_range_of_a_few_events_ends_at_mid_probabilities(proportion: bool, expected: float) -> None:
    exposure = 80.0
    one, rate = np.ones(1), expected / exposure
    task = prediction.Task(0 * one, exposure * one, rate * one, 0 * one, np.array([True]), np.array([proportion]))
    law = binom(exposure, rate) if proportion else poisson(expected)
    counts = np.arange(200)
    middle = law.cdf(counts) - law.pmf(counts) / 2
    low = int((middle <= 0.025).sum())
    left = min(max(0.05 - (law.cdf(low - 1) if low else 0.0), 0.0125), 0.05)
    high = max(int((middle < 1 - left).sum()) - 1, low)
    found = prediction.ranges(_certain(rate), task)
    assert found.usual[0] == pytest.approx(rate)
    assert (found.low[0] * exposure, found.high[0] * exposure) == pytest.approx(
        (min(low, expected), max(high, expected)))  # fmt: skip


def test_a_range_of_many_events_is_that_of_normals_moved_by_their_skew() -> None:
    """Level sd .1, session variance .02, 1/400 of counting; less noise^2 / var (z^2 - 1) / 6."""
    one, rate = np.ones(1), 0.5
    part = np.ones((1, 1))
    forecast = kalman.Forecast(part, math.log(rate) * part, 0 * part, 0.01 * part, 0 * part, 0 * part, 0.02 * part,
                               0 * part, np.zeros(1))  # fmt: skip
    task = prediction.Task(0 * one, 800 * one, rate * one, one, np.array([True]), np.array([False]))
    noise = 1 / 400
    total = 0.03 + noise
    skew = -(noise**2) / total * (1.96**2 - 1) / 6
    found = prediction.ranges(forecast, task)
    for end, side in ((found.low, -1), (found.high, 1)):
        assert math.log(end[0] / rate) == pytest.approx(side * norm.ppf(0.975) * math.sqrt(total) + skew, abs=1e-6)


def test_a_value_of_many_events_is_weighed_by_normal_densities_and_beyond_the_deepest_cut_as_that() -> None:
    one, part = np.ones(1), np.ones((1, 2)) / 2
    level = np.array([[0.0, 0.2]])
    forecast = kalman.Forecast(part, level, 0 * part, 0.01 + 0 * part, 0 * part, 0 * part, 0.02 + 0 * part, 0 * part,
                               np.zeros(2))  # fmt: skip
    task = prediction.Task(0 * one, 800 * one, one, one, np.array([True]), np.array([False]))
    noise = 1 / (800 * 1.0)

    def weighed(y: float) -> float:
        def density(moved: float) -> float:
            sd = math.sqrt(0.03 + noise)
            return float(np.mean([norm.pdf(y, each + moved, sd) for each in level[0]]))

        return math.log(np.mean([density(cut) for cut in prediction.CUTS]) / density(0.0))

    for seen in (-0.4, 0.1, -1.0):
        found = prediction.log_bayes_factor(forecast, task, one, seen * one, -one)
        assert found[0] == pytest.approx(weighed(seen))
    deepest = 0.1 + float(prediction.CUTS.min())
    assert prediction.log_bayes_factor(forecast, task, one, -9 * one, -one)[0] == pytest.approx(weighed(deepest))


def test_weights_of_the_grid_are_shared_by_the_series_that_vote() -> None:
    """How calm the shop is, by Bayes' rule over its small grid, from all voting series but the one weighed."""
    rng = np.random.default_rng(7)
    steps = np.repeat(kalman._STEPS, 3)
    memory = np.tile([each[2] for each in kalman.MEMORIES], len(kalman._STEPS))
    fit = rng.normal(size=(4, len(steps)))
    group, votes = np.array([0, 0, 0, 1]), np.array([True, True, False, True])
    found = kalman._weights(fit, memory, group, votes)
    shop = kalman._SHOP_STEPS
    given = memory * norm.pdf(steps, shop[:, None], kalman.OWN_LOG_SD)
    given /= given.sum(axis=1, keepdims=True)
    for row in range(4):
        others = [each for each in range(4) if votes[each] and group[each] == group[row] and each != row]
        belief = norm.pdf(shop, 0, kalman.SHOP_LOG_SD)
        for each in others if votes[row] else []:
            belief = belief * (given @ np.exp(fit[each]))
        weight = np.exp(fit[row]) * (belief @ given)
        assert found[row] == pytest.approx(weight / weight.sum())


# --- the scan


def test_a_slow_course_rests_on_knots_half_its_reach_apart() -> None:
    bins, reach = 30, 8.0
    knots = np.linspace(-4.0, 34.0, math.ceil(2 * bins / reach) + 4)

    def close(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.exp(-0.5 * ((a[:, None] - b[None, :]) / reach) ** 2)

    at = np.arange(bins, dtype=float)
    dense = close(at, knots) @ np.linalg.solve(close(knots, knots) + 1e-5 * np.eye(len(knots)), close(knots, at))
    root = scan.slow_course(bins, reach)
    assert root.shape == (bins, len(knots)) and root @ root.T == pytest.approx(dense, abs=1e-6)


@pytest.mark.parametrize("spare", [0.06, 0.00015])
def test_the_evidence_of_a_window_is_that_of_negative_binomial_counts(spare: float) -> None:
    """Mean over losses of gamma-mixed Poisson chances against that of none, at the window's effective count."""
    loss, expected = np.array([0.4]), np.array([50.0])
    variance = np.array([1 / 50 + spare])
    count, shape = 30.0, 1 / spare

    def chance(mean: float) -> float:
        return float(nbinom.pmf(count, shape, shape / (shape + mean)))

    for minutes, losses in ((10.0, scan._SHORT), (10.5, scan._LONG)):
        wanted = math.log(np.mean([chance(50 * (1 - each)) for each in losses]) / chance(50))
        assert scan.evidence_of(loss, variance, expected, np.array([minutes]))[0] == pytest.approx(wanted, rel=1e-5)


def test_windows_end_with_the_series_and_are_none_over_half_of_it() -> None:
    begin, end = scan.windows(12, 1.0, 2)
    assert sorted(set((end - begin).tolist())) == [3, 4, 5], "half of the ten bins from the second on"
    for size in (3, 4, 5):
        assert begin[end - begin == size].tolist() == list(range(2, 12 - size + 1))
    assert (end == 12).sum() == 3
    coarse, last = scan.windows(40, 5.0, 0)
    assert sorted(set((last - coarse).tolist())) == [1, 2, 3, 4, 5, 6, 7, 8, 9], "5 to 45 minutes"
    assert len(scan.windows(5, 1.0, 0)[0]) == 0 and len(scan.windows(6, 1.0, 0)[0]) == 4


def test_ends_are_settled_within_a_sixth_of_the_length() -> None:
    begin, end = scan.around(10, 22, 9, 23)
    assert set(begin.tolist()) == {9, 10, 11, 12} and set(end.tolist()) == {20, 21, 22, 23}
    assert len(begin) == 16 and (end - begin >= 6).all()
    begin, end = scan.around(4, 6, 0, 30)
    assert set(zip(begin.tolist(), end.tolist(), strict=True)) == {
        (3, 5), (3, 6), (3, 7), (4, 5), (4, 6), (4, 7), (5, 6), (5, 7)}  # fmt: skip


def test_a_fit_is_generalised_least_squares_of_level_and_losses() -> None:
    rng = np.random.default_rng(8)
    bins, begin, end = 20, 12, 16
    noise, course = np.linspace(0.01, 0.03, bins), 0.2 * scan.slow_course(bins, 6.0)
    inverse = scan.inverse_covariance(noise, ar_noise.Wobble(0.05, 0.8, 0.01), course, 1.0)
    deviation, expected = rng.normal(0, 0.1, bins), np.linspace(20.0, 40.0, bins)
    deviation[begin:end] -= 0.5
    for found in ([], [(3, 6)]):
        fitted = scan.fit(deviation, expected, inverse, course, found)
        x = np.column_stack([np.ones(bins)] + [(np.arange(bins) >= a) & (np.arange(bins) < b) for a, b in found])
        plain = np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ deviation)
        assert fitted.level == pytest.approx(1 + plain[0], abs=1e-6)
        rest = inverse @ (deviation - x @ plain)
        assert fitted.course == pytest.approx(course @ (course.T @ rest), abs=1e-5)
        window = np.column_stack([x, (np.arange(bins) >= begin) & (np.arange(bins) < end)]).astype(float)
        with_it = np.linalg.solve(window.T @ inverse @ window, window.T @ inverse @ deviation)
        error = np.linalg.inv(window.T @ inverse @ window)[-1, -1]
        one = scan.scan(fitted, np.array([begin]), np.array([end]), 1.0)
        level = 1 + with_it[0]
        assert one.loss[0] == pytest.approx(-with_it[-1] / level, rel=1e-5)
        assert one.variance[0] == pytest.approx(error / level**2, rel=1e-5)
        assert one.expected[0] == pytest.approx(expected[begin:end].sum() * level, rel=1e-5)
        assert one.evidence[0] == scan.evidence_of(one.loss, one.variance, one.expected, np.array([4.0]))[0]
        assert one.rise[0] == -np.inf
    burst = np.where((np.arange(bins) >= begin) & (np.arange(bins) < end), 1.5, 0.0)
    up = scan.scan(scan.fit(burst, expected, inverse, course, []), np.array([begin]), np.array([end]), 1.0)
    assert up.loss[0] < -0.2 and up.rise[0] == scan._factor(up.loss, up.variance, up.expected, scan._RISES)[0] > 0


# --- plans, populations, steps, shuffles


def test_the_first_look_at_a_plan_is_after_half_of_it_rounded_up() -> None:
    assert [interim_analyses(lives)[0].lives for lives in (1, 2, 3, 4, 5, 9)] == [1, 1, 2, 2, 3, 5]
    assert [each.lives for each in interim_analyses(5)] == [3, 5, 10, 20] and len(interim_analyses(1)) == 3


def test_a_population_of_rates_is_averaged_over_how_far_they_differ() -> None:
    """Each spread by its prior, the beta-binomial chances of the others at its own mean, and what the mean takes."""
    k, n = np.array([12.0, 9.0, 20.0, 3.0]), np.array([100.0, 120.0, 150.0, 60.0])
    pooled, log, means, wides = k.sum() / n.sum(), [], [], []
    for spread, prior in zip(_SPREADS, _LIKELY, strict=True):
        rho = min(spread**2 * pooled / (1 - pooled), 0.5)
        inside = n / (1 + (n - 1) * rho)
        mean = inside @ (k / n) / inside.sum()
        a, b = mean * (1 / rho - 1), (1 - mean) * (1 / rho - 1)
        log.append(math.log(prior) + betabinom.logpmf(k, n, a, b).sum() - 0.5 * math.log(inside.sum()))
        means.append(mean)
        wides.append(rho + 1 / inside.sum())
    weight = np.exp(np.array(log) - logsumexp(log))
    means, wides = np.array(means), np.array(wides)
    a, b = means * (1 / wides - 1), (1 - means) * (1 / wides - 1)
    own = weight * betabinom.pmf(2, 90, a, b)
    found = place(2.0, 90.0, k, n)
    assert found is not None and found.others == pytest.approx(weight @ means)
    assert found.shrunk == pytest.approx(own @ beta.mean(2 + a, 88 + b) / own.sum())


def test_values_of_a_step_share_level_slope_and_wandering() -> None:
    at, x, noise = np.array([0, 1, 4]), np.array([0.2, -0.1, 0.3]), np.array([0.01, 0.02, 0.03])
    sd, share, phi, _ = kalman.grid(np.array([0.3]))
    found = _covariance(noise, at, x, 0.3, 0.5)
    lag = np.abs(np.subtract.outer(at, at))
    for part in range(len(share)):
        variance = sd[0, part] ** 2
        dense = kalman.VAGUE + 0.25 * np.outer(x, x) + share[part] * variance * phi[part] ** lag
        dense = dense + np.diag(kalman.HEAVIER * (1 - share[part]) * variance + noise)
        assert found[part] == pytest.approx(dense)


def test_what_stands_out_is_as_rare_as_the_rarest_of_shuffled_labels() -> None:
    rng = np.random.default_rng(10)
    labels = [(np.eye(3)[rng.integers(0, 3, 24)], 0.8), (np.eye(2)[rng.integers(0, 2, 24)], 0.2)]
    looks = [(rng.normal(size=24), np.ones((24, 1)), part) for part in (0.6, 0.4)]
    looks[0][0][:] += labels[0][0][:, 1]
    found = max_test.above_by_luck(looks, labels, shuffles=39, seed=7)
    again = np.random.default_rng(7)
    orders = [np.arange(24), *(again.permutation(24) for _ in range(39))]
    rare = {}
    for a, (groups, share) in enumerate(labels):
        for b, (y, x, part) in enumerate(looks):
            rest = max_test._clean(y, np.linalg.qr(x)[0])
            many = range(groups.shape[1])
            fits = [[sm.OLS(rest, np.column_stack([x, groups[order, g]])).fit() for g in many] for order in orders]
            tops = np.array([[float(each.tvalues[1]) for each in row] for row in fits])
            largest = tops.max(axis=1)
            rare[a, b] = np.array([[(largest >= each - 1e-9).mean() for each in row] for row in tops]) / (part * share)
    least = np.min([each.min(axis=1) for each in rare.values()], axis=0)
    for a, b in rare:
        wanted = [(least <= each * (1 + 1e-6)).mean() for each in rare[a, b][0]]
        assert found[a][b] == pytest.approx(np.array(wanted))
