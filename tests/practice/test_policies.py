"""The playbook's way beats doing nothing and panic, and planted faults are what the review names."""

from __future__ import annotations

import math
import statistics
from collections import Counter

import pytest

import playbook
from playbook.practice.debrief import debrief
from playbook.practice.policies import POLICIES, do_nothing, play
from playbook.practice.runs import history, session_of, usual_of

SCENARIOS = playbook.load().practice


@pytest.mark.parametrize("name", SCENARIOS)
def test_s31_the_playbook_beats_doing_nothing_and_panic(name: str) -> None:
    """A small version of benchmarks/practice.py."""
    practice, usual = SCENARIOS[name], usual_of(SCENARIOS[name])
    nets = {each: [play(practice, seed, policy, usual).net for seed in range(20)] for each, policy in POLICIES.items()}
    for other in ("do_nothing", "panic"):
        gaps = [mine - theirs for mine, theirs in zip(nets["playbook"], nets[other], strict=True)]
        assert statistics.mean(gaps) - 1.96 * statistics.stdev(gaps) / math.sqrt(len(gaps)) > 0, other


@pytest.mark.parametrize("name", [name for name, each in SCENARIOS.items() if each.faults])
def test_s31_a_planted_fault_is_worst_in_the_review_of_doing_nothing(name: str) -> None:
    practice = SCENARIOS[name]
    planted = {fault.metric for fault in practice.faults}
    past, named = history(practice), Counter[bool]()
    for seed in range(5):
        live = play(practice, seed, do_nothing, usual_of(practice))
        found = playbook.review(session_of(live), history=past, knowledge=playbook.load()).diagnosis
        dipped = {dip.metric for dip in found.dips}
        named[found.worst[0].metric in planted or bool(dipped & planted)] += 1
    assert named[True] >= 3


def test_the_score_runs_from_doing_nothing_to_the_playbook() -> None:
    practice = SCENARIOS["people_pass_by"]
    usual = usual_of(practice)
    scores = {name: debrief(play(practice, 3, each, usual), usual) for name, each in POLICIES.items()}
    assert scores["do_nothing"].score == 0 and not scores["do_nothing"].passed
    assert scores["playbook"].score == 1 and scores["playbook"].passed
    assert "warning" in scores["panic"].cost and "do without this from there on: " in scores["panic"].next_try
