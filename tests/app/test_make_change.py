"""Any advice and any strategy becomes the change of the next LIVE; the next LIVE's review asks first how it went."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from playbook.knowledge.load import load
from playbook.plans.kept import kept_plans
from playbook.store.store import Store

from .conftest import fresh, keyed, texts
from .test_next_live import more_lives


def plans() -> list[tuple[str, dict[str, bool]]]:
    with Store.open() as store:
        shop = store.shops()[0]
        kept = kept_plans(store, shop.id, store.sessions(shop.id), load().metrics)
    return [(each.plan.strategy, dict(each.done)) for each in kept]


def test_advice_becomes_the_change_and_its_next_live_is_asked_about_first(remembered: AppTest) -> None:
    at = remembered.run()
    assert at.get_by_key("make_change_err_billboard")
    at = keyed(at.button, "take_err_billboard").click().run()
    assert not at.exception and plans() == [("err_billboard", {})]
    assert "Your change for the next LIVE" in texts(at)
    assert not any("Planned for this LIVE" in each.value for each in at.markdown), "it was made after this one"
    more_lives(1)
    at = fresh().run()
    words = [each.value for each in at.markdown]
    asked = next(at for at, each in enumerate(words) if "Planned for this LIVE" in each)
    advice = [place for place, each in enumerate(words) if "To do next" in each or "First step:" in each]
    assert not advice or asked < min(advice)
    at = keyed(at.segmented_control, "was_done_").set_value(True).run()
    assert plans() == [("err_billboard", {"new1": True})]
    at = keyed(at.segmented_control, "was_done_").set_value(False).run()
    assert not at.exception and plans() == [("err_billboard", {"new1": False})], "the answer may be changed later"


def test_any_strategy_can_be_made_the_change_and_a_second_on_the_same_number_is_refused(remembered: AppTest) -> None:
    remembered.run()
    at = fresh()
    at.query_params["strategy"] = "err_billboard"
    at = at.switch_page("pages/strategies.py").run()
    at = keyed(at.button, "take_err_billboard").click().run()
    assert plans() == [("err_billboard", {})]
    at.query_params["strategy"] = "err_pinned_set"
    at = keyed(at.run().button, "take_err_pinned_set").click().run()
    assert any("acts on the same number" in each.value for each in at.error)
    assert plans() == [("err_billboard", {})]


def test_a_sample_and_a_visitor_without_lives_are_not_offered_a_plan(with_sample: Callable[[str], AppTest]) -> None:
    at = with_sample("fewer_came_in")
    with pytest.raises(KeyError):
        at.get_by_key("make_change_err_billboard")
