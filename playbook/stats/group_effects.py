"""Do values differ by group, all else alike: a slot of the week, a host.

One linear model (analysis of covariance: Fisher 1932): a level for every group, slopes on covariates, and a slow drift
over the series as a few cosines. A group's effect is its level against the mean level of the others. Effects are drawn
towards nought as far as they are uncertain (empirical Bayes: Efron and Morris 1975), with the spread between groups by
the moments (DerSimonian and Laird 1986). How many groups were looked at is counted in by Holm's step-down (1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from .arrays import Floats

#: One cosine of the drift for so many values.
_DRIFT_EVERY = 15
#: Residuals beyond so many of their median absolute deviations are drawn in to there.
_ODD = 3.5
#: A median absolute deviation as a standard deviation of normal values.
_AS_SD = 1.4826
#: A group is compared with fewer values of the others than this only by itself.
LEAST = 4


@dataclass(frozen=True)
class GroupEffect:
    """One group of `count` values against the others; effects on the scale of the values, with 95 % ranges.

    `p_better` and `p_worse` are one-sided and count in how many groups were looked at.
    """

    label: str
    count: int
    effect: float
    error: float
    shrunk: float
    low: float
    high: float
    p_better: float
    p_worse: float


def group_effects(
    values: Floats,
    labels: Sequence[str],
    covariates: Floats | None = None,
    noise: Floats | None = None,
    least: int = LEAST,
) -> list[GroupEffect]:
    """Effects by group, in the order of their first value; groups of fewer than `least` values are left out.

    `values` in the order of time, all finite; `covariates` (n, k); `noise` variances of single values by counting
    alone, which weigh values that rest on few cases less. Empty where fewer than two groups are left.
    """
    names = [each for each in dict.fromkeys(labels) if sum(each == other for other in labels) >= least]
    used = np.array([each in names for each in labels], dtype=bool)
    if len(names) < 2 or used.sum() < len(names) + 3:
        return []
    y = np.asarray(values, dtype=float)[used]
    which = np.array([names.index(each) for each in labels if each in names])
    x = _design(which, len(names), None if covariates is None else covariates[used])
    weights = _weights(y, x, None if noise is None else np.asarray(noise, dtype=float)[used])
    fitted = _fit(_drawn_in(y, x, weights), x, weights)
    if fitted is None:
        return []
    level, inverse, variance, freedom = fitted
    counts = np.bincount(which, minlength=len(names)).astype(float)
    effects, errors = np.zeros(len(names)), np.zeros(len(names))
    for place in range(len(names)):
        others = np.where(np.arange(len(names)) == place, 0.0, counts)
        contrast = np.zeros(x.shape[1])
        contrast[: len(names)] = -others / others.sum()
        contrast[place] = 1.0
        effects[place] = contrast @ level
        errors[place] = np.sqrt(max(float(contrast @ inverse @ contrast) * variance, 1e-18))
    ratio = effects / errors
    better = holm(np.asarray(student.sf(ratio, freedom), dtype=float))
    worse = holm(np.asarray(student.cdf(ratio, freedom), dtype=float))
    shrunk, spread = _shrunk(effects, errors)
    reach = float(student.ppf(0.975, freedom)) * spread
    return [
        GroupEffect(name, int(counts[at]), float(effects[at]), float(errors[at]), float(shrunk[at]),
                    float(shrunk[at] - reach[at]), float(shrunk[at] + reach[at]), float(better[at]), float(worse[at]))
        for at, name in enumerate(names)
    ]  # fmt: skip


def holm(p: Floats) -> Floats:
    """P-values that count in how many there are, step-down.

    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p)
    stepped = np.maximum.accumulate(np.asarray(p)[order] * (len(p) - np.arange(len(p))))
    found = np.empty(len(p))
    found[order] = np.minimum(stepped, 1.0)
    return found


def _design(which: np.ndarray, groups: int, covariates: Floats | None) -> Floats:
    """A column for each group, the covariates about their mean, and the drift."""
    n = len(which)
    columns = [(which == each).astype(float) for each in range(groups)]
    if covariates is not None:
        middle = covariates - covariates.mean(axis=0)
        columns += [middle[:, each] for each in range(middle.shape[1]) if np.ptp(middle[:, each]) > 0]
    return np.column_stack([*columns, drift(n)])


def drift(n: int) -> Floats:
    """What changes slowly over `n` values in the order of time, as a few cosines (n, k).

    >>> drift(60).shape
    (60, 4)
    """
    at = (np.arange(n) + 0.5) / n
    return np.column_stack([np.cos(np.pi * each * at) for each in range(1, max(1, n // _DRIFT_EVERY) + 1)])


def _weights(y: Floats, x: Floats, noise: Floats | None) -> Floats:
    """One over what chance in the counts and LIVEs themselves make a value vary by, its mean taken as 1."""
    if noise is None:
        return np.ones(len(y))
    plain = _fit(y, x, np.ones(len(y)))
    between = max((plain[2] if plain else 0.0) - float(np.mean(noise)), 1e-6)
    found = 1.0 / (between + noise)
    return np.asarray(found / found.mean())


def _drawn_in(y: Floats, x: Floats, weights: Floats) -> Floats:
    """Values whose residual is odd, moved to where it is just not."""
    first = _fit(y, x, weights)
    if first is None:
        return y
    fitted = x @ first[0]
    rest = y - fitted
    limit = _ODD * _AS_SD * float(np.median(np.abs(rest - np.median(rest))))
    return y if limit <= 0 else fitted + np.clip(rest, -limit, limit)


def _fit(y: Floats, x: Floats, weights: Floats) -> tuple[Floats, Floats, float, int] | None:
    """Coefficients, (X'WX)^-1, residual variance, degrees of freedom; None where there are none left."""
    freedom = len(y) - int(np.linalg.matrix_rank(x))
    if freedom < 2:
        return None
    root = np.sqrt(weights)
    inverse = np.asarray(np.linalg.pinv((x * weights[:, None]).T @ x), dtype=float)
    level = inverse @ (x.T @ (weights * y))
    rest = root * (y - x @ level)
    return level, inverse, float(rest @ rest) / freedom, freedom


def _shrunk(effects: Floats, errors: Floats) -> tuple[Floats, Floats]:
    """Effects drawn towards nought, and their standard errors."""
    weight = 1.0 / errors**2
    scatter = float(weight @ (effects - weight @ effects / weight.sum()) ** 2)
    between = max(
        (scatter - (len(effects) - 1)) / (float(weight.sum()) - float((weight**2).sum()) / float(weight.sum())), 0.0
    )
    kept = between / (between + errors**2)
    # Where nothing speaks for a spread, the range stays that of the effect itself, about what is drawn in.
    return effects * kept, np.sqrt(np.where(kept > 0, np.maximum(kept, 0.25), 0.25)) * errors
