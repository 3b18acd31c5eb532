"""Host craft: an exercise against the clock, rated and kept; it comes back when it is due."""

from __future__ import annotations

from datetime import timedelta

import playbook
from playbook.store.store import Store

from .conftest import fresh, texts

CRAFT = playbook.load().craft


def test_every_exercise_has_prompts_and_points() -> None:
    assert {"hook", "pitch", "closes", "objections", "dead_air", "rhythm", "pair", "rehearsal"} <= set(CRAFT)
    assert all(len(each.prompts) >= 3 and len(each.points) >= 2 and each.seconds == 30 for each in CRAFT.values())


def test_an_exercise_is_spoken_rated_and_kept() -> None:
    at = fresh()
    at.switch_page("pages/learn.py")
    at.query_params["learn_tabs"] = "Host"
    at.run()
    assert not at.exception and "30 seconds" in [each.proto.text for each in at.get("progress")][-1]
    at.selectbox(key="host_exercise").set_value("objections").run()
    at.button(key="host_start").click().run()
    assert not at.exception and "seconds left" in [each.proto.text for each in at.get("progress")][-1]
    number = at.session_state["host_round"]
    for point in range(3):
        at.checkbox(key=f"host_point_{number}_{point}").set_value(True)
    at.radio(key=f"host_who_{number}").set_value("coach")
    at.button(key="host_keep").click().run()
    assert not at.exception
    (kept,) = at.session_state["results_of_this_visit"]
    assert (kept.kind, kept.item, kept.score, kept.passed) == ("craft", "objections", 0.75, True)
    assert kept.detail == {"rated_by": "coach", "missed": [CRAFT["objections"].points[3]]}


def test_a_failed_exercise_is_asked_for_again() -> None:
    with Store.open() as store:
        ana = store.add_trainee(store.create_shop("Mine").id, "Ana")
        store.record_result(ana.id, "craft", "hook", 0.25, False, at=store.clock() - timedelta(days=1))
        store.record_result(ana.id, "craft", "taken_out", 0.25, False, at=store.clock() - timedelta(days=1))
    at = fresh()
    at.switch_page("pages/learn.py")
    at.run()
    at.selectbox(key="trainee_picker").set_value(ana.id).run()
    assert "taken" not in texts(at)
    at.button(key="today_craft_hook").click().run()
    assert not at.exception and CRAFT["hook"].do in texts(at).replace("\\", "")
