"""Totals noted at uneven times, laid on even stretches of minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

#: Between rows further apart than this many steps nothing is said of the minutes.
_HOLE = 2.5


def even_trend(
    rows: Sequence[tuple[float, Mapping[str, float]]], names: Sequence[str]
) -> tuple[pd.DataFrame, float] | None:
    """What came in each stretch of `step` minutes: `minute` and counts, the last stretch ending at the last row.

    `rows` are minutes with the totals shown then, by time. The step is the commonest distance between rows. Totals
    noted at uneven times are laid on it along straight lines; where rows are further apart than two and a half steps
    the minutes between stay unknown. None with fewer than two stretches.
    """
    times = np.array([minute for minute, _ in rows])
    if len(times) < 2 or times[-1] <= 0:
        return None
    step = _step(times)
    edges = np.arange(times[-1], -1e-6, -step)[::-1]
    if len(edges) < 3:
        return None
    columns = {"minute": edges[:-1]}
    for name in names:
        known = [(minute, counts[name]) for minute, counts in rows if name in counts]
        if known:
            columns[name] = _between(known, edges, step, whole=name != "gmv")
    return pd.DataFrame(columns), step


def _step(times: np.ndarray) -> float:
    """Whole minutes, at least one: the middle distance between rows, the start of the LIVE being one."""
    gaps = np.diff(np.concatenate(([0.0], times)))
    gaps = gaps[gaps > 0]
    return float(max(1.0, np.round(np.median(gaps))))


def _between(known: Sequence[tuple[float, float]], edges: np.ndarray, step: float, whole: bool) -> np.ndarray:
    """What came between neighbouring edges, NaN where the rows around are too far apart or there are none."""
    at = np.array([0.0, *(minute for minute, _ in known)])
    total = np.array([0.0, *(value for _, value in known)])
    sums = np.interp(edges, at, total)
    came = np.diff(np.round(sums) if whole else np.round(sums, 2))
    middle = (edges[:-1] + edges[1:]) / 2
    after = np.searchsorted(at, middle)
    outside = after >= len(at)
    width = at[np.minimum(after, len(at) - 1)] - at[np.maximum(after - 1, 0)]
    return np.where(outside | (width > _HOLE * step), np.nan, came)
