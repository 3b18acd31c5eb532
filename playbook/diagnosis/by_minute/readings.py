"""How finely a metric can be read inside one LIVE, and what is said where it cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

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


def too_few(readings: Sequence[TrendReading], metrics: Mapping[str, Metric]) -> list[str]:
    """What cannot be read in short stretches, said once for all metrics of the same length."""
    groups: dict[float | None, list[str]] = {}
    for reading in readings:
        if reading.minutes is None or reading.minutes > SUDDEN_UP_TO:
            groups.setdefault(reading.minutes, []).append(metrics[reading.metric].short)
    notes = []
    for minutes, names in sorted(groups.items(), key=lambda pair: pair[0] or np.inf):
        if minutes is None:
            notes.append(
                f"{listed(names)} cannot be read inside this LIVE: even a fall by half over 45 minutes would not "
                "stand out from chance."
            )
        else:
            notes.append(
                f"{listed(names)} cannot be read here in stretches under {minutes:.0f} minutes: a fall by half "
                "would not stand out from chance."
            )
    return notes


def missing(names: Sequence[str]) -> list[str]:
    """What the trend has no, or hardly any, numbers for."""
    if not names:
        return []
    return [f"Not searched for dips, as the trend has too few numbers for it: {listed(names)}."]


def listed(names: Sequence[str]) -> str:
    """`CTR, CTOR and Share rate`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
