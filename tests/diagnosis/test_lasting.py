"""Faults that last: told while they do, from when on, until the new level is accepted."""

from __future__ import annotations

import pytest

from playbook.diagnosis import diagnose
from playbook.knowledge.load import load
from playbook.pipeline import review
from playbook.report.words.sentences import lasting_sentence

from .shops import METRICS, changed, wobbly


def shop(since: int, lives: int = 30):
    made = wobbly(lives, 0.06, seed=5)
    return [
        changed(each, comments=(each.counts["comments"] or 0) / 2) if at >= since else each
        for at, each in enumerate(made)
    ]


def test_a_halved_rate_is_told_long_after_it_has_become_usual() -> None:
    *history, session = shop(18)
    found = diagnose(session, history, METRICS)
    assert found.judgements["comment_rate"].verdict == "usual"
    told = next(each for each in found.lasting if each.metric == "comment_rate")
    assert told.since == history[18].start and told.since_session_id == "live-18" and told.lives == 12
    assert told.low < -0.5 < told.high and told.recent < told.earlier


def test_a_level_that_is_accepted_is_held_against_nobody() -> None:
    *history, session = shop(18)
    accepted = {"comment_rate": history[18].start}
    assert "comment_rate" not in {each.metric for each in diagnose(session, history, METRICS, (), accepted).lasting}


def test_a_steady_shop_has_none() -> None:
    *history, session = shop(99)
    assert diagnose(session, history, METRICS).lasting == ()


def test_in_words() -> None:
    *history, session = shop(18)
    found = review(session, history, load())
    told = next(each for each in found.diagnosis.lasting if each.metric == "comment_rate")
    said = lasting_sentence(found, told)
    assert said.startswith("Comment rate has been low since Jun 9: ") and "over the last 12 LIVEs" in said
    assert found.to_dict()["lasting"][0]["since"] == "2026-06-09T19:00:00"


def test_an_accepted_level_is_what_the_next_live_is_held_against() -> None:
    *history, session = shop(25, 31)
    accepted = {"comment_rate": history[25].start}
    old, new = (diagnose(session, history, METRICS, (), each).judgements["comment_rate"] for each in ({}, accepted))
    assert old.usual and new.usual and new.value and old.usual > 1.2 * new.value
    assert abs(new.usual / new.value - 1) < 0.2 and new.verdict == "usual"
    assert diagnose(session, history, METRICS, (), accepted).judgements["ctr"].usual == pytest.approx(
        diagnose(session, history, METRICS).judgements["ctr"].usual, rel=0.01
    )
