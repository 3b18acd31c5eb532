"""Two people at one server: neither is shown, nor learns as, nor changes what is the other's."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook import userdata
from playbook.store import Store
from playbook.ui.frame import browser

from .conftest import fresh, keyed, texts


@pytest.fixture
def shops() -> dict[str, str]:
    """Two shops, each with somebody who learns; their ids by name."""
    with Store.open() as store:
        made = {name: store.create_shop(name).id for name in ("Linen", "Pottery")}
        for name, shop_id in list(made.items()):
            made[f"Ayu of {name}"] = store.add_trainee(shop_id, f"Ayu of {name}").id
    return made


def test_a_new_visitor_learns_as_nobody(shops: dict[str, str], cookies: dict[str, str]) -> None:
    at = fresh().run().switch_page("pages/learn.py").run()
    at.selectbox(key="trainee_picker").select(shops["Ayu of Linen"]).run()
    assert cookies[browser.LEARNER]
    mine = cookies.copy()
    cookies.clear()
    other = fresh().run().switch_page("pages/learn.py").run()
    assert other.selectbox(key="trainee_picker").value == ""
    cookies.update(mine)
    again = fresh().run().switch_page("pages/learn.py").run()
    assert again.selectbox(key="trainee_picker").value == shops["Ayu of Linen"], "the same browser remembers"


def test_a_new_visitor_sees_the_first_shop_and_not_the_others_choice(
    shops: dict[str, str], cookies: dict[str, str]
) -> None:
    at = fresh().run()
    at.selectbox(key="shop_picker").select(shops["Pottery"]).run()
    assert cookies[browser.SHOP] == shops["Pottery"]
    assert fresh().run().selectbox(key="shop_picker").value == shops["Pottery"]
    cookies.clear()
    assert fresh().run().selectbox(key="shop_picker").value == shops["Linen"]


def test_a_cookie_that_is_no_id_of_ours_chooses_nothing(shops: dict[str, str], cookies: dict[str, str]) -> None:
    cookies[browser.SHOP] = '"; alert(1); "'
    at = fresh().run()
    assert not at.exception
    assert at.selectbox(key="shop_picker").value == shops["Linen"]


def test_settings_of_two_visitors_do_not_undo_one_another(shops: dict[str, str]) -> None:
    first = fresh().run().switch_page("pages/data.py").run()
    first.query_params["data_tabs"] = "Settings"
    first.run()
    second = fresh().run().switch_page("pages/data.py").run()
    second.query_params["data_tabs"] = "Settings"
    second.run()
    first.selectbox(key="timezone_choice").select("Asia/Jakarta").run()
    second.multiselect(key="headline_choice").set_value(["err"]).run()
    kept = userdata.load_settings()[0]
    assert (kept.timezone, kept.headline) == ("Asia/Jakarta", ["err"])
    assert first.run().multiselect(key="headline_choice").value == ["err"], "and each sees what the other chose"
    assert second.run().selectbox(key="timezone_choice").value == "Asia/Jakarta"


def test_each_shop_may_have_a_playbook_of_its_own(
    shops: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYBOOK_PATHS", str(tmp_path))
    folder = tmp_path / "ours"
    folder.mkdir()
    at = fresh().run().switch_page("pages/data.py").run()
    at.query_params["data_tabs"] = "Playbook"
    at.run()
    keyed(at.text_input, "shop_folder").input(str(folder)).run()
    with Store.open() as store:
        assert store.shop(shops["Linen"]).playbook_folder == str(folder)
        assert store.shop(shops["Pottery"]).playbook_folder is None
    keyed(at.text_input, "shop_folder").input(str(tmp_path / "nowhere")).run()
    assert "There is no folder" in texts(at)
    with Store.open() as store:
        assert store.shop(shops["Linen"]).playbook_folder == str(folder)
