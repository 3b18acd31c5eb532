"""Medians and outliers of many series at once."""

from __future__ import annotations

import numpy as np

from .arrays import Bools, Floats

_FAR = 3.0


def median(values: Floats) -> Floats:
    """Median of each row, NaN ignored; 0 for rows of NaN only. np.nanmedian is ten times slower here."""
    ordered = np.sort(values, axis=1)
    number = np.isfinite(values).sum(axis=1)
    row = np.arange(len(values))
    middle = (
        ordered[row, np.maximum(number - 1, 0) // 2] + ordered[row, np.minimum(number // 2, len(ordered[0]) - 1)]
    ) / 2
    return np.where(number > 0, middle, 0.0)


def winsorised(y: Floats, noise: Floats, used: Bools, spread: Floats) -> Floats:
    """Draw single outliers in to three robust sd of the median (winsorising; Huber 1981, chapter 1).

    Rows are series, columns values in order of time: two outliers in a row on one side may be a new level and stay.
    The robust sd is 1.4826 times the median absolute deviation, drawn towards `spread` (prior sd) as if by four more
    values; `noise` is each value's own counting variance.
    """
    number = used.sum(axis=1)
    middle = median(np.where(used, y, np.nan))
    away = y - middle[:, None]
    mad = 1.4826 * median(np.where(used, np.abs(away), np.nan))
    typical = spread**2 + np.where(used, noise, 0.0).sum(axis=1) / np.maximum(number, 1)
    scale = (number * mad**2 + 4 * typical) / (number + 4)
    limit = _FAR * np.sqrt(scale[:, None] + noise)
    side = np.where(used & (np.abs(away) > limit), np.sign(away), 0.0)
    beside = np.zeros(side.shape, dtype=bool)
    beside[:, 1:] |= side[:, 1:] == side[:, :-1]
    beside[:, :-1] |= side[:, :-1] == side[:, 1:]
    odd = (side != 0) & ~beside
    return np.where(odd, middle[:, None] + side * limit, y)
