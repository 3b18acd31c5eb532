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
from playbook.stats.scan import scan

from .against import Against
from .shifts import Shift, TriedShift, without

#: In fewer bins Whittle's likelihood is too rough to tell a long fall from a slow wobble: falls stay as found.
_BINS = 60
#: So it is for a fall over more than this part of the bins; that one stays where its log odds as found are clear.
_SHARE, _CLEAR = 0.2, 3.0


@dataclass(frozen=True)
class Weighing:
    """What falls are weighed against: the series, the places tried, the rises in it, the wobble's prior (or None)."""

    seen: Against
    tried: TriedShift
    rises: Sequence[Shift]
    prior: Floats | None

    def confirmed(self, falls: Sequence[Shift], odds: float) -> list[Shift]:
        """The falls whose log odds are at least `odds` with the wobble not known; the weakest goes first.

        `evidence` of those that were weighed is the new one.
        """
        bins, price = len(self.seen.deviation), self.tried.price
        if bins < _BINS:
            return list(falls)
        long = [each for each in falls if each.end - each.start > _SHARE * bins]
        left = [each for each in falls if each not in long]
        long = [each for each in long if each.evidence >= _CLEAR + price]
        while left:
            weighed = [self._weighed(each, [*long, *(other for other in left if other != each)]) for each in left]
            weakest = min(range(len(weighed)), key=lambda at: weighed[at].evidence)
            if weighed[weakest].evidence >= odds + price:
                return [*long, *weighed]
            del left[weakest]
        return long

    def _weighed(self, fall: Shift, others: Sequence[Shift]) -> Shift:
        """The fall with the evidence of all windows that touch it, over the wobbles of the series with it left in."""
        tried, seen = self.tried, self.seen
        touching = (tried.begin < fall.end) & (tried.end > fall.start)
        begin, end = tried.begin[touching], tried.end[touching]
        logs = []
        likely = likelihood(without(seen.deviation, others), seen.counting, seen.step)
        for weight, wobble in wobbles(likely, self.prior):
            # However unlikely without the fall: it may be the very one with which the fall explains all.
            fitted = seen.refit(wobble)([*self.rises, *others])
            logs.append(np.log(weight) + np.logaddexp.reduce(scan(fitted, begin, end, seen.step).evidence))
        return replace(fall, evidence=float(np.logaddexp.reduce(logs)))
