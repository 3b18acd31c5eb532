"""All knowledge at once: the built-in content, with the user's own folder laid over it.

A file that is wrong switches off only itself: its problems are kept as data and everything else stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from playbook import language

from . import files as read_files
from .craft import Craft, Exercise
from .files import File
from .front_matter import front_matter
from .guides import Routine, Routines, Scenario, Scenarios, Tool, Tools
from .lessons import Lesson
from .metrics import Count, Metric, Metrics
from .practice import Cause, Causes, Practice, check_causes, check_practice, with_causes
from .reader import Document, Named, Problem, parse_text, validate
from .references import Known, check_guide, check_lesson, check_metrics, check_strategy
from .spoken import PARTS, in_words
from .strategies import Strategy
from .violations import Matcher, Violations

CONTENT = Path(__file__).resolve().parent.parent / "content"

OWN_METRICS = "is not read: metrics are the same for everybody; remove this file"

M = TypeVar("M", bound=BaseModel)
N = TypeVar("N", bound=Named)


@dataclass(frozen=True)
class Knowledge:
    """Everything the YAML files say, checked. Maps keep the files' order; `strategies` goes by file name.

    `documents` and `lesson_documents` have the parsed file of each strategy and lesson, to point at lines; `own` and
    `own_lessons` the ids that the laid-over folder added or replaced. `lessons` stand in the order of the course.
    `problems` is sorted and empty when every file is in order. `language` is the one its words are in: `digest` is of
    the files alone, `key` is another one in each language.
    """

    metrics: Mapping[str, Metric]
    counts: Mapping[str, Count]
    strategies: Mapping[str, Strategy]
    tools: Mapping[str, Tool]
    scenarios: Mapping[str, Scenario]
    routines: Mapping[str, Routine]
    problems: list[Problem]
    digest: str
    documents: Mapping[str, Document] = field(default_factory=dict, repr=False, compare=False)
    own: frozenset[str] = frozenset()
    practice: Mapping[str, Practice] = field(default_factory=dict)
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    lesson_documents: Mapping[str, Document] = field(default_factory=dict, repr=False, compare=False)
    own_lessons: frozenset[str] = frozenset()
    violations: Violations = field(default_factory=Violations)
    craft: Mapping[str, Exercise] = field(default_factory=dict)
    matcher: Matcher = field(default_factory=lambda: Matcher({}), repr=False, compare=False)
    language: str = language.SOURCE

    @property
    def key(self) -> str:
        """What is made of this knowledge and has words in it is kept by."""
        return f"{self.digest} {self.language}"


def load(folder: Path | str | None = None) -> Knowledge:
    """The built-in knowledge, with the folder's strategies, lessons, tools, scenarios and routines laid over it.

    The same id replaces, a new id adds. `folder` holds strategy files directly or in `strategies/`, lessons in
    `lessons/`, practice scenarios in `practice/`, and may hold tools.yaml, scenarios.yaml, routines.yaml,
    causes.yaml, craft.yaml and violations.yaml; it may also be one strategy file. Nothing is raised for what stands in
    the files: see `Knowledge.problems`. The answer is kept until a file changes. Its words are in the
    language in force.
    """
    found = _in_english(folder)
    return found if language.current() == language.SOURCE else in_language(found, language.current())


def _in_english(folder: Path | str | None) -> Knowledge:
    places = (CONTENT,) if folder is None else (CONTENT, Path(folder))
    before = tuple(read_files.signature(each) for each in places)
    if None not in before and _seen.get(places, ((), None))[0] == before:
        return _seen[places][1]
    found = [read_files.collect(each) for each in places]
    (built_in, problems), (own, more) = found[0], found[1] if len(found) > 1 else ([], [])
    knowledge = _loaded(read_files.digest(built_in, own), tuple(built_in), tuple(own), (*problems, *more))
    if len(_seen) >= _MOST_SEEN:
        _seen.clear()
    _seen[places] = (before, knowledge)
    return knowledge


def in_language(knowledge: Knowledge, code: str) -> Knowledge:
    """The same in another language; kept as long as it is asked for."""
    place = (knowledge.digest, code)
    if place not in _in_words:
        if len(_in_words) >= _MOST_SEEN:
            _in_words.pop(next(iter(_in_words)), None)
        words = in_words({name: getattr(knowledge, name) for name in PARTS}, code)
        _in_words[place] = replace(knowledge, language=code, **words)
    return _in_words[place]


_in_words: dict[tuple[str, str], Knowledge] = {}

#: What was loaded from which folders, and how their files looked before.
_MOST_SEEN = 8
_seen: dict[tuple[Path, ...], tuple[tuple[object, ...], Knowledge]] = {}


@lru_cache(maxsize=8)
def _loaded(digest: str, built_in: tuple[File, ...], own: tuple[File, ...], found: tuple[Problem, ...]) -> Knowledge:
    problems = list(found)
    craft = _craft(built_in, problems) | _craft(own, problems)
    metrics = _metrics(built_in, problems)
    tools: dict[str, Tool] = {}
    scenarios: dict[str, Scenario] = {}
    routines: dict[str, Routine] = {}
    for layer in (built_in, own):
        known = Known.of(metrics, tools, scenarios)
        tools |= _guide(layer, "tools", Tools, known, problems)
        known = Known.of(metrics, tools, scenarios)
        scenarios |= _guide(layer, "scenarios", Scenarios, known, problems)
        routines |= _guide(layer, "routines", Routines, known, problems)
    known = Known.of(metrics, tools, scenarios)
    fits = partial(check_strategy, known=known)
    strategies, documents = _each(built_in, "strategy", Strategy, fits, problems)
    problems += _own_metrics(built_in, own)
    own_strategies, own_documents = _each(own, "strategy", Strategy, fits, problems)
    every_strategy = strategies | own_strategies
    causes: dict[str, Cause] = {}
    practice: dict[str, Practice] = {}
    for layer in (built_in, own):
        causes |= _causes(layer, problems)
        found_here = _each(layer, "practice", Practice, partial(check_practice, causes=tuple(causes)), problems)[0]
        practice |= {name: with_causes(each, causes) for name, each in found_here.items()}
    teaches = partial(check_lesson, known=known, strategies=every_strategy)
    lessons, lesson_documents = _each(built_in, "lesson", Lesson, teaches, problems)
    own_lessons, own_lesson_documents = _each(own, "lesson", Lesson, teaches, problems)
    violations = _violations(built_in, own, problems)
    course = sorted((lessons | own_lessons).values(), key=lambda each: (each.order, each.id))
    return Knowledge(
        metrics=MappingProxyType(metrics.metrics),
        counts=MappingProxyType(metrics.counts),
        strategies=MappingProxyType(every_strategy),
        tools=MappingProxyType(tools),
        scenarios=MappingProxyType(scenarios),
        routines=MappingProxyType(routines),
        problems=sorted(problems),
        digest=digest,
        documents=MappingProxyType(documents | own_documents),
        own=frozenset(own_strategies),
        practice=MappingProxyType(practice),
        lessons=MappingProxyType({each.id: each for each in course}),
        lesson_documents=MappingProxyType(lesson_documents | own_lesson_documents),
        own_lessons=frozenset(own_lessons),
        violations=violations,
        craft=MappingProxyType(craft),
        matcher=Matcher(violations.types),
    )


def _metrics(layer: tuple[File, ...], problems: list[Problem]) -> Metrics:
    for value, document, _file in _valid(layer, "metrics", Metrics, problems):
        problems += check_metrics(value, document)
        return value
    return Metrics(version=1, counts={}, metrics={})


def _own_metrics(built_in: tuple[File, ...], own: tuple[File, ...]) -> list[Problem]:
    """A metrics.yaml of one's own is checked, and refused when it says anything new; a copy does no harm."""
    shipped = [file.raw for file in built_in if file.kind == "metrics"]
    problems: list[Problem] = []
    for file in own:
        if file.kind == "metrics" and file.raw not in shipped:
            _metrics((file,), problems)
            if not problems:
                problems.append(Problem(file.name, 1, 1, OWN_METRICS))
    return problems


