"""The best possible power of a plan in a restless shop: that of a test which knows the shop's every variance.

The logs of the picked rate and of those that move with it are one Gaussian field over LIVEs whose covariance is that
of `simulation.shops` with this shop's own spreads; only levels are not known. Generalised least squares (Aitken 1936)
then has the smallest error of the effect there is, and power follows from the normal distribution. Judged once, after
all LIVEs, at a chance of `ALPHA` for a false "worked".
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import ndtr, ndtri

from playbook.model.session import Session
from playbook.simulation import shops
from playbook.simulation.shops import MADE_OF
from playbook.simulation.worlds.plans import Design, tried

ALPHA = 0.048
#: Numbers whose correlations are not zero.
_FIELD = ("stay", "ctr", "comment_rate", "err")
#: Variance of the slope of ERR on traffic between shops: uniform from -.45 to -.10.
_SLOPE_VARIANCE = 0.35**2 / 12
_BINOMIAL = ("err", "follow_rate", "ctr", "ctor")


def power(design: Design, effect: float, seed: int) -> float:
    """The best chance of a "worked" for this very shop and the rate picked in it."""
    case = tried(seed, design, effect)
    error = effect_error(seed, [*case.history, *case.since], case.metric, np.array(list(design.done().values())))
    return float(ndtr(math.log1p(effect) / error - ndtri(1 - ALPHA)))


def effect_error(seed: int, lives: list[Session], metric: str, done: np.ndarray) -> float:
    """Standard error of the effect on the log of `metric` in the last LIVEs, in which `done` says where it was."""
    names = _FIELD if metric in _FIELD else (metric,)
    n = len(lives)
    cov = field(seed, names, n) + np.diag(np.concatenate([noise(lives, name) for name in names]))
    if "err" in names:
        at = names.index("err") * n
        hours = np.array([live.hours for live in lives], dtype=float)
        shown = np.log([live.counts["impressions"] or 1.0 for live in lives] / hours)
        shown -= shown.mean()
        cov[at : at + n, at : at + n] += _SLOPE_VARIANCE * np.outer(shown, shown)
    design = np.kron(np.eye(len(names)), np.ones((n, 1)))
    on = np.zeros((len(names) * n, 1))
    first = names.index(metric) * n + n - len(done)
    on[first : first + len(done), 0] = done
    x = np.hstack([on, design])
    information = x.T @ np.linalg.solve(cov, x)
    return float(np.sqrt(np.linalg.inv(information)[0, 0]))


def field(seed: int, names: tuple[str, ...], lives: int) -> np.ndarray:
    """Covariance of the logs of `names` over LIVEs, without counting; that of a number's LIVEs is one block."""
    every = list(shops.RESTLESS)
    scatter = np.exp(np.random.default_rng(seed).normal(0, 0.2, len(every)))
    together = shops.correlation(every)
    apart = np.abs(np.subtract.outer(np.arange(lives), np.arange(lives)))
    later = np.subtract.outer(np.arange(lives), np.arange(lives)) > 0
    blocks = []
    for one in names:
        row = []
        for other in names:
            i, j = every.index(one), every.index(other)
            (sd1, share1, keep1), (sd2, share2, keep2) = shops.RESTLESS[one], shops.RESTLESS[other]
            level = math.sqrt((1 - keep1**2) * (1 - keep2**2)) / (1 - keep1 * keep2)
            wander = math.sqrt(share1 * share2) * level * np.where(later, keep1, keep2) ** apart
            luck = math.sqrt((1 - share1) * (1 - share2)) * (apart == 0)
            row.append(sd1 * scatter[i] * sd2 * scatter[j] * together[i, j] * (wander + luck))
        blocks.append(row)
    return np.block(blocks)


def noise(lives: list[Session], name: str) -> np.ndarray:
    """Variance of the log by counting alone."""
    if name == "stay":
        return np.array([1.2 / max(live.counts["views"] or 1.0, 1.0) for live in lives])
    above, below = MADE_OF[name]
    hits = np.array([max(live.counts[above] or 0.0, 0.5) for live in lives])
    base = np.array([max(live.counts[below] or 0.0, 1.0) for live in lives])
    return 1 / hits - (1 / base if name in _BINOMIAL else 0.0)
