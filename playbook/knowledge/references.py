"""Second pass over a file that has the right shape: does everything it names exist?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from .compliance import check_said
from .lessons import Lesson
from .metrics import Metrics, Plain, Ratio
from .reader import Document, Problem, spoken, suggest
from .strategies import PLACEHOLDER, PLACEHOLDERS, Condition, Example, Strategy

Place = Sequence[str | int]


@dataclass(frozen=True)
class Known:
    """The ids that may be named. `judged_counts` maps a count to the metric under which it is judged."""

    metrics: Collection[str]
    counts: Collection[str]
    judged_counts: dict[str, str]
    tools: Collection[str]
    scenarios: Collection[str]
    ratios: Collection[str] = ()

    @classmethod
    def of(cls, metrics: Metrics, tools: Collection[str], scenarios: Collection[str]) -> Known:
        judged = {each.value: name for name, each in metrics.metrics.items() if isinstance(each, Plain)}
        ratios = tuple(name for name, each in metrics.metrics.items() if isinstance(each, Ratio))
        return cls(tuple(metrics.metrics), tuple(metrics.counts), judged, tuple(tools), tuple(scenarios), ratios)


def check_strategy(strategy: Strategy, document: Document, stem: str, known: Known) -> Iterator[Problem]:
    """Everything in a strategy that names something else: ids, the file's name, placeholders, counts."""
    if strategy.id != stem:
        yield document.at(["id"], f"id: '{strategy.id}' is not the file's name; call the file {strategy.id}.yaml")
    yield from unknown(document, ["metrics"], strategy.metrics, "metric", known.metrics)
    yield from unknown(document, ["scenarios"], strategy.scenarios, "scenario", known.scenarios)
    yield from unknown(document, ["tools"], strategy.tools, "tool", known.tools)
    for index, line in enumerate(strategy.when):
        yield from _condition(document, index, line, known)
    if all(_subject_known(line, known) for line in strategy.when):
        yield from _because(strategy, document)
    yield from _also(strategy, document, known)
    yield from _one(document, ["watch", "metric"], strategy.watch.metric, "metric", known.metrics)
    for index, example in enumerate(strategy.tests):
        yield from _example(document, index, example, known)
    yield from check_said(strategy, document)


def check_lesson(
    lesson: Lesson, document: Document, stem: str, known: Known, strategies: Collection[str]
) -> Iterator[Problem]:
    """Everything in a lesson that names something else: metrics, counts, strategies, the file's name."""
    if lesson.id != stem:
        yield document.at(["id"], f"id: '{lesson.id}' is not the file's name; call the file {lesson.id}")
    yield from unknown(document, ["teaches"], lesson.teaches, "metric", known.metrics)
    yield from unknown(document, ["feel"], lesson.feel, "metric with a formula", known.ratios)
    yield from unknown(document, ["example", "metrics"], lesson.example.metrics, "metric", known.metrics)
    yield from unknown(document, ["strategies"], lesson.strategies, "strategy", strategies)
    yield from unknown(document, ["sample", "left"], getattr(lesson.sample, "left", {}), "metric", known.metrics)
    for index, question in enumerate(lesson.quiz):
        place: list[str | int] = ["quiz", index]
        if question.kind == "dip":
            yield from _one(document, [*place, "metric"], question.metric, "metric", known.metrics)
        elif question.kind == "strategy":
            yield from unknown(document, [*place, "choices"], question.choices, "strategy", strategies)
        elif question.check is not None:
            check, at = question.check, [*place, "check"]
            if check.metric is not None:
                yield from _one(document, [*at, "metric"], check.metric, "metric", known.metrics)
            if check.count is not None:
                yield from _one(document, [*at, "count"], check.count, "count", known.counts)


def check_metrics(metrics: Metrics, document: Document) -> Iterator[Problem]:
    """The counts that the metrics of metrics.yaml are computed from; `hours` is the length of the LIVE."""
    known = [*metrics.counts, "hours"]
    for name, metric in metrics.metrics.items():
        for part in ("numerator", "denominator", "value", "weight"):
            count = getattr(metric, part, None)
            if count is not None:
                yield from _one(document, ["metrics", name, part], count, "count", known)


def check_guide(kind: str, guide: BaseModel, document: Document, known: Known) -> Iterator[Problem]:
    """Metric and tool ids named in tools.yaml, scenarios.yaml or routines.yaml."""
    for name, entry in getattr(guide, kind).items():
        place: list[str | int] = [kind, name]
        yield from unknown(document, [*place, "metrics"], getattr(entry, "metrics", ()), "metric", known.metrics)
        yield from unknown(document, [*place, "tools"], getattr(entry, "tools", ()), "tool", known.tools)
        for index, step in enumerate(getattr(entry, "steps", ())):
            at = [*place, "steps", index]
            yield from unknown(document, [*at, "metrics"], step.metrics, "metric", known.metrics)
            if step.tool is not None:
                yield from _one(document, [*at, "tool"], step.tool, "tool", known.tools)


