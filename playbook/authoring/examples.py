"""Runs the `tests:` inside strategy files through the real diagnosis.

An example names the counts of an ordinary LIVE and of the judged one. The ordinary ones become a short history
with small, fixed differences between LIVEs, so that an example means the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pandas as pd

from playbook.advice.grounds import numbers
from playbook.advice.match import Match, match
from playbook.advice.reasons import because
from playbook.diagnosis.diagnose import diagnose
from playbook.diagnosis.findings import Benchmark, Diagnosis
from playbook.knowledge.load import Knowledge
from playbook.knowledge.metrics import Metric
from playbook.knowledge.reader import Problem
from playbook.knowledge.strategies import Example, Strategy
from playbook.model.session import Event, Product, Session, Slice

#: diagnose(session, history, metrics, benchmarks): history oldest first, the session not in it.
Judge = Callable[[Session, Sequence[Session], Mapping[str, Metric], Sequence[Benchmark]], Diagnosis]

#: LIVEs before the judged one when the example gives no `history`.
PAST = 9
HOURS = 2.0
_START = datetime(2026, 1, 5, 19, 0)

#: How far ordinary LIVEs lie from `usual`, in turn. Each count starts elsewhere, so that rates vary too.
_WOBBLE = (0.0, 0.03, -0.02, 0.01, -0.03, 0.02, -0.01)


@dataclass(frozen=True)
class ExampleResult:
    """One example: what was expected, what happened, and the numbers that decided it."""

    strategy: str
    name: str
    file: str
    line: int
    expected: str
    outcome: str
    detail: str
    passed: bool

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: {self.strategy} / {self.name}"
        return f"{place}: ok" if self.passed else f"{place}: {self.detail}"


def run_all(knowledge: Knowledge, only_own: bool = False, judge: Judge = diagnose) -> list[ExampleResult]:
    """Every example of every strategy that loaded, by strategy; with `only_own` those of the laid-over folder."""
    return [
        result
        for name, strategy in knowledge.strategies.items()
        if not only_own or name in knowledge.own
        for result in _results(strategy, knowledge, judge)
    ]


def untested_lines(knowledge: Knowledge, only_own: bool = False, judge: Judge = diagnose) -> list[Problem]:
    """Lines of `when` whose removal no example of a tested strategy notices."""
    return [
        problem
        for name, strategy in knowledge.strategies.items()
        if strategy.status == "tested" and strategy.tests and (not only_own or name in knowledge.own)
        for problem in _untested(strategy, knowledge, judge)
    ]


def outcome(found: Match) -> str:
    return "fires" if found.fires else "silent"


def diagnosis_of(example: Example, metrics: Mapping[str, Metric], judge: Judge) -> Diagnosis:
    """What the review would find in the example's LIVE."""
    history = list(past_of(example))
    judged = _with_parts(
        _session("judged", len(history) + 1, dict(example.usual) | dict(example.session)), example, None
    )
    if example.trend:
        columns = {name: unfold(text) for name, text in example.trend.items()}
        trend = pd.DataFrame(columns)  # a series of another length than the others raises: a mistake in the file
        trend.insert(0, "minute", range(len(trend)))
        judged = replace(judged, trend=trend, trend_step=1.0, duration_minutes=float(len(trend)))
    marks = [Benchmark(name, value, "example", "2026-01-01") for name, value in example.benchmarks.items()]
    return judge(judged, history, metrics, marks)


def past_of(example: Example) -> Iterator[Session]:
    """The LIVEs before the judged one, oldest first."""
    series = {name: unfold(text) for name, text in example.history.items()}
    length = max((len(values) for values in series.values()), default=PAST)
    names = list(dict.fromkeys((*example.usual, *series)))
    for index in range(length):
        counts = {}
        for place, name in enumerate(names):
            values = series.get(name)
            # A series shorter than the longest starts later: its last value stands next to the judged LIVE.
            position = index - length + len(values) if values else -1
            base = values[position] if values and position >= 0 else example.usual.get(name)
            if base is not None:
                wobble = 0.0 if name == "hours" else _WOBBLE[(index + 3 * place) % len(_WOBBLE)]
                counts[name] = base * (1 + wobble)
        yield _with_parts(_session(f"past {index + 1}", index, counts), example, _WOBBLE[index % len(_WOBBLE)])


