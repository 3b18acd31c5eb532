"""A running LIVE held against the same minutes of past ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playbook.during.pulls import pulls
from playbook.during.so_far import so_far, until, usual_course
from playbook.knowledge.load import load
from playbook.model.session import Event
from playbook.report.words import during
from playbook.simulation.worlds.moments import collapse, in_rows
from tests.running import FALL, live, noted, past

KNOWLEDGE = load()
METRICS = KNOWLEDGE.metrics


def test_the_first_minutes_are_sums_of_the_rows() -> None:
    whole = past(1)[0]
    cut = until(whole, 45)
    assert cut is not None and whole.trend is not None
    assert cut.counts["views"] == whole.trend["views"][:45].sum() and cut.duration_minutes == 45
    assert until(whole, 131) is None and until(replace(whole, trend=None), 30) is None


def test_a_row_that_reaches_beyond_counts_by_its_part() -> None:
    session = noted(live(3), every=10).session()
    cut = until(session, 15)
    assert cut is not None and session.trend is not None
    first, second = session.trend["impressions"][:2]
    assert cut.counts["impressions"] == pytest.approx(first + second / 2, abs=1)


def test_an_ordinary_live_is_as_usual_at_most_minutes() -> None:
    """A 95 % range: over 60 looks at ERR and impressions of ordinary LIVEs, few lie outside."""
    outside = 0
    for seed in range(20):
        for minute in (20, 60, 110):
            now = noted(live(200 + seed), every=10, until=minute).session()
            found = so_far(now, past(), METRICS)
            assert found.basis == "same_minutes" and found.lives == 6
            outside += found.diagnosis.judgements["err"].verdict in ("below", "above")
    assert outside <= 9


def test_err_is_judged_during_its_warm_up_against_other_warm_ups() -> None:
    now = noted(live(300), every=5, until=20).session()
    assert so_far(now, past(), METRICS).diagnosis.judgements["err"].usual is not None
    without = [replace(each, trend=None) for each in past()]
    found = so_far(now, without, METRICS)
    assert found.basis == "whole_lives"
    err = found.diagnosis.judgements["err"]
    assert err.usual is None and err.verdict == "unknown"
    assert err.reason == "ERR needs 30 minutes to settle; trends of 3 past LIVEs would give its usual at this minute"
    assert found.diagnosis.judgements["impressions"].usual is None
    assert found.diagnosis.judgements["ctr"].usual is not None


def test_without_a_history_the_numbers_stand_alone() -> None:
    found = so_far(noted(live(301), until=40).session(), [], METRICS)
    assert found.basis == "none" and not found.diagnosis.worst
    assert during.running_line(found, KNOWLEDGE) == (
        "0:40 in. A usual needs three saved LIVEs; until then, these are plain numbers."
    )


def test_a_fall_is_told_while_it_goes_on_and_not_long_after() -> None:
    room = live(302, (FALL,))
    told = {
        minute: [each.metric for each in so_far(noted(room, every=5, until=minute).session(), [], METRICS).alerts]
        for minute in (55, 85, 120)
    }
    assert told[55] == [] and told[85] == ["ctr"] and told[120] == []


def test_a_collapse_is_told_by_the_second_row_that_lies_in_it() -> None:
    """What is left of a short LIVE that collapsed is no rise."""
    for seed in range(6):
        session = in_rows(collapse(np.random.default_rng(seed)), 6)
        assert session.trend is not None
        now = replace(session, trend=session.trend[:13], duration_minutes=78.0, running=True)
        assert "err" in [each.metric for each in so_far(now, (), METRICS).alerts]


def test_the_range_of_a_running_live_is_wide_enough_for_many_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    now = noted(live(303), every=5, until=60).session()
    wide = so_far(now, past(), METRICS).diagnosis.judgements
    monkeypatch.setattr("playbook.during.so_far.TAIL", 0.025)
    once = so_far(now, past(), METRICS).diagnosis.judgements
    for name in ("impressions", "err", "ctr", "ctor"):
        (low, high), (inner, outer) = ((each[name].low, each[name].high) for each in (wide, once))
        assert low is not None and high is not None and inner is not None and outer is not None
        assert low < inner < outer < high


def test_what_to_pull_follows_from_the_fall_and_rests_once_done() -> None:
    now = noted(live(302, (FALL,)), every=5, until=85).session()
    found = so_far(now, past(), METRICS)
    proposed = pulls(found.diagnosis, KNOWLEDGE, 85)
    assert proposed and len(proposed) <= 3
    assert all("during" in each.strategy.moment and each.steps for each in proposed)
    first = proposed[0]
    done = Event(first.event, 84, note=first.strategy.id if first.event == "script" else None)
    later = pulls(found.diagnosis, KNOWLEDGE, 85, [done])
    assert first.strategy.id not in [each.strategy.id for each in later]
    assert first.strategy.id in [each.strategy.id for each in pulls(found.diagnosis, KNOWLEDGE, 101, [done])]


def test_the_course_ends_where_the_live_is_now() -> None:
    now = noted(live(303), every=5, until=90).session()
    course = usual_course(now, past(), METRICS, ("impressions", "err"))
    assert set(course) == {"impressions", "err"}
    minutes = [minute for minute, _ in course["err"]]
    assert minutes[-1] == 90 and len(minutes) <= 12 and minutes == sorted(minutes)
    last = so_far(now, past(), METRICS).diagnosis.judgements["err"]
    assert course["err"][-1][1].value == pytest.approx(last.value) and np.isclose(course["err"][-1][1].low, last.low)


def test_words_for_the_host() -> None:
    now = noted(live(302, (FALL,)), every=5, until=85).session()
    found = so_far(now, past(), METRICS)
    assert during.running_line(found, KNOWLEDGE, "USD").startswith("1:25 in: ")
    said = during.alert(found.alerts[0], KNOWLEDGE)
    assert said.startswith("CTR has fallen since ") and "under this LIVE's own level (range " in said
    assert "because" not in said
