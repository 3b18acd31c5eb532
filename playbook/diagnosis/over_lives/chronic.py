"""Metrics that stay worse than a figure somebody typed in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from playbook.diagnosis.baseline.usual import Usuals
from playbook.diagnosis.findings import Benchmark, Chronic
from playbook.knowledge.metrics import Metric
from playbook.metrics.formula import Formula
from playbook.metrics.table import MetricTable

from .logs import logs

_LOOK_BACK = 5
_AT_LEAST = 3
#: One-sided 95 % of Student's t with four degrees of freedom: five LIVEs are looked at.
_SURE = 2.132


def chronic(
    benchmarks: Sequence[Benchmark],
    table: MetricTable,
    formulas: Mapping[str, Formula],
    metrics: Mapping[str, Metric],
    found: Usuals,
) -> tuple[Chronic, ...]:
    """Benchmarks missed in at least three of the last five LIVEs (this one in), where counts were enough.

    And by so much that the shop's own level lies beyond the figure with a probability over 95 %: five LIVEs of a shop
    that is a little better than its figure are under it often enough by chance.
    """
    result = []
    for benchmark in benchmarks:
        if benchmark.metric not in metrics or not math.isfinite(benchmark.value):
            continue
        of = formulas[benchmark.metric]
        value = np.where(table.enough(of), table.like_last(of), np.nan)
        recent = value[np.isfinite(value)][-_LOOK_BACK:]
        low_is_good = metrics[benchmark.metric].good == "low"
        missed = int((recent > benchmark.value if low_is_good else recent < benchmark.value).sum())
        if missed >= _AT_LEAST and _sure(found, benchmark, low_is_good):
            result.append(Chronic(benchmark.metric, benchmark, missed, len(recent)))
    return tuple(result)


def _sure(found: Usuals, benchmark: Benchmark, low_is_good: bool) -> bool:
    """Whether the level behind the last five lies beyond the figure, their wandering and luck allowed for."""
    if benchmark.value <= 0:
        return True
    row = found.index(benchmark.metric)
    part, (y, noise, x) = found.forecast, logs(found, row)
    weight, slope = part.weight[row], float(part.weight[row] @ part.slope[row])
    session_variance, wander_variance = (
        float(weight @ part.session_variance[row]),
        float(weight @ part.wander_variance[row]),
    )
    recent, many = y[-_LOOK_BACK:], min(len(y), _LOOK_BACK)
    traffic = slope**2 * float(np.var(x))
    error = math.sqrt(wander_variance + (session_variance + traffic + float(noise[-many:].mean())) / many)
    away = float(recent.mean()) - math.log(benchmark.value / float(found.rows.scale[row]))
    return (away if low_is_good else -away) > _SURE * error
