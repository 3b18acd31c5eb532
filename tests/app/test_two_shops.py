"""Two shops, and somebody else at the same store: nothing typed for one reaches the other, and nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from playbook.model.session import Session
from playbook.store.records import Shop, ShopBenchmark
from playbook.store.store import Store
from playbook.ui.data import settings
from playbook.ui.frame import edits, keys

from .conftest import ROOT, SAMPLES, fresh, keyed, texts

FIRST = datetime(2026, 8, 1, 19, 0)


def lives(title: str, currency: str = "USD") -> list[Session]:
    """Four LIVEs whose ids another shop has too, as where a seller counts them by hand."""
    counts = {"impressions": 20000.0, "views": 3000.0, "product_clicks": 400.0, "sku_orders": 30.0, "gmv": 900.0}
    return [
        Session(f"live-{day}", counts, title=f"{title} {day}", start=FIRST + timedelta(days=day),
                duration_minutes=120.0, currency=currency)
        for day in range(4)
    ]  # fmt: skip


@pytest.fixture
def two() -> tuple[Shop, Shop]:
    """Linen and Pottery, with LIVEs of the same ids."""
    with Store.open() as store:
        made = [store.create_shop("Linen"), store.create_shop("Pottery")]
        for shop in made:
            store.apply(store.plan_import(shop.id, lives(shop.name)))
    return made[0], made[1]


def switch(at: AppTest, shop: Shop) -> AppTest:
    at = at.selectbox(key="shop_picker").set_value(shop.id).run()
    assert not at.exception
    return at


def keep(at: AppTest) -> AppTest:
    at = at.switch_page("pages/data.py").run()
    at.session_state["data_tabs"] = "Keep and erase"
    return at.run()


def names() -> list[str]:
    with Store.open() as store:
        return [each.name for each in store.shops()]


def notes(shop: Shop) -> dict[str, str | None]:
    with Store.open() as store:
        return {name: mark.note for name, mark in store.marks(shop.id).items() if mark.note}


def test_keys_of_two_shops_and_of_two_lives_differ() -> None:
    assert keys.of_shop("note", "a") != keys.of_shop("note", "b") != keys.of_live("note", "b", "1")
    assert keys.of_live("note", "a", "1") != keys.of_live("note", "b", "1")
    assert keys.of_shop("files", None) == "files"


def test_the_form_of_one_shop_is_not_carried_into_the_next(two: tuple[Shop, Shop]) -> None:
    at = keep(fresh().run())
    keyed(at.text_input, "shop_name").set_value("Linen House")
    at = keyed(at.button, "save_shop").click().run()
    at = switch(at, two[1])
    assert keyed(at.text_input, "shop_name").value == "Pottery"
    at = keyed(at.button, "save_shop").click().run()
    assert not at.exception
    assert names() == ["Linen House", "Pottery"]


def test_what_was_typed_and_not_saved_is_there_after_another_shop_and_another_page(two: tuple[Shop, Shop]) -> None:
    at = keep(fresh().run())
    keyed(at.text_input, "shop_name").set_value("Linen House").run()
    keyed(at.selectbox, "shop_currency").set_value("IDR").run()
    at = switch(at, two[1])
    assert (keyed(at.text_input, "shop_name").value, keyed(at.selectbox, "shop_currency").value) == ("Pottery", "")
    with Store.open() as store:
        store.change_shop(two[0].id, market="Texas")
    at = keep(at.switch_page("pages/history.py").run())
    at = switch(at, two[0])
    assert (keyed(at.text_input, "shop_name").value, keyed(at.selectbox, "shop_currency").value) == (
        "Linen House", "IDR",
    )  # fmt: skip
    at = keyed(at.button, "save_shop").click().run()
    assert not at.error, [each.value for each in at.error]
    with Store.open() as store:
        found = store.shop(two[0].id)
    assert (found.name, found.currency, found.market) == ("Linen House", "IDR", "Texas")
    assert names() == ["Linen House", "Pottery"]


def test_a_form_left_unsaved_does_not_overwrite_what_came_meanwhile(two: tuple[Shop, Shop]) -> None:
    at = keep(fresh().run())
    keyed(at.text_input, "shop_name").set_value("Linen House").run()
    at = switch(at, two[1])
    with Store.open() as store:
        store.change_shop(two[0].id, name="Linen & Co")
    at = switch(at, two[0])
    at = keyed(at.button, "save_shop").click().run()
    assert any("Linen & Co" in each.value for each in at.error), "told, not overwritten"
    assert names() == ["Linen & Co", "Pottery"]
    assert keyed(at.text_input, "shop_name").value == "Linen House", "as it was typed"
    keyed(at.button, "save_shop").click().run()
    assert names() == ["Linen House", "Pottery"], "whoever was told may save"


def test_save_changes_only_what_was_typed(two: tuple[Shop, Shop]) -> None:
    at = keep(fresh().run())
    with Store.open() as store:
        store.change_shop(two[0].id, market="Indonesia")
    keyed(at.text_input, "shop_name").set_value("Linen House")
    keyed(at.button, "save_shop").click().run()
    with Store.open() as store:
        assert (store.shop(two[0].id).name, store.shop(two[0].id).market) == ("Linen House", "Indonesia")


def test_a_note_goes_to_the_live_and_shop_it_was_typed_for(two: tuple[Shop, Shop]) -> None:
    at = fresh().run()
    keyed(at.text_area, "note").set_value("pinned the towels late").run()
    at = switch(at, two[1])
    assert keyed(at.text_area, "note").value == ""
    keyed(at.text_area, "note").set_value("new wheel").run()
    assert notes(two[0]) == {"live-3": "pinned the towels late"}
    assert notes(two[1]) == {"live-3": "new wheel"}


def test_a_note_typed_while_the_shop_is_switched_stays_with_its_shop(two: tuple[Shop, Shop]) -> None:
    at = fresh().run()
    keyed(at.text_area, "note").set_value("pinned the towels late")
    switch(at, two[1])
    assert notes(two[0]) == {"live-3": "pinned the towels late"}
    assert notes(two[1]) == {}


def test_a_note_that_somebody_changed_meanwhile_is_not_overwritten(two: tuple[Shop, Shop]) -> None:
    at = fresh().run()
    with Store.open() as store:
        store.set_note(two[0].id, "live-3", "the host was ill")
    at = keyed(at.text_area, "note").set_value("a bad evening").run()
    assert notes(two[0]) == {"live-3": "the host was ill"}
    assert any("the host was ill" in each.value for each in at.error)
    assert any("a bad evening" in each.value for each in at.code), "what was typed can be copied"


def test_a_note_changed_elsewhere_is_shown_where_nothing_was_typed(two: tuple[Shop, Shop]) -> None:
    at = fresh().run()
    with Store.open() as store:
        store.set_note(two[0].id, "live-3", "the host was ill")
    assert keyed(at.run().text_area, "note").value == "the host was ill"


def test_the_shop_whose_form_is_open_is_deleted_by_somebody_else(two: tuple[Shop, Shop]) -> None:
    at = keep(fresh().run())
    with Store.open() as store:
        store.delete_shop(two[0].id)
    keyed(at.text_input, "shop_name").set_value("Linen House")
    at = keyed(at.button, "save_shop").click().run()
    assert not at.exception
    assert names() == ["Pottery"]
    assert "Linen was deleted" in texts(at)
    assert any("The shop 'Linen' was deleted. It lies in the trash" in each.value for each in at.error)
    assert any("Linen House" in each.value for each in at.code)
    at = at.button(key="bring_shop_back").click().run()
    assert keyed(at.text_input, "shop_name").value == "Linen House", "as it was typed"
    keyed(at.button, "save_shop").click().run()
    assert names() == ["Linen House", "Pottery"]


def test_the_last_shop_is_deleted_by_somebody_else_and_the_visit_goes_on(two: tuple[Shop, Shop]) -> None:
    at = fresh().run()
    with Store.open() as store:
        store.delete_everything()
    at = at.run()
    assert "Linen was deleted" in texts(at)
    at = at.button(key="start_anew").click().run()
    assert not at.exception
    assert at.get_by_key("upload")


def test_a_visit_stays_with_its_shop_when_somebody_adds_one_before_it(two: tuple[Shop, Shop]) -> None:
    at = fresh().run()
    with Store.open() as store:
        store.create_shop("Aprons")
    assert at.run().selectbox(key="shop_picker").value == two[0].id


def test_filters_and_rows_chosen_in_one_shop_do_not_show_in_the_next(two: tuple[Shop, Shop]) -> None:
    at = fresh().run().switch_page("pages/history.py").run()
    at.session_state["history_tabs"] = "LIVEs"
    at = at.run()
    day = at.get("button_group")[0]
    day.set_value(["Sat"]).run()
    assert "1 of 4 LIVEs" in texts(at)
    at = switch(at, two[1])
    assert "4 of 4 LIVEs" in texts(at)


def test_two_clicks_delete_one_live_and_undo_stands_where_it_happened(two: tuple[Shop, Shop]) -> None:
    at = fresh().run()
    first = keyed(at.button, "delete_live")
    at = first.click().run()
    assert keyed(at.button, "delete_live").key != first.key, "the box of the next LIVE is another one"
    with Store.open() as store:
        assert len(store.sessions(two[0].id)) == 3
        assert len(store.sessions(two[1].id)) == 4
    assert any("Linen 3" in each.value.replace("\\", "") for each in at.success)
    at = keyed(at.button, "undo_").click().run()
    assert not at.exception
    with Store.open() as store:
        assert len(store.sessions(two[0].id)) == 4
    assert at.selectbox(key="live_picker").value == "live-3"


def test_a_shop_deleted_by_its_owner_comes_back_with_one_click(two: tuple[Shop, Shop]) -> None:
    at = keep(fresh().run())
    keyed(at.text_input, "delete_shop_name").set_value("Linen").run()
    at = keyed(at.button, "delete_shop").click().run()
    assert names() == ["Pottery"]
    assert at.selectbox(key="shop_picker").value == two[1].id
    at = keyed(at.button, "undo_").click().run()
    assert names() == ["Linen", "Pottery"]
    assert at.selectbox(key="shop_picker").value == two[0].id


def test_emptying_the_trash_asks_and_says_how_much_goes(two: tuple[Shop, Shop]) -> None:
    with Store.open() as store:
        store.delete_shop(two[0].id)
        for day in (0, 1):
            store.delete_session(two[1].id, f"live-{day}")
    at = keep(fresh().run())
    assert "**1 shop with its LIVEs and 2 LIVEs** will be erased for good. There is no way back." in texts(at)
    with Store.open() as store:
        store.delete_session(two[1].id, "live-2")
    at = at.button(key="empty_trash").click().run()
    assert not at.exception
    with Store.open() as store:
        assert [each.session_id for each in store.trash()] == ["live-2"], "deleted after the page said what goes"


def test_a_toast_survives_the_rerun_after_it(two: tuple[Shop, Shop]) -> None:
    at = keep(fresh().run())
    at.text_input(key="add_shop_name").set_value("Third")
    at = at.button(key="add_shop").click().run()
    assert [each.value for each in at.toast] == ["Added"]
    assert not at.run().toast, "said once"


def test_what_is_done_in_a_table_is_read_before_it_is_drawn_again() -> None:
    before = pd.DataFrame({"Minute": [5.0, 9.0], "Type": ["pin", "ad"]})
    changes = {"edited_rows": {0: {"Minute": 6}}, "deleted_rows": [1], "added_rows": [{"Minute": 12}]}
    made = edits.edited(before, changes)
    assert made["Minute"].tolist() == [6.0, 12.0]
    assert made["Type"].tolist()[0] == "pin" and pd.isna(made["Type"].tolist()[1])
    assert edits.edited(before, None).equals(before)


def test_a_table_with_edits_is_not_drawn_from_what_somebody_changed_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn from other rows it would forget them; Save tells what changed."""
    kept: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", kept)
    assert edits.steady("first", "one", "two") == "first"
    assert edits.steady("second", "one", "two") == "second", "nothing typed: what is there now"
    kept["two"] = {"edited_rows": {0: {"Minute": 6}}, "added_rows": [], "deleted_rows": []}
    assert edits.steady("third", "one", "two") == "second"
    edits.settled("one", "two")
    kept["two"] = {}  # it was drawn from other rows
    assert edits.steady("third", "one", "two") == "third"


