"""What viewers write and how the host seems: clues to what is wrong, among the talk of any room.

A comment is no proof. Some viewers write of things that are wrong nowhere, so a clue counts beside its rate only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.knowledge.practice import ActionId, Cause, Clues, Fault, Practice
from playbook.language import N_, _

from .actions import ActionTaken
from .effects import patience, unmended
from .luck import Luck

#: Chance a minute of a comment about a fault that is not mended; about something that is not wrong; of small talk.
_TELLS, _MISLEADS, _TALKS = 0.45, 0.06, 0.5
#: Below this patience viewers say so.
_RESTLESS = 0.4
TALK = (
    N_("Hi from the train"), N_("Love the colour"), N_("Just got here"), N_("Hello everyone"),
    N_("My sister has this one"), N_("Nice music"), N_("Second time here"), N_("Greetings from the coast"),
    N_("Good evening"),
)  # fmt: skip
COMPLAINTS = (
    N_("You keep asking us for things"), N_("So many offers, I lose track"), N_("One thing at a time please"),
)  # fmt: skip
CALM, RESTLESS = N_("The host is at ease."), N_("The host hurries from one thing to the next.")


@dataclass(frozen=True)
class Heard:
    """A viewer's comment. `answer` is the tool that answers what it is about; None for small talk."""

    minute: int
    text: str
    answer: ActionId | None = None


def said(practice: Practice, luck: Luck, minute: int, done: Sequence[ActionTaken]) -> tuple[Heard, ...]:
    """The comments that stand out in a minute."""
    found = [
        _of(fault, minute, luck.uniform["which"][minute])
        for place, fault in enumerate(practice.faults)
        if fault.comments and _open(fault, minute, done) and luck.uniform[f"telling_{place % 2}"][minute] < _TELLS
    ]
    stray = luck.uniform["misleading"][minute]
    causes = [each for each in practice.causes if isinstance(each, Cause) and each.comments]
    if causes and stray < _MISLEADS:
        found.append(_of(causes[int(stray / _MISLEADS * len(causes))], minute, luck.uniform["which"][minute]))
    talk = luck.uniform["talking"][minute]
    if patience(done, minute) < _RESTLESS and talk < 2 * _TALKS / 3:
        found.append(Heard(minute, _(COMPLAINTS[int(talk * 1000) % len(COMPLAINTS)])))
    elif talk < _TALKS:
        found.append(Heard(minute, _(TALK[int(talk * 1000) % len(TALK)])))
    return tuple(found)


def host(practice: Practice, minute: int, done: Sequence[ActionTaken]) -> str:
    """How the host seems, in a sentence."""
    if patience(done, minute) < _RESTLESS:
        return _(RESTLESS)
    return next((each.host for each in practice.faults if each.host and _open(each, minute, done)), _(CALM))


def _open(fault: Fault, minute: int, done: Sequence[ActionTaken]) -> bool:
    return fault.at_work(minute) and unmended(fault, minute, done) > 0.5


def _of(clue: Clues, minute: int, chance: float) -> Heard:
    answer: ActionId = clue.mended_by[0].action  # type: ignore[attr-defined]
    return Heard(minute, clue.comments[min(int(chance * len(clue.comments)), len(clue.comments) - 1)], answer)
