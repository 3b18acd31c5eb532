"""Falls that stand against a wilder wobble: the series with a fall, or a more restless one without?

A wobble that was estimated with the falls taken out is too calm where they were none, and at it every swing is a fall.
So each fall is weighed once more with the wobble not known: the marginal likelihood with the fall over that without is
the mean of its Bayes factor over the wobbles that explain the series as it is, were there no such fall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from playbook.stats.ar_noise import likelihood, wobbles
from playbook.stats.arrays import Floats
from playbook.stats.scan import fit, inverse_covariance, scan

from .shifts import Shift, TriedShift, without

#: In fewer bins Whittle's likelihood is too rough to tell a long fall from a slow wobble, and a fall of a larger part of
#: the bins is as slow as the slowest it sees: that one stays if its log odds as found are clear.
_BINS, _SHARE = 60, 0.2
_CLEAR = 3.0
#: Counting variance of a bin of which nothing is known.
UNSEEN = 1e4


@dataclass(frozen=True)
class Observed:
    """A series against its level: deviation, expected counts and counting variance (bins,), the slow course's root."""

    deviation: Floats
    expected: Floats
    noise: Floats
    slow: Floats
    step: float


def confirmed(
    falls: Sequence[Shift],
    rises: Sequence[Shift],
    tried: TriedShift,
    seen: Observed,
    prior: Floats | None,
    odds: float,
) -> list[Shift]:
    """The falls whose log odds are at least `odds` with the wobble not known; the weakest goes first.

    `prior`: of the wobble (`ar_noise.room_prior`). `evidence` of what is left is the new one.
    """
    bins = len(seen.deviation)
    if bins < _BINS:
        return list(falls)
    long = [each for each in falls if each.end - each.start > _SHARE * bins]
    left = [each for each in falls if each not in long]
    long = [each for each in long if each.evidence >= _CLEAR + tried.price]
    while left:
        weighed = [_weighed(each, [*long, *(other for other in left if other is not each)], rises, tried, seen, prior)
                   for each in left]  # fmt: skip
        weakest = min(range(len(weighed)), key=lambda at: weighed[at].evidence)
        if weighed[weakest].evidence >= odds + tried.price:
            return [*long, *weighed]
        del left[weakest]
    return long


def _weighed(
    fall: Shift,
    others: Sequence[Shift],
    rises: Sequence[Shift],
    tried: TriedShift,
    seen: Observed,
    prior: Floats | None,
) -> Shift:
    """The fall with the evidence of all windows that touch it, over the wobbles of the series with the fall left in."""
    known = float(seen.noise[seen.noise < UNSEEN].mean())
    touching = (tried.begin < fall.end) & (tried.end > fall.start)
    begin, end = tried.begin[touching], tried.end[touching]
    spans = [each.span for each in (*rises, *others)]
    logs = []
    for weight, spread in wobbles(likelihood(without(seen.deviation, others), known, seen.step), prior):
        # However unlikely without the fall: it may be the very one with which the fall explains all.
        inverse = inverse_covariance(seen.noise, spread, seen.slow, seen.step)
        fitted = fit(seen.deviation, seen.expected, inverse, seen.slow, spans)
        evidence = scan(fitted, begin, end, seen.step).evidence
        logs.append(np.log(weight) + np.logaddexp.reduce(evidence))
    return replace(fall, evidence=float(np.logaddexp.reduce(logs)))