def _condition(document: Document, index: int, line: Condition, known: Known) -> Iterator[Problem]:
    if line.metric is not None:
        yield from _one(document, ["when", index, "metric"], line.metric, "metric", known.metrics)
    if line.count is None:
        return
    if line.count in known.counts and line.count not in known.judged_counts:
        judged = ", ".join(known.judged_counts)
        where = spoken(["when", index, "count"])
        message = f"{where}: '{line.count}' is not judged by itself; counts that are: {judged}"
        yield document.at(["when", index, "count"], message)
    else:
        yield from _one(document, ["when", index, "count"], line.count, "count", known.judged_counts)


def _subject_known(line: Condition, known: Known) -> bool:
    """Without its subject a line says nothing about placeholders, and one complaint is enough."""
    if line.metric is not None:
        return line.metric in known.metrics
    return line.count is None or line.count in known.judged_counts


def _because(strategy: Strategy, document: Document) -> Iterator[Problem]:
    yield from _filled("because", strategy.because, placeholders(strategy.when), document)


def _also(strategy: Strategy, document: Document, known: Known) -> Iterator[Problem]:
    if strategy.also is None:
        return
    allowed = {f"{name}.{part}" if part else name for name in known.metrics for part in PLACEHOLDERS["below_usual"]}
    yield from _filled("also", strategy.also, allowed, document)
    if not PLACEHOLDER.search(strategy.also):
        yield document.at(["also"], "also: names no number; put the sentence into summary")


def _filled(key: str, text: str, allowed: Collection[str], document: Document) -> Iterator[Problem]:
    """Placeholders of a sentence that are not allowed in it, and braces without their partner."""
    where = "is not in when" if key == "because" else "is no number of a metric"
    for match in PLACEHOLDER.finditer(text):
        if match[1] not in allowed:
            if key == "also":
                hint = suggest(match[1], allowed) or "; write a metric, or one with .usual, .low, .high or .gap"
            elif allowed:
                hint = suggest(match[1], allowed) or f"; known here: {', '.join(sorted(allowed))}"
            else:
                hint = "; no line of when names a metric"
            yield document.at([key], f"{key}: {{{match[1]}}} {where}{hint}")
    rest = PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        yield document.at([key], f"{key}: a brace without its partner; write {{err}} or {{err.usual}}")


def placeholders(when: Iterable[Condition]) -> set[str]:
    """What `because` may name, given the lines of `when`: err, err.usual ..."""
    allowed: set[str] = set()
    for line in when:
        name = line.metric or line.count
        if name and line.state:
            allowed |= {f"{name}.{part}" if part else name for part in PLACEHOLDERS[line.state]}
    return allowed


def _example(document: Document, index: int, example: Example, known: Known) -> Iterator[Problem]:
    names = [*known.counts, "hours"]
    for part in ("usual", "session", "history"):
        counts = getattr(example, part)
        yield from unknown(document, ["tests", index, part], counts, "count", names)
        for name, value in counts.items():
            if not isinstance(value, str) and value < 0:
                place = ["tests", index, part, name]
                yield document.at(place, f"{spoken(place)}: is negative; a count is zero or more")
    for name, counts in example.products.items():
        yield from unknown(document, ["tests", index, "products", name], counts, "count", known.counts)
    yield from unknown(document, ["tests", index, "benchmarks"], example.benchmarks, "metric", known.metrics)


def unknown(
    document: Document, place: Place, names: Iterable[str], what: str, known: Collection[str]
) -> Iterator[Problem]:
    """Names of a list (pointed at by number) or of a map (pointed at by key) that do not exist."""
    by_key = isinstance(names, dict)
    for index, name in enumerate(names):
        if name not in known:
            at = [*place, name if by_key else index]
            yield document.at(at, f"{spoken(place if by_key else at)}: {_none(name, what, known)}")


def _one(document: Document, place: Place, name: str, what: str, known: Collection[str]) -> Iterator[Problem]:
    if name not in known:
        yield document.at(place, f"{spoken(place)}: {_none(name, what, known)}")


def _none(name: str, what: str, known: Collection[str]) -> str:
    hint = suggest(name, known) or (f"; known: {', '.join(sorted(known))}" if known else "")
    return f"no {what} '{name}'{hint}"
