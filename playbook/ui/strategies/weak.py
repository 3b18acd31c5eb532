"""The shop's own weak steps: which metrics fell below usual in its last LIVE, why, and what was advised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from playbook import formats
from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Strategy
from playbook.report.words import sentences
from playbook.ui.files import loading
from playbook.ui.frame import once

from .steps import id_of

#: More weak steps than these are no place to begin.
AT_MOST = 3


@dataclass(frozen=True)
class WeakSteps:
    """By metric, worst first, why it is weak; by strategy, the reason with which it was advised."""

    why: Mapping[str, str] = field(default_factory=dict)
    advised: Mapping[str, str] = field(default_factory=dict)

    def answering(self, metric: str, every: list[Strategy]) -> list[Strategy]:
        """What is meant for a weak metric: what was advised first, then what has it as its main one."""
        advised = list(self.advised)
        mine = [each for each in every if each.metrics[0] == metric]
        return sorted(mine, key=lambda each: advised.index(each.id) if each.id in advised else len(advised))


@once.a_run
def current() -> WeakSteps:
    """Of the latest LIVE of the shop in the sidebar; nothing without one."""
    saved = loading.of_shop()
    if saved is None or not saved.sessions:
        return WeakSteps()
    review = saved.latest()
    with formats.written_for(review.session.currency):
        why = {each.metric: sentences.weak_sentence(review, each) for each in sentences.below(review)[:AT_MOST]}
    return WeakSteps(why, {each.strategy.id: each.because for each in review.recommendations})


def steps(weak: WeakSteps, knowledge: Knowledge) -> set[str]:
    return {id_of(knowledge.metrics[each].step) for each in weak.why}
