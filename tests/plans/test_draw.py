"""LIVEs with and without the change are drawn, balanced, and judged as drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.plans.draw import Draw, drawn, usual_starts
from playbook.plans.outcomes import PlanOutcome, judge_plan
from playbook.plans.plan import Plan, plan_for, with_draw
from tests.diagnosis.shops import live, wobbly

KNOWLEDGE = load()
NOW = datetime(2026, 11, 1, 12, 0)
FIRST = date(2026, 11, 26)
MONDAY = datetime(2026, 11, 30)


def usual(*slots: tuple[int, float, str]) -> list[Session]:
    """Four weeks with LIVEs on these weekdays (0: Monday), hours and hosts, up to the first day of the draw."""
    return [
        Session(f"{week} {day} {hour}", {}, start=MONDAY + timedelta(weeks=week - 5, days=day, hours=hour), host=host)
        for week in range(4)
        for day, hour, host in slots
    ]


def test_a_place_with_it_is_one_without_it_a_week_later() -> None:
    made = drawn(5, FIRST, usual((0, 11, "Ana"), (1, 20, "Bo")))
    assert made.starts == (11.0, 20.0) and len(made.places) == 26 * 14
    for day in range(80):
        for hour in (11, 20):
            start = datetime(2026, 11, 26) + timedelta(days=day, hours=hour)
            if day // 7 % 2 == 0:
                assert made.on(start) != made.on(start + timedelta(days=7))


def test_hours_and_hosts_are_divided_evenly_within_each_week() -> None:
    slots = [(0, 11, "Ana"), (1, 20, "Bo"), (2, 11, "Ana"), (3, 20, "Bo"), (4, 11, "Bo"), (5, 20, "Ana")]
    lives = usual(*slots)
    alone = []
    for seed in range(30):
        made = drawn(seed, MONDAY.date(), lives)
        for week in range(4):
            on: Counter[str] = Counter()
            for day, hour, host in slots:
                start = MONDAY + timedelta(weeks=week, days=day, hours=hour)
                on.update({f"{hour}": made.on(start), host: made.on(start)})
            assert {on["11"], on["20"], on["Ana"], on["Bo"]} <= {1, 2}, "of three each"
            alone.append(sum(on.values()) / 2)
    assert set(alone) == {3.0}


def test_every_place_has_it_with_a_chance_of_one_half_and_a_seed_gives_the_same_again() -> None:
    lives = usual((0, 11, "Ana"), (4, 20, "Bo"), (5, 20, "Bo"))
    draws = [drawn(seed, FIRST, lives) for seed in range(300)]
    shares = np.mean([[place == "1" for place in each.places[:28]] for each in draws], axis=0)
    assert (shares > 0.38).all() and (shares < 0.62).all()
    assert drawn(3, FIRST, lives) == draws[3] != draws[4]


def test_usual_starts_are_groups_of_clock_times() -> None:
    assert usual_starts([]) == (20.0,)
    assert usual_starts([19.0, 20.0, 20.5, 21.0]) == (20.25,)
    assert usual_starts([23.8, 0.1, 0.3, 12.0]) == (0.0, 12.0)
    assert usual_starts([11, 11, 20, 20, 20]) == (11.0, 20.0)


def test_a_live_belongs_to_the_usual_start_it_is_nearest_to() -> None:
    late = Draw(1, FIRST, (23.5,), "10" * 7)
    assert late.on(datetime(2026, 11, 26, 23, 10)) and late.on(datetime(2026, 11, 27, 0, 40))
    assert not late.on(datetime(2026, 11, 27, 23, 50))
    two = Draw(1, FIRST, (11.0, 20.0), "1001" * 7)
    assert [two.on(datetime(2026, 11, 26, hour)) for hour in (9, 13, 17, 22)] == [True, True, False, False]
    assert two.begins() == datetime(2026, 11, 26, 3, 30)


def test_the_coming_lives_are_those_of_seven_days() -> None:
    two = Draw(1, FIRST, (11.0, 20.0), "1001" * 7)
    coming = list(two.coming(datetime(2026, 11, 26, 12, 0)))
    assert len(coming) == 14
    assert coming[0] == (datetime(2026, 11, 26, 20, 0), False) and coming[-1][0] == datetime(2026, 12, 3, 11, 0)
    assert list(two.coming(datetime(2026, 11, 18))) == [], "not before it begins"


def test_a_draw_is_stored_with_its_plan_and_plans_of_before_are_still_read() -> None:
    history = wobbly(20, 0.05)
    plan = plan_for(KNOWLEDGE.strategies["err_billboard"], history, KNOWLEDGE.metrics, NOW)
    plan = with_draw(plan, history, NOW)
    assert plan.alternate and plan.draw and plan.draw.first == NOW.date()
    assert Plan.from_dict(plan.to_dict()) == plan == with_draw(plan, history, NOW)
    old = plan.to_dict()
    del old["draw"]
    assert Plan.from_dict(old) == replace(plan, draw=None)
    good = plan.draw.to_dict()
    for wrong, words in (
        ({"places": "x"}, "places are 0 or 1"), ({"places": ""}, "places are 0 or 1"),
        ({"starts": [20, 11]}, "the earliest first"), ({"starts": []}, "the earliest first"),
        ({"first": "soon"}, "expected"), ({"seed": None}, "expected"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=words):
            Plan.from_dict(plan.to_dict() | {"draw": good | wrong})


def test_outcomes_of_before_are_still_read() -> None:
    old = {"plan": "p", "strategy": "s", "metric": "err", "verdict": "worked", "done": 4, "not_done": 0, "unknown": 0,
           "change": 0.1, "low": 0.0, "high": 0.2}  # fmt: skip
    read = PlanOutcome.from_dict(old)
    assert (read.change, read.shrunk, read.p_value, read.shift, read.deviated) == (0.1, None, None, None, None)


def drawn_as(days: str) -> tuple[Plan, list[Session], list[Session]]:
    """A plan whose draw says of each LIVE since, one in two days, what `days` says; views are up in every other."""
    history = wobbly(20, 0.05)
    since = [live(20 + at, views=6500 if at % 2 else 5000) for at in range(len(days))]
    assert since[0].start
    plan = plan_for(KNOWLEDGE.strategies["err_billboard"], history, KNOWLEDGE.metrics, NOW, alternate=True)
    places = "0".join(days) + "0"
    return replace(plan, status="open", lives=4, draw=Draw(1, since[0].start.date(), (19.0,), places)), since, history


def test_it_is_judged_by_what_was_drawn_and_deviations_are_counted() -> None:
    plan, since, history = drawn_as("10101010")
    kept = {each.id: at % 2 == 0 for at, each in enumerate(since)}
    good = {each.id: at % 2 == 1 for at, each in enumerate(since)}
    once_as_drawn = good | {since[0].id: True}
    one, other = (judge_plan(plan, since, history, each, KNOWLEDGE.metrics) for each in (kept, once_as_drawn))
    assert (one.done, one.not_done, one.deviated, other.deviated) == (4, 4, 0, 7)
    assert one.log_change == other.log_change and one.log_change is not None and one.log_change < 0
    assert other.verdict != "worked"
    ticked = judge_plan(replace(plan, draw=None), since, history, good, KNOWLEDGE.metrics)
    assert ticked.log_change is not None and ticked.log_change > 0.05, "the good LIVEs alone look like a change"


def test_lives_before_the_first_drawn_one_are_without_it() -> None:
    plan, since, history = drawn_as("1111")
    assert plan.draw and since[2].start
    late = replace(plan, draw=replace(plan.draw, first=since[2].start.date()))
    found = judge_plan(late, since, history, {each.id: True for each in since}, KNOWLEDGE.metrics)
    assert (found.done, found.not_done) == (2, 2)


def test_a_drawn_plan_that_was_never_done_is_not_done() -> None:
    plan, since, history = drawn_as("1010")
    never = judge_plan(plan, since, history, {each.id: False for each in since}, KNOWLEDGE.metrics)
    assert (never.verdict, never.done, never.not_done) == ("not_done", 0, 2)
    silent = judge_plan(plan, since, history, {}, KNOWLEDGE.metrics)
    assert silent.verdict == "cannot_tell"
    assert silent.reason == "nobody has said yet that it was done in a LIVE drawn with it"
    none = judge_plan(plan, since[1:2], history, {}, KNOWLEDGE.metrics)
    assert none.reason == "no LIVE since was drawn with it"
