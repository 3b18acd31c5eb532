"""A metric before and after a moment, how surely it is known, and what ordinary moments of the same LIVE show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playbook.stats.ar_noise import Wobble, wobble

from .minutes import Counted

Floats = NDArray[np.float64]

#: Minutes compared on either side of a moment.
SIDE = 10.0
#: Hits needed on both sides together, and on the quieter one, before a change says anything.
_HITS = 10
#: Comparable moments had a level beforehand within this much (log), at most so many, and at least so many.
_ALIKE, MOST_PLACEBOS, FEWEST_PLACEBOS = 0.2, 40, 8


@dataclass(frozen=True)
class Change:
    """Log of after over before, its variance, the rates, and the same for comparable ordinary moments.

    `placebos` (moments,) may be empty. `ordinary` is their middle: what happens at such moments anyway.
    """

    log: float
    variance: float
    before: float
    after: float
    placebos: Floats

    @property
    def ordinary(self) -> float:
        return float(np.median(self.placebos)) if len(self.placebos) >= FEWEST_PLACEBOS else 0.0

    @property
    def larger_than(self) -> int | None:
        """Than how many of the placebos the change is larger, whichever way; None with too few of them."""
        if len(self.placebos) < FEWEST_PLACEBOS:
            return None
        return int((np.abs(self.placebos) < abs(self.log)).sum())


class Course:
    """One metric of one LIVE, ready for many comparisons. `busy` are the minutes of its events."""

    def __init__(self, series: Counted, busy: list[float]) -> None:
        self.series = series
        self.side = max(1, round(SIDE / series.step))
        self._hits = np.concatenate(([0.0], np.cumsum(series.hits)))
        self._base = np.concatenate(([0.0], np.cumsum(series.base)))
        self._wobble = wobble_of(series)
        at = np.arange(self.side, series.bins - self.side + 1)
        edges = np.array([series.at(minute) for minute in busy], dtype=np.intp)
        away = np.abs(np.subtract.outer(at, edges)).min(axis=1, initial=series.bins) >= self.side
        self._free = at[away]

    def change(self, minute: float) -> Change | None:
        """What changed at `minute`; None too near an end of the LIVE, or with too few counts."""
        at = self.series.at(minute)
        if at < self.side or at > self.series.bins - self.side:
            return None
        logs, before, after, variance, fine = self._compare(np.array([at]))
        if not fine[0]:
            return None
        others, levels, _, _, usable = self._compare(self._free)
        gap = np.abs(np.log(np.maximum(levels, 1e-12)) - np.log(max(before[0], 1e-12)))
        usable &= gap <= _ALIKE
        nearest = np.argsort(np.where(usable, gap, np.inf), kind="stable")[: min(MOST_PLACEBOS, int(usable.sum()))]
        return Change(float(logs[0]), float(variance[0]), float(before[0]), float(after[0]), others[nearest])

    def _compare(self, at: NDArray[np.intp]) -> tuple[Floats, Floats, Floats, Floats, NDArray[np.bool_]]:
        hits0 = self._hits[at] - self._hits[at - self.side]
        hits1 = self._hits[at + self.side] - self._hits[at]
        base0 = self._base[at] - self._base[at - self.side]
        base1 = self._base[at + self.side] - self._base[at]
        fine = (base0 > 0) & (base1 > 0) & (hits0 + hits1 >= _HITS)
        before, after = hits0 / np.maximum(base0, 1e-9), hits1 / np.maximum(base1, 1e-9)
        logs = np.log((hits1 + 0.5) / np.maximum(base1, 1e-9)) - np.log((hits0 + 0.5) / np.maximum(base0, 1e-9))
        variance = 1 / (hits0 + 0.5) + 1 / (hits1 + 0.5) + var_of_difference(self._wobble, self.side * self.series.step)
        return logs, before, after, variance, fine


def wobble_of(series: Counted) -> Wobble:
    """The ordinary wobble of a series around its own mean."""
    rate = series.hits.sum() / max(series.base.sum(), 1e-9)
    expected = np.maximum(series.base * rate, 1e-4)
    deviation = np.where(series.known, np.minimum(series.hits / expected - 1, 1 + 4 / expected), 0.0)
    return wobble(deviation, float((1 / expected[series.known]).mean()), series.step)


def var_of_difference(of: Wobble, minutes: float) -> float:
    """Variance of the difference between the means of two neighbouring stretches of `minutes`, without counting."""
    size = max(1, round(minutes))
    lags = np.abs(np.subtract.outer(np.arange(2 * size), np.arange(2 * size)))
    sign = np.repeat([-1.0, 1.0], size) / size
    return float(of.sd**2 * (sign @ of.memory**lags @ sign) + 2 * of.extra / size)
