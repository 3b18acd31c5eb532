"""The next value of a short noisy series whose values belong to groups: a host, a weekday, an hour of the day.

The series is that of `kalman` (constant, first-order autoregression, session variance, counting noise), with a level
of its own for every group and slopes on covariates. Levels are drawn towards nought: each grouping has a few
candidate standard deviations, nought among them, weighted by how well the values speak for them, so a grouping that
makes no difference is left out and one that does moves the prediction as far as its values are many (a mixed model,
BLUP: Robinson 1991; as one Gaussian process: Rasmussen and Williams 2006, section 2.7). All of it is one covariance,
so unequal numbers of values a group and gaps are no trouble.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats
from .kalman import HEAVIER, TAIL_INFLATION, VAGUE, Forecast, grid, standalone_weights


@dataclass(frozen=True)
class Grouping:
    """How alike any two values are by this grouping, and how much its levels may differ.

    `alike` (n + 1, n + 1): 1 for two of one group, 0 for two of different ones, between for neighbours; the last row
    is the value to come. `sds`: candidate standard deviations of the levels (log), with their prior weights.
    """

    alike: Floats
    sds: tuple[float, ...]
    prior: tuple[float, ...]


#: Values further than so many of their own standard errors from what the others say count less.
_ODD = 2.5


@dataclass(frozen=True)
class _Parts:
    """Every part of the mixture: log weight, mean and variance of the usual of the value to come."""

    log: Floats
    mean: Floats
    usual_var: Floats


def next_value(
    y: Floats,
    noise: Floats,
    at: NDArray[np.intp],
    covariates: Floats,
    slope_sd: Sequence[float],
    groupings: Sequence[Grouping],
    spread: float,
) -> Forecast:
    """The log of the value after the last one, as a forecast of one series.

    `y` (n,) logs from old to new, `noise` their counting variances, `at` (n + 1,) their places in time with that of
    the value to come, `covariates` (k, n + 1) with prior sds of their slopes, `spread` the prior middle of the sd
    between values. Cost: two solves of n equations for each part of the grid and each choice of sds.
    """
    sd, share, phi, _ = grid(np.array([spread]))
    variance = sd[0] ** 2
    session_variance = (1 - share) * variance
    distance = np.abs(at[:, None] - at[None, :])
    wander_variance = (share * variance)[:, None, None] * phi[:, None, None] ** distance
    slopes = VAGUE + (covariates.T * np.square(slope_sd)) @ covariates
    noise = noise + _oddness(
        y, HEAVIER * session_variance[:, None] + noise, (wander_variance + slopes)[:, : len(y), : len(y)]
    )
    own = HEAVIER * session_variance[:, None] + noise
    found = []
    for chosen in product(*(zip(each.sds, each.prior, strict=True) for each in groupings)):
        levels = sum((sd**2 * each.alike for each, (sd, _) in zip(groupings, chosen, strict=True)), slopes)
        prior = float(np.prod([weight for _, weight in chosen]))
        found.append(_parts(y, own, wander_variance + levels, standalone_weights() * prior))
    log = np.concatenate([each.log for each in found])
    weight = np.exp(log - log.max())
    nothing = np.zeros((1, len(weight)))
    return Forecast(
        weight=(weight / weight.sum())[None],
        level=np.concatenate([each.mean for each in found])[None],
        slope=nothing,
        level_var=np.concatenate([each.usual_var for each in found])[None],
        cross=nothing,
        slope_var=nothing,
        session_variance=np.tile(session_variance * TAIL_INFLATION, len(found))[None],
        wander_variance=np.tile(share * variance, len(found))[None],
        phi=np.tile(phi, len(found))[None],
    )


def _parts(y: Floats, own: Floats, whole: Floats, prior: Floats) -> _Parts:
    """Every part given the sds of the levels; `whole` (parts, n + 1, n + 1) without each value's `own` variance."""
    n = len(y)
    cov = whole[:, :n, :n].copy()
    cov[:, np.arange(n), np.arange(n)] += own
    toward = whole[:, :n, n]
    right = y - y.mean()
    solved = np.linalg.solve(cov, np.stack([np.broadcast_to(right, toward.shape), toward], axis=2))
    log = np.log(prior) - 0.5 * (np.linalg.slogdet(cov)[1] + solved[:, :, 0] @ right)
    mean = y.mean() + np.einsum("pn,pn->p", toward, solved[:, :, 0])
    usual_var = whole[:, n, n] - np.einsum("pn,pn->p", toward, solved[:, :, 1])
    return _Parts(log, mean, usual_var)


def _oddness(y: Floats, own: Floats, common: Floats) -> Floats:
    """Variance (n,) to be added to odd values, from what all others say of each (leave one out, without groupings).

    A value three times further out than `_ODD` standard errors then counts as if it lay at `_ODD` of them.
    """
    cov = common.copy()
    cov[:, np.arange(len(y)), np.arange(len(y))] += own
    inverse = np.linalg.inv(cov)
    right = y - y.mean()
    pulled = inverse @ right
    log = np.log(standalone_weights()) - 0.5 * (np.linalg.slogdet(cov)[1] + pulled @ right)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    sure = np.einsum("pnn->pn", inverse)
    away = np.abs(weight @ (pulled / np.sqrt(sure)))
    return np.asarray(np.maximum((away / _ODD) ** 2 - 1, 0.0) * (weight @ (1 / sure)))
