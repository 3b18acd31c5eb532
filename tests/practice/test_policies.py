"""Seeing what is weak beats a routine that looks at nothing, and asking for everything loses."""

from __future__ import annotations

import pytest

import playbook
from benchmarks import practice as bench
from playbook.practice.debrief import debrief
from playbook.practice.policies import POLICIES, best_known, do_nothing, knowing, play
from playbook.practice.runs import history, session_of, usual_of
from playbook.practice.score import score

from .rooms import calm, troubled

SEEDS = 12


@pytest.fixture(scope="module")
def drawn() -> list[bench.Played]:
    return bench.draws(range(SEEDS), ["after_a_warning"])


def test_s31_a_fault_is_won_by_looking_and_by_nothing_else(drawn: list[bench.Played]) -> None:
    """A small version of benchmarks/practice.py."""
    found = bench.figures(bench.with_a_fault(drawn))
    assert found.draws >= 6
    assert found.beats[0] > 0.1
    assert found.passes["attentive"] >= 0.7
    assert found.passes["panic"] == found.passes["everything"] == found.passes["busy"] == 0
    assert found.passes["clockwork"] < 0.35


def test_where_nothing_is_wrong_little_to_do_is_right(drawn: list[bench.Played]) -> None:
    calm_ones = [each for each in drawn if each.faults == 0]
    found = bench.figures(calm_ones)
    assert found.passes["attentive"] == 1
    assert found.passes["panic"] == found.passes["everything"] == 0


def test_the_best_way_known_is_not_beaten_by_those_it_is_taken_from() -> None:
    practice = troubled()
    usual = usual_of(practice)
    best = best_known(practice, 3, usual).net
    assert all(play(practice, 3, POLICIES[each], usual).net <= best for each in ("do_nothing", "playbook", "attentive"))
    assert play(practice, 3, knowing(practice, 3), usual).net <= best


@pytest.mark.parametrize(
    ("metric", "action"),
    [("err", "billboard"), ("ctr", "say_click"), ("ctor", "say_answer"), ("avg_viewing_duration", "host_change")],
)
def test_s31_a_planted_fault_is_seen_in_the_review_of_doing_nothing(metric: str, action: str) -> None:
    practice = troubled(metric, action)  # type: ignore[arg-type]
    live = play(practice, 2, do_nothing, usual_of(practice))
    found = playbook.review(session_of(live), history=history(practice), knowledge=playbook.load()).diagnosis
    assert metric in {each.metric for each in found.worst} | {dip.metric for dip in found.dips}


def test_the_score_runs_from_doing_nothing_to_the_best_way() -> None:
    assert score(100, 100, 200, 1) == 0 and score(150, 100, 200, 1) == 0.5 and score(300, 100, 200, 1) == 1
    assert score(100, 100, 100, 1) == 1, "nothing to be won, and nothing lost"


def test_without_a_fault_the_score_falls_with_what_is_lost() -> None:
    assert score(100, 90, 100, 0) == 1
    assert score(95, 90, 100, 0) == pytest.approx(0.5) and score(89, 90, 100, 0) == 0


def test_the_debrief_says_what_was_wrong() -> None:
    practice = troubled()
    usual = usual_of(practice)
    found = debrief(play(practice, 3, POLICIES["panic"], usual), usual)
    assert found.score == 0 and "warning" in found.cost and "do without this from there on: " in found.next_try
    assert found.wrong == (
        "From 0:10 to 1:30 the picture at the entrance had gone stale; it took 60% of the enter room rate. "
        "What helps: put up a new billboard.",
    )
    assert debrief(play(calm(), 3, do_nothing, usual), usual).wrong[0].startswith("Nothing was wrong in this LIVE.")
