"""Browsing: search, filters, one strategy by its address."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

import playbook
from playbook.knowledge.facts import Fact
from playbook.store.store import Store
from playbook.ui.strategies.facts import lines

from .conftest import fresh, keyed, texts


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


def rows(at: AppTest) -> list[str]:
    """The strategies on the page, from top to bottom."""
    return [each.key.removeprefix("row_") for each in at.expander if each.key and each.key.startswith("row_")]


def test_s29_search_tool_and_moment_narrow_the_list(page: AppTest) -> None:
    every = shown(page)
    at = page.text_input(key="search").set_value("giveaway follow").run()
    assert 0 < shown(at) < every
    assert rows(at)[0] == "follow_giveaway_task"
    at = at.text_input(key="search").set_value("").run()
    assert "err_billboard" in rows(at.button(key="tool_billboard_only").click().run())
    narrowed = shown(at)
    assert 0 < narrowed < every
    assert shown(at.segmented_control(key="moment").set_value("After").run()) < narrowed
    assert narrowed < shown(at.button(key="tool_billboard_only").click().run()) < every


def test_s34_the_picture_has_every_step_with_its_tools_and_is_the_way_in(page: AppTest) -> None:
    steps = [each.key for each in page.button if each.key and each.key.startswith("step_")]
    assert steps == [f"step_{each}" for each in (
        "being_shown", "entering", "staying", "commenting", "following", "sharing", "liking", "opening_products",
        "ordering", "selling",
    )]  # fmt: skip
    assert ":material/ad:" in page.button(key="step_entering").label
    at = page.button(key="step_following").click().run()
    assert rows(at)[0].startswith("follow_") and shown(at) < 12
    assert at.query_params["step"] in ("following", ["following"])
    at = at.button(key="step_following").click().run()
    assert "step" not in at.query_params and shown(at) == len(rows(at))


def test_an_address_leads_to_a_step_and_to_what_was_searched_for() -> None:
    at = fresh()
    at.query_params["step"] = "commenting"
    at = at.switch_page("pages/strategies.py").run()
    assert rows(at)[0].startswith("comment_")
    at = fresh()
    at.query_params["search"] = "nobody comments"
    at = at.switch_page("pages/strategies.py").run()
    assert rows(at)[0].startswith("comment_")
    at = fresh()
    at.query_params["step"] = "flying"
    at = at.switch_page("pages/strategies.py").run()
    assert any("no step 'flying'" in each.value for each in at.warning) and rows(at)


def opened(at: AppTest, name: str) -> AppTest:
    """The page with one row open, as after a click on it."""
    at.session_state[f"row_{name}"] = True
    return at.run()


def test_a_row_opens_in_place_with_the_first_step_and_the_words(page: AppTest) -> None:
    strategy = playbook.load().strategies["follow_spoken_prompt"]
    assert strategy.first_step not in texts(page)
    at = opened(page, strategy.id)
    assert not at.exception
    assert f"**First step:** {strategy.first_step}" in texts(at)
    assert strategy.say and strategy.say["en"][0] in [each.value for each in at.code]


def test_the_weak_steps_of_the_shop_stand_first_with_why(remembered: AppTest) -> None:
    remembered.run()
    at = fresh().switch_page("pages/strategies.py").run()
    assert not at.exception
    first = at.header[0].value
    assert first.endswith("Entering\\: weak in your last LIVE")
    assert "Fewer people came in\\: ERR" in texts(at)
    assert "err_billboard" in rows(at)[:3]
    assert ":material/trending_down:" in at.button(key="step_entering").label
    assert ":material/trending_down:" not in at.button(key="step_liking").label
    at = opened(at, rows(at)[0])
    assert any(each.value.startswith(":material/trending_down: ") for each in at.markdown), "why it was advised"


def test_a_strategy_goes_on_the_shelf_is_found_there_and_can_be_taken_back(remembered: AppTest) -> None:
    remembered.run()
    at = opened(fresh().switch_page("pages/strategies.py").run(), "like_goal")
    at = keyed(at.segmented_control, "shelf_like_goal").set_value("not_for_us").run()
    assert not at.exception and rows(at)[-1] == "like_goal", "what is not wanted stands last"
    with Store.open() as store:
        owner = store.shops()[0]
        assert store.shelf(owner.id) == {"like_goal": "not_for_us"}
    at = fresh().switch_page("pages/strategies.py").run()
    assert shown(at.pills(key="shelf").select("Not for us").run()) == 1
    at = opened(fresh().switch_page("pages/strategies.py").run(), "err_billboard")
    at = keyed(at.segmented_control, "shelf_err_billboard").set_value("kept").run()
    at = next(each for each in at.button if each.label == "Undo").click().run()
    with Store.open() as store:
        assert store.shelf(owner.id) == {"like_goal": "not_for_us"}


def test_what_is_planned_is_in_use_and_what_was_tried_says_so(remembered: AppTest) -> None:
    remembered.run()
    at = opened(fresh().switch_page("pages/strategies.py").run(), "err_billboard")
    at = keyed(at.button, "take_err_billboard").click().run()
    row = next(each for each in at.expander if each.key == "row_err_billboard")
    assert "in use" in row.label
    assert "Your change for the next LIVE" in texts(opened(at, "err_billboard"))


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
    assert not any("There are no words" in each.value for each in at.caption)
    other = next(each for each in at.expander if each.label.startswith("Stated"))
    under = "\n".join(each.value for each in other.markdown)
    assert "under \\$500" in under and "The fastest to tap" not in under
    assert "The fastest to tap" in texts(at)
    assert "knowledge_id=760145831888657&lang=en" in texts(at)


def test_a_market_whose_language_has_no_words_is_told_and_sees_the_english_ones() -> None:
    note = "There are no words in Deutsch yet; these are in English."
    at = giveaway_of("Germany")
    assert note in [each.value for each in at.caption] and at.tabs[0].label == "English"


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
