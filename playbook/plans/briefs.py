"""Who fixes what: one brief for the host (words and manner), one for operations (settings, pins, bag, tools)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.advice.recommend import Recommendation
from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Owner, Strategy
from playbook.language import N_, _

from .plan import Plan

#: A brief is one page: this many strategies at most.
AT_MOST = 4


@dataclass(frozen=True)
class BriefTask:
    """What one strategy asks of one person: steps, lines to say by language, and what has to be true for them.

    `chosen`: it is the change that was planned for the next LIVE.
    """

    strategy: str
    title: str
    because: str
    steps: tuple[str, ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    truth_required: tuple[str, ...]
    tools: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True)
class Brief:
    """One person's page."""

    owner: Owner
    title: str
    tasks: tuple[BriefTask, ...]


TITLES: dict[Owner, str] = {"host": N_("For the host"), "operations": N_("For operations")}


def briefs(
    recommendations: Sequence[Recommendation], knowledge: Knowledge, plan: Plan | None = None
) -> tuple[Brief, Brief]:
    """The host's brief and that of operations, the planned change first in both.

    Steps go to whoever owns the strategy. Words always go to the host, with what has to be true before they are
    said; what has to be true goes to operations as well, who can see to it. With a plan, only its strategy is
    asked for: one change at a time.
    """
    reasons = {each.id: each.because for each in recommendations}
    chosen = knowledge.strategies.get(plan.strategy) if plan is not None else None
    asked = [chosen] if chosen is not None else [each.strategy for each in recommendations[:AT_MOST]]
    made = [
        Brief(owner, _(TITLES[owner]), tuple(_tasks(owner, asked, reasons, knowledge, chosen)))
        for owner in ("host", "operations")
    ]
    return made[0], made[1]


def _tasks(
    owner: Owner, asked: Sequence[Strategy], reasons: dict[str, str], knowledge: Knowledge, chosen: Strategy | None
) -> list[BriefTask]:
    tasks = []
    for each in asked:
        own = each.owner == owner
        words = tuple((language, tuple(lines)) for language, lines in (each.say or {}).items())
        if not own and not (owner == "host" and words) and not (owner == "operations" and each.truth_required):
            continue
        tasks.append(
            BriefTask(
                strategy=each.id,
                title=each.title,
                because=reasons.get(each.id, ""),
                steps=tuple(step.step for step in each.do) if own else (),
                words=words if owner == "host" else (),
                truth_required=tuple(each.truth_required),
                tools=tuple(knowledge.tools[name].label for name in each.tools if name in knowledge.tools)
                if owner == "operations"
                else (),
                chosen=chosen is not None and each.id == chosen.id,
            )
        )
    return tasks
