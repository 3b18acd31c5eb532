"""All shops: who needs somebody first, one click to a review, search and tags, tidying up with a way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from playbook.desk import glance
from playbook.knowledge.load import load
from playbook.simulation.shops import calm_shop
from playbook.store import Shop, Store
from playbook.ui.desk import known

from ..desk.shops import dated
from .conftest import arrived, keyed, texts

NOW = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)


def filled(store: Store, name: str, cut: float = 1.0, days: int = 1, seed: int = 3) -> Shop:
    """A calm shop whose last LIVE, so many days ago, had its CTR cut."""
    made = store.create_shop(name, currency="USD")
    lives = calm_shop(np.random.default_rng(seed), 30_000, 12, {11: {"ctr": cut}})
    store.apply(store.plan_import(made.id, dated(lives, NOW - timedelta(days=days), "USD", seed)))
    return made


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy computer works out no fewer shops."""
    monkeypatch.setattr(known, "MOMENT", 60.0)


@pytest.fixture
def three() -> list[Shop]:
    with Store.open() as store:
        found = [filled(store, "Anna"), filled(store, "Bella", 0.3, seed=4), filled(store, "Cleo", 1.0, 20, seed=5)]
        store.change_shop(found[1].id, tags="beauty", in_charge="Rina")
        return found


def test_who_has_several_shops_begins_with_all_of_them(three: list[Shop]) -> None:
    at = arrived().run()
    assert not at.exception
    assert at.title[0].value == "All shops"
    assert "3 shops" in at.header[0].value
    assert "Bella" in at.header[0].value
    frame = at.dataframe[0].value
    assert frame["Shop"].iloc[0] == "Bella", "the one whose last LIVE fell stands first"
    row = frame.set_index("Shop").loc["Bella"]
    assert row["Against usual"] < -30
    assert row["Weakest"].startswith("CTR")
    assert frame.set_index("Shop").loc["Cleo", "Days since"] == 20
    assert "no LIVE for long" in frame.set_index("Shop").loc["Cleo", "Needs"]


def test_the_address_of_a_shop_leads_there(three: list[Shop]) -> None:
    at = arrived()
    at.query_params["shop"] = three[0].id
    assert at.run().title[0].value != "All shops"


def test_one_shop_begins_with_its_review() -> None:
    with Store.open() as store:
        filled(store, "Anna")
    at = arrived().run()
    assert at.title[0].value != "All shops"
    assert "All shops" not in [each.label for each in at.get("page_link")]


def test_a_click_on_a_row_opens_the_review_of_the_last_live(three: list[Shop]) -> None:
    at = arrived().run()
    at.session_state["desk_table"] = {"selection": {"rows": [], "columns": [], "cells": [[0, "Needs"]]}}
    at = at.run()
    assert not at.exception
    assert at.session_state["shop_id"] == three[1].id
    assert "less" in at.title[0].value


def test_a_card_says_why_and_opens_the_review(three: list[Shop]) -> None:
    at = arrived().run()
    assert "CTR" in texts(at)
    at = at.button(key=f"open@{three[1].id}").click().run()
    assert at.session_state["shop_id"] == three[1].id


def test_search_tags_and_who_is_in_charge_narrow_the_table(three: list[Shop]) -> None:
    at = arrived().run()
    at.text_input(key="desk_find").set_value("bel rina")
    at = at.run()
    assert list(at.dataframe[0].value["Shop"]) == ["Bella"]
    at.text_input(key="desk_find").set_value("nobody")
    at = at.run()
    assert "No shop has all of that." in texts(at)


def test_what_was_worked_out_once_is_not_worked_out_again(three: list[Shop], monkeypatch: pytest.MonkeyPatch) -> None:
    arrived().run()
    worked: list[str] = []
    look = glance.look
    monkeypatch.setattr(glance, "look", lambda *given: (worked.append(given[1]), look(*given))[1])
    arrived().run()
    assert worked == []
    with Store.open() as store:
        store.delete_session(three[0].id, store.sessions(three[0].id)[0].id)
    arrived().run()
    assert worked == [three[0].id]


def test_shops_that_take_long_are_left_for_the_next_moment(three: list[Shop], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "MOMENT", -1.0)
    at = arrived().run()
    assert not at.exception
    assert list(at.dataframe[0].value["Needs"]) == ["being worked out"] * 3


def on_tab(at: AppTest, tab: str) -> AppTest:
    at.session_state["shops_tabs"] = tab
    at = at.run()
    assert not at.exception
    return at


def test_the_week_of_each_shop_the_largest_fall_first(three: list[Shop]) -> None:
    at = on_tab(arrived().run(), "The week")
    frame = at.dataframe[0].value
    assert frame["Shop"].iloc[0] == "Bella"
    assert frame.set_index("Shop").loc["Cleo", "LIVEs"] == 0


def test_a_to_do_is_written_listed_and_ticked(three: list[Shop]) -> None:
    with Store.open() as store:
        store.add_comment(three[1].id, "New order of pins", who="Ayu", to_do=True, owner="Rina",
                          due=datetime.now(UTC).date() - timedelta(days=2))  # fmt: skip
    at = on_tab(arrived().run(), "To do")
    assert at.header[0].value == "1 to do, 1 of them late"
    assert "New order of pins" in texts(at)
    at = at.checkbox[0].check().run()
    assert at.header[0].value == "Nothing is to be done."


def test_lives_are_moved_and_come_back(three: list[Shop]) -> None:
    at = on_tab(arrived().run(), "Tidy up")
    here = at.session_state["shop_id"]
    at.session_state[f"tidy_table@{here}"] = {"selection": {"rows": [0, 1], "columns": [], "cells": []}}
    at = at.run()
    at = keyed(at.button, "move").click().run()
    assert not at.exception
    with Store.open() as store:
        counts = {each.shop.name: each.sessions for each in store.overview()}
    assert counts == {"Anna": 10, "Bella": 14, "Cleo": 12}
    at = at.button[[each.label for each in at.button].index("Undo")].click().run()
    with Store.open() as store:
        assert {each.sessions for each in store.overview()} == {12}


def test_a_merged_shop_comes_back(three: list[Shop]) -> None:
    at = on_tab(arrived().run(), "Tidy up")
    at = at.button(key=f"merge@{three[0].id}").click().run()
    assert not at.exception
    with Store.open() as store:
        assert [each.name for each in store.shops()] == ["Bella", "Cleo"]
    at = at.button[[each.label for each in at.button].index("Undo")].click().run()
    with Store.open() as store:
        assert [each.name for each in store.shops()] == ["Anna", "Bella", "Cleo"]


def test_a_glance_says_what_the_review_says(three: list[Shop]) -> None:
    with Store.open() as store:
        found = glance.look(store, three[1].id, load())
        assert glance._read_once(glance.written(found)) == found
        assert found.weak[0].metric == "ctr"
        assert found.change is not None
        assert found.change < -0.3
