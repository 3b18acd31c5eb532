"""How finely a metric can be read inside one LIVE, and what is said where it cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playbook.diagnosis.findings import Note, note
from playbook.knowledge.metrics import Metric
from playbook.stats.scan import SUDDEN_UP_TO, Fitted, Places, evidence_of, scan

from .minutes import MinuteCounts

#: The loss by which a metric's power is stated: half.
_HALF = 0.5


@dataclass(frozen=True)
class TrendReading:
    """How finely a metric can be read: a fall by half shows from `minutes` on; None: not even over 45 minutes."""

    metric: str
    minutes: float | None


def reading(series: MinuteCounts, fitted: Fitted, tried: tuple[Places, Places], needed: float) -> TrendReading:
    """From which length on a fall by half would be called, in the middle of all places where it could lie.

    `needed` is the log Bayes factor from which on a fall is called.
    """
    begin, end = tried
    seen = scan(fitted, begin, end, series.step)
    evidence = evidence_of(
        np.full(len(begin), _HALF), seen.variance, seen.expected, (end - begin).astype(float) * series.step
    )
    for length in np.unique(end - begin):
        if np.median(evidence[end - begin == length]) >= needed:
            return TrendReading(series.metric, float(length * series.step))
    return TrendReading(series.metric, None)


def too_few(readings: Sequence[TrendReading], metrics: Mapping[str, Metric]) -> list[Note]:
    """What cannot be read in short stretches, said once for all metrics of the same length."""
    groups: dict[float | None, list[str]] = {}
    for reading in readings:
        if reading.minutes is None or reading.minutes > SUDDEN_UP_TO:
            groups.setdefault(reading.minutes, []).append(metrics[reading.metric].short)
    notes = []
    for minutes, names in sorted(groups.items(), key=lambda pair: pair[0] or np.inf):
        if minutes is None:
            notes.append(note("unreadable", metrics=names))
        else:
            notes.append(note("unreadable_under", metrics=names, minutes=minutes))
    return notes


def missing(names: Sequence[str]) -> list[Note]:
    """What the trend has no, or hardly any, numbers for."""
    return [note("not_searched", metrics=list(names))] if names else []
