"""One series against a level: how far each bin lies from it, how much was expected, how far counting alone reaches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playbook.stats.ar_noise import Wobble
from playbook.stats.arrays import Floats
from playbook.stats.scan import fit, inverse_covariance

from .minutes import MinuteCounts
from .shifts import Refit

#: Counting variance of a bin of which nothing is known.
_UNSEEN = 1e4
#: Hits in one of the stretches whose middle rate is the first guess of the level.
_A_STRETCH = 10
#: Relative variance of a minute that is nothing odd.
_ORDINARY = 0.03


@dataclass(frozen=True)
class Against:
    """A series against a level: relative deviation, expected counts and relative counting variance, each (bins,).

    `slow` (bins, knots) is the root of the slow course's covariance, a bin is `step` minutes. Bursts count as unknown:
    a giveaway's peak says nothing about the level, but would raise it.
    """

    deviation: Floats
    expected: Floats
    noise: Floats
    slow: Floats
    step: float

    @classmethod
    def level(cls, series: MinuteCounts, level: Floats, slow: Floats) -> Against:
        """The series against `level` (bins,)."""
        expected = np.where(series.known, series.base * level, 1e-9)
        kept = np.maximum(0.2, 1 - level) if series.proportion else np.ones(series.bins)
        noise = np.where(series.known, kept / np.maximum(expected, 1 / _UNSEEN), _UNSEEN)
        deviation = np.where(series.known, series.hits / expected - 1, 0.0)
        burst = deviation > _most(deviation, noise, series.step)
        deviation, noise = np.where(burst, 0.0, deviation), np.where(burst, _UNSEEN, noise)
        return cls(deviation, expected / kept, noise, slow, series.step)

    @property
    def blank(self) -> bool:
        """Nothing but bursts and unknown bins: no level to fall from."""
        return not (self.noise < _UNSEEN).any()

    @property
    def counting(self) -> float:
        """Mean counting variance of the bins that are known."""
        return float(self.noise[self.noise < _UNSEEN].mean())

    @property
    def calm(self) -> Floats:
        """The deviation without what is clearly no wobble, for as long as no fall is known."""
        odd = np.abs(self.deviation) > _most(self.deviation, self.noise, self.step)
        return np.where(odd, 0.0, self.deviation)

    def refit(self, wobble: Wobble) -> Refit:
        """Fits of the level with a loss for each shift, at that wobble."""
        inverse = inverse_covariance(self.noise, wobble, self.slow, self.step)
        return lambda shifts: fit(self.deviation, self.expected, inverse, self.slow, [each.span for each in shifts])


def first_level(series: MinuteCounts) -> Floats:
    """A rough level (bins,): the median rate of stretches of some ten hits.

    Neither bursts nor falls weigh in. With few hits it is the rate of the whole.
    """
    hits, base = np.cumsum(series.hits), np.cumsum(series.base)
    rate = float(hits[-1] / base[-1])
    stretches = int(min(hits[-1] / _A_STRETCH, series.bins))
    if stretches >= 5:
        edges = np.searchsorted(base, np.linspace(0, base[-1], stretches + 1)[1:-1])
        edges = np.unique(np.concatenate(([0], edges, [series.bins - 1])))
        rate = float(np.median(np.diff(hits[edges]) / np.maximum(np.diff(base[edges]), 1e-9))) or rate
    return np.full(series.bins, rate)


def _most(deviation: Floats, noise: Floats, step: float) -> Floats:
    """How far (bins,) an ordinary bin may lie from the level, by the middle scatter of all."""
    scatter = 1.4826 * float(np.median(np.abs(deviation - np.median(deviation))))
    return np.asarray(3 * np.sqrt(np.maximum(_ORDINARY / step, scatter**2 - noise)) + 2.5 * np.sqrt(noise) + 3 * noise)
