"""What to practise today: spaced repetition with growing steps, worked out from results alone.

Passed once, an item comes back after one day; passed again when it was due, after three, after seven, and then after
twice as long each time, at most half a year. Failed, it starts over and comes back the next day. Practice that comes
before the day it was due neither helps nor harms, so that one evening of repetition does not stand for a week. Spacing
repetitions rather than massing them is among the best supported findings on learning (Cepeda et al., Psychological
Bulletin 132, 2006); the steps are a plain choice of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from playbook.knowledge.lessons import Lesson

STEPS = (1, 3, 7)
#: No item stays away for longer, in days.
LONGEST = 180
#: A day's portion in minutes; a first item always fits.
PORTION = 15
DRILL_MINUTES = 2
NEW_AT_ONCE = 2


@dataclass(frozen=True)
class Attempt:
    """One result, as far as a schedule cares. `kind` is lesson, drill, practice or craft."""

    kind: str
    item: str
    day: date
    passed: bool


@dataclass(frozen=True)
class Memory:
    """Where an item stands: passed `step` times in its turn (0: failed last), `passed_on` last, due again on `due`."""

    step: int
    due: date
    passed_on: date | None = None


@dataclass(frozen=True)
class DueTask:
    """Something for today. `why` is assigned, again or new; `due` the day it was or is asked for."""

    kind: str
    item: str
    why: str
    due: date | None
    minutes: float


@dataclass(frozen=True)
class Asked:
    """What a trainer asked for and is not done yet."""

    kind: str
    item: str
    due: date | None


def memories(done: Iterable[Attempt]) -> dict[tuple[str, str], Memory]:
    """Each item's place in the schedule by (kind, item). Order of the results within a day is kept."""
    found: dict[tuple[str, str], Memory] = {}
    for each in sorted(done, key=lambda each: each.day):
        key = each.kind, each.item
        found[key] = _after(found.get(key), each)
    return found


def _after(before: Memory | None, done: Attempt) -> Memory:
    if not done.passed:
        return Memory(0, done.day + timedelta(days=1), before.passed_on if before else None)
    if before is None or before.step == 0:
        return Memory(1, done.day + wait(1), done.day)
    if done.day < before.due:
        return replace(before, passed_on=done.day)
    return Memory(before.step + 1, done.day + wait(before.step + 1), done.day)


def wait(step: int) -> timedelta:
    """How long until an item comes back that was passed `step` times in its turn: 1, 3, 7, 14, 28 ... days."""
    days = STEPS[step - 1] if step <= len(STEPS) else STEPS[-1] * 2 ** (step - len(STEPS))
    return timedelta(days=min(days, LONGEST))


def today(
    done: Sequence[Attempt], asked: Sequence[Asked], lessons: Sequence[Lesson], day: date, portion: float = PORTION
) -> list[DueTask]:
    """What is `asked` for and still open, what comes back, then the next lessons of the course.

    Everything asked for stands first, however long. The rest is taken in that order until `portion` minutes are full;
    the first one always fits. What does not fit hides nothing behind something less pressing: the day ends there.
    """
    known, length = memories(done), {each.id: float(each.minutes) for each in lessons}
    tasks: list[DueTask] = []
    tasks += [
        DueTask(each.kind, each.item, "assigned", each.due, length.get(each.item, 10.0))
        for each in sorted(asked, key=lambda each: (each.due is None, each.due or day, each.item))
        if each.kind != "lesson" or each.item in length
    ]
    back = [(memory.due, *key) for key, memory in known.items() if memory.due <= day]
    for due, kind, item in sorted(back):
        if kind == "lesson" and item not in length:
            continue  # a lesson that was taken out of the playbook
        minutes = length[item] / 2 if kind == "lesson" else DRILL_MINUTES  # read before: mostly the quiz
        tasks.append(DueTask(kind, item, "again", due, minutes))
    fresh = [each for each in lessons if ("lesson", each.id) not in known]
    tasks += [DueTask("lesson", each.id, "new", None, float(each.minutes)) for each in fresh[:NEW_AT_ONCE]]
    return _portion(tasks, portion)


def _portion(tasks: Sequence[DueTask], portion: float) -> list[DueTask]:
    chosen: list[DueTask] = []
    for each in tasks:
        if any((each.kind, each.item) == (other.kind, other.item) for other in chosen):
            continue
        if each.why != "assigned" and chosen and sum(other.minutes for other in chosen) + each.minutes > portion:
            break
        chosen.append(each)
    return chosen


def days(results: Iterable[tuple[str, str, datetime, bool]], local: Callable[[datetime], datetime]) -> list[Attempt]:
    """Stored results as a schedule takes them; `local` turns a moment in UTC into the person's clock."""
    return [Attempt(kind, item, local(at).date(), passed) for kind, item, at, passed in results]
