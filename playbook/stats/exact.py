"""Two rates by their counts alone, without any approximation."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import gammaln


def lower_mid_p(hits: float, base: float, other_hits: float, other_base: float, ratio: float = 1.0) -> float:
    """How unlikely so few of `base` are, or fewer, when their odds of a hit are `ratio` times the others' odds.

    Fisher's exact test: given all hits together, those of `base` are (for another ratio than 1: Fisher's noncentral)
    hypergeometric. Half the probability of the very count seen is left out (mid-p; Lancaster 1961, "Significance tests
    in discrete distributions"), so that on average a chance of 5 % is one. Raises ValueError where these are no counts.

    >>> round(lower_mid_p(0, 10, 5, 10), 4)
    0.0081
    """
    if not (0 <= hits <= base and 0 <= other_hits <= other_base and base > 0 and other_base > 0 and ratio > 0):
        raise ValueError("not counts: hits lie between 0 and their base, which is above 0")
    total = hits + other_hits
    count = np.arange(max(0.0, total - other_base), min(base, total) + 1)
    log = _log_choose(base, count) + _log_choose(other_base, total - count) + count * math.log(ratio)
    weight = np.exp(log - log.max())
    return float((weight[count < hits].sum() + weight[count == hits].sum() / 2) / weight.sum())


def _log_choose(n: float, k: np.ndarray) -> np.ndarray:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))
