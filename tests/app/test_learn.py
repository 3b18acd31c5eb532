"""The Learn page: today, a lesson with its quiz, a drill, people; always from app.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

import playbook
from playbook.knowledge.lessons import Lesson
from playbook.store.store import Store
from playbook.training.drills import NOTHING, Drill, drill
from tests.diagnosis.shops import wobbly

from .conftest import fresh, keyed, texts

KNOWLEDGE = playbook.load()
LESSONS = list(KNOWLEDGE.lessons.values())


def learn(lesson: str | None = None, part: str | None = None) -> AppTest:
    at = fresh()
    at.switch_page("pages/learn.py")
    if lesson:
        at.query_params["lesson"] = lesson
    if part:
        at.query_params["learn_tabs"] = part
    at.run()
    assert not at.exception
    return at


def fill(at: AppTest, lesson: Lesson, right: bool = True) -> None:
    """Put an answer into the question that is asked now; a wrong one of a choice where `right` is false."""
    run = at.session_state[f"quiz_run_{lesson.id}"]
    index, question = len(run.posed) - 1, run.posed[-1].question
    key = f"q{index}_{run.attempt}_{lesson.id}"
    if question.kind in ("choice", "strategy"):
        other = next(each for each in question.choices if each != question.right)
        at.radio(key=key).set_value(question.right if right else other)
    elif question.kind == "number":
        at.number_input(key=key).set_value(question.right * (100 if question.unit == "percent" else 1))
    elif question.kind == "dip":
        at.slider(key=key).set_range(*question.right)
    else:
        for place, step in enumerate(question.right):
            at.selectbox(key=f"{key}_{place}").set_value(step)


def answer(at: AppTest, lesson: Lesson, wrong: tuple[int, ...] = ()) -> AppTest:
    """Answer every question right, those of `wrong`, which are choices, wrong, one after the other."""
    for index in range(len(lesson.quiz)):
        fill(at, lesson, index not in wrong)
        at.button(key=f"check_{lesson.id}").click().run()
        assert not at.exception
        question = at.session_state[f"quiz_run_{lesson.id}"].posed[index].question
        told = [each.value for each in (at.error if index in wrong else at.success)]
        assert any(question.why[:9] in each for each in told), "the reason stands there at once"
        if index + 1 < len(lesson.quiz):
            at.button(key=f"next_{lesson.id}").click().run()
            assert not at.exception
    return at


def test_the_landing_shows_todays_portion_and_every_lesson() -> None:
    at = learn()
    words = texts(at)
    assert "**Today, about 15 minutes**" in words
    assert all(f"**{each.title}**" in words for each in LESSONS)
    assert all(at.get_by_key(f"lesson_{each.id}") for each in LESSONS)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda each: each.id)
def test_each_lesson_is_taken_and_passed(lesson: Lesson) -> None:
    at = answer(learn(lesson.id), lesson)
    assert f"{len(lesson.quiz)} of {len(lesson.quiz)} right." in [each.value for each in at.success]


def test_wrong_answers_are_told_at_once_and_another_try_is_about_other_lives() -> None:
    lesson = KNOWLEDGE.lessons["the_tools"]
    at = answer(learn(lesson.id), lesson, wrong=(0, 1))
    assert "2 of 4 right. Take it again about other LIVEs" in at.warning[0].value
    (result,) = at.session_state["results_of_this_visit"]
    assert result.detail["wrong"] == [1, 2] and {*result.detail["missed"][0]} == {"ask", "answer", "right"}
    before = at.session_state["quiz_run_the_tools"]
    at.button(key="again_the_tools").click().run()
    assert not at.error
    at = answer(at, lesson)
    assert "4 of 4 right." in [each.value for each in at.success]
    assert at.session_state["quiz_run_the_tools"].seed != before.seed


@pytest.mark.parametrize("kind", ["choice", "number", "dip", "order"])
def test_what_is_not_answered_is_asked_for_and_not_marked_wrong(kind: str) -> None:
    lesson = next(each for each in LESSONS if any(question.kind == kind for question in each.quiz))
    at = learn(lesson.id)
    while at.session_state[f"quiz_run_{lesson.id}"].posed[-1].question.kind != kind:
        fill(at, lesson)
        at.button(key=f"check_{lesson.id}").click().run()
        at.button(key=f"next_{lesson.id}").click().run()
    at.button(key=f"check_{lesson.id}").click().run()
    assert [each.value for each in at.warning] == ["Answer it first, then check."]
    assert not at.error and not at.session_state["results_of_this_visit"]


def test_progress_is_kept_under_a_name_from_the_first_result_on() -> None:
    lesson = LESSONS[0]
    at = answer(learn(lesson.id), lesson)
    assert "**Keep your progress?** One result of this visit" in texts(at)
    at.text_input(key="trainee_name").set_value("  ")
    submit(at, "Keep my progress").click().run()
    assert "Type a name first" in at.error[0].value
    at.text_input(key="trainee_name").set_value("Rani")
    submit(at, "Keep my progress").click().run()
    assert "Keep your progress?" not in texts(at)
    with Store.open() as store:
        (shop,) = store.shops()
        (result,) = store.results(shop.id)
        assert (result.kind, result.item, result.score, result.passed) == ("lesson", lesson.id, 1.0, True)
        assert [each.name for each in store.trainees(shop.id)] == ["Rani"]
    assert "Passed, 100%" in "\n".join(each.value for each in learn().markdown)


def submit(at: AppTest, label: str):
    return next(each for each in at.button if each.label == label)


def test_a_wrong_address_is_told() -> None:
    assert r"There is no lesson 'nothing\_here' in this playbook." in learn("nothing_here").warning[0].value


def test_the_sliders_give_the_formula() -> None:
    at = learn("three_dimensions")
    at.slider(key="feel_err_views").set_value(1000)
    at.slider(key="feel_err_impressions").set_value(10_000).run()
    assert at.metric[0].value == "10.0%"
    at.slider(key="feel_err_impressions").set_value(0).run()
    assert at.metric[0].value == "unknown"
    at.selectbox(key="feel_metric").set_value("gmv_per_hour").run()
    assert not at.exception


def drilled(monkeypatch: pytest.MonkeyPatch, topic: str) -> tuple[AppTest, Drill, int]:
    """A drill of level 1 about a topic, as chance would have drawn it."""
    made = drill(3, 1, KNOWLEDGE, topic)
    monkeypatch.setattr("playbook.training.drills.drill", lambda *_: made)
    at = learn(part="Drills")
    at.button(key="drill_start").click().run()
    assert not at.exception
    return at, made, at.session_state["current_drill"].number


def form_of(at: AppTest) -> set[str]:
    every = (*at.selectbox, *at.radio, *at.slider, *at.button)
    return {each.key for each in every if str(each.key).startswith("drill_")}


def test_the_questions_do_not_give_the_answer_away(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = [form_of(drilled(monkeypatch, topic)[0]) for topic in ("ctr", NOTHING)]
    assert forms[0] == forms[1] == {"drill_metric_1", "drill_dimension_1", "drill_check_1"}
    at, _, number = drilled(monkeypatch, "ctr")
    at.button(key=f"drill_check_{number}").click().run()
    assert at.warning[0].value == "Choose what it is first, or that nothing stands out."
    at.selectbox(key=f"drill_metric_{number}").set_value("ctor")
    at.button(key=f"drill_check_{number}").click().run()
    assert at.warning[0].value == "Choose its dimension too."
    assert not at.session_state["results_of_this_visit"], "what was not answered is not wrong"


def test_a_wrong_strategy_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    at, made, number = drilled(monkeypatch, "ctr")
    at.selectbox(key=f"drill_metric_{number}").set_value("ctr")
    at.radio(key=f"drill_dimension_{number}").set_value("convert")
    at.button(key=f"drill_check_{number}").click().run()
    wrong = next(each for each in made.strategies if each not in made.right)
    at.radio(key=f"drill_strategy_{number}").set_value(wrong)
    at.button(key=f"drill_check_strategy_{number}").click().run()
    assert any("it fits when" in each.value and "Here" in each.value for each in at.markdown)
    assert at.session_state["results_of_this_visit"][0].passed is False


def test_a_drill_is_answered_kept_and_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    at, drill, number = drilled(monkeypatch, "ctr")
    at.selectbox(key=f"drill_metric_{number}").set_value(drill.metric or NOTHING)
    at.radio(key=f"drill_dimension_{number}").set_value(drill.dimension)
    at.button(key=f"drill_check_{number}").click().run()
    assert not at.session_state["results_of_this_visit"]
    at.radio(key=f"drill_strategy_{number}").set_value(next(each for each in drill.strategies if each in drill.right))
    at.button(key=f"drill_check_strategy_{number}").click().run()
    assert not at.exception
    assert "the usual range is" in at.success[0].value
    label = KNOWLEDGE.metrics[drill.metric].label if drill.metric else "Nothing stands out"
    assert any(label in each.value for each in at.markdown if "What it is" in each.value), "one's own answer stays"
    assert [(each.kind, each.item, each.passed) for each in at.session_state["results_of_this_visit"]] == [
        ("drill", drill.topic, True)
    ]
    at.button(key="drill_next").click().run()
    assert not at.exception
    assert at.session_state["current_drill"].number == number + 1


def test_a_failed_drill_is_due_the_next_day_and_starts_from_there() -> None:
    with Store.open() as store:
        shop = store.create_shop("Mine")
        ana = store.add_trainee(shop.id, "Ana")
        yesterday = store.clock() - timedelta(days=1)
        store.record_result(ana.id, "drill", "dip_err", 0, False, at=yesterday)
    at = learn()
    at.selectbox(key="trainee_picker").set_value(ana.id).run()
    at.button(key="today_dip_err").click().run()
    assert not at.exception
    assert at.session_state["current_drill"].drill.topic == "dip_err"


def test_a_trainer_adds_people_assigns_a_lesson_and_sees_where_they_fail() -> None:
    at = learn(part="People")
    at.text_input(key="new_trainee").set_value("Ana *Bold*")
    at.button(key="add_trainee_button").click().run()
    assert not at.exception
    with Store.open() as store:
        (shop,) = store.shops()
        (ana,) = store.trainees(shop.id)
        store.record_result(ana.id, "lesson", "the_tools", 0.25, False)
        store.record_result(ana.id, "lesson", "what_traffic_is", 1, True)
    at.run()
    at.multiselect(key=f"assign_to@{shop.id}").set_value([ana.id])
    at.multiselect(key=f"assign_what@{shop.id}").set_value([("lesson", "the_tools"), ("lesson", "what_traffic_is")])
    at.date_input(key=f"assign_due@{shop.id}").set_value(date.today() - timedelta(days=1))
    at.button(key=f"assign_button@{shop.id}").click().run()
    assert not at.exception
    row = at.dataframe[0].value.iloc[0]
    assert row["Lessons passed"] == f"1 of {len(LESSONS)}"
    assert row["Assigned, open"] == "2 (2 late)", "what was passed before it was assigned is to be done again"
    with Store.open() as store:
        store.record_result(ana.id, "lesson", "what_traffic_is", 1, True)
    at.run()
    assert at.dataframe[0].value.iloc[0]["Assigned, open"] == "1 (1 late)"
    assert row["Fails most in"] == "The tools, and what each is for (1 time)"
    assert "Ana \\*Bold\\*\\: The tools, and what each is for, by " in texts(at)
    assert "assigned to you" in texts(at)


def test_a_name_that_is_taken_is_told() -> None:
    with Store.open() as store:
        mine = store.create_shop("Mine").id
        store.add_trainee(mine, "Ana")
    at = learn(part="People")
    at.text_input(key=f"new_trainee@{mine}").set_value("ana")
    at.button(key=f"add_trainee_button@{mine}").click().run()
    assert "There is a trainee 'Ana' in this shop already" in at.error[0].value


def test_what_is_typed_of_people_of_one_shop_does_not_show_in_the_next() -> None:
    with Store.open() as store:
        first, other = (store.create_shop(name).id for name in ("A", "B"))
        ana, bea = store.add_trainee(first, "Ana"), store.add_trainee(other, "Bea")
    at = learn(part="People")
    at.text_input(key=f"new_trainee@{first}").set_value("Half a na").run()
    at.multiselect(key=f"assign_to@{first}").set_value([ana.id]).run()
    at.selectbox(key="shop_picker").set_value(other).run()
    assert not at.exception
    assert at.text_input(key=f"new_trainee@{other}").value == ""
    assert at.multiselect(key=f"assign_to@{other}").value == []
    assert at.selectbox(key=f"change_who@{other}").value == bea.id


def test_a_name_that_a_colleague_changed_is_not_changed_back() -> None:
    with Store.open() as store:
        mine = store.create_shop("Mine").id
        ana = store.add_trainee(mine, "Ana")
        at = learn(part="People")
        (box,) = (each for each in at.text_input if str(each.key).startswith(f"rename_{ana.id}"))
        box.set_value("Anna")
        store.rename_trainee(ana.id, "Ana Putri")
        at.button(key=f"rename_button@{mine}").click().run()
        assert not at.exception
        assert [each.name for each in store.trainees(mine)] == ["Ana Putri"]


def test_the_host_that_a_trainee_is_stays_chosen() -> None:
    with Store.open() as store:
        mine = store.create_shop("Mine").id
        ana = store.add_trainee(mine, "Ana")
        lives = [replace(each, host=host) for each, host in zip(wobbly(4, 0.05), ("Bu Ana", "Rina") * 2, strict=True)]
        store.apply(store.plan_import(mine, lives))
        box = f"hosted_as_{ana.id}@{mine}"
        at = learn(part="People")
        assert at.selectbox(key=box).value is None, "no host has that name"
        at.selectbox(key=box).set_value("Bu Ana").run()
        assert not at.exception
        assert [each.host for each in store.trainees(mine)] == ["Bu Ana"]
        assert learn(part="People").selectbox(key=box).value == "Bu Ana"


def test_what_is_assigned_is_taken_back_in_two_steps_that_go_with_it() -> None:
    with Store.open() as store:
        mine = store.create_shop("Mine").id
        ana = store.add_trainee(mine, "Ana")
        two = [store.assign(ana.id, "lesson", each.id) for each in LESSONS[:2]]
        at = learn(part="People")
        for each in (two[0], two[0]):  # the second click finds nothing
            found = [one for one in at.button if one.key == f"unassign_{each.id}@{mine}"]
            for one in found:
                one.click().run()
        assert not at.exception
        assert [each.id for each in store.assignments(mine)] == [two[1].id]


def test_without_a_store_lessons_work_and_say_that_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_DB", "/nowhere/at/all/playbook.db")
    lesson = LESSONS[0]
    at = answer(learn(lesson.id), lesson)
    assert "What you do here counts until you close this page." in "\n".join(each.value for each in at.warning)
    assert f"{len(lesson.quiz)} of {len(lesson.quiz)} right." in [each.value for each in at.success]


def test_a_strategy_links_to_its_lesson() -> None:
    at = fresh()
    at.switch_page("pages/strategies.py")
    at.query_params["strategy"] = "err_pinned_set"
    at.run()
    assert not at.exception
    assert "Lesson\\: Raising the enter room rate" in [each.proto.label for each in at.get("page_link")]


def test_a_trainer_sees_what_goes_wrong_assigns_a_bundle_and_prints_a_certificate() -> None:
    with Store.open() as store:
        shop, other = store.create_shop("Mine"), store.create_shop("Other")
        ana = store.add_trainee(shop.id, "Ana")
        store.add_trainee(other.id, "Ben")
        missed = [{"ask": "What fits?", "answer": "err_billboard", "right": "err_pinned_set"}]
        store.record_result(ana.id, "lesson", "raising_err", 0.5, False, {"missed": missed})
        store.record_result(ana.id, "lesson", "what_traffic_is", 1, True)
    at = learn(part="People")
    tables = [each.value for each in at.dataframe]
    failing = next(each for each in tables if "Last wrong answer" in each)
    assert failing["Last wrong answer"][0] == KNOWLEDGE.strategies["err_billboard"].title
    everybody = next(each for each in tables if "Shop" in each)
    assert set(everybody["Name"]) == {"Ana", "Ben"} and "Last seen" in everybody
    assert at.get("download_button") and keyed(at.selectbox, "certificate_for").value == ana.id
    keyed(at.multiselect, "assign_to").set_value([ana.id])
    keyed(at.multiselect, "assign_bundles").set_value(["new"])
    keyed(at.button, "assign_button").click().run()
    assert not at.exception
    with Store.open() as store:
        asked = {(each.kind, each.item) for each in store.assignments(shop.id)}
    assert {("lesson", each.id) for each in LESSONS if each.level == "new"} < asked
    assert [kind for kind, _ in asked].count("practice") == 1


def test_a_lesson_opens_from_the_card_of_its_metric(remembered: AppTest) -> None:
    links = [each.proto for each in remembered.run().get("page_link") if each.proto.label == "Lesson about it"]
    assert "Raising the enter room rate" in {each.help for each in links}
    asked = parse_qs(next(each.query_string for each in links))
    at = remembered.switch_page("pages/learn.py")
    at.query_params["lesson"] = "raising_err"
    at.run()
    assert not at.exception
    assert at.get_by_key("own_live") and "Your latest LIVE, " in texts(at), "with the shop's own LIVE"
    at.query_params["of"] = asked["of"][0]
    at.run()
    assert not at.exception and "Look at your own LIVE" in texts(at), "as the example"


def test_a_click_on_a_dot_or_a_drag_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    made = drill(3, 1, KNOWLEDGE, "ctr")
    monkeypatch.setattr("playbook.training.drills.drill", lambda *_args, **_more: made)
    at = learn(part="Drills")
    at.button(key="drill_start").click().run()
    at.session_state["drill_strips_1_False"] = {"selection": {"picked": [{"id": "ctr"}]}}
    at.run()
    assert not at.exception and at.selectbox(key="drill_metric_1").value == "ctr"
    at.session_state["drill_metric_1"] = "err"
    at.run()
    assert at.selectbox(key="drill_metric_1").value == "err", "a later answer stands"


def test_minutes_dragged_over_stand_in_the_slider(monkeypatch: pytest.MonkeyPatch) -> None:
    made = drill(3, 3, KNOWLEDGE, "dip_err")
    monkeypatch.setattr("playbook.training.drills.drill", lambda *_args, **_more: made)
    at = learn(part="Drills")
    at.button(key="drill_start").click().run()
    at.session_state["drill_1_False_0"] = {"selection": {"brush": {"minute": [40.2, 61.8]}}}
    at.run()
    assert not at.exception and at.slider(key="drill_minutes_1").value == (40, 62)


def test_a_final_walk_is_two_lives_in_a_row_read_right(monkeypatch: pytest.MonkeyPatch) -> None:
    made = (drill(2, 4, KNOWLEDGE, NOTHING), drill(3, 4, KNOWLEDGE, NOTHING))
    monkeypatch.setattr("playbook.ui.learn.drill.walk", lambda *_args: made)
    at = learn(part="Drills")
    at.button(key="drill_walk").click().run()
    at.selectbox(key="drill_metric_1").set_value(NOTHING)
    at.button(key="drill_check_1").click().run()
    assert "walk" not in [each.kind for each in at.session_state["results_of_this_visit"]]
    at.button(key="drill_next").click().run()
    assert "LIVE 2 of 2" in texts(at)
    at.selectbox(key="drill_metric_2").set_value(NOTHING)
    at.button(key="drill_check_2").click().run()
    assert "Two LIVEs in a row read right." in texts(at)
    (walked,) = [each for each in at.session_state["results_of_this_visit"] if each.kind == "walk"]
    assert walked.passed and walked.score == 1
    at.button(key="drill_walk_again").click().run()
    other = next(each for each in made[0].options)
    at.selectbox(key="drill_metric_3").set_value(other)
    if made[0].kind == "weakness":
        at.radio(key="drill_dimension_3").set_value("reach")
    else:
        at.slider(key="drill_minutes_3").set_range(30, 50)
    at.button(key="drill_check_3").click().run()
    assert "The walk ends here." in texts(at)
    assert [each.passed for each in at.session_state["results_of_this_visit"] if each.kind == "walk"] == [True, False]