def test_rows_left_unsaved_stand_in_the_table_after_a_change_of_page_or_shop(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", kept)
    stored, other = (pd.DataFrame({"Minute": [each], "Type": ["pin"]}) for each in (5.0, 6.0))

    def drawn(there: pd.DataFrame) -> pd.DataFrame:
        found = edits.rows("t", edits.steady(there, "t"))
        kept.setdefault("t", {})
        edits.keep("t")
        return found

    assert drawn(stored).equals(stored)
    kept["t"] = {"added_rows": [{"Minute": 58.0, "Type": "unpin"}]}
    assert drawn(stored).equals(stored), "the table holds its own edits while it is shown"
    for there in (stored, other):  # as somebody else may have changed it meanwhile
        del kept["t"]  # another page or shop was shown
        back = drawn(there)
        assert back["Type"].tolist() == ["pin", "unpin"] and back["Minute"].tolist() == [5.0, 58.0]
        assert drawn(there).equals(back), "until it is saved"
    edits.settled("t")
    assert drawn(other).equals(other)


def test_every_table_that_is_typed_in_keeps_what_was_typed() -> None:
    """Each module has as many `edits.keep` and `edits.rows` as it has tables."""
    found = {}
    for path in (ROOT / "playbook" / "ui").rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        if "st.data_editor(" in code:
            found[path.name] = [code.count(each) for each in ("st.data_editor(", "edits.keep(", "edits.rows(")]
    assert len(found) > 4 and all(len(set(each)) == 1 for each in found.values()), found


def test_an_empty_row_of_figures_is_no_mistake_and_an_incomplete_one_is_told(
    two: tuple[Shop, Shop], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit's browser keeps a row with an empty required cell to itself; so the server has to look."""
    kept: dict[str, object] = {"t": {"added_rows": [
        {"Date": "2026-11-28"}, {"Metric": "err", "Value": 4.0, "Source": "report", "Date": "2026-11-28"},
    ]}}  # fmt: skip
    said: list[str] = []
    monkeypatch.setattr(st, "session_state", kept)
    monkeypatch.setattr(settings.notices, "refused", lambda text, *_: said.append(text))
    monkeypatch.setattr(settings.notices, "attempt", lambda action, *_: action())
    before = pd.DataFrame(columns=["Metric", "Value", "Source", "Date"]).astype({"Value": "float64"})
    with Store.open() as store:
        settings.save_typed(store, two[0].id, before, "t")
        assert [each.metric for each in store.benchmarks(two[0].id)] == ["err"] and not said
        kept["t"] = {"added_rows": [{"Value": 4.0}]}
        settings.save_typed(store, two[0].id, before, "t", tuple(store.benchmarks(two[0].id)))
        assert len(store.benchmarks(two[0].id)) == 1 and said[0].startswith("1 row of market figures")


def test_figures_of_metrics_that_the_table_does_not_show_stay(two: tuple[Shop, Shop]) -> None:
    at = fresh().switch_page("pages/data.py").run()
    at.session_state["data_tabs"] = "Settings"
    at = at.run()
    figures = [ShopBenchmark(name, 0.1, "report", "2026-11-01") for name in ("err", "of_another_playbook")]
    with Store.open() as store:
        store.set_benchmarks(two[0].id, figures)
    at = at.run()
    at.button(key=keys.of_shop("save_benchmarks", two[0].id)).click().run()
    with Store.open() as store:
        assert store.benchmarks(two[0].id) == figures


def upload(at: AppTest, sample: str) -> AppTest:
    at = at.file_uploader(key="upload").upload(sample, (SAMPLES / sample).read_bytes()).run()
    assert not at.exception
    return at


@pytest.fixture
def listed() -> str:
    return next(f"fewer_came_in/{each.name}" for each in (SAMPLES / "fewer_came_in").glob("Creator-Live*.xlsx"))


def test_a_waiting_file_stays_with_the_shop_it_was_dropped_in(two: tuple[Shop, Shop], listed: str) -> None:
    at = upload(fresh().run(), listed)
    assert at.get_by_key("whose_lives")
    with Store.open() as store:
        third = store.create_shop("Empty")
    at = switch(at.run(), third)
    with pytest.raises(KeyError):
        at.get_by_key("whose_lives")
    with Store.open() as store:
        assert store.sessions(third.id) == [], "nothing is saved unasked in an empty shop"
    assert switch(at, two[0]).get_by_key("whose_lives"), "it waits where it was dropped"


def test_the_files_may_go_to_a_shop_that_is_there(two: tuple[Shop, Shop], listed: str) -> None:
    at = upload(fresh().run(), listed)
    keyed(at.selectbox, "other_shop").set_value(two[1].id)
    at = keyed(at.run().button, "another_shop").click().run()
    assert not at.exception
    with Store.open() as store:
        assert len(store.sessions(two[0].id)) == 4
        assert len(store.sessions(two[1].id)) == 4 + 15
    assert at.selectbox(key="shop_picker").value == two[1].id
    assert names() == ["Linen", "Pottery"]


def test_yes_is_not_the_first_button_where_the_money_differs(two: tuple[Shop, Shop], listed: str) -> None:
    at = upload(fresh().run(), listed)
    kind = {each.key.split("_")[0]: each.proto.type for each in at.button if each.key.startswith(("same", "another"))}
    assert kind == {"same": "secondary", "another": "primary"}
    assert "They are in IDR (15), and the LIVEs of Linen are in USD" in texts(at).replace("\\", "")


def test_one_live_is_asked_about_as_one(two: tuple[Shop, Shop]) -> None:
    one = "session_id,start,minutes,views,product_clicks,currency\nx9,2026-09-01 19:00,90,1000,80,USD\n"
    at = fresh().run()
    at = at.file_uploader(key="upload").upload("one.csv", one.encode()).run()
    assert "Does this LIVE belong to Linen" in texts(at)


ONE_TREND = "minute,impressions,views\n" + "".join(f"{minute},{160 + minute},25\n" for minute in range(120))
ONE_PRODUCTS = "product_id,product,product_impressions,product_clicks,sku_orders,gmv\n1,Towel,900,80,6,120\n"


def drop(at: AppTest, **files: str) -> AppTest:
    box = at.file_uploader(key="upload")
    for name, text in files.items():
        box = box.upload(f"{name}.csv", text.encode())
    at = box.run()
    assert not at.exception
    return at


@pytest.mark.parametrize(
    ("files", "parts"),
    [({"minutes": ONE_TREND}, {"trend"}), ({"towels": ONE_PRODUCTS}, {"products"}),
     ({"minutes": ONE_TREND, "towels": ONE_PRODUCTS}, {"trend", "products"})],
    ids=["trend", "products", "both"],
)  # fmt: skip
def test_a_file_of_one_live_alone_is_joined_to_the_live_that_is_named(
    two: tuple[Shop, Shop], files: dict[str, str], parts: set[str]
) -> None:
    at = drop(fresh().run(), **files)
    assert at.get_by_key("which_live")
    for box in [each for each in at.selectbox if each.key.startswith("join_")]:
        box.set_value("live-2")
    at = keyed(at.button, "join_now_").click().run()
    assert not at.exception
    with Store.open() as store:
        live = store.session(two[0].id, "live-2")
        assert {"trend": live.trend is not None, "products": bool(live.products)} == {
            name: name in parts for name in ("trend", "products")
        }
        assert len(store.sessions(two[0].id)) == 4
        other = store.session(two[1].id, "live-2")
        assert other.trend is None and not other.products
    assert "joined to the LIVE of" in texts(at)
    assert at.selectbox(key="live_picker").value == "live-2"


def test_lives_without_a_start_are_asked_about_then_shown_and_said_to_be_not_saved(two: tuple[Shop, Shop]) -> None:
    at = drop(fresh().run(), shows="minutes,impressions,views,product_clicks\n90,9000,1000,80\n95,9100,990,70\n")
    assert "no column says when each LIVE was" in texts(at)
    at = next(each for each in at.button if each.label == "Yes, oldest first").click().run()
    assert not at.exception
    assert "Not saved: without a start" in texts(at).replace("\\", "")
    assert not any("nothing new" in each.value for each in at.toast)
    with Store.open() as store:
        assert len(store.sessions(two[0].id)) == 4


def test_a_list_with_its_files_asks_once_and_is_taken_back_as_one(two: tuple[Shop, Shop]) -> None:
    """A trend of a listed LIVE, one that shows nothing, one that is not wanted."""
    rows = [
        f"7650000000000000{at:03d},2026-09-0{at} 19:00,120,{40_000 + 3_000 * at},{5_000 + 400 * at},USD"
        for at in range(1, 6)
    ]
    listed = "session_id,start,minutes,impressions,views,currency\n" + "\n".join(rows)
    of_the_third = "time,impressions,views\n19:00,40000,5000\n20:00,8000,1000\n20:30,1000,200\n"
    silent = "minute,comments\n0,5\n1,4\n2,7\n"
    at = drop(fresh().run(), list=listed, third=of_the_third, silent=silent, other=silent.replace("7", "8"))
    at = keyed(at.button, "same_shop").click().run()
    boxes = {each.label: each for each in at.selectbox if (each.key or "").startswith("join_")}
    assert {label.replace("\\", "") for label in boxes} == {"LIVE of silent.csv", "LIVE of other.csv"}
    assert [each.value for each in boxes.values()] == [None, None], "nothing speaks for a LIVE"
    with Store.open() as store:
        assert len(store.sessions(two[0].id)) == 4 + 5
        assert store.session(two[0].id, "7650000000000000003").trend is not None
    said = texts(at).replace("\\", "")
    assert "third.csv: one LIVE over time, joined to the LIVE of 2026-09-03 19:00." in said
    next(box for label, box in boxes.items() if "silent" in label).set_value("7650000000000000002")
    next(box for label, box in boxes.items() if "other" in label).set_value("")
    at = keyed(at.button, "join_now_").click().run()
    assert not at.exception and not [each for each in at.selectbox if (each.key or "").startswith("join_")]
    said = texts(at).replace("\\", "")
    assert "silent.csv: one LIVE over time, joined to the LIVE of 2026-09-02 19:00." in said
    assert "other.csv: left out, as you said." in said and not at.error
    with Store.open() as store:
        assert store.session(two[0].id, "7650000000000000002").trend is not None
    at = keyed(at.button, "undo_").click().run()
    assert not at.exception
    with Store.open() as store:
        assert store.session(two[0].id, "7650000000000000002").trend is None
        assert store.session(two[0].id, "7650000000000000003").trend is not None
        assert len(store.sessions(two[0].id)) == 4 + 5


def test_a_file_that_is_held_says_nothing_of_the_next_one() -> None:
    head = "session_id,start,minutes,views,product_clicks,currency\n"
    mine = f"{head}a1,2026-08-01 19:00,120,3100,410,USD\na2,2026-08-02 19:00,90,2000,300,USD\n"
    at = drop(fresh().run(), mine=mine)
    assert "My shop: 2 new" in texts(at).replace("\\", "")
    at = drop(at, mine=mine, strange=f"{head}x9,2026-09-01 19:00,90,1000,80,USD\n")
    assert "Does this LIVE belong to My shop" in texts(at)
    with Store.open() as store:
        (owner,) = store.shops()
        assert len(store.sessions(owner.id)) == 2, "nothing is saved unasked"
    keyed(at.button, "another_shop").click().run()
    with Store.open() as store:
        assert sorted(len(store.sessions(each.id)) for each in store.shops()) == [1, 2]
