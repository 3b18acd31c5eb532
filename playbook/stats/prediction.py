"""From a forecast of the log rate to what a person sees: the usual, its range, and how much a value speaks for a fall.

A LIVE's value differs from its usual rate by the session variance and by counting. Where many events are
expected the two variances add on the log scale; where few are, the count is summed out exactly (Poisson, or
binomial where a unit below the line gives at most one above it).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from .arrays import Floats
from .kalman import Forecast

#: Below this many expected events counts are summed out one by one.
FEW = 30.0
#: The cuts a weakness is weighed against: what remains of the usual.
CUTS = np.log(np.geomspace(0.3, 0.85, 9))
TAIL = 0.025
_MOST = 600


@dataclass(frozen=True)
class Task:
    """What is to be predicted, one number a series.

    `x` traffic; `exposure` the denominator of the judged LIVE; `events` how many events one unit of it usually
    gives (the count behind the value); `cost` variance of the log for one event; `whole` says that the
    numerator is itself a count, `proportion` that its noise is binomial.
    """

    x: Floats
    exposure: Floats
    events: Floats
    cost: Floats
    whole: NDArray[np.bool_]
    proportion: NDArray[np.bool_]


@dataclass(frozen=True)
class Range:
    """Rates per unit of the denominator; `low` to `high` holds all but `tail` of ordinary LIVEs on either side."""

    usual: Floats
    low: Floats
    high: Floats


def noise_of(rate: Floats, expected: Floats, cost: Floats, proportion: NDArray[np.bool_]) -> Floats:
    """Variance of a log rate through counting alone, from the number of events expected."""
    shrink = np.where(proportion, np.clip(1 - rate, 0.05, 1.0), 1.0)
    return np.asarray(cost * shrink / np.maximum(expected, 0.5))


def ranges(forecast: Forecast, task: Task, tail: float = TAIL) -> Range:
    """The usual (median) and the range that leaves `tail` of ordinary LIVEs on either side, as rates."""
    mean, var = forecast.at(task.x)
    usual = np.exp(forecast.middle(task.x))
    expected = task.exposure * task.events
    noise = noise_of(usual, expected, task.cost, task.proportion)
    total = var + noise[:, None]
    skew = _skew_correction(forecast.weight, total, noise)
    low = np.exp(_quantile(forecast.weight, mean, total, tail) + skew)
    high = np.exp(_quantile(forecast.weight, mean, total, 1 - tail) + skew)
    few = (expected < FEW) & task.whole
    if few.any():
        low[few], high[few] = _counted_range(forecast.weight[few], mean[few], var[few], _take(task, few), tail)
    # With a handful of orders expected, none at all is within the range.
    low = np.where(~task.whole & (task.cost > 1) & (expected < 6), 0.0, low)
    high = np.where(task.proportion, np.minimum(high, 1.0), high)
    return Range(usual, np.minimum(low, usual), np.maximum(high, usual))


def log_bayes_factor(forecast: Forecast, task: Task, numerator: Floats, y: Floats, worse: Floats) -> Floats:
    """Log Bayes factor of "cut to 30-85 % of usual" (log-uniform) against "ordinary".

    `y` is the log rate seen, `numerator` the count behind it, `worse` -1 where lower is worse and +1 where
    higher is. The factor is made never to fall as a value gets worse: a value worse than the deepest cut
    counts as the deepest.
    """
    mean, var = forecast.at(task.x)
    rate = np.exp(forecast.middle(task.x))
    expected = task.exposure * task.events
    shift = -worse[:, None] * CUTS[None, :]
    noise = noise_of(rate, expected, task.cost, task.proportion)
    few = (expected < FEW) & task.whole
    result = _smooth_factor(forecast.weight, mean, var + noise[:, None], y, shift)
    if few.any():
        part = _take(task, few)
        result[few] = _counted_factor(forecast.weight[few], mean[few], var[few], part, numerator[few], shift[few])
    return result


def _take(task: Task, rows: NDArray[np.bool_]) -> Task:
    return Task(
        task.x[rows],
        task.exposure[rows],
        task.events[rows],
        task.cost[rows],
        task.whole[rows],
        task.proportion[rows],
    )


def _skew_correction(weight: Floats, total: Floats, noise: Floats) -> Floats:
    """How far both ends move down because logs of sums of few events are skewed (Cornish-Fisher, first term).

    The third cumulant of the log of a gamma variable with variance c is about -c squared.
    """
    var = (weight * total).sum(axis=1)
    return np.asarray(-(noise**2) / var * (1.96**2 - 1) / 6)


def _quantile(weight: Floats, mean: Floats, var: Floats, at: float) -> Floats:
    """Quantile of a mixture of normals, one a row, by bisection."""
    sd = np.sqrt(var)
    low, high = (mean - 8 * sd).min(axis=1), (mean + 8 * sd).max(axis=1)
    for _ in range(26):
        middle = (low + high) / 2
        under = (weight * ndtr((middle[:, None] - mean) / sd)).sum(axis=1) < at
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return np.asarray((low + high) / 2)


def _nodes(weight: Floats, mean: Floats, var: Floats) -> tuple[Floats, Floats]:
    """An even grid of log rates (rows, 41) and its probabilities."""
    centre = (weight * mean).sum(axis=1, keepdims=True)
    sd = np.sqrt((weight * (var + (mean - centre) ** 2)).sum(axis=1, keepdims=True))
    points = centre + sd * np.linspace(-4.5, 4.5, 41)[None, :]
    away = (points[:, :, None] - mean[:, None, :]) ** 2 / var[:, None, :]
    density = (weight[:, None, :] / np.sqrt(var)[:, None, :] * np.exp(-0.5 * away)).sum(axis=2)
    return points, density / density.sum(axis=1, keepdims=True)


def _counted_range(weight: Floats, mean: Floats, var: Floats, task: Task, tail: float) -> tuple[Floats, Floats]:
    """Range of a small count over its exposure, both ends values that the count can take.

    Ends are set by mid-probabilities, half of an end's own probability included, so that the range holds
    what it should on the whole and not more; where even none at all is ordinary, both tails lie at the top.
    """
    points, chance = _nodes(weight, mean, var)
    rate = np.exp(points)
    exposure = task.exposure[:, None]
    top = int(np.clip((exposure[:, 0] * rate[:, 34]).max() + 20, 20, _MOST))
    p = np.minimum(rate, 0.98)
    flat = np.where(task.proportion[:, None], p / (1 - p), exposure * rate)
    term = np.where(task.proportion[:, None], np.exp(exposure * np.log1p(-p)), np.exp(-exposure * rate))
    mass = np.zeros((len(rate), top + 1))
    mass[:, 0] = (chance * term).sum(axis=1)
    for k in range(1, top + 1):
        left = np.where(task.proportion[:, None], np.maximum(exposure - k + 1, 0.0), 1.0)
        term = term * flat * left / k
        mass[:, k] = (chance * term).sum(axis=1)
    total = np.cumsum(mass, axis=1)
    low = (total - mass / 2 <= tail).sum(axis=1)
    spent = np.where(low > 0, np.take_along_axis(total, np.maximum(low - 1, 0)[:, None], axis=1)[:, 0], 0.0)
    ceiling = 1 - np.clip(2 * tail - spent, tail / 2, 2 * tail)
    high = np.maximum((total - mass / 2 < ceiling[:, None]).sum(axis=1) - 1, low)
    return low / task.exposure, high / task.exposure


def log_mean_exp(values: Floats, weight: Floats | None = None) -> Floats:
    """log of the (weighted) mean of exp over the last axis."""
    top = values.max(axis=-1, keepdims=True)
    inside = np.exp(values - top)
    mean = inside.mean(axis=-1) if weight is None else (inside * weight).sum(axis=-1)
    return np.asarray(np.log(np.maximum(mean, 1e-300)) + top[..., 0])


def _smooth_factor(weight: Floats, mean: Floats, var: Floats, y: Floats, shift: Floats) -> Floats:
    """As `log_bayes_factor`, for values with many events."""
    # Beyond the deepest cut a value is as surprising as that cut.
    centre = (weight * mean).sum(axis=1)
    deepest = shift[np.arange(len(shift)), np.argmax(np.abs(shift), axis=1)]
    beyond = np.sign(deepest) * (y - centre) > np.abs(deepest)
    y = np.where(beyond, centre + deepest, y)
    moved = np.concatenate([np.zeros((len(y), 1)), shift], axis=1)
    away = (y[:, None, None] - mean[:, None, :] - moved[:, :, None]) ** 2 / var[:, None, :]
    log = log_mean_exp(-0.5 * (away + np.log(var)[:, None, :]), weight[:, None, :])
    return np.asarray(log_mean_exp(log[:, 1:]) - log[:, 0])


def _counted_factor(weight: Floats, mean: Floats, var: Floats, task: Task, count: Floats, shift: Floats) -> Floats:
    """As `log_bayes_factor`, for small counts; factors that do not depend on the rate cancel."""
    points, chance = _nodes(weight, mean, var)
    moved = np.concatenate([np.zeros((len(count), 1)), shift], axis=1)
    theta = points[:, None, :] + moved[:, :, None]
    rate = np.exp(theta)
    exposure, seen = task.exposure[:, None, None], count[:, None, None]
    p = np.minimum(rate, 0.98)
    binomial = seen * np.log(p) + np.maximum(exposure - seen, 0.0) * np.log1p(-p)
    poisson = seen * theta - exposure * rate
    log = log_mean_exp(np.where(task.proportion[:, None, None], binomial, poisson), chance[:, None, :])
    return np.asarray(log_mean_exp(log[:, 1:]) - log[:, 0])
