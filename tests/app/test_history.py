"""What was uploaded is remembered: shops, history, notes, channels, trash, backup."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from playbook.store.store import Store

from .conftest import SAMPLES, fresh, keyed, texts

FEWER = SAMPLES / "fewer_came_in"
TABS = ["Weekly look", "LIVEs", "Trends", "Heat map", "By hour and day", "Hosts", "Compare"]


def upload(at: AppTest, sample: str) -> AppTest:
    uploader = at.file_uploader(key="upload")
    for path in sorted((SAMPLES / sample).iterdir()):
        uploader = uploader.upload(path.name, path.read_bytes())
    at = uploader.run()
    assert not at.exception
    return at


@pytest.fixture
def saved(remembered: AppTest) -> AppTest:
    """A shop whose first LIVEs are stored."""
    return remembered.run()


def on_tab(at: AppTest, page: str, tab: str) -> AppTest:
    at = at.switch_page(f"pages/{page}.py").run()
    at.session_state[f"{page}_tabs"] = tab
    at = at.run()
    assert not at.exception
    return at


def test_an_upload_is_there_again_after_the_tab_was_closed(app: AppTest) -> None:
    first = upload(app, "fewer_came_in").title[0].value
    again = fresh().run()
    assert not again.exception
    assert again.title[0].value == first
    assert len(again.selectbox(key="live_picker").options) == 15


def test_the_same_file_twice_is_one_history(saved: AppTest) -> None:
    again = upload(fresh().run(), "fewer_came_in")
    assert len(again.selectbox(key="live_picker").options) == 15
    with Store.open() as store:
        assert [line.sessions for line in store.overview()] == [15]


def test_a_sample_is_not_saved(app: AppTest) -> None:
    app.button(key="sample_ordinary_evening").click().run()
    with Store.open() as store:
        assert store.shops() == []


def test_lives_of_another_shop_are_asked_about_before_they_mix(saved: AppTest) -> None:
    at = upload(fresh().run(), "looked_did_not_buy")
    assert at.get_by_key("whose_lives")
    assert "You sold RM" in at.title[0].value, "until then they are reviewed by themselves"
    with Store.open() as store:
        assert [line.sessions for line in store.overview()] == [15]
    keyed(at.text_input, "new_shop_name").set_value("Kitchen")
    at = keyed(at.button, "another_shop").click().run()
    assert not at.exception
    with Store.open() as store:
        assert {line.shop.name: line.sessions for line in store.overview()} == {"Kitchen": 13, "My shop": 15}
    assert at.selectbox(key="shop_picker").value != ""


def test_only_looking_saves_nothing(saved: AppTest) -> None:
    at = keyed(upload(fresh().run(), "looked_did_not_buy").button, "only_look").click().run()
    assert not at.exception
    assert "You sold RM" in at.title[0].value
    with pytest.raises(KeyError):
        at.get_by_key("whose_lives")
    with Store.open() as store:
        assert [line.sessions for line in store.overview()] == [15]


@pytest.mark.parametrize("tab", TABS)
def test_every_view_of_the_history(saved: AppTest, tab: str) -> None:
    assert texts(on_tab(saved, "history", tab))


def test_without_history_the_page_says_how_to_get_one() -> None:
    at = fresh().run().switch_page("pages/history.py").run()
    assert not at.exception
    assert any("No LIVE is saved yet" in each.value for each in at.info)


def test_a_note_stays(saved: AppTest) -> None:
    area = keyed(saved.text_area, "note")
    area.set_value("camera swap at 19:50").run()
    again = fresh().run()
    assert keyed(again.text_area, "note").value == "camera swap at 19:50"


def test_deleting_and_bringing_back(saved: AppTest) -> None:
    at = keyed(saved.button, "delete_live").click().run()
    assert not at.exception
    assert len(at.selectbox(key="live_picker").options) == 14
    at = keyed(on_tab(at, "data", "Keep and erase").button, "bring_back").click().run()
    assert not at.exception
    at = at.switch_page("pages/review.py").run()
    assert len(at.selectbox(key="live_picker").options) == 15


def test_a_shop_is_renamed_and_another_added(saved: AppTest) -> None:
    at = on_tab(saved, "data", "Keep and erase")
    keyed(at.text_input, "shop_name").set_value("Linen House")
    at = keyed(at.button, "save_shop").click().run()
    assert not at.exception
    at.text_input(key="add_shop_name").set_value("Second")
    at = at.button(key="add_shop").click().run()
    assert not at.exception
    with Store.open() as store:
        assert [each.name for each in store.shops()] == ["Linen House", "Second"]


def test_a_name_that_is_taken_is_answered(saved: AppTest) -> None:
    at = on_tab(saved, "data", "Keep and erase")
    at.text_input(key="add_shop_name").set_value("my shop")
    at = at.button(key="add_shop").click().run()
    assert not at.exception
    assert at.error


def test_a_store_that_cannot_be_used_is_said_and_the_review_still_works(
    app: AppTest, own_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "a_file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("PLAYBOOK_HOME", str(blocked))
    at = upload(fresh().run(), "fewer_came_in")
    assert at.get_by_key("worst_err")
    assert any("a\\_file" in each.value for each in at.sidebar.error)


def test_market_figures_belong_to_the_shop(saved: AppTest) -> None:
    with Store.open() as store:
        shop = store.shops()[0]
        from playbook.store.records import ShopBenchmark

        store.set_benchmarks(shop.id, [ShopBenchmark("err", 0.12, "Dashboard", "2026-11-01")])
    at = fresh().run()
    assert not at.exception
    assert not on_tab(at, "data", "Settings").exception


def test_a_time_that_is_not_known_is_not_shown(app: AppTest) -> None:
    rows = b"Date,Start,Impressions,Views,SKU orders\n2026-09-03,19:05,38000,3900,30\n2026-09-04,,39000,3800,31\n"
    at = app.file_uploader(key="upload").upload("mine.csv", rows).run()
    at = on_tab(at, "history", "LIVEs")
    frame = at.dataframe[0].value
    assert [str(day) for day in frame["Day"]] == ["2026-09-04", "2026-09-03"]
    assert list(frame["Start"]) == ["", "19:05"]


def test_the_currency_that_a_first_upload_settles_does_not_read_it_again(app: AppTest) -> None:
    rows = b'Date,Start,Impressions,Views,SKU orders,GMV\n2026-09-03,19:05,38000,3900,30,"$1,520.40 MXN"\n'
    at = app.file_uploader(key="upload").upload("mine.csv", rows).run()
    assert "already there" not in texts(at)
    plain = rows.replace(b" MXN", b"") + b'2026-09-04,19:05,39000,3950,31,"$1,620.40"\n'
    at = at.file_uploader(key="upload").upload("more.csv", plain).run()
    assert not at.exception
    with Store.open() as store:
        shop = store.shops()[0]
        assert shop.currency == "MXN"
        assert [each.currency for each in store.sessions(shop.id)] == ["MXN", "MXN"]


def test_the_table_is_written_as_the_market_writes_numbers_and_sorts_by_them(saved: AppTest) -> None:
    at = on_tab(saved, "history", "LIVEs")
    table = keyed(at.dataframe, "history_table")
    assert table.value["Impressions"].dtype.kind in "if"
    shown = pa.ipc.open_stream(table.proto.arrow_data.styler.display_values).read_pandas()
    first = [str(each) for each in shown.iloc[0]]
    assert any(re.fullmatch(r"\d{1,3}(\.\d{3})+", each) for each in first), "thousands with a point, as in Indonesia"
    assert any(re.fullmatch(r"\d+,\d+%", each) for each in first)
