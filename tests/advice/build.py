"""Small diagnoses and strategies for tests."""

from __future__ import annotations

from typing import Any

from playbook.diagnosis.findings import Benchmark, Chronic, Diagnosis, Judgement, Slide, Verdict, Weakness
from playbook.knowledge.strategies import Strategy


def judged(
    metric: str,
    value: float | None,
    usual: float | None,
    verdict: Verdict,
    log_bayes_factor: float | None = None,
    graded: tuple[str, ...] = (),
) -> Judgement:
    """A judgement whose range is a fifth either side of the usual."""
    low, high = (usual * 0.8, usual * 1.2) if usual is not None else (None, None)
    return Judgement(
        metric,
        value,
        usual=usual,
        low=low,
        high=high,
        verdict=verdict,
        log_bayes_factor=log_bayes_factor,
        graded=graded,
    )


def diagnosis(
    *judgements: Judgement,
    worst: tuple[str, ...] = (),
    slides: tuple[Slide, ...] = (),
    chronic: tuple[Chronic, ...] = (),
) -> Diagnosis:
    weak = tuple(Weakness(metric, rank, None, 0, 0, None) for rank, metric in enumerate(worst, 1))
    return Diagnosis({each.metric: each for each in judgements}, weak, None, slides, chronic)


def mark(metric: str, value: float) -> Benchmark:
    return Benchmark(metric, value, "typed in", "2026-11-01")


def strategy(name: str, when: list[dict[str, Any]], **more: Any) -> Strategy:
    """A strategy with these lines of `when`; percentages with their sign, as in a file."""
    fields: dict[str, Any] = {
        "id": name, "title": name, "status": "tested", "dimension": "reach", "metrics": ["err"], "moment": ["during"],
        "owner": "host", "origin": "field", "changed": "2026-11-20", "when": when, "because": "x", "summary": "x",
        "do": [{"step": "Do it"}], "watch": {"metric": "err", "within": "next LIVE", "hope": "+10%"}, "sources": ["x"],
    }  # fmt: skip
    return Strategy.model_validate(fields | more)
