"""Browsing: search, filters, one strategy by its address."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

import playbook
from playbook.knowledge.facts import Fact
from playbook.store.store import Store
from playbook.ui.strategies.facts import lines

from .conftest import fresh, texts


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


def giveaway_of(market: str | None) -> AppTest:
    """The page of the follow task as a shop of that market sees it."""
    with Store.open() as store:
        store.create_shop("Ours", market=market)
    at = fresh()
    at.query_params["strategy"] = "follow_giveaway_task"
    at = at.switch_page("pages/strategies.py").run()
    assert not at.exception
    return at


def test_facts_and_words_of_the_shops_market_stand_first() -> None:
    at = giveaway_of("Thailand")
    folded = [each.label for each in at.expander]
    assert any(each.startswith("Stated for other markets than TH (") for each in folded)
    assert "In other languages" in folded
    assert [each.label for each in at.tabs][:2] == ["ไทย", "English"]
    other = next(each for each in at.expander if each.label.startswith("Stated"))
    under = "\n".join(each.value for each in other.markdown)
    assert "under \\$500" in under and "The fastest to tap" not in under
    assert "The fastest to tap" in texts(at)
    assert "knowledge_id=760145831888657&lang=en" in texts(at)


def test_without_a_market_every_fact_is_shown() -> None:
    at = giveaway_of(None)
    assert not any(each.label.startswith("Stated") for each in at.expander)
    assert "copy read 2026-11" in texts(at)


def test_a_fact_from_a_file_stays_text_and_its_address_one_address() -> None:
    hostile = Fact(
        fact="**x** [y](z)", market="US", date="2026", sure="blog", source="<b>a</b>",
        address="https://a.example/)[x](javascript:alert",
    )  # fmt: skip
    shown = lines([hostile])
    assert "**x**" not in shown and "[y](z)" not in shown
    assert len(re.findall(r"(?<!\\)\]\(", shown)) == 1
    assert "https://a.example/%29%5Bx%5D%28javascript:alert)" in shown
