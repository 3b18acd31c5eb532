"""A shop that changes something after a bad LIVE, with the true effect known.

The plan is made as sellers make it: a LIVE is bad, its worst rate is picked, and the next LIVEs are watched. That
rate improves nearly always, whatever was done, because a bad LIVE is bad by luck in part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playbook.model.session import Session

from .shops import MADE_OF, RATES, restless_shop


@dataclass(frozen=True)
class Changed:
    """LIVEs before the change, the bad one last; LIVEs since; the rate picked, and whether each LIVE had the change.

    `effect` is the true one, as a fraction.
    """

    history: tuple[Session, ...]
    since: tuple[Session, ...]
    metric: str
    done: dict[str, bool]
    effect: float


def changed_after_a_bad_live(
    seed: int,
    earlier: int = 20,
    later: int = 12,
    impressions_per_hour: float = 20_000,
    effect: float = 0.0,
    alternating: bool = False,
) -> Changed:
    """A restless shop whose worst rate of LIVE number `earlier` is changed by `effect` in the LIVEs after it.

    `alternating`: every second LIVE goes without the change, the first with it.
    """
    lives = restless_shop(np.random.default_rng(seed), earlier + later, impressions_per_hour)
    metric = worst_rate(lives[:earlier])
    on = {index: not alternating or (index - earlier) % 2 == 0 for index in range(earlier, earlier + later)}
    if effect:
        changes = {index: {metric: 1 + effect} for index, done in on.items() if done}
        lives = restless_shop(np.random.default_rng(seed), earlier + later, impressions_per_hour, changes)
    done = {lives[index].id: value for index, value in on.items()}
    return Changed(tuple(lives[:earlier]), tuple(lives[earlier:]), metric, done, effect)


def rate_of(live: Session, metric: str) -> float:
    """One of the seven rates, half an event added so that it is never zero."""
    above, below = MADE_OF[metric]
    return ((live.counts[above] or 0.0) + 0.5) / max(live.counts[below] or 0.0, 1.0)


def worst_rate(lives: Sequence[Session]) -> str:
    """The rate of the last LIVE that lies furthest below the LIVEs before it, in their own standard deviations."""
    away = {}
    for metric in RATES:
        logs = np.log([rate_of(live, metric) for live in lives])
        away[metric] = (logs[-1] - logs[:-1].mean()) / max(logs[:-1].std(), 1e-9)
    return min(away, key=lambda name: away[name])
