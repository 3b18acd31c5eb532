"""Every metric of one LIVE against its usual, with a verdict only where the evidence beats noise."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from playbook.diagnosis.findings import Benchmark, Judgement, PastValue
from playbook.language import _
from playbook.metrics.compute import MetricValue
from playbook.metrics.formula import Formula
from playbook.metrics.table import MetricTable

from .frame import WINDOW
from .graded import graded
from .history import NEEDED
from .usual import VERDICTS, Usuals


def judge(
    values: Mapping[str, MetricValue],
    found: Usuals,
    table: MetricTable,
    formulas: Mapping[str, Formula],
    good_low: set[str],
    benchmarks: Sequence[Benchmark] = (),
) -> dict[str, Judgement]:
    """Judgements in the order of `values`. The last session of `table` is the judged one."""
    latest = {b.metric: b for b in sorted(benchmarks, key=lambda b: b.date)}
    result = {}
    for row, (name, value) in enumerate(values.items()):
        series = table.like_last(formulas[name])
        known = int(found.known[row, 0])
        verdict = VERDICTS[int(found.verdict[row, 0])]
        usual = number(found.usual[row, 0])
        result[name] = Judgement(
            metric=name,
            value=value.value,
            reported=value.reported,
            numerator=value.numerator,
            denominator=value.denominator,
            usual=usual,
            low=number(found.low[row, 0]),
            high=number(found.high[row, 0]),
            verdict=verdict,
            log_bayes_factor=number(found.log_bayes_factor[row, 0]),
            graded=graded(found, row, series, name in good_low) if value.enough and usual is not None else (),
            reason=None if verdict != "unknown" else reason(value, known),
            approximate=value.approximate,
            past=_past(table, series),
            benchmark=latest.get(name),
        )
    return result


def number(value: float) -> float | None:
    """A float that may go to a page or into JSON; None for NaN and infinity."""
    return float(value) if math.isfinite(value) else None


def reason(value: MetricValue, known: int) -> str:
    """Why there is no verdict, and what would be needed."""
    if value.value is None or not value.enough:
        return value.why or _("not known in this export")
    if known == 0:
        return _("no usual yet: it needs {needed} earlier LIVEs with this number, none so far", needed=NEEDED)
    return _(
        "no usual yet: it needs {needed} earlier LIVEs with this number, {known} so far", needed=NEEDED, known=known
    )


def _past(table: MetricTable, series: np.ndarray) -> tuple[PastValue, ...]:
    last = slice(max(0, len(series) - 1 - WINDOW), len(series) - 1)
    return tuple(
        PastValue(session.id, session.start, value if math.isfinite(value) else None)
        for session, value in zip(table.sessions[last], series[last].tolist(), strict=True)
    )
