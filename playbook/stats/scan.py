"""Which stretch of a series lies below its own level, judged against everything that is ordinary for it?

The series is a level, a slow course, a wobble, extra variance and counting noise, in one covariance; the level and
the falls found before are fitted with it (generalised least squares). Every stretch of the lengths below is tried.
For each, the estimated loss and its variance become an expected count, an effective count and a relative variance,
and the evidence is the Bayes factor of gamma-mixed Poisson counts (negative binomial) with a loss against without,
averaged over the losses that matter. A small count thus speaks as softly as it should. A rise is a loss below zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from .ar_noise import Wobble, mean_square
from .arrays import Floats

Places = NDArray[np.intp]

#: Minutes tried, and the losses each kind of fall is averaged over. Short ones must be deep to matter.
LENGTHS = (3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 21, 25, 29, 34, 39, 45)
SUDDEN_UP_TO = 10
_SHORT = np.array([0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
_LONG = np.array([0.25, 0.35, 0.45, 0.55, 0.65])
#: Rises as losses: half as much again to four and a half times as much; smaller ones are not weighed.
_RISES = np.array([-0.5, -1.0, -2.0, -3.5])
_LEAST_RISE = 0.2
#: A level never comes out lower than this part of what it was first taken for.
_LOWEST = 0.2


@dataclass(frozen=True)
class Fitted:
    """A series with its level and found falls fitted away, as running sums from which any window is read.

    `sums` (bins + 1,) of weighted deviations, `square` (bins + 1, bins + 1) of weights, `share` (bins + 1,) of each
    bin's part in the level, `mass` (bins + 1,) of expected counts; `level` relative to what was expected; `course`
    (bins,) is the slow course around that level.
    """

    sums: Floats
    square: Floats
    share: Floats
    mass: Floats
    level: float
    course: Floats


@dataclass(frozen=True)
class Scanned:
    """For every window the log Bayes factor of a fall and of a rise, the fraction lost, its variance, and the count
    expected without either."""

    evidence: Floats
    rise: Floats
    loss: Floats
    variance: Floats
    expected: Floats


@lru_cache(maxsize=64)
def slow_course(bins: int, reach: float) -> Floats:
    """A smooth course of sd 1 as `root` (bins, knots): its correlation between bins is root @ root.T, nearly.

    The correlation is exp(-(distance / reach)^2 / 2), `reach` in bins, pinned down at knots half of that apart
    (Quinonero-Candela and Rasmussen 2005, subset of regressors).
    """
    knots = np.linspace(-0.5 * reach, bins + 0.5 * reach, int(np.ceil(2 * bins / reach)) + 4)

    def close(a: Floats, b: Floats) -> Floats:
        return np.asarray(np.exp(-0.5 * (np.subtract.outer(a, b) / reach) ** 2))

    between = np.linalg.cholesky(close(knots, knots) + 1e-5 * np.eye(len(knots)))
    return np.asarray(np.linalg.solve(between, close(np.arange(bins, dtype=float), knots).T).T)


def inverse_covariance(noise: Floats, wobble: Wobble, course: Floats, step: float) -> Floats:
    """(bins, bins), of relative deviations. `noise` (bins,) is counting variance, `course` the slow course's root.

    The inverse of an autoregression is tridiagonal, and the course has few knots: with Woodbury's identity twice,
    no dense matrix has to be inverted.
    """
    bins, memory = len(noise), wobble.memory**step
    own = 1 / (noise + wobble.extra / step + 1e-6)
    sharp = 1 / (wobble.sd**2 * mean_square(wobble.memory, step) * (1 - memory**2))
    diagonal = np.full(bins, 1 + memory**2)
    diagonal[[0, -1]] = 1
    _, _, both, _ = lapack.dptsv(sharp * diagonal + own, np.full(bins - 1, -sharp * memory), np.diag(own))
    plain = -own[:, None] * both
    plain[np.diag_indices(bins)] += own
    pulled = _product(plain, course)
    inner = np.eye(course.shape[1]) + _product(course.T, pulled)
    half = np.linalg.solve(np.linalg.cholesky(inner), pulled.T)
    return np.asarray(plain - _product(half.T, half))


def fit(
    deviation: Floats, expected: Floats, inverse: Floats, course: Floats, found: Sequence[tuple[int, int]]
) -> Fitted:
    """Fit the level and a loss for each found window; `deviation` is relative to `expected` counts, all (bins,)."""
    bins = len(inverse)
    spans = [(0, bins), *found]
    left = np.stack([inverse[:, start:end].sum(axis=1) for start, end in spans], axis=1)
    inner = np.stack([left[start:end].sum(axis=0) for start, end in spans])
    solved = _product(left, np.asarray(np.linalg.inv(inner + 1e-9 * np.eye(len(spans))), dtype=np.float64))
    weights = inverse - _product(solved, left.T)
    pulled = (weights * deviation).sum(axis=1)
    square = np.zeros((bins + 1, bins + 1))
    np.cumsum(np.cumsum(weights, axis=0), axis=1, out=square[1:, 1:])
    to_level = solved[:, 0]
    return Fitted(
        sums=_running(pulled),
        square=square,
        share=_running(to_level),
        mass=_running(expected),
        level=float(1 + (to_level * deviation).sum()),
        course=np.asarray((course * (course * pulled[:, None]).sum(axis=0)).sum(axis=1)),
    )


def windows(bins: int, step: float, first: int) -> tuple[Places, Places]:
    """Starts and ends of every window to be tried, none before bin `first` and none over half of the rest."""
    sizes = sorted({round(minutes / step) for minutes in LENGTHS if minutes >= max(step, 3)})
    starts = [np.arange(first, bins - size + 1) for size in sizes if 1 <= size <= (bins - first) // 2]
    if not starts:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    lengths = [size for size in sizes if 1 <= size <= (bins - first) // 2]
    begin = np.concatenate(starts)
    return begin, begin + np.repeat(lengths, [len(each) for each in starts])


def around(start: int, end: int, first: int, bins: int) -> tuple[Places, Places]:
    """Windows with nearly these ends, to settle where a fall begins and ends."""
    reach = max(1, (end - start) // 6)
    begins = np.arange(max(first, start - reach), start + reach + 1)
    ends = np.arange(end - reach, min(bins, end + reach) + 1)
    begin, finish = np.repeat(begins, len(ends)), np.tile(ends, len(begins))
    fine = finish - begin >= max(1, (end - start) // 2)
    return begin[fine], finish[fine]


def scan(fitted: Fitted, begin: Places, end: Places, step: float) -> Scanned:
    """Judge windows of bins [begin, end), all (windows,)."""
    square = fitted.square
    weight = np.maximum(square[end, end] - 2 * square[begin, end] + square[begin, begin], 1e-9)
    change = (fitted.sums[end] - fitted.sums[begin]) / weight
    level = np.maximum(fitted.level - change * (fitted.share[end] - fitted.share[begin]), _LOWEST)
    loss, variance = -change / level, 1 / weight / level**2
    expected = np.maximum((fitted.mass[end] - fitted.mass[begin]) * level, 1e-6)
    evidence = evidence_of(loss, variance, expected, (end - begin).astype(float) * step)
    rise = np.full(len(loss), -np.inf)
    up = loss < -_LEAST_RISE
    if up.any():
        rise[up] = _factor(loss[up], variance[up], expected[up], _RISES)
    return Scanned(evidence, rise, loss, variance, expected)


def evidence_of(loss: Floats, variance: Floats, expected: Floats, minutes: Floats) -> Floats:
    """Log Bayes factor for a fall against none, of estimated losses with their variances; all (windows,)."""
    evidence = np.empty(len(loss))
    short = minutes <= SUDDEN_UP_TO
    for which, losses in ((short, _SHORT), (~short, _LONG)):
        evidence[which] = _factor(loss[which], variance[which], expected[which], losses)
    return evidence


def _factor(loss: Floats, variance: Floats, expected: Floats, losses: Floats) -> Floats:
    """Negative binomial counts: mean over `losses` against none."""
    count = expected * np.maximum(1 - loss, 0.0)
    spare = np.maximum(variance - 1 / expected, 1e-4)
    left = 1 - losses[:, None]
    each = count * np.log(left) - (count + 1 / spare) * (np.log1p(spare * expected * left) - np.log1p(spare * expected))
    top = each.max(axis=0)
    return np.asarray(top + np.log(np.exp(each - top).mean(axis=0)))


def _product(a: Floats, b: Floats) -> Floats:
    """a @ b in blocks of rows so small that the linear algebra library starts no threads, which would cost more."""
    rows = max(1, 200_000 // (b.shape[0] * b.shape[1]))
    return np.concatenate([a[at : at + rows] @ b for at in range(0, len(a), rows)])


def _running(values: Floats) -> Floats:
    return np.concatenate(([0.0], np.cumsum(values)))
