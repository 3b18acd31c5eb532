"""A metric before and after a moment, what was to be expected of it by the minutes before, and how rare the rest is.

An event is often a reply to a low, and lows rise again by themselves. So what comes after it is held against what the
minutes before it lead to expect: their level, slow course, wobble and counting noise are one Gaussian process, and the
ten minutes after are predicted from those before (kriging; Rasmussen and Williams 2006, section 2.2). What set the
event off is then no matter, as long as it lies in those minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from playbook.stats.ar_noise import Wobble, mean_square, wobble

from .minutes import MinuteCounts

Floats = NDArray[np.float64]

#: Minutes compared on either side of a moment, and those from which the ones after it are predicted.
SIDE, _KNOWN = 10.0, 90.0
#: Hits to be expected on both sides together before a change says anything. (Were those that came after counted,
#: low ones would be left out.)
_HITS = 10
#: A rank is stated out of this many ordinary moments, by Student's t: the sizes of the wobble are estimates.
MOMENTS, _FREEDOM = 40, 60.0
#: Reach of the slow course as a part of the LIVE. Shorter than where falls are looked for: an audience that swings once
#: or more over a LIVE is on its way somewhere, and a stiff course would expect it to turn back at once.
_REACH = 0.15
#: sd of the level before anything is seen, as a part of the LIVE's mean.
_LEVEL = 1.0
#: What is expected is never less than this part of the LIVE's mean.
_LOWEST = 0.1


@dataclass(frozen=True)
class EventChange:
    """A metric's rate `before` and `after`, the log of their quotient and its variance.

    `expected` is the rate that the minutes before lead to expect after; `beyond` the fraction by which it is exceeded,
    with its standard `error`.
    """

    log: float
    variance: float
    before: float
    after: float
    expected: float
    beyond: float
    error: float

    @property
    def ordinary(self) -> float:
        """The change (a fraction) to be expected without anything happening."""
        return self.expected / self.before - 1 if self.before > 0 else 0.0

    @property
    def larger_than(self) -> int:
        """Than at how many of `MOMENTS` ordinary moments the change beyond what was expected is larger, either way."""
        return floor(MOMENTS * (1 - 2 * float(stdtr(_FREEDOM, -abs(self.beyond) / self.error))))


class ExpectedCourse:
    """One metric of one LIVE, ready for many comparisons."""

    def __init__(self, series: MinuteCounts) -> None:
        self.series = series
        self.side = max(1, round(SIDE / series.step))
        self._rate = float(series.hits.sum() / max(series.base.sum(), 1e-9))
        expected = np.maximum(series.base * self._rate, 1e-4)
        self._deviation = np.where(series.known, np.minimum(series.hits / expected - 1, 1 + 4 / expected), 0.0)
        noise = (max(0.2, 1 - self._rate) if series.proportion else 1.0) / expected
        self._wobble = wobble_of(series)
        lag = np.arange(series.bins)
        slow = series.course_sd**2 * np.exp(-0.5 * (lag / (_REACH * series.bins)) ** 2)
        wobble_variance = self._wobble.sd**2 * mean_square(self._wobble.memory, series.step)
        self._together = _LEVEL**2 + slow + wobble_variance * self._wobble.memory ** (series.step * lag)
        self._apart = noise + self._wobble.extra / series.step

    def change(self, minute: float) -> EventChange | None:
        """What changed at `minute`; None too near an end of the LIVE, or with too few counts."""
        series, at, side = self.series, self.series.at(minute), self.side
        if at < side or at > series.bins - side:
            return None
        hits0, hits1 = (float(series.hits[a:b].sum()) for a, b in ((at - side, at), (at, at + side)))
        base0, base1 = (float(series.base[a:b].sum()) for a, b in ((at - side, at), (at, at + side)))
        before, after = series.rate(at - side, at), series.rate(at, at + side)
        if before is None or after is None or self._rate * (base0 + base1) < _HITS:
            return None
        log = float(np.log((hits1 + 0.5) / base1) - np.log((hits0 + 0.5) / base0))
        variance = 1 / (hits0 + 0.5) + 1 / (hits1 + 0.5) + var_of_difference(self._wobble, side * series.step)
        expected, error = self._expected(at)
        return EventChange(
            log, variance, before, after, expected * self._rate, after / self._rate / expected - 1, error / expected
        )

    def _expected(self, at: int) -> tuple[float, float]:
        """Mean of the stretch after bin `at` as a part of the LIVE's own, and the standard error of what is counted."""
        known = self.series.known
        first = max(0, at - round(_KNOWN / self.series.step))
        past = np.flatnonzero(known[first:at]) + first
        then = np.flatnonzero(known[at : at + self.side]) + at
        weight = self.series.base[then] / self.series.base[then].sum()
        towards = weight @ self._covariance(then, past)
        solved = np.linalg.solve(self._covariance(past, past) + np.diag(self._apart[past]), towards)
        own = weight @ self._covariance(then, then) @ weight + weight**2 @ self._apart[then]
        expected = max(1 + float(solved @ self._deviation[past]), _LOWEST)
        return expected, float(np.sqrt(max(own - solved @ towards, 1e-9)))

    def _covariance(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Floats:
        """What bins have in common, without the noise of each."""
        return np.asarray(self._together[np.abs(np.subtract.outer(rows, columns))])


def wobble_of(series: MinuteCounts) -> Wobble:
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
