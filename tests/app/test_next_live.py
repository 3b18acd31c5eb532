"""Review, plan, next LIVE, verdict: the road of one change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from playbook.plans.plan import Plan
from playbook.store.store import Store

from .conftest import fresh, keyed, texts


@pytest.fixture
def saved(remembered: AppTest) -> AppTest:
    return remembered.run()


def page() -> AppTest:
    at = fresh().run().switch_page("pages/next_live.py").run()
    assert not at.exception
    return at


def more_lives(count: int) -> None:
    """LIVEs after the saved ones, like the one before the last."""
    with Store.open() as store:
        shop = store.shops()[0]
        lives = store.sessions(shop.id)
        model, last = lives[-2], lives[-1].start
        assert last
        made = [
            replace(model, id=f"new{day}", start=last + timedelta(days=day), exported_at=None)
            for day in range(1, count + 1)
        ]
        store.apply(store.plan_import(shop.id, made), other_creators=True)


def test_without_lives_the_page_says_what_is_needed() -> None:
    assert any("needs a saved LIVE" in each.value for each in page().info)


def test_a_change_is_chosen_written_down_and_there_after_a_restart(saved: AppTest) -> None:
    at = page()
    assert at.get_by_key("candidate_err_billboard")
    at = keyed(at.button, "choose_err_billboard").click().run()
    assert not at.exception
    again = page()
    assert again.get_by_key("plan_card")
    words = texts(again)
    assert "hoped" in words and "ERR up by" in words.replace("\\", "")
    with pytest.raises(KeyError):
        again.get_by_key("candidate_err_billboard")


def test_it_is_asked_once_a_live_and_too_little_is_said_to_be_too_little(saved: AppTest) -> None:
    keyed(page().button, "every_err_billboard").click().run()
    more_lives(1)
    at = page()
    at = next(each for each in at.button if each.label == "Yes").click().run()
    assert not at.exception
    assert not [each for each in at.button if each.key and each.key.startswith("done_")]
    assert "Cannot tell yet" in texts(at)


def test_what_was_drawn_is_told_before_the_live_and_asked_of_those_after_it(saved: AppTest) -> None:
    assert keyed(page().button, "choose_err_billboard").label == "Choose for drawn LIVEs"
    at = keyed(page().button, "choose_err_billboard").click().run()
    assert not at.exception
    words = texts(at).replace("\\", "")
    assert "Drawn for " in words and "Which LIVEs have it is drawn" in words
    more_lives(1)  # before the day on which it was drawn: nobody knew, so nobody is asked
    assert not [each for each in page().button if each.key and each.key.startswith("done_")]
    with Store.open() as store:
        shop = store.shops()[0]
        made = Plan.from_dict(store.plans(shop.id)[0].data["plan"])
        assert made.draw and made.alternate
        model = replace(store.sessions(shop.id)[-2], id="drawn", start=made.draw.begins() + timedelta(days=1))
        store.apply(store.plan_import(shop.id, [model]), other_creators=True)
    said = texts(page())
    assert ("It was drawn " in said and "no LIVE since was drawn" in said) or "nobody has said yet" in said


def test_a_plan_that_was_never_done_can_be_closed_and_counts_as_that(saved: AppTest) -> None:
    keyed(page().button, "every_err_billboard").click().run()
    more_lives(2)
    at = page()
    for _ in ("new1", "new2"):
        at = next(each for each in at.button if each.label == "No").click().run()
    assert "Not done in 2 LIVEs since" in texts(at)
    at = keyed(at.button, "close_").click().run()
    assert not at.exception
    assert "Tried before" in [each.value for each in at.header]
    with Store.open() as store:
        assert store.plans(store.shops()[0].id)[0].data["plan"]["status"] == "judged"


def test_a_dropped_plan_leaves_room_for_another(saved: AppTest) -> None:
    at = keyed(page().button, "choose_err_billboard").click().run()
    at = keyed(at.button, "drop_").click().run()
    assert at.get_by_key("candidate_err_billboard")
