"""The data page: what was read, mapping an unknown layout, templates, the playbook's health, settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import playbook
from playbook import userdata
from playbook.store import Store
from playbook.templates import TEMPLATES
from playbook.ui.frame import paths

from .conftest import SAMPLES, fresh, texts

UNKNOWN = (
    "Show,When,How long,Eyeballs,Taps,Baskets,Takings\n"
    "a,2026-08-01 19:00,120,5000,600,30,900\n"
    "b,2026-08-03 19:00,120,5200,610,33,980\n"
    "c,2026-08-05 19:00,120,5100,590,29,870\n"
    "d,2026-08-07 19:00,120,5000,620,31,930\n"
)


def on_tab(at: AppTest, name: str) -> AppTest:
    at = at.switch_page("pages/data.py").run()
    at.session_state["data_tabs"] = name
    at = at.run()
    assert not at.exception
    return at


def test_what_was_read_names_every_file(with_sample: Callable[[str], AppTest]) -> None:
    words = texts(on_tab(with_sample("fewer_came_in"), "What was read")).replace("\\", "")
    for path in (SAMPLES / "fewer_came_in").iterdir():
        assert path.name in words


def test_every_template_can_be_downloaded_and_is_read_back(tmp_path: Path) -> None:
    at = on_tab(fresh().run(), "Templates")
    for template in TEMPLATES:
        assert at.get_by_key(f"template_{template.name}")
    paths = []
    for template in TEMPLATES:
        path = tmp_path / template.file_name
        path.write_text(template.text(), encoding="utf-8", newline="")
        paths.append(path)
    session = playbook.read(paths)[0]
    assert session.counts["gmv"] == 990.5
    assert session.trend is not None and session.products and session.events and session.channels and session.followers


def test_an_unknown_layout_is_mapped_once_and_then_recognised(app: AppTest, own_home: Path) -> None:
    app.file_uploader(key="upload").upload("shows.csv", UNKNOWN.encode())
    at = app.run()
    assert not at.exception
    assert "shows" in texts(at)
    at = on_tab(at, "Map a layout")
    assert any(each.value.startswith("like ") for each in at.caption), "sample values stand beside the boxes"
    meanings = {1: "start", 2: "duration", 3: "views", 4: "product_clicks", 5: "sku_orders", 6: "gmv"}
    for position, field in meanings.items():
        at.selectbox(key=f"map_0_sessions_{position}").set_value(field)
    at = at.button(key="map_save_0").click().run()
    assert not at.exception
    with Store.open(str(own_home / "playbook.db")) as store:
        assert list(store.layouts()) == ["my_shows"], "kept for everybody who works with this store"
    assert any("Saved. shows" in each.value and "rows read" in each.value for each in at.success)
    at = at.switch_page("pages/review.py").run()
    assert not at.exception
    assert at.get_by_key("money_sentence")
    assert {each.label: each.value for each in at.metric}["GMV per hour"]


def test_a_mapping_without_numbers_is_refused_in_words(app: AppTest, own_home: Path) -> None:
    app.file_uploader(key="upload").upload("shows.csv", UNKNOWN.encode())
    at = on_tab(app.run(), "Map a layout")
    for box in [each for each in at.selectbox if each.key and each.key.startswith("map_0_sessions_")]:
        box.set_value("")
    at = at.button(key="map_save_0").click().run()
    assert not at.exception
    assert any("name at least one column of numbers" in each.value for each in at.error)
    assert not (own_home / "exports").exists()


def test_a_bad_file_in_ones_own_folder_is_shown_and_switches_off_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYBOOK_PATHS", str(tmp_path))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "broken.yaml").write_text("id: broken\ntitle: [\n", encoding="utf-8")
    at = on_tab(fresh().run(), "Playbook")
    at = at.text_input(key="own_folder").set_value(str(tmp_path / "mine")).run()
    assert not at.exception
    assert any("broken\\.yaml" in each.value or "broken.yaml" in each.value for each in at.error)
    assert not at.switch_page("pages/strategies.py").run().exception


def test_a_folder_that_is_not_there_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_PATHS", str(tmp_path))
    box = on_tab(fresh().run(), "Playbook").text_input(key="own_folder")
    at = box.set_value(str(tmp_path / "nowhere")).run()
    assert any("There is no folder" in each.value and "nowhere" in each.value for each in at.error)
    at = at.text_input(key="own_folder").set_value("/etc").run()
    assert any("/etc is not read. Pages read only what is inside" in each.value for each in at.error)


@pytest.mark.parametrize("tab", ["What was read", "Map a layout", "Templates", "Playbook", "Settings"])
def test_every_tab_without_data(tab: str) -> None:
    assert texts(on_tab(fresh().run(), tab))


def test_a_strategy_with_words_a_host_must_not_say_is_named_and_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = Path(playbook.__file__).parent / "content" / "strategies" / "err_billboard.yaml"
    text = shipped.read_text(encoding="utf-8").replace("facts:\n", "say:\n  en: [While stocks last]\nfacts:\n", 1)
    (tmp_path / "ours.yaml").write_text(text.replace("id: err_billboard", "id: ours"), encoding="utf-8")
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path))
    userdata.save_settings(userdata.UserSettings(playbook_folder=str(tmp_path)))
    shown = texts(on_tab(fresh().run(), "Playbook"))
    assert "wording the platform objects to" in shown and "ours.yaml" in shown
