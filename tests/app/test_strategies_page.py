"""Browsing: search, filters, one strategy by its address."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

import playbook

from .conftest import fresh


@pytest.fixture
def page() -> AppTest:
    return fresh().run().switch_page("pages/strategies.py").run()


def shown(at: AppTest) -> int:
    line = next(each.value for each in at.caption if each.value.endswith(" strategies"))
    return int(line.split(" of ")[0])


def test_every_strategy_has_its_handle(page: AppTest) -> None:
    for name, strategy in playbook.load().strategies.items():
        if strategy.status != "retired":
            assert page.get_by_key(f"strategy_{name}")


def test_search_and_filters_narrow_the_list(page: AppTest) -> None:
    every = shown(page)
    at = page.text_input(key="search").set_value("giveaway follow").run()
    assert 0 < shown(at) < every
    assert at.get_by_key("strategy_follow_giveaway_task")
    at = at.text_input(key="search").set_value("").run()
    assert shown(at.pills(key="filter_dimension").select("convert").run()) < every


def test_nothing_found_says_what_to_do(page: AppTest) -> None:
    at = page.text_input(key="search").set_value("zzzz").run()
    assert shown(at) == 0
    assert any("Remove a filter" in each.value for each in at.info)


@pytest.mark.parametrize("name", list(playbook.load().strategies))
def test_every_strategy_has_a_page_of_its_own(name: str) -> None:
    at = fresh()
    at.query_params["strategy"] = name
    at = at.switch_page("pages/strategies.py").run()
    assert not at.exception
    assert at.get_by_key(f"strategy_{name}")
    assert "What to do" in [each.value for each in at.header]


def test_an_address_that_is_no_strategy_is_answered(page: AppTest) -> None:
    page.query_params["strategy"] = "no_such"
    at = page.run()
    assert any(r"no strategy 'no\_such'" in each.value for each in at.warning)


@pytest.mark.parametrize("tab", ["Tools", "Where to look", "Routines"])
def test_tools_situations_and_routines_can_be_browsed(page: AppTest, tab: str) -> None:
    page.session_state["browse_tabs"] = tab
    at = page.run()
    assert not at.exception
    assert at.expander or at.checkbox
