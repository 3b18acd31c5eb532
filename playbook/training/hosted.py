"""LIVEs that a trainee hosted, before they began to learn and since: what was seen, with its range, never why.

The rate of a LIVE is taken on the log scale, and the two groups are compared by Welch's t (Biometrika 34, 1947): LIVEs
count alike, so what they differ by from evening to evening is in the range. Hour, traffic and products are not held
equal.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.stats import t as student

from playbook.diagnosis.over_lives.hosts import HOST_RATES
from playbook.knowledge.metrics import Metric
from playbook.metrics.compute import compute
from playbook.model.session import Session

#: LIVEs on each side without which nothing is compared.
NEEDED = 3


@dataclass(frozen=True)
class ChangedRate:
    """A rate before and since: geometric means over LIVEs, and their relative difference with its 95 % range."""

    metric: str
    before: float
    since: float
    lives: tuple[int, int]
    change: float
    low: float
    high: float

    @property
    def may_be_luck(self) -> bool:
        return self.low <= 0 <= self.high


def hosted(name: str, sessions: Sequence[Session]) -> list[Session]:
    """The LIVEs that name this host, however it is spelled in capitals and spaces."""
    wanted = _plain(name)
    return [each for each in sessions if each.host and _plain(each.host) == wanted]


def changed(sessions: Sequence[Session], began: date, metrics: Mapping[str, Metric]) -> list[ChangedRate]:
    """Each rate that enough LIVEs on both sides of the day have; the day itself counts as since."""
    found = []
    for name in HOST_RATES:
        metric = {name: metrics[name]}
        values = [(each.start.date() >= began, compute(each, metric)[name].value) for each in sessions if each.start]
        sides = [[math.log(value) for since, value in values if since is side and value] for side in (False, True)]
        if min(map(len, sides)) >= NEEDED:
            found.append(_welch(name, sides[0], sides[1]))
    return found


def _welch(name: str, before: Sequence[float], since: Sequence[float]) -> ChangedRate:
    one, other = np.var(before, ddof=1) / len(before), np.var(since, ddof=1) / len(since)
    middle, spread = float(np.mean(since) - np.mean(before)), float(one + other)
    free = spread**2 / (one**2 / (len(before) - 1) + other**2 / (len(since) - 1)) if spread else 1.0
    half = float(student.ppf(0.975, free)) * math.sqrt(spread)
    return ChangedRate(
        name, math.exp(np.mean(before)), math.exp(np.mean(since)), (len(before), len(since)),
        math.expm1(middle), math.expm1(middle - half), math.expm1(middle + half),
    )  # fmt: skip


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
