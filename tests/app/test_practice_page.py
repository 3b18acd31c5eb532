"""The practice page: choose, play a few minutes, end, read."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from playbook.practice.actions import Action
from playbook.ui.practice import kept

from .conftest import fresh, texts


def opened() -> AppTest:
    at = fresh().run().switch_page("pages/practice.py")
    return at.run()


def test_a_practice_live_from_choice_to_review() -> None:
    at = opened()
    assert not at.exception and "A first quiet room" in texts(at)
    at.button(key="choose_weekday_evening").click().run()
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
    at.button(key="choose_weekday_evening").click().run()
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


def test_a_reload_in_the_middle_offers_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    cookies: dict[str, str] = {}
    monkeypatch.setattr("playbook.ui.frame.browser.keep", cookies.update)
    at = opened()
    at.button(key="practice_start").click().run()
    at.button(key="practice_pause").click().run()
    live = at.session_state["practice_live"]
    for _ in range(12):
        live.step()
    monkeypatch.setattr("playbook.ui.frame.browser.sent", lambda: dict(cookies))
    again = opened()
    assert "You left **A first quiet room** after 1" in texts(again).replace("\\", "")
    again.button(key="practice_left_on").click().run()
    assert not again.exception
    assert again.session_state["practice_live"] is live and again.session_state["practice_paused"]


def test_a_restart_of_the_server_loses_no_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    cookies: dict[str, str] = {}
    monkeypatch.setattr("playbook.ui.frame.browser.keep", cookies.update)
    at = opened()
    at.button(key="practice_start").click().run()
    at.button(key="practice_pause").click().run()
    for _ in range(9):
        at.button(key="practice_step").click().run()
    at.button(key="practice_billboard").click().run()
    live = at.session_state["practice_live"]
    kept._here.clear()  # what the memory of the server held
    monkeypatch.setattr("playbook.ui.frame.browser.sent", lambda: dict(cookies))
    at = opened()
    at.button(key="practice_left_on").click().run()
    again = at.session_state["practice_live"]
    assert again is not live and (again.rows, again.done, again.seed) == (live.rows, live.done, live.seed)
    at.button(key="practice_end").click().run()
    assert not at.exception and len(at.session_state["results_of_this_visit"]) == 1
    assert "You ended it 51 minutes early" in texts(at), "nine minutes are too few to judge"
    kept._here.clear()
    at = opened()
    at.button(key="practice_left_read").click().run()
    assert "What each thing you did was worth" in texts(at) and not at.session_state["results_of_this_visit"], (
        "it counts once"
    )
    at.button(key="practice_leave").click().run()
    assert "Your last LIVE" not in texts(opened()), "what was read is not offered"


def test_an_unknown_live_does_not_say_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playbook.ui.practice.page.secrets.randbelow", lambda most: 4 if most < 100 else 77)
    at = opened()
    at.button(key="practice_unknown").click().run()
    at.button(key="practice_pause").click().run()
    live = at.session_state["practice_live"]
    assert live.seed == 77 and "An unknown LIVE" in texts(at)
    assert live.practice.title not in texts(at) and live.practice.goal not in texts(at)
    for _ in range(12):
        live.step()
    at.button(key="practice_end").click().run()
    assert not at.exception and live.practice.title in texts(at)


def test_the_speed_outlives_another_page() -> None:
    at = opened()
    at.button(key="practice_start").click().run()
    at.button(key="practice_pause").click().run()
    at.selectbox(key="practice_speed").set_value("10 times").run()
    at = at.switch_page("pages/strategies.py").run().switch_page("pages/practice.py").run()
    assert at.selectbox(key="practice_speed").value == "10 times"


def test_an_unknown_scenario_is_told() -> None:
    at = opened()
    at.session_state["practice_scenario"] = "nowhere"
    at.run()
    assert "There is no practice scenario" in texts(at)
