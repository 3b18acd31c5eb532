"""Violations of a LIVE against those of earlier ones: known or new, and how many of a type in 90 days."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from playbook.diagnosis.by_minute.violations import violations
from playbook.diagnosis.findings import Violation
from playbook.knowledge.load import load
from playbook.model.session import Event, Session

MATCHER = load().matcher
NOW = datetime(2026, 11, 20, 19, 0)


def live(days_ago: int, *details: str | None) -> Session:
    events = tuple(Event("violation", 10.0 + index, detail=each) for index, each in enumerate(details))
    return Session(str(days_ago), {"views": 100.0}, start=NOW - timedelta(days=days_ago), events=events)


def found(now: Session, *past: Session) -> list[Violation]:
    return list(violations(now, past, (), MATCHER))


def test_another_spelling_of_the_same_type_is_known() -> None:
    (one,) = found(live(0, "Klaim berlebihan"), live(5, "misleading content"))
    assert (one.kind, one.name, one.in_90_days) == ("known", "misleading", 2)


def test_another_type_is_new() -> None:
    (one,) = found(live(0, "copyright"), live(5, "misleading content"))
    assert (one.kind, one.name, one.in_90_days) == ("new", "copyright", 1)


@pytest.mark.parametrize(("ago", "count"), [(89, 2), (90, 2), (91, 1)])
def test_only_those_of_ninety_days_count_and_older_ones_are_known_all_the_same(ago: int, count: int) -> None:
    (one,) = found(live(0, "copyright"), live(ago, "Copyright infringement"))
    assert (one.kind, one.in_90_days) == ("known", count)


def test_those_of_this_live_count_one_by_one() -> None:
    told = found(live(0, "copyright", "low quality", "hak cipta"), live(3, "copyright"))
    assert [each.in_90_days for each in told] == [2, 1, 3]


def test_without_words_log_or_date_nothing_is_guessed() -> None:
    assert [(each.kind, each.in_90_days) for each in found(live(0, None), live(3, "copyright"))] == [(None, None)]
    assert [each.kind for each in found(live(0, "copyright"), live(3))] == [None]
    undated = replace(live(0, "copyright"), start=None)
    assert [each.in_90_days for each in found(undated, live(3, "copyright"))] == [None]
