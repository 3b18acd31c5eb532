"""Lints: files that load, but that a careful editor would not leave like that. `playbook check` reports them."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from playbook.knowledge.load import CONTENT, Knowledge
from playbook.knowledge.markets import ANY, CODES, REGIONS, unknown_markets
from playbook.knowledge.reader import Document, Problem, parse, spoken
from playbook.knowledge.strategies import Strategy

_PROSE_WORDS = 4


def lint_strategy(strategy: Strategy, document: Document) -> Iterator[Problem]:
    """Everything about one strategy that loads but should not stay."""
    yield from _examples(strategy, document)
    yield from _answers(strategy, document)
    yield from _markets(strategy, document)
    yield from _flow_prose(document)


def lint_lesson(document: Document) -> Iterator[Problem]:
    """Sentences in braces; what a lesson claims of its sample is checked by training.answers."""
    yield from _flow_prose(document)


def lint_coverage(knowledge: Knowledge) -> Iterator[Problem]:
    """Ranked metrics that no tested strategy answers when they, alone, are below usual."""
    document, _ = parse(CONTENT / "metrics.yaml")
    answered = {
        line.metric
        for strategy in knowledge.strategies.values()
        if strategy.status == "tested" and len(strategy.when) == 1
        for line in strategy.when
        if line.state == "below_usual"
    }
    for name, metric in knowledge.metrics.items():
        if (metric.role == "factor" or metric.steered_by) and name not in answered and document is not None:
            message = f"metrics.{name}: no tested strategy has only this line in when: metric {name}, is below_usual"
            yield document.at(["metrics", name], message)


def _examples(strategy: Strategy, document: Document) -> Iterator[Problem]:
    if strategy.status != "tested":
        return
    expected = {example.expect for example in strategy.tests}
    for needed, words in (("fires", "in which it fires"), ("silent", "in which it stays silent")):
        if needed not in expected:
            place = ["tests"] if strategy.tests else ["id"]
            yield document.at(place, f"tests: a tested strategy needs an example {words} (expect: {needed})")
    names = [example.name for example in strategy.tests]
    for index, name in enumerate(names):
        if name in names[:index]:
            at: list[str | int] = ["tests", index, "name"]
            yield document.at(at, f"{spoken(at)}: '{name}' is used twice; give each example its own name")


def _answers(strategy: Strategy, document: Document) -> Iterator[Problem]:
    """A strategy answers only what it mends: what its lines call weak or fallen is among its metrics."""
    for index, line in enumerate(strategy.when):
        place: list[str | int] = ["when", index]
        if line.finding == "dip" and line.of is None:
            yield document.at(place, f"{spoken(place)}: say under of which metric dips, like of: err")
        named = line.of if line.finding == "dip" else line.metric if line.weak else None
        mends = {*strategy.metrics, *(["gmv"] if "gmv_per_hour" in strategy.metrics else [])}
        if named is not None and named not in mends:
            message = f"{spoken(place)}: '{named}' is not under metrics; a strategy answers only what it mends"
            yield document.at(place, message)


def _markets(strategy: Strategy, document: Document) -> Iterator[Problem]:
    """A fact of a market that nobody's shop can have would never be shown to anybody."""
    for index, fact in enumerate(strategy.facts):
        for each in unknown_markets(fact.market):
            place: list[str | int] = ["facts", index, "market"]
            known = ", ".join([*sorted(CODES), *REGIONS, ANY])
            yield document.at(place, f"{spoken(place)}: '{each}' is no market; known: {known}")


def _flow_prose(document: Document) -> Iterator[Problem]:
    """Sentences inside {...} or [...]: a comma in them would split them."""
    for node, place in _nodes(document.root, ()):
        if not isinstance(node, yaml.CollectionNode) or not node.flow_style:
            continue
        pairs = node.value if isinstance(node, yaml.MappingNode) else [(item, item) for item in node.value]
        for index, (key, value) in enumerate(pairs):
            plain = isinstance(value, yaml.ScalarNode) and value.style in (None, "")
            if plain and len(value.value.split()) > _PROSE_WORDS:
                at = (*place, key.value if isinstance(node, yaml.MappingNode) else index)
                message = f"{spoken(at)}: write sentences on a line of their own or in quotes, not bare in braces"
                yield Problem(document.file, value.start_mark.line + 1, value.start_mark.column + 1, message)


def _nodes(node: yaml.Node, place: tuple[str | int, ...]) -> Iterator[tuple[yaml.Node, tuple[str | int, ...]]]:
    yield node, place
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(value, (*place, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _nodes(item, (*place, index))
