"""The forecast against plain algebra, the ranges against draws."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.stats.kalman import TAIL_INFLATION, VAGUE, Series, forecast, grid
from playbook.stats.prediction import Task, log_bayes_factor, ranges
from playbook.stats.robust import median, winsorised


def series(rng: np.random.Generator, rows: int = 3, columns: int = 12) -> Series:
    return Series(
        y=rng.normal(-2, 0.2, (rows, columns)),
        noise=rng.uniform(0.001, 0.05, (rows, columns)),
        x=rng.normal(0, 0.4, (rows, columns)),
        known=rng.random((rows, columns)) < 0.8,
        variance_inflation=np.where(rng.random((rows, columns)) < 0.3, 1.35, 1.0),
        spread=np.array([0.1, 0.2, 0.4])[:rows],
        slope=np.array([-0.2, 0.0, -0.2])[:rows],
        slope_sd=np.array([0.2, 0.0, 0.1])[:rows],
        group=np.array([0, 0, 1])[:rows],
        votes=np.array([True, True, False])[:rows],
    )


def test_the_filter_equals_conditioning_a_joint_normal() -> None:
    given = series(np.random.default_rng(1))
    found = forecast(given)
    spread, share, phi, _ = grid(given.spread)
    for row in range(3):
        at = np.flatnonzero(given.known[row])
        x, y = given.x[row, at], given.y[row, at]
        centre = y.sum() / len(y)
        for part in (0, 7, 13, 26):
            tau2, s, k = spread[row, part] ** 2, share[part], phi[part]
            slow = s * tau2 * k ** np.abs(np.subtract.outer(at, at))
            slope2 = given.slope_sd[row] ** 2
            own = (1 - s) * tau2 * given.variance_inflation[row, at] + given.noise[row, at]
            cov = VAGUE + slope2 * np.outer(x, x) + slow + np.diag(own)
            ahead = given.y.shape[1]
            cross = VAGUE + s * tau2 * k ** (ahead - at)
            error = y - centre - given.slope[row] * x
            assert found.level[row, part] == pytest.approx(centre + cross @ np.linalg.solve(cov, error), abs=1e-7)
            left = VAGUE + s * tau2 - cross @ np.linalg.solve(cov, cross)
            assert found.level_var[row, part] == pytest.approx(left, abs=1e-6)
            slope = given.slope[row] + slope2 * x @ np.linalg.solve(cov, error)
            assert found.slope[row, part] == pytest.approx(slope, abs=1e-7)
            assert found.session_variance[row, part] == pytest.approx((1 - s) * tau2 * TAIL_INFLATION)
    assert found.weight.sum(axis=1) == pytest.approx(1)


def test_unknown_lives_change_nothing_but_the_passing_of_time() -> None:
    given = series(np.random.default_rng(2))
    wild = Series(**{**given.__dict__, "y": np.where(given.known, given.y, 1e6)})
    assert forecast(wild).level == pytest.approx(forecast(given).level)


@pytest.mark.parametrize(
    ("exposure", "whole", "proportion"),
    [(60.0, True, False), (60.0, True, True), (400.0, True, False), (40_000.0, True, True)],
)
def test_ranges_hold_95_of_100_draws(exposure: float, whole: bool, proportion: bool) -> None:
    """Draw the log rate from the mixture, then the count: the range must hold 95 %, more for tiny counts."""
    rng = np.random.default_rng(3)
    found = forecast(series(rng))
    rows = len(found.weight)
    ones = np.ones(rows)
    task = Task(
        0 * ones, exposure * ones, np.exp(found.middle(0 * ones)), ones, whole * ones > 0, proportion * ones > 0
    )
    span = ranges(found, task)
    for row in range(rows):
        part = rng.choice(found.weight.shape[1], p=found.weight[row], size=60_000)
        sd = np.sqrt(found.level_var[row, part] + found.session_variance[row, part])
        rate = np.exp(found.level[row, part] + sd * rng.normal(size=part.size))
        drawn = rng.binomial(int(exposure), np.minimum(rate, 1)) if proportion else rng.poisson(exposure * rate)
        value = drawn / exposure
        inside = ((value >= span.low[row]) & (value <= span.high[row])).mean()
        assert 0.935 < inside < 0.985
        assert (value < span.low[row]).mean() < 0.037


def test_log_bayes_factor_weighs_a_cut_against_an_ordinary_live() -> None:
    found = forecast(series(np.random.default_rng(4)))
    ones = np.ones(3)
    usual = np.exp(found.middle(0 * ones))
    task = Task(0 * ones, 50_000 * ones, usual, ones, ones > 0, ones > 0)

    def at(left: float) -> np.ndarray:
        count = 50_000 * usual * left
        return log_bayes_factor(found, task, count, np.log(count / 50_000), -ones)

    assert (at(1.0) < 0).all()
    assert (at(0.3) > 0).all()
    assert (at(1.3) < at(1.0)).all()
    assert np.isfinite(at(1e-9)).all() and np.isfinite(at(1e9)).all()


def test_the_median_ignores_what_is_unknown() -> None:
    nan = np.nan
    rows = np.array([[3.0, nan, 1.0], [nan, nan, nan], [4.0, 2.0, 9.0], [5.0, nan, nan], [1.0, 2.0, nan]])
    assert median(rows).tolist() == [2.0, 0.0, 4.0, 5.0, 1.5]


def test_one_odd_live_is_drawn_in_and_a_new_level_is_not() -> None:
    y = np.array([[0.0, 0.1, -0.1, 0.05, 3.0, 0.0, -0.05, 0.1], [0.0, 0.1, -0.1, 0.05, 0.0, 0.1, 3.0, 3.1]])
    drawn_in = winsorised(y, np.full(y.shape, 1e-4), np.ones(y.shape, dtype=bool), np.array([0.2, 0.2]))
    assert 0.1 < drawn_in[0, 4] < 1.0
    assert np.delete(drawn_in[0], 4).tolist() == np.delete(y[0], 4).tolist()
    assert drawn_in[1].tolist() == y[1].tolist()
