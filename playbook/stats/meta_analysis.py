"""Several estimates of one effect, each with its own variance, pooled by random effects.

True effects differ by a variance that is estimated by the method of moments (DerSimonian and Laird 1986,
"Meta-analysis in clinical trials"). The error of the mean is that of Hartung and Knapp (2001, "A refined method for the
meta-analysis of controlled clinical trials with binary outcome"), never below the plain one (Rover, Knapp and Friede
2015): with few estimates that happen to agree it would come out too small.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

_Z = 1.959964


@dataclass(frozen=True)
class Pooled:
    """The mean effect, the variance between true effects, and the standard error of the mean by either way."""

    mean: float
    between_variance: float
    plain_error: float
    knapp_hartung_error: float
    effects: int

    @property
    def modified_error(self) -> float:
        """Hartung and Knapp's error, at least the plain one."""
        return max(self.plain_error, self.knapp_hartung_error)

    def interval(self) -> tuple[float, float]:
        """95 % range of the mean; a single effect has its own. Never narrower than the plain one."""
        if self.effects == 1:
            return self.mean - _Z * self.plain_error, self.mean + _Z * self.plain_error
        t = float(stdtrit(self.effects - 1, 0.975))
        half = max(_Z * self.plain_error, t * self.knapp_hartung_error)
        return self.mean - half, self.mean + half


def random_effects(effects: Sequence[float], variances: Sequence[float], least_between: float = 0.0) -> Pooled:
    """Pool `effects` with their `variances`; the variance between them is taken to be at least `least_between`.

    Raises ValueError where there is no effect, or a variance is not above 0.
    """
    y, v = np.asarray(effects, dtype=float), np.asarray(variances, dtype=float)
    if len(y) == 0 or len(y) != len(v) or not (v > 0).all():
        raise ValueError("needs at least one effect, each with an error above 0")
    fixed = 1 / v
    excess = float(fixed @ (y - fixed @ y / fixed.sum()) ** 2) - (len(y) - 1)
    scaling = float(fixed.sum() - (fixed**2).sum() / fixed.sum())
    between = max(least_between, excess / scaling if len(y) > 1 else 0.0)
    weight = 1 / (v + between)
    total = float(weight.sum())
    mean = float(weight @ y) / total
    plain = 1 / math.sqrt(total)
    seen = float(weight @ (y - mean) ** 2) / (len(y) - 1) if len(y) > 1 else 1.0
    return Pooled(mean, between, plain, math.sqrt(seen / total), len(y))
