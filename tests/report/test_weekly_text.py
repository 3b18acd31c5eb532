"""The first line of the weekly look agrees with what stands below it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playbook.diagnosis.history import start_of
from playbook.diagnosis.weekly import Weekly, weekly
from playbook.report.weekly_text import as_text, what_fell
from playbook.session import Session
from tests.diagnosis.shops import METRICS, changed, live, wobbly


def look(lives: list[Session]) -> Weekly:
    return weekly(lives, METRICS, until=start_of(lives[-1]) + timedelta(hours=5), reviewed={})


def low(session: Session) -> Session:
    return changed(session, product_clicks=200.0, sku_orders=14.0, gmv=200.0)


def test_a_week_that_fell_as_a_whole() -> None:
    lives = wobbly(20, 0.05)
    lives[-4:] = [low(each) for each in lives[-4:]]
    found = look(lives)
    assert what_fell(found, METRICS).startswith("Below your usual: ")
    assert "click-through rate" in what_fell(found, METRICS).lower()


def test_one_live_that_fell_in_a_week_that_did_not() -> None:
    lives = wobbly(20, 0.05)
    lives[-1] = changed(lives[-1], comments=lives[-1].counts["comments"] * 0.6)
    found = look(lives)
    fell = [each.metric for each in found.deviations if each.verdict == "below"]
    assert "comment_rate" in fell and not [each for each in found.changes if each.verdict == "below"]
    assert what_fell(found, METRICS).startswith("The week as a whole is as usual; in single LIVEs below it: comment")


def test_a_quiet_week() -> None:
    assert what_fell(look([live(index) for index in range(20)]), METRICS) == "No metric fell below your usual."


@pytest.mark.parametrize("number", [1, 2])
def test_too_little_to_tell(number: int) -> None:
    found = look([live(index) for index in range(number)])
    assert what_fell(found, METRICS) == "There are too few LIVEs before it to say what is usual."
    assert what_fell(found, METRICS) in as_text(found, METRICS, "My shop")
