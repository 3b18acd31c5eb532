"""A plain diagnosis for tests of advice: median and a fixed range. The real one is tested elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from playbook.diagnosis.findings import Benchmark, Chronic, Diagnosis, Judgement, Slide, Weakness
from playbook.knowledge.metrics import Average, Metric, Plain, Ratio
from playbook.model.session import Session

RANGE = 0.2


def value(session: Session, metric: Metric) -> float | None:
    counts = dict(session.counts) | {"hours": session.hours}
    if isinstance(metric, Ratio):
        top, bottom = counts.get(metric.numerator), counts.get(metric.denominator)
        return metric.times * top / bottom if top is not None and bottom else None
    assert isinstance(metric, (Plain, Average))
    return counts.get(metric.value)


def judge(
    session: Session,
    history: Sequence[Session],
    metrics: Mapping[str, Metric],
    benchmarks: Sequence[Benchmark] = (),
) -> Diagnosis:
    judgements, slides, chronic = {}, [], []
    for name, metric in metrics.items():
        past = [each for each in (value(old, metric) for old in history) if each is not None]
        now = value(session, metric)
        judgements[name] = _judged(name, now, past)
        everything = [*past, now] if now is not None else past
        if len(everything) >= 10:
            recent, earlier = sum(everything[-5:]) / 5, sum(everything[:-5]) / (len(everything) - 5)
            change = recent / earlier - 1 if earlier else 0.0
            if abs(change) > 0.15:
                slides.append(Slide(name, recent, earlier, change, change - 0.1, change + 0.1, 5))
        for mark in benchmarks:
            below = sum(each < mark.value for each in everything[-5:])
            if mark.metric == name and below >= 4:
                chronic.append(Chronic(name, mark, below, 5))
    found = [each for each in judgements.values() if metrics[each.metric].role == "factor" and each.log_bayes_factor]
    found.sort(key=lambda each: -(each.log_bayes_factor or 0.0))
    worst = tuple(Weakness(each.metric, rank, None, 0, 0, None) for rank, each in enumerate(found[:3], 1))
    return Diagnosis(judgements, worst, None, tuple(slides), tuple(chronic), (), len(history))


def _judged(name: str, now: float | None, past: list[float]) -> Judgement:
    if now is None or len(past) < 3:
        return Judgement(name, now, reason="needs three earlier LIVEs")
    usual = median(past)
    low, high = usual * (1 - RANGE), usual * (1 + RANGE)
    verdict = "below" if now < low else "above" if now > high else "usual"
    return Judgement(
        name,
        now,
        usual=usual,
        low=low,
        high=high,
        verdict=verdict,
        log_bayes_factor=10 * (1 - now / usual) if usual else 0.0,
    )
