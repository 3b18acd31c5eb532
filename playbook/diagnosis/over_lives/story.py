"""Metrics that fell together: probably one weakness, not several."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playbook.diagnosis.baseline.usual import Usuals
from playbook.diagnosis.findings import Judgement, Story
from playbook.knowledge.metrics import Metric
from playbook.stats.arrays import Floats

#: What is taken of metrics that fall together as a rule (`moves_with`), until a shop's own LIVEs say.
_PRIOR, _PRIOR_LIVES = 0.75, 60
_TOGETHER = 0.5


def stories(judgements: Mapping[str, Judgement], metrics: Mapping[str, Metric], found: Usuals) -> tuple[Story, ...]:
    """Groups of two or more factors that are worse than usual and move together, one of them clearly below.

    Two factors move together if the correlation of their logs over past LIVEs, drawn towards what is known of
    such metrics with the weight of 60 LIVEs, is at least a half. A factor joins a story below its usual range,
    or where its value speaks for a cut rather than against one.
    """
    weak = [name for name, metric in metrics.items() if metric.role == "factor" and _weak(judgements[name], metric)]
    logs = {name: _log(found, name) for name in weak}
    groups: list[list[str]] = []
    for name in weak:
        near = [group for group in groups if any(_related(name, other, logs, metrics) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(member for group in near for member in group), name])
    order = list(metrics)
    return tuple(
        Story(tuple(sorted(group, key=order.index)))
        for group in groups
        if len(group) > 1 and any(judgements[name].verdict == "below" for name in group)
    )


def _weak(judgement: Judgement, metric: Metric) -> bool:
    if judgement.verdict == "below":
        return True
    gap, doubt = judgement.gap, judgement.log_bayes_factor
    if judgement.verdict != "usual" or gap is None or doubt is None:
        return False
    return doubt > 0 and (gap > 0 if metric.good == "low" else gap < 0)


def _log(found: Usuals, name: str) -> Floats:
    row = found.index(name)
    return np.where(found.rows.known[row], found.rows.y[row], np.nan)


def _related(one: str, other: str, logs: Mapping[str, Floats], metrics: Mapping[str, Metric]) -> bool:
    word = metrics[one].moves_with
    prior = _PRIOR if word is not None and word == metrics[other].moves_with else 0.0
    both = np.isfinite(logs[one]) & np.isfinite(logs[other])
    a, b = logs[one][both], logs[other][both]
    if len(a) < 3 or a.std() < 1e-9 or b.std() < 1e-9:
        return prior >= _TOGETHER
    own = float(np.corrcoef(a, b)[0, 1])
    return (own * len(a) + prior * _PRIOR_LIVES) / (len(a) + _PRIOR_LIVES) >= _TOGETHER
