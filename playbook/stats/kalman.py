"""One-step-ahead prediction of short noisy series by a grid of Kalman filters.

Observation equation, on the log scale:  y = level + wander + slope x + session effect + noise.  The wander is a
stationary first-order autoregression with mean 0 and coefficient phi, the session effects are independent from value to
value (the session variance), and the noise has a known variance. The variance between sessions, the share of it that
wanders and phi are not known: a grid of them is carried along and weighted by how well each predicted the values so far
(Bayesian model averaging over Kalman filters; Durbin and Koopman, "Time Series Analysis by State Space Methods", 2012,
chapters 2 and 4, the local level model with a stationary level). The mixture has heavier tails than any of its parts,
which is how a short history makes a wider prediction interval.

Everything is done for many series at once: rows are series, columns are values from old to new.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats

#: Share of the session-to-session variance that wanders slowly, its persistence a LIVE, and the prior weight.
MEMORIES = ((0.10, 0.90, 0.35), (0.45, 0.92, 0.40), (0.80, 0.96, 0.25))
#: The spread between LIVEs, as multiples of its prior middle, is log-normal. A part of it is the shop's (calm in
#: one metric, calm in most), the rest the metric's own: sd of the log of each.
SHOP_LOG_SD, OWN_LOG_SD = 0.50, 0.42
_STEPS = np.linspace(-1.5, 1.5, 9)
_SHOP_STEPS = np.linspace(-1.2, 1.2, 9)
VAGUE = 3.0**2
#: Session effects have heavier tails than a normal, and single outliers were winsorised before their variance was
#: estimated: a prediction takes it this much larger. Means are estimated with the smaller figure.
TAIL_INFLATION = 1.15
HEAVIER = 1.08
#: Places of the state vector: constant, slow wandering around it, slope on `x`.
LEVEL, WANDER, SLOPE = 0, 1, 2


@dataclass(frozen=True)
class Series:
    """Input, one row a series: logs `y`, their counting variances `noise`, traffic `x` and what is known.

    `variance_inflation` (at least 1) multiplies the session variance of single values. `spread` is the prior middle of
    the sd between LIVEs; `slope` and `slope_sd` the prior of the slope on `x` (0 and 0 without one). Series
    of one `group` that vote share a prior of how calm the shop is; the others stand alone.
    """

    y: Floats
    noise: Floats
    x: Floats
    known: NDArray[np.bool_]
    variance_inflation: Floats
    spread: Floats
    slope: Floats
    slope_sd: Floats
    group: NDArray[np.intp]
    votes: NDArray[np.bool_]


@dataclass(frozen=True)
class Forecast:
    """A mixture of normals for the log rate of the next LIVE: arrays (series, parts).

    `level` is the mean at x = 0, `slope` to be multiplied by x; `level_var`, `cross`, `slope_var` their covariance.
    `session_variance` is what one LIVE varies by itself, `wander_variance` (parts) the stationary variance of the
    autoregression and `phi` (parts) its coefficient from LIVE to LIVE.
    """

    weight: Floats
    level: Floats
    slope: Floats
    level_var: Floats
    cross: Floats
    slope_var: Floats
    session_variance: Floats
    wander_variance: Floats
    phi: Floats

    def at(self, x: Floats) -> tuple[Floats, Floats]:
        """Means and variances of the parts for the next value at traffic `x`, one number a series."""
        column = x[:, None]
        mean = self.level + self.slope * column
        return mean, self.usual_var(x) + self.session_variance

    def usual_var(self, x: Floats) -> Floats:
        """Variance of the usual itself, without the session variance."""
        column = x[:, None]
        return self.level_var + 2 * column * self.cross + column**2 * self.slope_var

    def middle(self, x: Floats) -> Floats:
        """The mean of the log rate at traffic `x`."""
        return np.asarray((self.weight * self.at(x)[0]).sum(axis=1))

    def spread(self) -> Floats:
        """Sd of the log from LIVE to LIVE around what is usual now."""
        return np.asarray(np.sqrt((self.weight * self.session_variance).sum(axis=1)))


def forecast(series: Series) -> Forecast:
    """Filter every series through every part of the grid; O(columns) numpy steps, no loop over rows."""
    spread, share, phi, prior = grid(series.spread)
    variance = spread**2
    rows, parts = variance.shape
    mean = np.zeros((3, rows, parts))
    mean[LEVEL] = _centre(series)[:, None]
    mean[SLOPE] = series.slope[:, None]
    cov = np.zeros((3, 3, rows, parts))
    cov[LEVEL, LEVEL] = VAGUE
    cov[WANDER, WANDER] = share * variance
    cov[SLOPE, SLOPE] = (series.slope_sd**2)[:, None]
    fit = np.zeros((rows, parts))
    session_variance = (1 - share) * variance
    innovation = (1 - phi**2) * share * variance
    for i in range(series.y.shape[1]):
        _predict(mean, cov, phi, innovation)
        _update(mean, cov, fit, series, i, session_variance)
    _predict(mean, cov, phi, innovation)
    return Forecast(
        weight=_weights(fit, prior, series.group, series.votes),
        level=mean[LEVEL] + mean[WANDER],
        slope=mean[SLOPE],
        level_var=cov[LEVEL, LEVEL] + cov[WANDER, WANDER] + 2 * cov[LEVEL, WANDER],
        cross=cov[LEVEL, SLOPE] + cov[WANDER, SLOPE],
        slope_var=cov[SLOPE, SLOPE],
        session_variance=session_variance * TAIL_INFLATION,
        wander_variance=share * variance,
        phi=phi,
    )


def grid(middle: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Spread (series, parts) around its prior middle, share and persistence and prior weight (parts)."""
    steps = np.repeat(_STEPS, len(MEMORIES))
    share, phi, prior = (np.tile(np.array(column), len(_STEPS)) for column in zip(*MEMORIES, strict=True))
    return middle[:, None] * np.exp(steps), share, phi, prior


