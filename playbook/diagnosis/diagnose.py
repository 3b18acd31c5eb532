"""The diagnosis of one LIVE: a pure function of it, its history, and the metric definitions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from playbook.diagnosis.baseline.alike import alike, without_verdicts
from playbook.diagnosis.baseline.history import NEEDED, past_of
from playbook.diagnosis.baseline.judge import judge
from playbook.diagnosis.baseline.usual import Usuals, usuals
from playbook.diagnosis.by_minute.dips import dips
from playbook.diagnosis.by_minute.events import effects, logged, pooled, with_events
from playbook.diagnosis.by_minute.rounds import rounds
from playbook.diagnosis.by_minute.shape import shape
from playbook.diagnosis.by_minute.violations import violations
from playbook.diagnosis.money.ads import ads
from playbook.diagnosis.money.leak import leak
from playbook.diagnosis.money.what_if import what_ifs
from playbook.diagnosis.over_lives.chronic import chronic
from playbook.diagnosis.over_lives.lasting import lasting
from playbook.diagnosis.over_lives.slide import slides
from playbook.diagnosis.over_lives.story import stories
from playbook.diagnosis.over_lives.worst import shared_dimension, worst
from playbook.diagnosis.parts.channels import shares
from playbook.diagnosis.parts.products import products
from playbook.knowledge.metrics import Metric
from playbook.knowledge.violations import Matcher
from playbook.metrics.compute import compute
from playbook.metrics.formula import formulas
from playbook.metrics.table import table
from playbook.model.session import Session

from .findings import ORDERS_WORDS, Benchmark, Diagnosis, Judgement, Leak, Note, note

#: A repeat offender is looked for in this many LIVEs before the judged one.
LOOK_BACK = 5


def diagnose(
    session: Session,
    history: Sequence[Session],
    metrics: Mapping[str, Metric],
    benchmarks: Sequence[Benchmark] = (),
    accepted: Mapping[str, datetime] | None = None,
    matcher: Matcher | None = None,
    left_out: Collection[str] = (),
) -> Diagnosis:
    """Everything found about `session`. Raises nothing; what cannot be determined is unknown with its reason.

    `history` may hold any LIVEs in any order; which of them count is decided by `history.past_of`. `accepted`: by
    metric, since when another level is accepted as the usual (`over_lives.lasting`). `matcher` tells which violations
    are of one type; without it only their spelling does. `left_out`: metrics that are judged as all are, and by choice
    never among the worst. Takes some 30 ms for 18 metrics
    and 200 past LIVEs, the five LIVEs before judged by what preceded each included.
    """
    past = past_of(session, history)
    of = formulas(metrics)
    compared = alike(session, past.sessions)
    columns = table((*compared.sessions, session), of.values())
    at = len(compared.sessions)
    good_low = {name for name, metric in metrics.items() if metric.good == "low"}
    found = usuals(columns, of, good_low, range(at, max(-1, at - LOOK_BACK - 1), -1), accepted=accepted)
    judgements = judge(compute(session, metrics), found, columns, of, good_low, benchmarks)
    if compared.mixed:
        judgements = without_verdicts(judgements, session)
    weak = worst(judgements, found, metrics, columns, of, left_out)
    split, of_split = leak(session, judgements, found, metrics)
    if compared.mixed:
        split = None
    if split is not None and "gmv" in judgements:
        judgements["gmv"] = _one_usual(judgements["gmv"], split)
    notes = [
        *past.notes,
        *compared.notes,
        *_short(at),
        *_other_gmv(session, compared.sessions),
        *_other_orders(session, compared.sessions),
        *_mixed(found, metrics),
    ]
    if of_split and not compared.mixed:
        notes.append(of_split)
    fallen, unread = dips(session.trend, session.trend_step, metrics, session.duration_minutes, session.events)
    changes = effects(session, metrics)
    notes += unread
    return Diagnosis(
        judgements=judgements,
        worst=weak,
        worst_dimension=shared_dimension(weak, judgements, metrics),
        slides=slides(found, metrics),
        lasting=lasting(found, columns, metrics, accepted),
        chronic=chronic(benchmarks, columns, of, metrics, found),
        stories=stories(judgements, metrics, found),
        history_sessions=at,
        notes=tuple(notes),
        leak=split,
        ads=ads(session),
        what_ifs=what_ifs(session, judgements, found, metrics) if split and not split.could_be_noise else (),
        channels=shares(session, compared.sessions),
        dips=tuple(with_events(each, session.events, session.duration_minutes) for each in fallen),
        shape=shape(session, past.sessions, metrics),
        event_effects=changes,
        pooled_effects=pooled((*past.sessions, session), metrics),
        violations=violations(session, past.sessions, changes, matcher or Matcher({})),
        logged=logged(session.events),
        products=products(session, past.sessions),
        rounds=rounds(session, metrics),
        left_out=frozenset(left_out) & metrics.keys(),
    )


def _one_usual(gmv: Judgement, split: Leak) -> Judgement:
    """GMV against the usual that its gap is split from: a review has one usual GMV.

    Outside the range it can only lie where counts contradict each other; then the GMV keeps its own.
    """
    if gmv.low is None or gmv.high is None or not gmv.low <= split.usual_gmv <= gmv.high:
        return gmv
    return replace(gmv, usual=split.usual_gmv)


def _short(past: int) -> list[Note]:
    """What is missing while there are too few earlier LIVEs for a usual."""
    if past >= NEEDED:
        return []
    return [note("no_usual", needed=NEEDED, known=past)]


def _other_gmv(session: Session, past: Sequence[Session]) -> list[Note]:
    kind = session.gmv_kind
    others = [s for s in past if kind and s.gmv_kind and s.gmv_kind != kind]
    if not others:
        return []
    return [note("other_gmv", lives=len(others), other=others[-1].gmv_kind, kind=kind)]


def _other_orders(session: Session, past: Sequence[Session]) -> list[Note]:
    kind = session.orders_kind
    others = [s for s in past if kind and s.orders_kind and s.orders_kind != kind]
    if not kind or not others:
        return []
    words = sorted({ORDERS_WORDS[str(each.orders_kind)] for each in others})
    return [note("other_orders", lives=len(others), others=words, kind=ORDERS_WORDS[kind])]


def _mixed(found: Usuals, metrics: Mapping[str, Metric]) -> list[Note]:
    mixed = [metrics[name].short for name, row in zip(found.names, found.mixed, strict=True) if row[0]]
    return [note("mixed_kinds", metrics=mixed)] if mixed else []
