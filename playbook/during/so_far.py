"""A LIVE while it runs: every metric so far against the same minutes of the shop's past LIVEs, and falls just now.

The usual at minute m is the ordinary usual (`usual`, `judge`) of past LIVEs cut off at minute m, so that warm-up,
opening crowds and the length of the LIVE weigh on both sides alike. Without enough past trends, rates are held against
whole LIVEs, ERR not before it has settled, and volumes against nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from playbook.diagnosis.baseline.history import NEEDED, past_of
from playbook.diagnosis.baseline.judge import judge
from playbook.diagnosis.baseline.usual import usuals
from playbook.diagnosis.by_minute.dips import dips
from playbook.diagnosis.by_minute.events import logged, with_events
from playbook.diagnosis.findings import Diagnosis, Dip, Judgement, Weakness
from playbook.diagnosis.over_lives.worst import worst
from playbook.knowledge.metrics import Metric
from playbook.language import _
from playbook.metrics.compute import FALSE_SUMS, compute
from playbook.metrics.formula import formulas
from playbook.metrics.table import table
from playbook.model.session import COUNTS, Session

Basis = Literal["same_minutes", "whole_lives", "none"]

#: Log odds from which a fall is reported while the LIVE runs. A review looks once; a running LIVE is looked at again
#: and again, and each look is a chance for a false alarm: 2.0 would give one in seven quiet LIVEs an alert.
#: `benchmarks/running.py` prints what follows.
ALERT = 3.0
#: Part of ordinary LIVEs on either side of the range of a running one. Eight factors are looked at a dozen times: with
#: the review's 2.5 % on either side two LIVEs in five would see one called below its usual.
TAIL = 0.004
#: A fall that ended longer ago than this is for the review, not for now.
JUST_NOW = 10.0
#: Rows reach into a minute at least so far that a past LIVE counts as having had it.
_REACHED = 0.5


@dataclass(frozen=True)
class SoFar:
    """The first `minute` minutes of a LIVE. `lives` past LIVEs were cut off at that minute to judge it.

    `diagnosis` holds judgements, the worst and the falls that are clear; what needs a whole LIVE (leak, slides) is
    empty. `alerts` are falls going on or over for at most ten minutes.
    """

    minute: float
    basis: Basis
    lives: int
    diagnosis: Diagnosis
    alerts: tuple[Dip, ...]


def so_far(session: Session, history: Sequence[Session], metrics: Mapping[str, Metric]) -> SoFar:
    """Judge a running LIVE by its history. `duration_minutes` is how far it has come. Raises nothing."""
    minute = session.duration_minutes or 0.0
    past = past_of(replace(session, running=False), history).sessions
    cut = [short for each in past if (short := until(each, minute)) is not None]
    basis: Basis = "same_minutes" if len(cut) >= NEEDED else "whole_lives" if len(past) >= NEEDED else "none"
    judgements, weak = _judged(session, cut if basis == "same_minutes" else past, metrics)
    if basis == "whole_lives":
        judgements = {name: _of_whole(each, metrics[name], minute) for name, each in judgements.items()}
        weak = tuple(each for each in weak if judgements[each.metric].usual is not None)
    fallen, unread = dips(session.trend, session.trend_step, metrics, session.duration_minutes, session.events)
    clear_falls = tuple(
        with_events(each, session.events, minute)
        for each in fallen
        if each.evidence >= ALERT and not each.perhaps_product
    )
    alerts = tuple(each for each in clear_falls if each.end_minute >= minute - JUST_NOW - (session.trend_step or 1))
    diagnosis = Diagnosis(
        judgements=judgements,
        worst=weak,
        worst_dimension=None,
        history_sessions=len(past),
        notes=unread,
        dips=alerts,
        logged=logged(session.events),
    )
    return SoFar(minute, basis, len(cut), diagnosis, alerts)


def usual_course(
    session: Session, history: Sequence[Session], metrics: Mapping[str, Metric], names: Sequence[str], points: int = 12
) -> dict[str, list[tuple[float, Judgement]]]:
    """Each named metric so far at about `points` minutes of a running LIVE, judged as `so_far` does at that minute.

    Only with the trends of three past LIVEs; else empty. One forecast a point: some 10 ms.
    """
    if session.trend is None or not session.duration_minutes:
        return {}
    past = past_of(replace(session, running=False), history).sessions
    course: dict[str, list[tuple[float, Judgement]]] = {name: [] for name in names if name in metrics}
    for minute in _looks(session, points):
        now = until(session, minute)
        cut = [short for each in past if (short := until(each, minute)) is not None]
        if now is None or len(cut) < NEEDED:
            continue
        judgements = _judged(now, cut, metrics)[0]  # of all metrics: a forecast lends strength from one to another
        for name, each in course.items():
            each.append((minute, judgements[name]))
    return {name: each for name, each in course.items() if each}


def until(session: Session, minute: float) -> Session | None:
    """The first `minute` minutes of a LIVE: counts are sums of its trend's rows, the last one by its part.

    None without a trend, where the LIVE was shorter, or where its rows begin late or end early.
    """
    trend, step = session.trend, session.trend_step
    if trend is None or step is None or minute <= 0 or len(trend) == 0 or "minute" not in trend:
        return None
    if session.duration_minutes is not None and session.duration_minutes < minute - _REACHED:
        return None
    begin = pd.to_numeric(trend["minute"], errors="coerce").to_numpy(dtype=float)
    if not np.isfinite(begin).all() or begin.min() > step or begin.max() + step < minute - _REACHED:
        return None
    part = np.clip((minute - begin) / step, 0.0, 1.0)
    counts = {}
    for name in COUNTS:
        if name not in trend or name in FALSE_SUMS:
            continue
        values = pd.to_numeric(trend[name], errors="coerce").to_numpy(dtype=float)[part > 0]
        if np.isfinite(values).all():
            total = float((values * part[part > 0]).sum())
            counts[name] = total if name == "gmv" else float(round(total))
    if not counts:
        return None
    return replace(
        session, counts=counts, duration_minutes=minute, reported={}, trend=None, trend_step=None, products=(), notes=()
    )


def _judged(
    session: Session, past: Sequence[Session], metrics: Mapping[str, Metric]
) -> tuple[dict[str, Judgement], tuple[Weakness, ...]]:
    of = formulas(metrics)
    columns = table((*past, session), of.values())
    good_low = {name for name, metric in metrics.items() if metric.good == "low"}
    found = usuals(columns, of, good_low, [len(past)], TAIL)
    judgements = judge(compute(session, metrics), found, columns, of, good_low)
    return judgements, worst(judgements, found, metrics, columns, of)


def _of_whole(judgement: Judgement, metric: Metric, minute: float) -> Judgement:
    """A rate may be held against whole LIVEs; what grows with time, or still warms up, may not."""
    settled = metric.by_minute.warm_up if metric.by_minute else 0.0
    warming = metric.role == "factor" and minute < settled
    if metric.role == "factor" and not warming:
        return judgement
    reason = (
        _(
            "{metric} needs {minutes} minutes to settle; trends of {needed} past LIVEs would give its usual at this "
            "minute",
            metric=metric.short,
            minutes=format(settled, ".0f"),
            needed=NEEDED,
        )
        if warming
        else _("the usual at this minute needs the trends of {needed} past LIVEs of this length", needed=NEEDED)
    )
    return replace(judgement, usual=None, low=None, high=None, verdict="unknown", log_bayes_factor=None, reason=reason)


def _looks(session: Session, points: int) -> list[float]:
    """About evenly spaced minutes, ends of rows of the trend, the last one now."""
    assert session.trend is not None and session.duration_minutes is not None
    step = session.trend_step or 1.0
    ends = [float(each) + step for each in session.trend["minute"] if each + step <= session.duration_minutes + 1e-6]
    every = max(1, int(np.ceil(len(ends) / points)))
    return ends[::-1][::every][::-1]
