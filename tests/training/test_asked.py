"""What was passed before it was assigned is to be done again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playbook.store.records import Assignment, LearningResult
from playbook.training.asked import done, handed_in, still_open

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def passed(hours: float, item: str = "ctr", passed: bool = True) -> LearningResult:
    return LearningResult("r", "ana", "lesson", item, NOON + timedelta(hours=hours), 1.0, passed)


def test_what_was_passed_earlier_does_not_count() -> None:
    asked = Assignment("a", "ana", "lesson", "ctr", None, NOON)
    assert not done(asked, [passed(-1)]) and done(asked, [passed(-1), passed(1)])
    assert not done(asked, [passed(1, passed=False), passed(1, "err")])
    assert still_open([asked], [passed(-1)]) == [asked]


def test_where_nobody_knows_when_it_was_assigned_any_pass_counts() -> None:
    assert done(Assignment("a", "ana", "lesson", "ctr"), [passed(-500)])


def test_a_quota_counts_what_was_handed_in_of_its_kind_since() -> None:
    asked = Assignment("a", "ana", "quota", "lesson", None, NOON, 2)
    rows = [passed(-1), passed(1, passed=False), passed(2, "err")]
    assert handed_in(asked, rows) == 2 and done(asked, rows) and not done(asked, rows[:2])
