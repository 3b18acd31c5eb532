"""Which questions people fail, with what they answered last; and what one person has passed, for a certificate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from .asked import Handed


class Told(Handed, Protocol):
    """Something done, with what was recorded beside it."""

    @property
    def score(self) -> float: ...
    @property
    def detail(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Failing:
    """A question that was answered wrong: how often, by how many people, and the latest wrong answer."""

    kind: str
    item: str
    ask: str
    times: int
    people: int
    answer: str
    right: str
    at: datetime


@dataclass(frozen=True)
class Passed:
    """Something passed: when first, and the best score, from 0 to 1."""

    kind: str
    item: str
    at: datetime
    best: float


def failing(results: Iterable[Told]) -> list[Failing]:
    """Wrong answers of quizzes by question, and missed points of host exercises; the commonest first."""
    found: dict[tuple[str, str, str], list[tuple[Told, str, str]]] = {}
    for each in sorted(results, key=lambda each: each.at):
        for ask, answer, right in _missed(each):
            found.setdefault((each.kind, each.item, ask), []).append((each, answer, right))
    listed = [
        Failing(*key, len(rows), len({row[0].trainee_id for row in rows}), rows[-1][1], rows[-1][2], rows[-1][0].at)
        for key, rows in found.items()
    ]
    return sorted(listed, key=lambda each: (-each.times, each.item, each.ask))


def _missed(result: Told) -> list[tuple[str, str, str]]:
    """Question, wrong answer, right answer; nothing where the row says nothing of them."""
    missed = result.detail.get("missed")
    if not isinstance(missed, list):
        return []
    if result.kind == "craft":
        return [(str(each), "", "") for each in missed]
    return [
        (str(each.get("ask", "")), str(each.get("answer", "")), str(each.get("right", "")))
        for each in missed
        if isinstance(each, dict)
    ]


def passed(results: Sequence[Told]) -> list[Passed]:
    """What was passed, in the order in which it was first passed."""
    found: dict[tuple[str, str], Passed] = {}
    for each in sorted(results, key=lambda each: each.at):
        if each.passed:
            before = found.get((each.kind, each.item))
            first, best = (before.at, before.best) if before else (each.at, each.score)
            found[each.kind, each.item] = Passed(each.kind, each.item, first, max(best, each.score))
    return list(found.values())


def last_seen(results: Iterable[Handed], trainee_id: str) -> datetime | None:
    """When somebody last handed something in."""
    return max((each.at for each in results if each.trainee_id == trainee_id), default=None)
