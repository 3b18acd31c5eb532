"""A trend as evenly spaced counts: for each metric what was counted, and over what, bin by bin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook.knowledge.metrics import ByMinute, Metric, Ratio

Floats = NDArray[np.float64]

#: Reach of a metric's slow course as a part of the LIVE.
COURSE_REACH = 0.25
#: More bins than this cost time and tell nothing more; they are then joined.
MOST_BINS = 200
#: Rows outside are mistakes of a clock: no LIVE lasts longer.
_EARLIEST, _LATEST = -60.0, 3 * 1440.0


@dataclass(frozen=True)
class MinuteCounts:
    """One metric over time: bin i covers minutes [first + i * step, first + (i + 1) * step) of the LIVE.

    `hits` of `base` were counted in each bin; where nothing is known both are 0. For impressions `base` is the
    minutes seen. `proportion`: each of the base gives at most one hit. `course_sd`: of the slow course around the
    level, as a part of it. `of_products`: it depends on which product is pitched. `worth`: what one hit is in the
    metric's unit.
    """

    metric: str
    first: float
    step: float
    hits: Floats
    base: Floats
    proportion: bool
    course_sd: float = ByMinute().course_sd
    of_products: bool = False
    worth: float = 1.0

    @property
    def bins(self) -> int:
        return len(self.hits)

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.asarray(self.base > 0)

    def at(self, minute: float) -> int:
        """The bin that begins nearest to `minute`, between 0 and the number of bins."""
        return int(min(max(round((minute - self.first) / self.step), 0), self.bins))

    def minute(self, edge: int) -> float:
        """Where bin `edge` begins, in minutes of the LIVE."""
        return self.first + edge * self.step

    def rate(self, start: int, end: int) -> float | None:
        """The metric in bins [start, end); None where nothing was counted over."""
        base = float(self.base[start:end].sum())
        return self.worth * float(self.hits[start:end].sum()) / base if base > 0 else None


@dataclass(frozen=True)
class Minutes:
    """The rows of a trend on an even grid: `columns` (bins,) per count, NaN where unknown; `seen` minutes a bin."""

    first: float
    step: float
    seen: Floats
    columns: Mapping[str, Floats]


def on_grid(trend: pd.DataFrame | None, step: float | None, duration: float | None) -> Minutes | None:
    """Lay rows on an even grid. None without usable rows. Nothing here is interpolated.

    `step` is the minutes a row covers; unknown, it is the commonest distance between rows. Rows that begin after
    `duration` are left out, and the last one covers only what is left of the LIVE.
    """
    if trend is None or "minute" not in trend or len(trend) == 0:
        return None
    minute = _numbers(trend["minute"])
    fine = np.isfinite(minute) & (minute >= _EARLIEST) & (minute <= _LATEST)
    if duration is not None and duration > 0:
        fine &= minute < duration
    if not fine.any():
        return None
    minute = minute[fine]
    width = _width(minute, step)
    if width is None:
        return None
    first = float(minute.min())
    place = np.floor((minute - first) / width + 0.5).astype(np.intp)
    bins = int(place.max()) + 1
    covered = np.full(len(minute), width)
    if duration is not None and duration > 0:
        covered = np.minimum(covered, duration - minute)
    covered = np.minimum(covered, minute + width)  # a row that began before the LIVE did
    seen = np.bincount(place, np.maximum(covered, 1e-3), bins).astype(float)
    columns = {}
    for name in trend.columns:
        if name != "minute":
            values = _numbers(trend[name])[fine]
            values = np.where(np.isfinite(values) & (values >= 0) & (values < 1e15), values, np.nan)
            sums = np.bincount(place, np.nan_to_num(values), bins)
            there = np.bincount(place, np.isfinite(values), bins)
            columns[str(name)] = np.where(there > 0, sums, np.nan)
    return Minutes(first, width, seen, columns)


def counted(minutes: Minutes, name: str, metric: Metric, joined: bool = True) -> MinuteCounts | None:
    """One metric's counts, its warm-up cut off. None where the trend has no numbers for it."""
    hits_of, base_of = parts(metric)
    if hits_of not in minutes.columns or (base_of is not None and base_of not in minutes.columns):
        return None
    hits = minutes.columns[hits_of]
    base = minutes.seen if base_of is None else minutes.columns[base_of]
    known = np.isfinite(hits) & np.isfinite(base) & (base > 0)
    hits, base = np.where(known, hits, 0.0), np.where(known, base, 0.0)
    first = minutes.first
    followed = metric.by_minute or ByMinute()
    if followed.warm_up:
        cut = int(max(0, np.ceil((followed.warm_up - first) / minutes.step)))
        hits, base, first = hits[cut:], base[cut:], first + cut * minutes.step
    if not (base > 0).any():
        return None
    together = int(np.ceil(len(hits) / MOST_BINS)) if joined else 1
    if together > 1:
        spare = -len(hits) % together
        hits = np.pad(hits, (0, spare)).reshape(-1, together).sum(axis=1)
        base = np.pad(base, (0, spare)).reshape(-1, together).sum(axis=1)
    return MinuteCounts(
        name, first, minutes.step * together, hits, base, base_of is not None and followed.proportion,
        followed.course_sd, metric.of_products,
    )  # fmt: skip


def followed_metrics(metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    """Those that are followed inside a LIVE by what was counted, in their order; for money see `takings`."""
    return tuple(name for name, metric in metrics.items() if metric.by_minute and not metric.by_minute.takings)


def parts(metric: Metric) -> tuple[str, str | None]:
    """What is counted, and over what (None: over time)."""
    return (metric.numerator, metric.denominator) if isinstance(metric, Ratio) else (metric.value, None)


def _numbers(column: pd.Series) -> Floats:
    return np.asarray(pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan))


def _width(minute: Floats, step: float | None) -> float | None:
    if step is not None and np.isfinite(step) and step > 0:
        return float(step)
    gaps = np.round(np.diff(np.unique(minute)), 3)
    gaps = gaps[gaps > 0]
    if len(gaps) == 0:
        return None
    values, times = np.unique(gaps, return_counts=True)
    return float(values[times.argmax()])
