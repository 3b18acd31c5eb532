"""The sentence over the weekly look never says other than the rows and lists under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from playbook.diagnosis.baseline.history import start_of
from playbook.diagnosis.over_lives.weekly import Repeat, Weekly, weekly
from playbook.model.session import Session
from playbook.report.words.weekly import how_often, week_headline
from playbook.simulation.shops import calm_shop
from tests.diagnosis.shops import METRICS, live, wobbly


def look(lives: list[Session], **options) -> Weekly:
    return weekly(lives, METRICS, **{"until": start_of(lives[-1]) + timedelta(hours=4), "reviewed": {}} | options)


@pytest.fixture(scope="module")
def calm() -> Weekly:
    return look(calm_shop(np.random.default_rng(3), 400_000, 22))


def test_a_week_without_a_live() -> None:
    lives = wobbly(12, 0.1)
    late = look(lives, until=start_of(lives[-1]) + timedelta(days=30))
    assert week_headline(late, METRICS) == "No LIVE in the 7 days from Jun 19 to Jun 25."


def test_nothing_can_be_judged_yet() -> None:
    said = week_headline(look([live(index) for index in range(5)]), METRICS)
    assert said == "4 LIVEs in the 7 days from May 6 to May 12. No metric can be judged yet."


def test_a_week_without_falls(calm: Weekly) -> None:
    quiet = replace(calm, deviations=(), changes=tuple(replace(each, verdict="usual") for each in calm.changes))
    assert week_headline(quiet, METRICS).endswith(". No metric fell below your usual.")
    one = replace(quiet, changes=(replace(quiet.changes[0], verdict="unknown"), *quiet.changes[1:]))
    assert week_headline(one, METRICS).endswith(". No metric that can be judged fell below your usual.")


def test_every_metric_that_fell_is_named_or_counted(calm: Weekly) -> None:
    fell = {"err", "ctr", "gmv_per_hour"}
    week = replace(
        calm,
        changes=tuple(replace(each, verdict="below" if each.metric in fell else "usual") for each in calm.changes),
    )
    assert week_headline(week, METRICS).endswith(
        ". Below your usual: enter room rate, LIVE click-through rate and GMV per hour."
    )
    all_fell = replace(calm, changes=tuple(replace(each, verdict="below") for each in calm.changes))
    assert week_headline(all_fell, METRICS).endswith(f" and {len(calm.changes) - 4} more.")


def test_a_single_live_below_is_told_of_a_week_that_is_not() -> None:
    lives = calm_shop(np.random.default_rng(3), 400_000, 22, {20: {"follow_rate": 0.4}})
    week = look(lives)
    week = replace(week, changes=tuple(replace(each, verdict="usual") for each in week.changes))
    assert [each.metric for each in week.deviations if each.verdict == "below"] == ["follow_rate"]
    assert week_headline(week, METRICS).endswith(
        ". The week as a whole was not below your usual; in single LIVEs, follow rate fell below it."
    )


def test_how_often_a_metric_was_below() -> None:
    one = Repeat("err", ("a",), 3, 1)
    assert how_often(one) == "below usual in 1 of 3 LIVEs this week, and in 1 of the five LIVEs before that one"
    two = Repeat("err", ("a", "b"), 3, 2)
    assert how_often(two).endswith("in 2 of the five LIVEs before the latest of these")
