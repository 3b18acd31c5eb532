"""When a plan is judged, and how much evidence each interim analysis asks for: a group-sequential boundary.

Whoever tests again and again sees chance succeed in the end. The analyses are therefore fixed before the first LIVE:
after half of the planned LIVEs and after all of them, and if that was not enough after twice and four times as
many. All of them together may be wrong in five of a hundred plans when nothing changed. Most of it is spent on the
planned LIVEs, by the O'Brien-Fleming type function of Lan and DeMets (1983, "Discrete sequential boundaries for
clinical trials"), the rest on the two extensions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtr, ndtri

#: May say "worked" this often when nothing changed: over the planned analyses, and at each extension.
PLANNED_ALPHA = 0.04
_EXTENSIONS = ((2, 0.005), (4, 0.003))
POWER = 0.80


@dataclass(frozen=True)
class InterimAnalysis:
    """After `lives` LIVEs in which it was done, the chance that nothing improved has to be at most `limit`."""

    lives: int
    limit: float


@lru_cache(maxsize=64)
def interim_analyses(lives: int) -> tuple[InterimAnalysis, ...]:
    """The analyses of a plan over `lives` LIVEs (at least 1), the first one first. Raises ValueError below 1."""
    if lives < 1:
        raise ValueError(f"a plan needs at least 1 LIVE, not {lives}")
    later = tuple(InterimAnalysis(lives * times, limit) for times, limit in _EXTENSIONS)
    half = math.ceil(lives / 2)
    if half == lives:
        return (InterimAnalysis(lives, PLANNED_ALPHA), *later)
    first = 2 * float(ndtr(-ndtri(1 - PLANNED_ALPHA / 2) / math.sqrt(half / lives)))
    return (InterimAnalysis(half, first), InterimAnalysis(lives, _second(first, half / lives)), *later)


def needed_error(size: float) -> float:
    """The standard error at which a log effect of `size` is seen at the last planned analysis with 80 % power.

    Exact for the second of two analyses and somewhat strict for a single one.
    """
    limit = interim_analyses(2)[1].limit
    return abs(size) / float(ndtri(1 - limit) + ndtri(POWER))


def visible(error: float) -> float:
    """The other way round: the log effect that is seen with 80 % power at this standard error."""
    return error / needed_error(1.0)


def _second(first: float, fraction: float) -> float:
    """What the second analysis may ask so that both together are wrong in PLANNED_ALPHA of the cases."""
    z = np.linspace(-8, float(ndtri(1 - first)), 2001)
    density = np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi)

    def late(bound: float) -> float:
        beyond = ndtr((math.sqrt(fraction) * z - bound) / math.sqrt(1 - fraction))
        return float(np.trapezoid(density * beyond, z))

    low, high = 1.0, 4.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if late(middle) > PLANNED_ALPHA - first else (low, middle)
    return float(ndtr(-high))


def overall_p_value(lives: int, analysis: int, p_value: float) -> float:
    """The p-value of a plan over `lives` LIVEs whose `analysis` (from 1 on) had this p-value.

    What the earlier analyses could have spent is added (stage-wise ordering; Tsiatis, Rosner and Mehta 1984): no more
    often than this would a plan that changes nothing come so far.
    """
    return min(1.0, p_value + sum(each.limit for each in interim_analyses(lives)[: analysis - 1]))
