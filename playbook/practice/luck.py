"""The luck of one practice LIVE, drawn before it starts, so that no action changes it.

Every process (being shown, entering, leaving ...) has a stream of its own with one number a minute. A count is the
quantile of its distribution at that number: two ways of playing the same seed differ only by what was done (common
random numbers; Law, Simulation Modeling and Analysis, 5th ed., section 11.2).
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from playbook.simulation.rooms import Restlessness, audience_curve, warm_up

PROCESSES = (
    "shown", "entering", "leaving", "product_shown", "clicking", "ordering", "commenting", "following", "sharing",
    "liking", "warning", "which", "telling_0", "telling_1", "misleading", "talking",
)  # fmt: skip
#: What swings of itself from minute to minute.
SWINGING = ("impressions", "err", "ctr", "ctor", "comment_rate", "follow_rate")
#: sd of the log of a rate's level from LIVE to LIVE: a settled shop.
LEVEL_SD = 0.06
#: Above this mean a count's quantile is taken from the normal curve with a correction for skewness.
_SUMMED_UP_TO = 40.0


@dataclass(frozen=True)
class Luck:
    """`uniform` and `normal` have one number a minute for each process; `swing` what a level is multiplied by."""

    uniform: dict[str, list[float]]
    normal: dict[str, list[float]]
    swing: dict[str, list[float]]

    @classmethod
    @lru_cache(maxsize=64)
    def of(cls, scenario: str, seed: int, minutes: int) -> Luck:
        """The same for the same scenario, seed and length, on every machine. Nothing changes it, so it is shared."""
        name = zlib.crc32(scenario.encode())
        uniform = {
            process: np.random.default_rng([seed, name, at]).uniform(1e-9, 1 - 1e-9, minutes)
            for at, process in enumerate(PROCESSES)
        }
        rng = np.random.default_rng([seed, name, 1_000])
        restless = Restlessness.draw(rng)
        swing = {each: restless.swing(rng, minutes) * np.exp(rng.normal(0, LEVEL_SD)) for each in SWINGING}
        swing["impressions"] = swing["impressions"] * audience_curve(rng, minutes)
        swing["err"] = swing["err"] * warm_up(rng, minutes)
        return cls(
            {process: values.tolist() for process, values in uniform.items()},
            {process: ndtri(values).tolist() for process, values in uniform.items()},
            {each: values.tolist() for each, values in swing.items()},
        )

    def poisson(self, process: str, minute: int, mean: float) -> int:
        """A count without an upper end, of the given mean."""
        return poisson_quantile(self.uniform[process][minute], self.normal[process][minute], mean)

    def binomial(self, process: str, minute: int, of: int, chance: float) -> int:
        """How many of `of`, each with this chance; the chance is held between 0 and 0.95."""
        held = min(max(chance, 0.0), 0.95)
        return binomial_quantile(self.uniform[process][minute], self.normal[process][minute], of, held)


def poisson_quantile(u: float, z: float, mean: float) -> int:
    """The smallest count whose distribution function reaches u; z is the normal quantile of u."""
    if mean <= 0:
        return 0
    if mean > _SUMMED_UP_TO:
        return max(0, math.floor(mean + z * math.sqrt(mean) + (z * z - 1) / 6 + 0.5))
    count, term = 0, math.exp(-mean)
    total, most = term, mean + 12 * math.sqrt(mean) + 30
    while total < u and count < most:
        count += 1
        term *= mean / count
        total += term
    return count


def binomial_quantile(u: float, z: float, of: int, chance: float) -> int:
    """As `poisson_quantile`, for how many of `of` with this chance each."""
    if of <= 0 or chance <= 0:
        return 0
    if chance > 0.5:
        return of - binomial_quantile(1 - u, -z, of, 1 - chance)
    mean = of * chance
    if mean > _SUMMED_UP_TO:
        sd = math.sqrt(mean * (1 - chance))
        rough = mean + z * sd + (1 - 2 * chance) * (z * z - 1) / 6 + 0.5
        return min(of, max(0, math.floor(rough)))
    count, odds = 0, chance / (1 - chance)
    term = (1 - chance) ** of
    total = term
    while total < u and count < of:
        term *= odds * (of - count) / (count + 1)
        count += 1
        total += term
    return count
