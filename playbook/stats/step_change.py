"""Has the level of a short noisy series stepped down, and stayed down, at some unknown place?

The series is that of `kalman` (level, first-order autoregression, session variance, counting noise, slope on `x`), with
a step of size d from an unknown place to its end. With covariance V of the values under one part of the grid, the
generalised least squares estimate of d is s'V^-1 y / s'V^-1 s, and the likelihood ratio of a step d against none is
exp(d s'V^-1 y - d^2 s'V^-1 s / 2). It is averaged over places, sizes and the grid: a Bayes factor for one change point
(Chernoff and Zacks 1964; West and Harrison, "Bayesian Forecasting and Dynamic Models", 1997, chapter 11).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats
from .kalman import HEAVIER, VAGUE, grid, standalone_weights
from .prediction import CUTS, log_mean_exp


@dataclass(frozen=True)
class StepChange:
    """`onset`: the likeliest first value of the new level, as an index; `size` its log change with standard error."""

    log_bayes_factor: float
    onset: int
    size: float
    error: float


def step_change(  # noqa: PLR0913
    y: Floats,
    noise: Floats,
    at: NDArray[np.intp],
    x: Floats,
    *,
    spread: float,
    slope: float,
    slope_sd: float,
    onsets: NDArray[np.intp],
    direction: float = -1.0,
) -> StepChange:
    """Weigh a step at one of `onsets` (indices into `y`, not empty) against none.

    `y` logs from old to new, `noise` their counting variances, `at` their places in time (counted in values, gaps
    allowed), `x` the covariate; `spread`, `slope`, `slope_sd` as in `kalman.Series`. `direction` -1 looks for a fall, 1
    for a rise, of the sizes of `prediction.CUTS`. Cost: one solve of n equations for each part of the grid.
    """
    steps = (np.arange(len(y))[:, None] >= onsets[None, :]).astype(float)
    cov = _covariance(noise, at, x, spread, slope_sd)
    right = np.column_stack([y - y.mean() - slope * x, steps])
    solved = np.linalg.solve(cov, np.broadcast_to(right, (len(cov), *right.shape)))
    root = np.linalg.cholesky(cov)  # its diagonal gives the determinant at half of what slogdet costs
    log_det = 2 * np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)
    fit = -0.5 * (log_det + solved[:, :, 0] @ right[:, 0])
    toward = np.einsum("nk,pn->pk", steps, solved[:, :, 0])
    worth = np.einsum("nk,pnk->pk", steps, solved[:, :, 1:])
    part = np.exp(fit - fit.max()) * standalone_weights()
    part /= part.sum()
    cut = -direction * CUTS
    log = cut * toward[:, :, None] - 0.5 * cut**2 * worth[:, :, None]
    within = log_mean_exp(log) + np.log(np.maximum(part, 1e-300))[:, None]  # (parts, onsets)
    top = float(within.max())
    each = np.exp(within - top)
    place = int(each.sum(axis=0).argmax())
    weight = np.exp(within[:, place] - within[:, place].max())
    weight /= weight.sum()
    sizes, variances = toward[:, place] / worth[:, place], 1 / worth[:, place]
    size = float(weight @ sizes)
    error = float(np.sqrt(weight @ (variances + (sizes - size) ** 2)))
    factor = float(np.log(each.sum() / len(onsets)) + top)
    return StepChange(factor, int(onsets[place]), size, error)


def _covariance(noise: Floats, at: NDArray[np.intp], x: Floats, spread: float, slope_sd: float) -> Floats:
    """Covariance (parts, values, values) with the vague level and the slope folded in."""
    sd, share, phi, _ = grid(np.array([spread]))
    variance = sd[0] ** 2
    lag = np.abs(at[:, None] - at[None, :])
    # The grid repeats the same few persistences, and powers cost most.
    kinds, which = np.unique(phi, return_inverse=True)
    decay = (kinds[:, None] ** np.arange(lag.max(initial=0) + 1))[:, lag][which]
    cov = (share * variance)[:, None, None] * decay + (VAGUE + slope_sd**2 * np.outer(x, x))
    own = HEAVIER * ((1 - share) * variance)[:, None] + noise
    cov[:, np.arange(len(at)), np.arange(len(at))] += own
    return np.asarray(cov)
