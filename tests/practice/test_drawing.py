"""What goes wrong comes from the luck number, within what the scenario says; clues go with it, and budgets end."""

from __future__ import annotations

from playbook.practice.actions import Action
from playbook.practice.clues import COMPLAINTS
from playbook.practice.drawing import drawn
from playbook.practice.effects import patience, unmended
from playbook.practice.policies import do_nothing, play
from playbook.practice.simulator import PracticeLive

from .rooms import SCENARIOS, calm, troubled


def test_the_same_number_draws_the_same_and_others_differ() -> None:
    practice = SCENARIOS["crowded_night"]
    assert drawn(practice, 5) == drawn(practice, 5) == drawn(drawn(practice, 5), 9)
    assert len({tuple(fault.says for fault in drawn(practice, seed).faults) for seed in range(40)}) > 15


def test_draws_keep_to_the_scenario() -> None:
    for practice in SCENARIOS.values():
        many = []
        for seed in range(150):
            faults = drawn(practice, seed).faults
            many.append(len(faults))
            assert len({fault.metric for fault in faults}) == len(faults)
            for fault in faults:
                assert practice.draw is not None and fault.lasts is not None
                assert practice.draw.starts[0] <= fault.from_minute < practice.minutes
                assert practice.draw.lasts[0] <= fault.lasts <= practice.draw.lasts[1]
        if practice.draw:
            assert abs(many.count(0) / 150 - practice.draw.none) < 0.12
            assert abs(many.count(2) / 150 - practice.draw.two) < 0.12


def test_only_what_comes_after_the_beginning_mends() -> None:
    practice = troubled(start=20)
    live = PracticeLive(practice, 1)
    while live.minute < 19:
        live.step()
    live.do(Action("billboard"))
    live.step()
    assert unmended(practice.faults[0], 21, live.done) == 1
    live.step()
    live.do(Action("billboard"))
    assert unmended(practice.faults[0], 22, live.done) < 0.2


def test_what_is_wrong_is_written_about_and_small_talk_is_not_an_answer() -> None:
    live = play(troubled("ctor", "say_answer"), 3, do_nothing, {})
    told = [each.answer for each in live.said if each.answer]
    assert told.count("say_answer") > 20 and told.count("say_answer") > 0.7 * len(told)
    quiet = [each for each in play(calm(), 3, do_nothing, {}).said if each.answer]
    assert 0 < len(quiet) < 15, "some write of what is wrong nowhere"


def test_a_budget_ends() -> None:
    live = PracticeLive(calm(), 1)
    assert [live.do(Action("billboard")) for _ in range(4)] == [None, None, None, "No other picture is prepared."]
    assert live.do(Action("host_change")) is None and live.do(Action("host_change")) == "Nobody else can take over."


def test_asking_too_much_takes_the_rooms_patience_and_it_comes_back() -> None:
    live = PracticeLive(calm(), 1)
    for _ in range(5):
        live.step([Action("say_click"), Action("say_answer"), Action("urgency_true")])
    assert patience(live.done, 5) < 0.1 and patience(live.done, 90) == 1
    for _ in range(12):
        live.step()
    assert {each.text for each in live.said} & set(COMPLAINTS)
