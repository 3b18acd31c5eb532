"""AR(1) noise: how much does a series vary from minute to minute beyond counting noise?

The spectrum of a series tells a slow wobble (much power at slow changes) from extra variance between neighbours
(the same at all speeds). Its likelihood is Whittle's (1953): at each frequency the power is exponential around the
model's spectrum. A grid of models is weighed, with priors wide around what rooms show, so that a short series
rests on the prior and a long one on its own data. The slowest frequencies are left to the level.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .arrays import Floats

_SD = np.array([0.03, 0.055, 0.08, 0.11, 0.16, 0.25, 0.45])
_MEMORY = np.array([0.6, 0.77, 0.9])
_EXTRA = np.array([0.004, 0.012, 0.025, 0.045, 0.09, 0.25, 0.8, 2.5])
#: Prior: log-normal around these, sd of the log.
_SD_PRIOR, _EXTRA_PRIOR = (0.08, 0.5), (0.022, 0.8)
_MEMORY_PRIOR = (0.77, 0.13)
_SLOWEST = 2


@dataclass(frozen=True)
class Wobble:
    """sd of the slow wobble (relative), its correlation a minute later, extra relative variance of one minute."""

    sd: float
    memory: float
    extra: float


@dataclass(frozen=True)
class _Grid:
    """All models at the frequencies of one length. `wobble` and `prior`: see `_grid`."""

    sd: Floats
    memory: Floats
    extra: Floats
    prior: Floats
    slow: Floats


@lru_cache(maxsize=64)
def _grid(bins: int, step: float) -> _Grid:
    """`slow` (memories, frequencies): spectrum of a wobble of sd 1, seen through bins of `step` minutes."""
    frequency = np.arange(_SLOWEST, bins // 2 + 1) / bins
    memory = _MEMORY**step
    mean_squares = np.array([mean_square(m, step) for m in _MEMORY])
    cosine = np.cos(2 * np.pi * frequency)
    slow = (
        mean_squares[:, None]
        * (1 - memory[:, None] ** 2)
        / (1 - 2 * memory[:, None] * cosine[None, :] + memory[:, None] ** 2)
    )
    log_prior = (
        -0.5 * (np.log(_SD / _SD_PRIOR[0]) / _SD_PRIOR[1])[:, None, None] ** 2
        - 0.5 * ((_MEMORY - _MEMORY_PRIOR[0]) / _MEMORY_PRIOR[1])[None, :, None] ** 2
        - 0.5 * (np.log(_EXTRA / _EXTRA_PRIOR[0]) / _EXTRA_PRIOR[1])[None, None, :] ** 2
    )
    return _Grid(_SD, _MEMORY, _EXTRA, log_prior, slow)


def mean_square(memory: float, step: float) -> float:
    """Variance of the mean over `step` minutes of a wobble of variance 1."""
    lags = np.arange(1, max(1, round(step)))
    size = max(1, round(step))
    return float((size + 2 * ((size - lags) * memory**lags).sum()) / size**2)


def wobble(deviation: Floats, noise: float, step: float) -> Wobble:
    """The wobble of `deviation` (relative to its level, one value a bin of `step` minutes).

    `noise` is the mean counting variance of a bin. Below eight bins it is the prior.
    """
    bins = len(deviation)
    if bins < 8:
        return Wobble(_SD_PRIOR[0], _MEMORY_PRIOR[0], _EXTRA_PRIOR[0])
    grid = _grid(bins, step)
    power = np.abs(np.fft.rfft(deviation - deviation.mean())[_SLOWEST:]) ** 2 / bins
    variance = (grid.sd**2)[:, None, None, None] * grid.slow[None, :, None, :]
    variance = variance + (grid.extra / step)[None, None, :, None] + noise
    # The posterior mean varies less than the best point of the grid.
    fit = grid.prior - (np.log(variance) + power / variance).sum(axis=-1)
    weight = np.exp(fit - fit.max())
    weight /= weight.sum()
    sd = float(np.sqrt((weight.sum(axis=(1, 2)) * grid.sd**2).sum()))
    memory = float((weight.sum(axis=(0, 2)) * grid.memory).sum())
    extra = float((weight.sum(axis=(0, 1)) * grid.extra).sum())
    return Wobble(sd, memory, extra)
