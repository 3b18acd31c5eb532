"""A fault that lasts: low since some LIVE, and by now what the usual has grown used to.

The usual follows a shop, so a rate that was halved is called usual after half a dozen LIVEs. Here the latest LIVEs
are also held against those before the change, wherever it lies, until a person accepts the new level.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np

from playbook.diagnosis.baseline.history import start_of
from playbook.diagnosis.baseline.usual import Usuals
from playbook.diagnosis.findings import Lasting
from playbook.knowledge.metrics import Metric
from playbook.metrics.table import MetricTable
from playbook.stats.arrays import Bools
from playbook.stats.step_change import step_change

from .logs import logs

#: LIVEs that a fault has to have lasted, that have to lie before it, and how far back it is looked for.
_LASTED, _BEFORE, _FURTHEST = 3, 6, 40
#: Log Bayes factor from which it is reported: what keeps false ones under 3 % a metric
#: (`benchmarks/judgement/usual.py`).
TOLD = 1.7
#: Without so much of a fall (log) in the latest three nothing is weighed: most metrics of most LIVEs end here.
_WORTH_A_LOOK = 0.18


def lasting(
    found: Usuals, table: MetricTable, metrics: Mapping[str, Metric], accepted: Mapping[str, datetime] | None = None
) -> tuple[Lasting, ...]:
    """Factors that have been worse since an earlier LIVE, those with most evidence first.

    `accepted`: by metric the start of the first LIVE of a level that a person accepts as the new one; what lies
    before it is no longer held against the metric. Needs three LIVEs of the lower level and six before.
    """
    accepted = accepted or {}
    factors = [name for name, metric in metrics.items() if metric.role == "factor"]
    all_lower = [each for name in factors if (each := _lasting(found, table, name, metrics[name], accepted.get(name)))]
    return tuple(sorted(all_lower, key=lambda each: -each.log_bayes_factor))


def _lasting(found: Usuals, table: MetricTable, name: str, metric: Metric, accepted: datetime | None) -> Lasting | None:
    if found.verdict[found.names.index(name), 0] == 2:
        return None
    row, rows = found.index(name), found.rows
    y, noise, x = logs(found, row)
    place = len(table.sessions) - 1 - rows.y.shape[1] + np.flatnonzero(rows.known[row])
    place = np.append(place, len(table.sessions) - 1)
    if accepted is not None:
        kept = _since(table, place, accepted)
        y, noise, x, place = y[kept], noise[kept], x[kept], place[kept]
    onsets = np.arange(max(_BEFORE, len(y) - _FURTHEST), len(y) - _LASTED + 1)
    direction = 1.0 if metric.good == "low" else -1.0
    if not len(onsets) or direction * (y[-_LASTED:].mean() - np.median(y[:-_LASTED])) < _WORTH_A_LOOK:
        return None
    step = step_change(
        y, noise, place, x, spread=float(rows.spread[row]), slope=float(rows.slope[row]),
        slope_sd=float(rows.slope_sd[row]), onsets=onsets, direction=direction,
    )  # fmt: skip
    if step.log_bayes_factor < TOLD or direction * step.size <= 0:
        return None
    return _told(found, table, name, step.log_bayes_factor, place, step.onset, (step.size, step.error))


def _told(
    found: Usuals,
    table: MetricTable,
    name: str,
    evidence: float,
    place: np.ndarray,
    onset: int,
    size: tuple[float, float],
) -> Lasting:
    row = found.index(name)
    y, _, _ = logs(found, row)
    y = y[-len(place) :]
    recent = float(np.exp(y[onset:].mean()) * found.rows.scale[row])
    middle, low, high = (float(np.expm1(size[0] + times * size[1])) for times in (0.0, -1.96, 1.96))
    first = table.sessions[place[onset]]
    return Lasting(
        metric=name,
        since=first.start,
        since_session_id=first.id,
        lives=len(place) - onset,
        recent=recent,
        earlier=recent / (1 + middle),
        change=middle,
        low=low,
        high=high,
        log_bayes_factor=evidence,
    )


def _since(table: MetricTable, place: np.ndarray, accepted: datetime) -> Bools:
    return np.array([start_of(table.sessions[at]) >= accepted.replace(tzinfo=None) for at in place])