def _with_parts(session: Session, example: Example, wobble: float | None) -> Session:
    """Events, channels and audiences of a past LIVE, or of the judged one where there is no wobble."""
    past = wobble is not None
    events = example.past_events if past else example.events
    return replace(
        session,
        events=tuple(Event(each.type, each.minute, detail=each.detail) for each in events),
        channels=_slices(example.channels, wobble),
        followers=_slices(example.audiences, wobble),
        products=() if past else tuple(Product(None, name, dict(each)) for name, each in example.products.items()),
    )


def _slices(shares: Mapping[str, list[float]], wobble: float | None) -> tuple[Slice, ...]:
    return tuple(
        Slice(name, {}, {"views": now if wobble is None else usual * (1 + wobble)})
        for name, (usual, now) in shares.items()
    )


def unfold(series: str) -> list[float]:
    """`120x2 90` as `[120.0, 120.0, 90.0]`: x2 counts the value itself."""
    values: list[float] = []
    for word in series.split():
        value, _, times = word.partition("x")
        values += [float(value)] * int(times or 1)
    return values


def _session(name: str, day: int, counts: dict[str, float]) -> Session:
    hours = counts.pop("hours", HOURS)
    whole = {key: value if key in _MEANS else float(round(value)) for key, value in counts.items()}
    return Session(
        id=name,
        counts=whole,
        start=_START + timedelta(days=day),
        duration_minutes=hours * 60,
        currency="USD",
        gmv_kind="direct" if "gmv" in counts else None,
    )


#: Counts that are sums of money or means, and need not be whole.
_MEANS = frozenset({"avg_viewing_seconds", "gmv"})


def _results(strategy: Strategy, knowledge: Knowledge, judge: Judge) -> Iterator[ExampleResult]:
    document = knowledge.documents[strategy.id]
    for index, example in enumerate(strategy.tests):
        diagnosis = diagnosis_of(example, knowledge.metrics, judge)
        found = match(strategy, diagnosis, knowledge.metrics)
        happened, detail = outcome(found), _detail(found, example, knowledge.metrics)
        if happened == example.expect == "fires":
            text = because(strategy, diagnosis, knowledge.metrics, "USD")
            missing = [words for words in example.because_contains if words not in text]
            if missing:
                happened, detail = "fires with other words", f"because does not contain '{missing[0]}': {text}"
        place = document.at(["tests", index], "")
        passed = happened == example.expect
        yield ExampleResult(
            strategy.id, example.name, document.file, place.line, example.expect, happened, detail, passed
        )


def _detail(found: Match, example: Example, metrics: Mapping[str, Metric]) -> str:
    """`expected fires, was silent; when, item 1 (err is below_usual): this LIVE 6.1%, usual 6.3% ...`."""
    words = f"expected {example.expect}, was {outcome(found)}"
    lines = [found.deciding] if found.deciding else list(enumerate(found.lines, 1))
    condition_lines = [
        f"when, item {index} ({line.condition}): {numbers(line, metrics, 'USD')}" for index, line in lines
    ]
    return "; ".join([words, *condition_lines])


def _untested(strategy: Strategy, knowledge: Knowledge, judge: Judge) -> Iterator[Problem]:
    document = knowledge.documents[strategy.id]
    diagnoses = [(each, diagnosis_of(each, knowledge.metrics, judge)) for each in strategy.tests]
    for index in range(len(strategy.when)):
        fewer = strategy.model_copy(update={"when": strategy.when[:index] + strategy.when[index + 1 :]})
        if _same(fewer, diagnoses, knowledge):
            words = f"when, item {index + 1}: no example notices its removal; add one that only this line keeps silent"
            yield document.at(["when", index], words)


def _same(strategy: Strategy, diagnoses: Iterable[tuple[Example, Diagnosis]], knowledge: Knowledge) -> bool:
    """Whether every example still answers as its author expects."""
    return all(
        outcome(match(strategy, diagnosis, knowledge.metrics)) == example.expect for example, diagnosis in diagnoses
    )
