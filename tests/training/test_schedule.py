"""Spaced repetition: 1, 3, 7 days, then doubled; what is wrong comes back tomorrow; all from results and the day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

import playbook
from playbook.training.schedule import PORTION, Asked, Attempt, memories, today, wait

DAY = date(2026, 11, 2)
LESSONS = list(playbook.load().lessons.values())
FIRST = LESSONS[0].id


def on(day: int, passed: bool, item: str = FIRST, kind: str = "lesson") -> Attempt:
    return Attempt(kind, item, DAY + timedelta(days=day), passed)


def due(*done: Attempt) -> int:
    memory = memories(done)["lesson", FIRST]
    return (memory.due - DAY).days


def test_passed_in_turn_it_comes_back_later_each_time_and_never_rests_for_ever() -> None:
    assert due(on(0, True)) == 1
    assert due(on(0, True), on(1, True)) == 4
    assert due(on(0, True), on(1, True), on(4, True)) == 11
    assert due(on(0, True), on(1, True), on(4, True), on(11, True)) == 11 + 14
    assert due(on(0, True), on(1, True), on(4, True), on(11, True), on(25, True)) == 25 + 28
    assert [wait(step).days for step in (1, 2, 3, 4, 7, 8, 60)] == [1, 3, 7, 14, 112, 180, 180]


def test_failed_it_comes_back_tomorrow_and_starts_over() -> None:
    assert due(on(0, False)) == 1
    assert due(on(0, True), on(1, True), on(4, False)) == 5
    assert due(on(0, True), on(1, True), on(4, False), on(5, True)) == 6


def test_cramming_on_one_evening_does_not_stand_for_a_week() -> None:
    assert due(*[on(0, True)] * 5) == 1


results = st.lists(
    st.builds(
        on, st.integers(0, 60), st.booleans(), st.sampled_from([FIRST, LESSONS[1].id, "ctr"]),
        st.sampled_from(["lesson", "drill"]),
    ),
    max_size=40,
)  # fmt: skip


@given(results)
def test_nothing_is_due_on_or_before_the_day_it_was_done(done: list[Attempt]) -> None:
    last: dict[tuple[str, str], date] = {}
    for each in done:
        key = each.kind, each.item
        last[key] = max(last.get(key, each.day), each.day)
    for key, memory in memories(done).items():
        failed = memory.step == 0
        assert memory.due > min(each.day for each in done if (each.kind, each.item) == key)
        assert not failed or memory.due == last[key] + timedelta(days=1)


@given(results, st.integers(0, 80))
def test_a_day_has_its_portion_and_no_item_twice(done: list[Attempt], after: int) -> None:
    tasks = today(done, [], LESSONS, DAY + timedelta(days=after))
    assert len({(each.kind, each.item) for each in tasks}) == len(tasks)
    assert len(tasks) <= 1 or sum(each.minutes for each in tasks) <= PORTION


@given(results)
def test_a_failed_item_is_due_the_day_after(done: list[Attempt]) -> None:
    tasks = today([*done, on(61, False, "ctr", "drill")], [], LESSONS, DAY + timedelta(days=62), portion=10_000)
    assert ("drill", "ctr", "again") in {(each.kind, each.item, each.why) for each in tasks}


def test_assigned_lessons_come_first() -> None:
    last = LESSONS[-1].id
    asked = [Asked("lesson", last, DAY + timedelta(days=3)), Asked("lesson", "taken_out", None)]
    tasks = today([], asked, LESSONS, DAY)
    assert (tasks[0].item, tasks[0].why, tasks[0].due) == (last, "assigned", DAY + timedelta(days=3))
    assert "taken_out" not in {each.item for each in tasks}
    again = today([on(0, True, last)], asked, LESSONS, DAY)
    assert again[0].item == last, "who asks says whether it is done, not what was passed some day"


def test_all_that_is_assigned_stands_first_however_long() -> None:
    asked = [Asked("practice", "first", DAY), Asked("practice", "second", DAY), Asked("lesson", LESSONS[-1].id, None)]
    back = [on(0, True, LESSONS[0].id)]
    tasks = today(back, asked, LESSONS, DAY + timedelta(days=1))
    assert [each.why for each in tasks[:3]] == ["assigned"] * 3
    assert all(each.why != "assigned" for each in tasks[3:])


def test_a_beginner_begins_at_the_beginning() -> None:
    tasks = today([], [], LESSONS, DAY)
    assert [each.item for each in tasks] == [each.id for each in LESSONS[: len(tasks)]]
    assert 10 <= sum(each.minutes for each in tasks) <= PORTION
