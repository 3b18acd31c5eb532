"""The steps of the funnel and the strategies for each: what the picture shows and the list is narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Strategy
from playbook.language import pgettext

DIMENSIONS = ("reach", "engage", "convert")
#: As a visitor takes them; what all of them come to is the last.
ORDER = (
    "being shown", "entering", "staying", "commenting", "following", "sharing", "liking", "opening products",
    "ordering", "selling",
)  # fmt: skip

#: What the steps of metrics are, for translators.
_CONTEXT = "what people do"


@dataclass(frozen=True)
class VisitorStep:
    """A step that visitors take or leave, the strategies that are meant for it first, and the tools of those.

    `name` is the same in every language, for addresses and to compare; `label` is what people read.
    """

    name: str
    label: str
    dimension: str
    strategies: tuple[str, ...]
    tools: tuple[str, ...]


def label(name: str) -> str:
    """A step as the metrics have it in the language in force; one of somebody's own stays as it is."""
    return pgettext(_CONTEXT, name) if name in ORDER else name


def id_of(step: str) -> str:
    """The name of a step that a metric has in the language in force."""
    return next((each for each in ORDER if label(each) == step), step)


def shown(knowledge: Knowledge) -> list[Strategy]:
    """All strategies that are not retired: by dimension, step, and their own order."""
    steps = list(_in_order(knowledge))
    found = [each for each in knowledge.strategies.values() if each.status != "retired"]
    return sorted(
        found,
        key=lambda each: (DIMENSIONS.index(each.dimension), steps.index(main(each, knowledge)), each.order, each.id),
    )


def main(strategy: Strategy, knowledge: Knowledge) -> str:
    """The step of the metric that a strategy is meant for, by its name."""
    return id_of(knowledge.metrics[strategy.metrics[0]].step)


def of_each(knowledge: Knowledge) -> list[VisitorStep]:
    """The steps that a strategy is meant for, in the order in which a visitor comes to them."""
    every = shown(knowledge)
    made = []
    for name, dimension in _in_order(knowledge).items():
        mine = [each for each in every if main(each, knowledge) == name]
        beside = [each for each in every if each not in mine and name in _steps(each.metrics, knowledge)]
        if mine:
            tools = dict.fromkeys(tool for each in mine for tool in each.tools if tool in knowledge.tools)
            made.append(
                VisitorStep(name, label(name), dimension, tuple(each.id for each in (*mine, *beside)), tuple(tools))
            )
    return made


def _steps(metrics: Iterable[str], knowledge: Knowledge) -> set[str]:
    return {id_of(knowledge.metrics[each].step) for each in metrics if each in knowledge.metrics}


def _in_order(knowledge: Knowledge) -> dict[str, str]:
    """The steps with their dimension, in the visitor's order; one that is not in it comes last."""
    found = {id_of(each.step): each.dimension for each in knowledge.metrics.values()}
    return dict(sorted(found.items(), key=lambda each: ORDER.index(each[0]) if each[0] in ORDER else len(ORDER)))
