"""Metrics that stay worse than a figure somebody typed in."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from playbook.diagnosis.findings import Benchmark, Chronic
from playbook.knowledge.metrics import Metric
from playbook.metrics.formula import Formula
from playbook.metrics.table import Table

_LOOK_BACK = 5
_AT_LEAST = 3


def chronic(
    benchmarks: Sequence[Benchmark],
    table: Table,
    formulas: Mapping[str, Formula],
    metrics: Mapping[str, Metric],
) -> tuple[Chronic, ...]:
    """Benchmarks missed in at least three of the last five LIVEs (this one in), where counts were enough."""
    result = []
    for benchmark in benchmarks:
        if benchmark.metric not in metrics or not math.isfinite(benchmark.value):
            continue
        of = formulas[benchmark.metric]
        value = np.where(table.enough(of), table.like_last(of), np.nan)
        recent = value[np.isfinite(value)][-_LOOK_BACK:]
        low_is_good = metrics[benchmark.metric].good == "low"
        missed = int((recent > benchmark.value if low_is_good else recent < benchmark.value).sum())
        if missed >= _AT_LEAST:
            result.append(Chronic(benchmark.metric, benchmark, missed, len(recent)))
    return tuple(result)
