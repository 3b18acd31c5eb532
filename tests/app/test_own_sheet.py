"""A sheet kept by hand on the page: what was understood, a click to change it, and what is asked first."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from playbook.store import Store, StoreError

from .conftest import fresh, keyed, texts

SHEET = (
    "Date,Start time,Mins,Impressions,Views,Product clicks,Orders,Follows,Mood\n"
    + "".join(f"2026-09-{3 + at:02d},19:00,118,{38000 + at},{3900 + at},488,{33 + at},37,fine\n" for at in range(4))
).encode()
UNDATED = b"session,impressions,views,sku_orders,hours\n1,38000,3900,33,2\n2,39000,4000,34,2\n"


def upload(content: bytes) -> AppTest:
    return fresh().run().file_uploader(key="upload").upload("my sheet.csv", content).run()


def lines(at: AppTest) -> list[str]:
    return [each.label for each in at.get("menu_button")]


def test_what_was_understood_stands_above_the_review_and_one_click_changes_it() -> None:
    at = upload(SHEET)
    assert not at.exception
    assert {"Follows: new followers", "Mins: length in minutes", "Mood: not read"} <= set(lines(at))
    line = next(each for each in at.get("menu_button") if each.label.startswith("Follows"))
    at = line.click("likes").run()
    assert not at.exception
    assert "Follows: likes" in lines(at)
    again = upload(SHEET)
    assert "Follows: likes" in lines(again), "kept for this layout"


def test_a_doubtful_word_is_one_question_and_its_answer_is_kept() -> None:
    at = upload(SHEET)
    question = keyed(at.radio, "column_")
    assert question.value == "orders_paid"
    at = question.set_value("sku_orders").run()
    assert not at.exception and "Orders: SKU orders" in lines(at) and not at.radio
    assert not list(upload(SHEET).radio)


def test_right_as_it_is_answers_what_was_open() -> None:
    at = keyed(upload(SHEET).button, "understood_seen").click().run()
    assert not at.exception and not at.radio
    assert "Orders: orders, kind not said" in lines(at)


def test_rows_without_a_day_are_asked_about_before_anything_is_read() -> None:
    at = upload(UNDATED)
    assert not at.exception and not at.metric
    assert "Are the rows your LIVEs, oldest first?" in texts(at)
    yes = next(each for each in at.button if each.label == "Yes, newest first")
    at = yes.click().run()
    assert not at.exception
    assert {each.label: each.value for each in at.metric}["Orders"] == "33"


def test_a_store_that_cannot_be_written_keeps_the_answer_for_now(monkeypatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    at = upload(SHEET)
    monkeypatch.setattr(Store, "keep_sheet", full)
    at = keyed(at.radio, "column_").set_value("sku_orders").run()
    assert "Orders: SKU orders" in lines(at)
    assert any("Kept for this visit only\\: the disk is full" in each.value for each in at.error)


def test_which_of_two_numbers_is_the_day_is_one_click() -> None:
    at = upload(
        b"Date,Start time,Impressions,Views,SKU orders\n03/04/2026,19:00,38000,3900,33\n05/04/2026,19:00,3,2,1\n"
    )
    assert "Which is it?" in texts(at)
    assert "Apr 5, 2026" in texts(at) or "Apr 5" in str([each.options for each in at.selectbox])
    at = keyed(at.button, "day_first_False").click().run()
    assert not at.exception and "Which is it?" not in texts(at)
    assert "May 4" in str([each.options for each in at.selectbox])


def test_a_meaning_given_to_another_column_leaves_the_first() -> None:
    def change(at: AppTest, header: str) -> AppTest:
        line = next(each for each in at.get("menu_button") if each.label.startswith(header))
        return line.click("likes").run()

    at = change(change(upload(SHEET), "Follows"), "Mins")
    assert not at.exception
    assert {"Mins: likes", "Follows: not used"} <= set(lines(at))
    assert any("'Mins' has its meaning, likes." in each.value for each in at.toast)
