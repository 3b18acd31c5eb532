"""A practice LIVE that was written down is the same when it is played again."""

from __future__ import annotations

import json

import pytest

import playbook
from playbook.practice.actions import Action
from playbook.practice.saving import as_text, from_text
from playbook.practice.simulator import PracticeLive

SCENARIOS = playbook.load().practice


@pytest.mark.parametrize("name", list(SCENARIOS))
def test_every_scenario_comes_back_as_it_was(name: str) -> None:
    live = PracticeLive(SCENARIOS[name], 11)
    for minute in range(16):
        live.step([Action("billboard")] if minute == 3 else [Action("flash_sale", 0, 10)] if minute == 7 else [])
    live.do(Action("coupon"))  # done, and its minute not played yet
    found = from_text(as_text(live))
    assert found is not None
    again, judged = found
    assert not judged and (again.rows, again.done, again.spent) == (live.rows, live.done, live.spent)
    assert again.practice.faults == live.practice.faults
    assert again.step() == live.step() and again.said == live.said


def test_how_it_ended_and_what_nobody_knew_come_back() -> None:
    live = PracticeLive(SCENARIOS["first_quiet_room"], 3)
    live.step()
    live.stop()
    live.unknown, live.resumed_at = True, 1
    again, judged = from_text(as_text(live, judged=True)) or (None, None)
    assert judged and again is not None
    assert (again.ended, again.unknown, again.resumed_at) == ("early", True, 1)


@pytest.mark.parametrize("change", [{"seed": "x"}, {"practice": {}}, {"done": [[0, "nothing"]]}, {"minute": None}])
def test_a_text_that_is_damaged_is_none(change: dict[str, object]) -> None:
    whole = json.loads(as_text(PracticeLive(SCENARIOS["first_quiet_room"], 3)))
    assert from_text(json.dumps(whole | change)) is None
    assert from_text("{") is None and from_text("[]") is None
