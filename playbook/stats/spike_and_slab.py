"""An effect that is zero, or drawn from a normal: what a noisy estimate of it says (spike and slab).

Effects that were picked because they stood out are too large on the whole (the winner's curse). The posterior under a
prior that has the effects that were not picked in it is right whichever were picked (Mitchell and Beauchamp 1988,
"Bayesian variable selection in linear regression"; Dawid 1994, "Selection paradoxes of Bayesian inference").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from .arrays import Floats

_HOLDS = 0.95


@dataclass(frozen=True)
class Prior:
    """`null` is the chance of no effect at all; the others are normal with `mean` and `sd`."""

    null: float
    mean: float
    sd: float


@dataclass(frozen=True)
class Posterior:
    """`null`: the chance of no effect; else a mixture of normals, one (weight, mean, sd) a part, weights sum to 1."""

    null: float
    weight: Floats
    means: Floats
    sds: Floats

    @property
    def mean(self) -> float:
        """The expected effect, the chance of none included."""
        return (1 - self.null) * float(self.weight @ self.means)

    def shortest_interval(self) -> tuple[float, float]:
        """The shortest range that holds the effect with a chance of 95 %, to a few thousandths of where it may lie."""
        reach = 6 * float(self.sds.max())
        points = np.linspace(min(float(self.means.min()) - reach, 0.0), max(float(self.means.max()) + reach, 0.0), 4000)
        points = np.sort(np.r_[points, 0.0])  # zero itself has a chance of its own
        slab = (1 - self.null) * (ndtr((points[:, None] - self.means) / self.sds) @ self.weight)
        up_to, before = slab + self.null * (points >= 0), slab + self.null * (points > 0)
        end = np.searchsorted(up_to, before + _HOLDS)
        whole = np.flatnonzero(end < len(points))
        best = whole[np.argmin(points[end[whole]] - points[whole])]
        return float(points[best]), float(points[end[best]])


def posterior(weight: Floats, mean: Floats, sd: Floats, prior: Prior) -> Posterior:
    """From a likelihood that is a mixture of normals, one (weight, mean, sd above 0) a part, as of a flat prior.

    Raises ValueError where an sd is not above 0.
    """
    if not (sd > 0).all():
        raise ValueError("an estimate has a standard error above 0")
    wide = np.hypot(sd, prior.sd)
    log_weight = np.log(np.maximum(weight, 1e-300))
    none = log_weight - 0.5 * (mean / sd) ** 2 - np.log(sd)
    some = log_weight - 0.5 * ((mean - prior.mean) / wide) ** 2 - np.log(wide)
    top = max(float(none.max()), float(some.max()))
    spike, slab = np.exp(none - top), np.exp(some - top)
    nothing = prior.null * float(spike.sum())
    share = nothing / (nothing + (1 - prior.null) * float(slab.sum()))
    precision = 1 / sd**2 + 1 / prior.sd**2
    means = (mean / sd**2 + prior.mean / prior.sd**2) / precision
    return Posterior(share, slab / slab.sum(), means, 1 / np.sqrt(precision))
