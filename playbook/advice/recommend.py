"""From findings to recommendations: matched by the YAML conditions, ranked, in the seller's own numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from playbook.diagnosis.findings import Diagnosis
from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Strategy

from .grounds import numbers
from .match import Match, firing
from .rank import AT_MOST, ranked
from .reasons import also, because


@dataclass(frozen=True)
class Recommendation:
    """A strategy for this LIVE: the weak metrics it answers, why in the seller's numbers, how strong the case is.

    `evidence` holds, for every line of `when`, the numbers it was held against.
    """

    strategy: Strategy
    metrics: tuple[str, ...]
    because: str
    strength: float
    evidence: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.strategy.id

    @property
    def title(self) -> str:
        return self.strategy.title

    @property
    def first_step(self) -> str:
        return self.strategy.first_step

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "strategy": self.id,
            "title": self.title,
            "metrics": list(self.metrics),
            "because": self.because,
            "first_step": self.first_step,
            "owner": self.strategy.owner,
            "moment": list(self.strategy.moment),
        }


def recommend(
    diagnosis: Diagnosis,
    knowledge: Knowledge,
    currency: str | None = None,
    at_most: int = AT_MOST,
    trust: Mapping[str, float] | None = None,
) -> tuple[Recommendation, ...]:
    """At most a handful of tested strategies whose every condition holds, the strongest case first.

    `trust` is what the shop's own tries say of strategies, see `evidence.trust_of`. What speaks only of metrics that
    were left out by choice is not advised.
    """
    fired = firing(knowledge.strategies.values(), diagnosis, knowledge.metrics)
    found = [each for each in fired if not each.weak or not diagnosis.left_out.issuperset(each.weak)]
    return tuple(
        Recommendation(
            strategy=each.match.strategy,
            metrics=each.match.weak,
            because=_reason(each.match, diagnosis, knowledge, currency),
            strength=each.strength,
            evidence=tuple(numbers(line, knowledge.metrics, currency) for line in each.match.lines),
        )
        for each in ranked(found, diagnosis, knowledge.metrics, at_most, trust)
    )


def _reason(found: Match, diagnosis: Diagnosis, knowledge: Knowledge, currency: str | None) -> str:
    """The strategy's own sentence; for findings, which have no placeholders, with what was seen behind it."""
    text = because(found.strategy, diagnosis, knowledge.metrics, currency)
    seen = [numbers(line, knowledge.metrics, currency) for line in found.lines if line.condition.finding]
    more = also(found.strategy, diagnosis, knowledge.metrics, currency)
    return " ".join([text, *([more] if more else []), *(f"{each[:1].upper()}{each[1:]}." for each in seen)])


def suggestions_for(metrics: Iterable[str], knowledge: Knowledge, at_most: int = AT_MOST) -> tuple[Strategy, ...]:
    """Strategies for metrics that a person says felt weak, without numbers: one each before a second for any.

    Unknown metric ids give nothing. Within a metric, strategies for which it is the main one come first.
    """
    groups = []
    for metric in dict.fromkeys(metrics):
        fitting = [each for each in knowledge.strategies.values() if each.status == "tested" and metric in each.metrics]
        groups.append(sorted(fitting, key=lambda each: (each.metrics.index(metric), each.order, each.id)))
    rounds = range(max((len(group) for group in groups), default=0))
    turns = (group[turn] for turn in rounds for group in groups if turn < len(group))
    return tuple({each.id: each for each in turns}.values())[:at_most]
