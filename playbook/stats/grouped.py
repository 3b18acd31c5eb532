"""The next value of a short noisy series whose values belong to groups: a host, a weekday, an hour of the day.

The series is that of `kalman` (constant, first-order autoregression, luck, counting noise), with a level of its own for
every group and slopes on covariates. Levels are drawn towards nought: each grouping has a few candidate standard
deviations, nought among them, weighted by how well the values speak for them, so a grouping that makes no difference
is left out and one that does moves the prediction as far as its values are many (a mixed model, BLUP: Robinson 1991;
as one Gaussian process: Rasmussen and Williams 2006, section 2.7). All of it is one covariance, so unequal numbers of
values a group and gaps are no trouble.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats
from .kalman import HEAVIER, TAIL_INFLATION, VAGUE, Forecast, alone, grid


@dataclass(frozen=True)
class Grouping:
    """How alike any two values are by this grouping, and how much its levels may differ.

    `alike` (n + 1, n + 1): 1 for two of one group, 0 for two of different ones, between for neighbours; the last row
    is the value to come. `sds`: candidate standard deviations of the levels (log), with their prior weights.
    """

    alike: Floats
    sds: tuple[float, ...]
    prior: tuple[float, ...]


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
    between values. Cost: one solve of n equations for each part of the grid and each choice of sds.
    """
    sd, share, keep, _ = grid(np.array([spread]))
    variance = sd[0] ** 2
    apart = np.abs(at[:, None] - at[None, :])
    wander = (share * variance)[:, None, None] * keep[:, None, None] ** apart
    slopes = (covariates.T * np.square(slope_sd)) @ covariates
    n = len(y)
    luck = (1 - share) * variance
    own = HEAVIER * luck[:, None] + noise
    right = y - y.mean()
    weight, mean, usual = [], [], []
    for chosen in product(*(range(len(each.sds)) for each in groupings)):
        levels = sum((each.sds[k] ** 2 * each.alike for each, k in zip(groupings, chosen, strict=True)), slopes)
        prior = float(np.prod([each.prior[k] for each, k in zip(groupings, chosen, strict=True)]))
        whole = wander + (VAGUE + levels)
        cov = whole[:, :n, :n].copy()
        cov[:, np.arange(n), np.arange(n)] += own
        toward = whole[:, :n, n]
        solved = np.linalg.solve(cov, np.stack([np.broadcast_to(right, toward.shape), toward], axis=2))
        fit = -0.5 * (np.linalg.slogdet(cov)[1] + solved[:, :, 0] @ right)
        weight.append(fit + np.log(alone() * prior))
        mean.append(y.mean() + np.einsum("pn,pn->p", toward, solved[:, :, 0]))
        usual.append(whole[:, n, n] - np.einsum("pn,pn->p", toward, solved[:, :, 1]))
    logs = np.concatenate(weight)
    parts = np.exp(logs - logs.max())
    times = len(weight)
    nothing = np.zeros((1, len(parts)))
    return Forecast(
        weight=(parts / parts.sum())[None],
        level=np.concatenate(mean)[None],
        slope=nothing,
        level_var=np.concatenate(usual)[None],
        cross=nothing,
        slope_var=nothing,
        luck=np.tile(luck * TAIL_INFLATION, times)[None],
        wander=np.tile(share * variance, times)[None],
        keep=np.tile(keep, times)[None],
    )