def _guide(layer: tuple[File, ...], kind: str, model: type[M], known: Known, problems: list[Problem]) -> dict[str, Any]:
    """The entries of tools.yaml, scenarios.yaml or routines.yaml; none when the file has any problem."""
    for value, document, _file in _valid(layer, kind, model, problems):
        wrong = list(check_guide(kind, value, document, known))
        problems += wrong
        if not wrong:
            return dict(getattr(value, kind))
    return {}


def _causes(layer: tuple[File, ...], problems: list[Problem]) -> dict[str, Cause]:
    """The entries of causes.yaml; none when the file has any problem."""
    for value, document, _file in _valid(layer, "causes", Causes, problems):
        wrong = list(check_causes(value, document))
        problems += wrong
        return {} if wrong else dict(value.causes)
    return {}


def _craft(layer: tuple[File, ...], problems: list[Problem]) -> dict[str, Exercise]:
    """The exercises of craft.yaml; none when the file has any problem."""
    return next((dict(value.exercises) for value, *_rest in _valid(layer, "craft", Craft, problems)), {})


def _violations(built_in: tuple[File, ...], own: tuple[File, ...], problems: list[Problem]) -> Violations:
    """violations.yaml, with one's own laid over it: the same type replaces, a new one adds, other parts replace."""
    found = Violations()
    for value, *_rest in _valid((*built_in, *own), "violations", Violations, problems):
        found = Violations(
            version=1,
            types=found.types | value.types,
            repeats=value.repeats or found.repeats,
            standing=value.standing or found.standing,
            where=value.where or found.where,
        )
    return found


def _each(
    layer: tuple[File, ...],
    kind: str,
    model: type[N],
    check: Callable[[N, Document, str], Iterable[Problem]],
    problems: list[Problem],
) -> tuple[dict[str, N], dict[str, Document]]:
    """The files of a kind that hold one thing each, by id, and their documents; one with any problem is left out."""
    values: dict[str, N] = {}
    documents: dict[str, Document] = {}
    for value, document, file in _valid(layer, kind, model, problems):
        wrong = list(check(value, document, Path(file.name).stem))
        if value.id in values:
            wrong.append(document.at(["id"], f"id: '{value.id}' is also in {documents[value.id].file}"))
        problems += wrong
        if not wrong:
            values[value.id], documents[value.id] = value, document
    return values, documents


def _valid(
    layer: tuple[File, ...], kind: str, model: type[M], problems: list[Problem]
) -> Iterator[tuple[M, Document, File]]:
    """The files of a kind that the model takes, as they are asked for; what is wrong with the others is a problem."""
    for file in layer:
        value, document = _read(file, model, problems) if file.kind == kind else (None, None)
        if value is not None and document is not None:
            yield value, document, file


def _read(file: File, model: type[M], problems: list[Problem]) -> tuple[M | None, Document | None]:
    document, found = front_matter(file) if file.name.endswith(".md") else parse_text(file.raw, file.name)
    problems += found
    if document is None:
        return None, None
    value, found = validate(document, model)
    problems += found
    return value, document
