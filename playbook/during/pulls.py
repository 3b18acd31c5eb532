"""What to pull now, while the LIVE runs: the few strategies for what is weak at this minute that work during a LIVE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playbook.advice.recommend import Recommendation, recommend
from playbook.advice.tool_events import EVENT_OF_TOOL
from playbook.diagnosis.findings import Diagnosis
from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Step, Strategy
from playbook.model.session import Event

#: More than a host can take in between two sentences is not read.
AT_MOST = 3
#: A thing pulled so few minutes ago is given time before it is proposed again.
REST = 15.0
_TRIED = 30


@dataclass(frozen=True)
class Pull:
    """One thing to do now: the strategy's steps during a LIVE, the words, and the event that doing it is."""

    recommendation: Recommendation
    steps: tuple[Step, ...]
    event: str

    @property
    def strategy(self) -> Strategy:
        return self.recommendation.strategy


def pulls(
    diagnosis: Diagnosis,
    knowledge: Knowledge,
    minute: float,
    events: Sequence[Event] = (),
    currency: str | None = None,
    trust: Mapping[str, float] | None = None,
) -> tuple[Pull, ...]:
    """At most three, the strongest case first. What was pulled in the last 15 minutes waits.

    An event of a strategy's own kind counts as pulled; for words alone, a `script` event with its id as the note.
    """
    lately = [each for each in events if minute - REST < each.minute <= minute]
    found = []
    for each in recommend(diagnosis, knowledge, currency, at_most=_TRIED, trust=trust):
        steps = each.strategy.steps_at("during")
        if "during" not in each.strategy.moment or not steps:
            continue
        event = event_of(each.strategy)
        if any(_same(seen, event, each.id) for seen in lately):
            continue
        found.append(Pull(each, steps, event))
    return tuple(found[:AT_MOST])


def event_of(strategy: Strategy) -> str:
    """The type of event that doing it leaves in the log; `script` where it is words or attention alone."""
    return next((EVENT_OF_TOOL[tool] for tool in strategy.tools if tool in EVENT_OF_TOOL), "script")


def _same(seen: Event, event: str, strategy: str) -> bool:
    if event == "script":
        return seen.type == "script" and seen.note == strategy
    return seen.type == event
