"""A sample shop is opened, fills every page, is marked on each, and is gone when it is closed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from playbook.store.store import Store

from .conftest import fresh, texts

#: Pages with what each shows of the sample shop.
PAGES = {
    "review": "Fewer people came in",
    "next_live": "Ask for the follow out loud",
    "strategies": "weak in your last",
}
MORE = {"history": "LIVEs", "live": "nothing stands out below your usual", "learn": "", "practice": "", "data": ""}


def opened(at: AppTest) -> AppTest:
    return at.run().button(key="open_sample_shop").click().run()


def names() -> list[str]:
    with Store.open() as store:
        return [each.name for each in store.shops()]


@pytest.mark.parametrize("pages", [PAGES, pytest.param(MORE, marks=pytest.mark.long)], ids=["main", "others"])
def test_every_page_of_the_sample_shop_is_filled_and_marked(pages: dict[str, str]) -> None:
    at = opened(fresh())
    for page, said in pages.items():
        at = at.switch_page(f"pages/{page}.py").run()
        assert not at.exception, page
        assert at.button(key="close_sample_shop"), page
        told = texts(at)
        assert said in told, page
        assert "No LIVE is saved yet" not in told and "needs a saved LIVE" not in told, page
    assert names() == [], "nothing of it is in the store of this computer"


def test_closed_it_is_gone_and_the_shop_of_before_is_there_again(remembered: AppTest) -> None:
    at = remembered.run()
    mine, before, money = at.session_state["shop_id"], names(), at.get_by_key("money_sentence")
    at = opened(at)
    assert not at.exception and at.session_state["shop_id"] != mine
    assert names() == before, "it does not mix with the real ones"
    at = at.button(key="close_sample_shop").click().run()
    assert not at.exception and at.session_state["shop_id"] == mine and names() == before
    assert at.get_by_key("money_sentence") and money


@pytest.mark.parametrize("page", ["review", "data"])
def test_files_of_ones_own_do_not_land_in_it(page: str) -> None:
    at = opened(fresh()).switch_page(f"pages/{page}.py").run()
    assert not [each for each in at.file_uploader if not each.key.startswith("slides_logo")]
    held = at.session_state["sample_shop_open"]
    assert held.folder.exists()
    at = at.button(key="close_sample_shop").click().run()
    assert not at.exception and not held.folder.exists(), "closed is gone"
    assert not [each for each in at.button if each.key == "close_sample_shop"]