def standalone_weights() -> Floats:
    """Prior weights of the parts for a metric judged by itself, without the shop's others; they sum to 1."""
    prior = np.tile([weight for _, _, weight in MEMORIES], len(_STEPS))
    steps = np.repeat(_STEPS, len(MEMORIES))
    weight = prior * np.exp(-0.5 * steps**2 / (SHOP_LOG_SD**2 + OWN_LOG_SD**2))
    return np.asarray(weight / weight.sum())


def _weights(fit: Floats, memory: Floats, group: NDArray[np.intp], votes: NDArray[np.bool_]) -> Floats:
    """Posterior weight of each part: its fit, times a prior that the shop's other metrics have moved.

    How calm a shop is stands on a small grid; each voting series says how likely each of its points is.
    """
    steps = np.repeat(_STEPS, len(MEMORIES))
    prior = memory * np.exp(-0.5 * ((steps - _SHOP_STEPS[:, None]) / OWN_LOG_SD) ** 2)
    prior /= prior.sum(axis=1, keepdims=True)
    like = np.exp(fit - fit.max(axis=1, keepdims=True))
    evidence = np.maximum(like @ prior.T, 1e-300)
    by_itself = np.exp(-0.5 * (_SHOP_STEPS / SHOP_LOG_SD) ** 2)
    total = np.tile(np.log(by_itself), (int(group.max(initial=0)) + 1, 1))
    np.add.at(total, group[votes], np.log(evidence[votes]))
    shop = np.exp(total - total.max(axis=1, keepdims=True))[group]
    weight = like * (np.where(votes[:, None], shop / evidence, by_itself) @ prior)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _centre(series: Series) -> Floats:
    """Any rough centre: the first mean is vague, this only keeps numbers small."""
    total = np.where(series.known, series.y, 0.0).sum(axis=1)
    return np.asarray(total / np.maximum(series.known.sum(axis=1), 1))


def _predict(mean: Floats, cov: Floats, phi: Floats, innovation: Floats) -> None:
    """Time update: the autoregression decays by `phi` and gains its innovation variance."""
    mean[WANDER] *= phi
    cov[WANDER] *= phi
    cov[:, WANDER] *= phi
    cov[WANDER, WANDER] += innovation


def _update(mean: Floats, cov: Floats, fit: Floats, series: Series, i: int, session_variance: Floats) -> None:
    """Measurement update with column `i`; series in which it is unknown stay as they are."""
    known = series.known[:, i, None]
    if not known.any():
        return
    x = np.where(known, series.x[:, i, None], 0.0)
    y = np.where(known, series.y[:, i, None], 0.0)
    toward = cov[LEVEL] + cov[WANDER] + cov[SLOPE] * x
    noise = session_variance * series.variance_inflation[:, i, None] + series.noise[:, i, None]
    total = toward[LEVEL] + toward[WANDER] + toward[SLOPE] * x + noise
    error = y - (mean[LEVEL] + mean[WANDER] + mean[SLOPE] * x)
    fit -= np.where(known, 0.5 * (np.log(total) + error**2 / total), 0.0)
    gain = np.where(known, toward / total, 0.0)
    mean += gain * error
    cov -= gain[:, None] * toward[None, :]
