"""Which of several findings hold when their number is allowed for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def benjamini_hochberg(p: Sequence[float], rate: float) -> tuple[bool, ...]:
    """Which hypotheses to reject so that on average at most `rate` of those rejected are true.

    Step-up on the sorted p-values (Benjamini and Hochberg 1995, "Controlling the false discovery rate"); holds where
    they are independent or positively dependent (Benjamini and Yekutieli 2001). Raises ValueError where a p-value is
    not between 0 and 1.

    >>> benjamini_hochberg([0.01, 0.3, 0.04], 0.1)
    (True, False, True)
    """
    values = np.asarray(p, dtype=float)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("p-values lie between 0 and 1")
    if len(values) == 0:
        return ()
    ordered = np.sort(values)
    passed = np.flatnonzero(ordered <= rate * np.arange(1, len(values) + 1) / len(values))
    limit = ordered[passed[-1]] if len(passed) else -1.0
    return tuple((values <= limit).tolist())


def tarone_count(smallest: Sequence[float], alpha: float) -> int:
    """By how many to divide `alpha` when test i can have no p-value below `smallest[i]`; at least 1.

    Tests of so few cases that they could never reject cost nothing (Tarone 1990, "A modified Bonferroni method for
    discrete data").

    >>> tarone_count([0.001, 0.001, 0.4, 0.5], 0.05)
    2
    """
    values = np.asarray(smallest, dtype=float)
    return next(k for k in range(1, len(values) + 2) if (values <= alpha / k).sum() <= k)
