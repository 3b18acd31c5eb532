"""What a trainer asked for, and whether it was done since: what was passed before it was asked for does not count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar


class OfSomebody(Protocol):
    """A lesson, drill or scenario (`kind`, `item`) of a trainee."""

    @property
    def trainee_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def item(self) -> str: ...


class Wanted(OfSomebody, Protocol):
    """Something assigned, and when, in UTC. Of a quota `item` is a kind, and `many` how many of it."""

    @property
    def asked_at(self) -> datetime | None: ...
    @property
    def many(self) -> int | None: ...


class Handed(OfSomebody, Protocol):
    """Something done, when, in UTC, and whether it passed."""

    @property
    def at(self) -> datetime: ...
    @property
    def passed(self) -> bool: ...


W = TypeVar("W", bound=Wanted)


def done(asked: Wanted, results: Iterable[Handed]) -> bool:
    """Whether it was passed after it was assigned; ever, where nobody knows when that was. A quota asks for so many."""
    if asked.kind == "quota":
        return handed_in(asked, results) >= (asked.many or 0)
    return any(
        each.passed
        and (each.trainee_id, each.kind, each.item) == (asked.trainee_id, asked.kind, asked.item)
        and (asked.asked_at is None or each.at >= asked.asked_at)
        for each in results
    )


def handed_in(quota: Wanted, results: Iterable[Handed]) -> int:
    """How many of its kind were handed in since it was assigned, passed or not."""
    return sum(
        (each.trainee_id, each.kind) == (quota.trainee_id, quota.item)
        and (quota.asked_at is None or each.at >= quota.asked_at)
        for each in results
    )


def still_open(asked: Iterable[W], results: Sequence[Handed]) -> list[W]:
    """What is left to do, in the order given."""
    return [each for each in asked if not done(each, results)]
