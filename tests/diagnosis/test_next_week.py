"""The week to come is planned as the last weeks went."""

from __future__ import annotations

from datetime import datetime, timedelta

from playbook.diagnosis.baseline.next_week import usual_week
from playbook.model.session import Session

NOW = datetime(2026, 11, 27, 12, 0)  # a Friday


def live(start: datetime, host: str | None = None) -> Session:
    return Session(f"{start:%m%d%H}", {}, start=start, duration_minutes=150, host=host)


def test_slots_that_came_back_are_planned_and_single_ones_are_not() -> None:
    thursdays = [live(datetime(2026, 11, 5, 19, 50) + timedelta(days=7 * week), "Maya") for week in range(4)]
    mondays = [live(datetime(2026, 11, 16, 10, 10), "Ayu"), live(datetime(2026, 11, 23, 9, 55), "Rina")]
    once = live(datetime(2026, 11, 21, 15, 0))
    assert [(each.start, each.hours, each.host) for each in usual_week([*thursdays, *mondays, once], NOW)] == [
        (datetime(2026, 11, 30, 10), 2.5, "Rina"), (datetime(2026, 12, 3, 20), 2.5, "Maya"),
    ]  # fmt: skip


def test_without_a_rhythm_the_last_week_is_planned_again() -> None:
    found = usual_week([live(datetime(2026, 11, 24, 19)), live(datetime(2026, 11, 26, 20))], NOW)
    assert [each.start for each in found] == [datetime(2026, 12, 1, 19), datetime(2026, 12, 3, 20)]


def test_a_shop_that_paused_is_planned_as_before_the_pause() -> None:
    old = [live(datetime(2026, 5, 4, 19) + timedelta(days=7 * week)) for week in range(4)]
    assert [each.start for each in usual_week(old, NOW)] == [datetime(2026, 11, 30, 19)]


def test_a_slot_of_today_that_has_passed_is_in_a_week() -> None:
    found = usual_week([live(datetime(2026, 11, 20, 9)), live(datetime(2026, 11, 13, 9))], NOW)
    assert [each.start for each in found] == [datetime(2026, 12, 4, 9)]
    assert usual_week([], NOW) == []
