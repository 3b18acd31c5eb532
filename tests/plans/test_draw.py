"""Days with and without the change are drawn, balanced, and judged as drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from playbook.plans.draw import Draw, drawn

from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.plans.outcomes import Outcome, judge_plan
from playbook.plans.plan import Plan, plan_for, touched, untouched
from tests.diagnosis.shops import live, wobbly

KNOWLEDGE = load()
NOW = datetime(2026, 11, 1, 12, 0)
FIRST = date(2026, 11, 26)


def usual(*slots: tuple[int, int, str]) -> list[Session]:
    """Four weeks with LIVEs on these weekdays (0: Monday), hours and hosts."""
    monday = datetime(2026, 10, 26)
    return [
        Session(f"{week} {day} {hour}", {}, start=monday + timedelta(weeks=week, days=day, hours=hour), host=host)
        for week in range(4)
        for day, hour, host in slots
    ]


def test_a_day_with_it_is_one_without_it_a_week_later() -> None:
    days = drawn(5, FIRST, []).days
    assert len(days) == 26 * 7
    for at in range(0, len(days), 14):
        assert all(one != other for one, other in zip(days[at : at + 7], days[at + 7 : at + 14], strict=True))


def test_hours_and_hosts_are_divided_evenly_in_every_week() -> None:
    lives = usual((0, 11, "Ana"), (1, 20, "Bo"), (2, 11, "Ana"), (3, 20, "Bo"))
    for seed in range(20):
        made = drawn(seed, FIRST, lives)
        for week in range(4):
            monday = date(2026, 11, 30) + timedelta(weeks=week)
            first = [made.on(monday + timedelta(days=day)) for day in range(4)]
            again = [made.on(monday + timedelta(days=7 + day)) for day in range(4)]
            assert sum(map(bool, first + again)) in (3, 4, 5)
        pair = [made.on(FIRST + timedelta(days=day)) for day in range(7)]
        by_weekday = {(FIRST + timedelta(days=day)).weekday(): on for day, on in enumerate(pair)}
        assert by_weekday[0] != by_weekday[2] and by_weekday[1] != by_weekday[3]


def test_every_day_has_it_with_probability_one_half_and_a_seed_gives_the_same_again() -> None:
    lives = usual((0, 11, "Ana"), (4, 20, "Bo"), (5, 20, "Bo"))
    draws = [drawn(seed, FIRST, lives) for seed in range(600)]
    for day in range(7):
        assert 0.42 < sum(each.days[day] == "1" for each in draws) / 600 < 0.58
    assert drawn(3, FIRST, lives) == draws[3] != draws[4]
    assert drawn(7, FIRST, []).days.startswith(drawn(7, FIRST, []).days[:14])


def test_a_draw_is_stored_with_its_plan_and_plans_of_before_are_still_read() -> None:
    history = wobbly(20, 0.05)
    plan = plan_for(KNOWLEDGE.strategies["err_billboard"], history, KNOWLEDGE.metrics, NOW, alternate=True)
    plan = replace(plan, draw=drawn(3, FIRST, history))
    assert Plan.from_dict(plan.to_dict()) == plan
    old = plan.to_dict()
    del old["draw"]
    assert Plan.from_dict(old) == replace(plan, draw=None)
    with pytest.raises(ValueError, match="not a draw: days is made of 0 and 1"):
        Plan.from_dict(plan.to_dict() | {"draw": {"seed": 1, "first": "2026-11-26", "days": "x"}})
    with pytest.raises(ValueError, match="not a draw: seed, first day and days expected"):
        Plan.from_dict(plan.to_dict() | {"draw": {"seed": 1}})


def test_outcomes_of_before_are_still_read() -> None:
    old = {"plan": "p", "strategy": "s", "metric": "err", "verdict": "worked", "done": 4, "not_done": 0, "unknown": 0,
           "change": 0.1, "low": 0.0, "high": 0.2}  # fmt: skip
    read = Outcome.from_dict(old)
    assert (read.change, read.shrunk, read.p_value, read.shift, read.deviated) == (0.1, None, None, None, None)


def with_draw(days: str) -> tuple[Plan, list[Session], list[Session]]:
    history = wobbly(20, 0.05)
    since = [live(20 + at, views=1300 if at % 2 else 1000) for at in range(len(days))]
    assert since[0].start
    plan = plan_for(KNOWLEDGE.strategies["err_billboard"], history, KNOWLEDGE.metrics, NOW, alternate=True)
    first = since[0].start.date()
    spread = "".join(
        next((day for day, each in zip(days, since, strict=True) if each.start and each.start.date() == when), "0")
        for when in (first + timedelta(days=at) for at in range(60))
    )
    return replace(plan, status="open", lives=4, draw=Draw(1, first, spread)), since, history


def test_it_is_judged_by_what_was_drawn_and_deviations_are_counted() -> None:
    plan, since, history = with_draw("10101010")
    kept = {each.id: at % 2 == 0 for at, each in enumerate(since)}
    good = {each.id: at % 2 == 1 for at, each in enumerate(since)}
    one, other = (judge_plan(plan, since, history, each, KNOWLEDGE.metrics) for each in (kept, good))
    assert (one.done, one.not_done, one.deviated, other.deviated) == (4, 4, 0, 8)
    assert one.log_change == other.log_change and one.log_change is not None and one.log_change < 0
    assert other.verdict != "worked"


def test_a_drawn_plan_that_was_never_done_is_not_done() -> None:
    plan, since, history = with_draw("1010")
    never = judge_plan(plan, since, history, {each.id: False for each in since}, KNOWLEDGE.metrics)
    assert (never.verdict, never.done, never.not_done) == ("not_done", 0, 2)
    silent = judge_plan(plan, since, history, {}, KNOWLEDGE.metrics)
    assert silent.verdict == "cannot_tell" and silent.reason == (
        "nobody has said yet that it was done in a LIVE drawn with it"
    )


def test_what_another_plan_moves_is_no_control() -> None:
    history = wobbly(20, 0.05)
    plan = plan_for(KNOWLEDGE.strategies["err_billboard"], history, KNOWLEDGE.metrics, NOW)
    assert "ctor" in plan.controls
    other = replace(plan, metric="ctor", controls=tuple(each for each in plan.controls if each not in ("ctor", "ctr")))
    moved = touched(other, KNOWLEDGE.metrics)
    assert {"ctor", "ctr"} <= moved
    assert not {"ctor", "ctr"} & set(untouched(plan, KNOWLEDGE.metrics, moved))
    assert touched(replace(other, metric="views", controls=()), KNOWLEDGE.metrics) == {"views"}


def test_what_follows_the_metric_is_no_control() -> None:
    history = wobbly(20, 0.05)
    plan = plan_for(KNOWLEDGE.strategies["err_billboard"], history, KNOWLEDGE.metrics, NOW)
    listed = replace(plan, metric="ctr", controls=("ctor", "product_ctr", "show_gpm", "gmv_per_hour", "gone"))
    assert untouched(listed, KNOWLEDGE.metrics) == ("ctor",)
