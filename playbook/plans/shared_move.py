"""How far did the rates that a plan should not touch move in the same LIVEs?

A sale, a season or a change of the platform moves all rates alike, and a rate that was picked is no exception: what
the others moved by together is then no sign of the change. Each untouched rate gives an estimate of the same contrast
as the plan's own (`effect`), and they are pooled by random effects, for rates move by themselves as well. The shared
move has a normal prior around zero, so that few or noisy rates take little away: a difference in differences (Card
and Krueger 1994), shrunk (Efron and Morris 1975).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from playbook.knowledge.metrics import Metric
from playbook.model.session import Session
from playbook.stats.meta_analysis import Pooled, random_effects

from .effect import NOTHING_MOVED, Effect, Moved, effect_of

#: Prior sd of the log move that all rates share, and how far a single rate moves by itself besides.
_SHARED_SD, _OWN_SD = 0.30, 0.05
#: The shared move is reported from this many standard errors on.
_CLEAR = 2.0


@dataclass(frozen=True)
class SharedMove:
    """The log move that the untouched rates share, as estimated from them alone."""

    pooled: Pooled

    @property
    def clear(self) -> bool:
        """Whether it is more than their own ups and downs."""
        return abs(self.pooled.mean) > _CLEAR * self.pooled.modified_error

    def taken_from(self, effect: Effect) -> Effect:
        """The effect without what it shares with the untouched rates."""
        variance = self.pooled.plain_error**2
        kept = _SHARED_SD**2 / (_SHARED_SD**2 + variance)
        return replace(
            effect, mean=effect.mean - kept * self.pooled.mean, sd=np.sqrt(effect.sd**2 + kept * variance)
        )  # fmt: skip


def shared_move(
    sessions: Sequence[Session],
    done: Mapping[str, bool | None],
    controls: Sequence[str],
    metrics: Mapping[str, Metric],
    moved: Moved = NOTHING_MOVED,
) -> SharedMove | None:
    """The shared move of `controls` in the LIVEs marked in `done`, as `effect_of`; None where none can be estimated."""
    found = [effect_of(sessions, done, each, (), metrics, moved) for each in controls]
    known = [each for each in found if each is not None]
    if not known:
        return None
    pooled = random_effects([each.middle for each in known], [each.error**2 for each in known], _OWN_SD**2)
    return SharedMove(pooled)


def fraction(log: float) -> float:
    """A log change as a fraction."""
    return math.expm1(min(log, 50.0))
