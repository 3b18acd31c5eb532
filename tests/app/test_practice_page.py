"""The practice page: choose, play a few minutes, end, read."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from playbook.practice.actions import Action

from .conftest import fresh, texts


def opened() -> AppTest:
    at = fresh().run().switch_page("pages/practice.py")
    return at.run()


def test_a_practice_live_from_choice_to_review() -> None:
    at = opened()
    assert not at.exception and "A first quiet room" in texts(at)
    at.button(key="choose_people_pass_by").click().run()
    at.button(key="practice_start").click().run()
    at.button(key="practice_pause").click().run()
    at.button(key="practice_billboard").click().run()
    at.button(key="practice_giveaway_follow").click().run()
    at.button(key="practice_giveaway_free").click().run()
    assert not at.exception
    assert "Only one giveaway runs at a time; wait 5 more minutes." in texts(at)
    live = at.session_state["practice_live"]
    for _ in range(40):
        live.step()
    at.button(key="practice_end").click().run()
    assert not at.exception
    assert "You ended the LIVE at minute" in texts(at)
    assert "What to do" in texts(at) or "The three" in texts(at)
    assert "What each thing you did was worth" in texts(at)
    net = live.net
    at.button(key="practice_again").click().run()
    again = at.session_state["practice_live"]
    assert again.seed == live.seed and again.minute == 0 and net != 0


def test_a_run_goes_on_from_the_minute_that_cost_most() -> None:
    at = opened()
    at.button(key="choose_people_pass_by").click().run()
    at.button(key="practice_start").click().run()
    at.button(key="practice_pause").click().run()
    live = at.session_state["practice_live"]
    while live.minute < 25:
        live.step()
    live.step([Action("unpin")])
    while live.minute < 60:
        live.step()
    at.button(key="practice_end").click().run()
    assert "25 Unpinned" in texts(at)
    button = at.button(key="practice_resume")
    begun = at.session_state["practice_result"][0].again_from
    assert button.label == f"Go on from 0:{begun:02d}"
    at = button.click().run()
    assert not at.exception
    again = at.session_state["practice_live"]
    assert (again.minute, again.resumed_at, again.seed) == (begun, begun, live.seed)
    assert again.rows == live.rows[:begun] and again.done == [each for each in live.done if each.minute < begun]
    assert at.session_state["practice_paused"], "the clock waits"


def test_an_unknown_scenario_is_told() -> None:
    at = opened()
    at.session_state["practice_scenario"] = "nowhere"
    at.run()
    assert "There is no practice scenario" in texts(at)
