"""The sentence that says why, with the seller's own numbers in the places of its placeholders."""

from __future__ import annotations

from collections.abc import Mapping

from playbook import formats
from playbook.diagnosis.findings import Diagnosis
from playbook.knowledge.metrics import Metric
from playbook.knowledge.strategies import PLACEHOLDER, Strategy

from .match import chronic_of, slide_of, subject


def because(
    strategy: Strategy, diagnosis: Diagnosis, metrics: Mapping[str, Metric], currency: str | None = None
) -> str:
    """The strategy's `because`, filled in; a number that is not known reads `unknown`."""
    names = {line.metric or line.count or "": subject(line, metrics) for line in strategy.when}

    def fill(written: str) -> str:
        name, _, part = written.partition(".")
        metric = names.get(name)
        if metric is None:
            return formats.unknown()
        return _part(metric, part, diagnosis, metrics[metric], currency)

    return PLACEHOLDER.sub(lambda found: fill(found[1]), strategy.because).strip()


def also(
    strategy: Strategy, diagnosis: Diagnosis, metrics: Mapping[str, Metric], currency: str | None = None
) -> str | None:
    """The strategy's `also`, filled in; None where it has none or one of its numbers is not known."""
    unknown = False

    def fill(written: str) -> str:
        nonlocal unknown
        name, _, part = written.partition(".")
        text = _part(name, part, diagnosis, metrics[name], currency)
        unknown |= text == formats.unknown()
        return text

    text = PLACEHOLDER.sub(lambda found: fill(found[1]), strategy.also or "").strip()
    return None if unknown or not text else text


def _part(name: str, part: str, diagnosis: Diagnosis, metric: Metric, currency: str | None) -> str:
    if part in ("recent", "earlier", "change", "sessions"):
        return _slide_part(name, part, diagnosis, metric, currency)
    if part in ("benchmark", "below", "of"):
        return _chronic_part(name, part, diagnosis, metric, currency)
    judgement = diagnosis.judgements.get(name)
    if judgement is None:
        return formats.unknown()
    if part == "gap":
        return formats.change(judgement.gap)
    if part == "graded":
        return ", ".join(judgement.graded) or formats.unknown()
    number = {"": judgement.value, "usual": judgement.usual, "low": judgement.low, "high": judgement.high}[part]
    return formats.value(number, metric.shown_as, currency)


def _slide_part(name: str, part: str, diagnosis: Diagnosis, metric: Metric, currency: str | None) -> str:
    slide = slide_of(diagnosis, name)
    if slide is None:
        return formats.unknown()
    if part == "change":
        return formats.change(slide.change)
    if part == "sessions":
        return formats.count(slide.sessions)
    return formats.value(slide.recent if part == "recent" else slide.earlier, metric.shown_as, currency)


def _chronic_part(name: str, part: str, diagnosis: Diagnosis, metric: Metric, currency: str | None) -> str:
    chronic = chronic_of(diagnosis, name)
    if chronic is None:
        return formats.unknown()
    if part == "benchmark":
        return formats.value(chronic.benchmark.value, metric.shown_as, currency)
    return formats.count(chronic.below if part == "below" else chronic.of)
