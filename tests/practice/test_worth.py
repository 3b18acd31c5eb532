"""What an action was worth: the same luck once with it and once without; the debrief speaks of this run."""

from __future__ import annotations

import pytest

import playbook
from playbook.practice import worth
from playbook.practice.actions import Action
from playbook.practice.debrief import debrief
from playbook.practice.policies import do_nothing, ordinary, panic, play
from playbook.practice.policies import playbook as sound
from playbook.practice.runs import usual_of
from playbook.practice.simulator import PracticeLive
from playbook.practice.worth import Worth, missed, replayed, to_do, words, worths

from .rooms import troubled

KNOWLEDGE = playbook.load()
PASS_BY, QUIET = troubled(), KNOWLEDGE.practice["first_quiet_room"]


@pytest.mark.parametrize("scenario", KNOWLEDGE.practice)
def test_a_replay_is_the_same_live(scenario: str) -> None:
    practice = KNOWLEDGE.practice[scenario]
    live = play(practice, 5, sound, usual_of(practice))
    again = replayed(live)
    assert again.rows == live.rows and again.done == live.done and again.net == live.net
    begun = replayed(live, until=20)
    assert begun.rows == live.rows[:20] and begun.ended is None
    assert begun.done == [each for each in live.done if each.minute < 20]


def test_a_live_that_was_ended_early_is_replayed_to_there() -> None:
    live = PracticeLive(QUIET, 2)
    for _ in range(15):
        live.step()
    live.stop()
    again = replayed(live)
    assert again.rows == live.rows and again.ended == "early"


def test_the_worth_is_the_difference_to_the_same_luck_without_it() -> None:
    live = PracticeLive(PASS_BY, 1)
    while live.ended is None:
        live.step([Action("billboard")] if live.minute == 17 else [])
    without = play(PASS_BY, 1, do_nothing, {})
    (only,) = worths(live)
    assert (only.minute, only.action.kind) == (17, "billboard")
    assert only.amount == round(live.net - without.net, 2) > 0


def test_unpinning_in_the_middle_costs() -> None:
    live = PracticeLive(PASS_BY, 3)
    while live.ended is None:
        live.step([Action("unpin")] if live.minute == 25 else [])
    found = debrief(live, usual_of(PASS_BY))
    assert found.worths[0].amount < 0
    assert found.cost.startswith("This cost most: 0:25 Unpinned, $")
    assert words(found.worths[0], live) == "Unpinned"


def test_what_was_missed_is_what_this_run_lacked() -> None:
    live = play(PASS_BY, 1, ordinary, usual_of(PASS_BY))
    best = missed(live)
    assert best is not None and best.action.kind == "billboard"
    assert best.amount == round(replayed(live, added=best).net - live.net, 2)
    found = debrief(live, usual_of(PASS_BY))
    assert found.again_from == best.minute
    assert "try this: put up a new billboard. On the same luck it brings $" in found.next_try
    assert to_do(Worth(3, Action("pin", 1), 0.0), live) == "pin: Rain jacket"


def test_where_billboards_are_up_and_pins_are_missing_a_pin_is_advised() -> None:
    live = PracticeLive(QUIET, 4)
    while live.ended is None:
        live.step([Action("billboard")] if live.minute % 15 == 0 else [])
    assert "try this: pin: " in debrief(live, usual_of(QUIET)).next_try


def test_stretched_lines_that_ended_the_live_are_to_be_left_out() -> None:
    practice = troubled("ctor", "say_answer")
    found = debrief(play(practice, 1, panic, usual_of(practice)), usual_of(practice))
    assert "ended the LIVE after 3 warnings" in found.cost
    assert "do without this from there on: said it is the last chance. On the same luck" in found.next_try


def test_nothing_done_has_no_worths(monkeypatch: pytest.MonkeyPatch) -> None:
    live = play(QUIET, 1, do_nothing, {})
    assert worths(live) == []
    monkeypatch.setattr(worth, "missed", lambda _: None)
    assert debrief(live, usual_of(QUIET)).next_try.startswith("No single thing more or less")
