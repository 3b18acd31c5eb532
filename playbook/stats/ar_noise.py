"""AR(1) noise: how much does a series vary from minute to minute beyond counting noise?

The spectrum of a series tells a slow wobble (much power at slow changes) from extra variance between neighbours
(the same at all speeds). Its likelihood is Whittle's (1953): at each frequency the power is exponential around the
model's spectrum. A grid of models is weighed, with priors wide around what rooms show, so that a short series
rests on the prior and a long one on its own data. The slowest frequencies are left to the level.

Series of one room are alike: where one is restless, so are the others. How restless the room is as a whole is a factor
on the prior's middle that is weighed by all its series together (a hierarchical prior: Gelman and others, "Bayesian
Data Analysis", 2013, chapter 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .arrays import Floats

_SD = np.array([0.03, 0.055, 0.08, 0.11, 0.16, 0.25, 0.45])
_MEMORY = np.array([0.6, 0.77, 0.9])
_EXTRA = np.array([0.004, 0.012, 0.025, 0.045, 0.09, 0.25, 0.8, 2.5])
#: Prior of a series around its room's middle, and of that around this: log-normal, sd of the log.
_SD_PRIOR, _EXTRA_PRIOR = (0.08, 0.35), (0.022, 0.6)
_SD_OF_ROOMS, _EXTRA_OF_ROOMS = 0.5, 0.7
_MEMORY_PRIOR = (0.77, 0.13)
#: Logs of how many times as restless as the middle one a room may be.
_ROOMS = np.linspace(-1.0, 1.5, 11)
_SLOWEST = 2


@dataclass(frozen=True)
class Wobble:
    """sd of the slow wobble (relative), its correlation a minute later, extra relative variance of one minute."""

    sd: float
    memory: float
    extra: float


@lru_cache(maxsize=64)
def _shapes(bins: int, step: float) -> Floats:
    """(memories, frequencies): spectrum of a wobble of sd 1, seen through bins of `step` minutes."""
    frequency = np.arange(_SLOWEST, bins // 2 + 1) / bins
    memory = _MEMORY**step
    mean_squares = np.array([mean_square(m, step) for m in _MEMORY])
    cosine = np.cos(2 * np.pi * frequency)
    return np.asarray(
        mean_squares[:, None]
        * (1 - memory[:, None] ** 2)
        / (1 - 2 * memory[:, None] * cosine[None, :] + memory[:, None] ** 2)
    )


@lru_cache(maxsize=1)
def _priors() -> tuple[Floats, Floats]:
    """Log prior (sds, rooms) of a wobble's sd and (extras, rooms) of the extra variance, given the room."""
    found = []
    for grid, (middle, spread) in ((_SD, _SD_PRIOR), (_EXTRA, _EXTRA_PRIOR)):
        log = -0.5 * ((np.log(grid / middle)[:, None] - _ROOMS) / spread) ** 2
        found.append(log - np.log(np.exp(log).sum(axis=0)))
    return found[0], found[1]


def likelihood(deviation: Floats, noise: float, step: float) -> Floats:
    """Whittle's log likelihood (sds, memories, extras) of `deviation` (bins,), relative to its level.

    `noise` is the mean counting variance of a bin of `step` minutes. All 0 below eight bins.
    """
    bins = len(deviation)
    if bins < 8:
        return np.zeros((len(_SD), len(_MEMORY), len(_EXTRA)))
    power = np.abs(np.fft.rfft(deviation - deviation.mean())[_SLOWEST:]) ** 2 / bins
    variance = (_SD**2)[:, None, None, None] * _shapes(bins, step)[None, :, None, :]
    variance = variance + (_EXTRA / step)[None, None, :, None] + noise
    return np.asarray(-(np.log(variance) + power / variance).sum(axis=-1))


def of_rooms(likely: Floats) -> Floats:
    """Log likelihood (rooms, rooms) of a series in rooms so many times as restless: by its sd, by its extra variance.

    `likely`: that of each wobble (`likelihood`).
    """
    return _log_sum(likely[:, :, :, None, None] + _given_room(), (0, 1, 2))


def room_prior(rooms: Sequence[Floats]) -> Floats:
    """Log prior (sds, memories, extras) of a series in a room whose other series are these (`of_rooms`), or none."""
    room = -0.5 * (_ROOMS / _SD_OF_ROOMS)[:, None] ** 2 - 0.5 * (_ROOMS / _EXTRA_OF_ROOMS)[None, :] ** 2
    room = room + sum(rooms)
    return _log_sum(_given_room() + (room - room.max()), (3, 4))


@lru_cache(maxsize=1)
def _given_room() -> Floats:
    """Log prior (sds, memories, extras, rooms, rooms) of a wobble, given its room."""
    of_sd, of_extra = _priors()
    memory = -0.5 * ((_MEMORY - _MEMORY_PRIOR[0]) / _MEMORY_PRIOR[1]) ** 2
    return np.asarray(
        of_sd[:, None, None, :, None] + memory[None, :, None, None, None] + of_extra[None, None, :, None, :]
    )


def _log_sum(logs: Floats, axes: tuple[int, ...]) -> Floats:
    top = logs.max()
    return np.asarray(np.log(np.maximum(np.exp(logs - top).sum(axis=axes), 1e-300)) + top)


def mean_square(memory: float, step: float) -> float:
    """Variance of the mean over `step` minutes of a wobble of variance 1."""
    lags = np.arange(1, max(1, round(step)))
    size = max(1, round(step))
    return float((size + 2 * ((size - lags) * memory**lags).sum()) / size**2)


def wobbles(likely: Floats, prior: Floats | None = None) -> list[tuple[float, Wobble]]:
    """Wobbles one sd of the grid after the other with their posterior weights, of a series of such a likelihood."""
    log = likely + (room_prior(()) if prior is None else prior)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    found = []
    for at, sd in enumerate(_SD):
        own = float(weight[at].sum())
        if own > 0:
            memory = float((weight[at].sum(axis=1) * _MEMORY).sum()) / own
            extra = float((weight[at].sum(axis=0) * _EXTRA).sum()) / own
            found.append((own, Wobble(float(sd), memory, extra)))
    return found


def wobble(deviation: Floats, noise: float, step: float, prior: Floats | None = None) -> Wobble:
    """The wobble of `deviation` (relative to its level, one value a bin of `step` minutes), in the posterior mean.

    `noise` is the mean counting variance of a bin, `prior` that of its room (`room_prior`). The posterior mean varies
    less than the best point of the grid.
    """
    found = wobbles(likelihood(deviation, noise, step), prior)
    return Wobble(
        float(np.sqrt(sum(weight * each.sd**2 for weight, each in found))),
        sum(weight * each.memory for weight, each in found),
        sum(weight * each.extra for weight, each in found),
    )
