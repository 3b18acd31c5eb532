"""A picture of the dashboard is dropped: its numbers stand beside their pieces, and count when they were looked at."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from playbook.imports.screenshots import Box, Item, UnusablePicture
from playbook.store.store import Store
from playbook.ui.files import pictures
from playbook.ui.frame import shop

from .conftest import fresh, keyed, texts

LINES = (
    ("2026-08-01 19:03 · 2h 7m", 20, 10), ("Impressions", 20, 60), ("62.9K", 20, 90), ("Views", 300, 60),
    ("4,970", 300, 90), ("ERR", 600, 60), ("7.90%", 600, 90), ("GMV", 20, 160), ("$990.50", 20, 190),
    ("Orders", 300, 160), ("45", 300, 190),
)  # fmt: skip


def a_picture(size: int = 40) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (size, size)).save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader has said these lines of any picture."""

    def seen(_picture: bytes) -> list[Box]:
        return [Box(text, 0.99, left, top, left + 10 * len(text), top + 20) for text, left, top in LINES]

    def cut_out(_picture: bytes, items: Sequence[Item]) -> list[bytes]:
        return [a_picture() for _item in items]

    monkeypatch.setattr(pictures, "installed", lambda: True)
    monkeypatch.setattr(pictures, "warm", lambda: None)
    monkeypatch.setattr(pictures, "seen", seen)
    monkeypatch.setattr(pictures, "cut_out", cut_out)


def drop(at: AppTest, *named: tuple[str, bytes]) -> AppTest:
    for name, content in named:
        at.file_uploader(key="upload").upload(name, content)
    at = at.run()
    assert not at.exception
    return at


def save(at: AppTest) -> AppTest:
    at = keyed(at.button, "picture_save").click().run()
    assert not at.exception
    return at


def test_without_the_extra_the_page_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "installed", lambda: False)
    at = drop(fresh().run(), ("screen.png", a_picture()))
    assert any("run.py app --with screenshots" in each.value for each in at.info)
    at = keyed(at.button, "picture_away").click().run()
    assert not any("--with screenshots" in each.value for each in at.info)


@pytest.mark.usefixtures("recorded")
def test_what_is_marked_is_looked_at_before_it_is_saved_and_the_import_is_undone() -> None:
    at = drop(fresh().run(), ("screen.png", a_picture()))
    assert "1 number to look at first" in texts(at)
    assert "its label has several meanings" in texts(at)
    assert keyed(at.text_input, "picture_number_views").value == "4,970"
    assert keyed(at.text_input, "picture_minutes").value == "127"
    assert not [
        each for each in at.text_input if "number_err" in str(each.key)
    ]  # a rate checks, and is worked out anew

    at = save(at)
    assert any("look again" in each.value for each in at.error)
    with Store.open() as store:
        assert not store.shops()

    at = keyed(at.checkbox, "picture_right_orders_paid").check().run()
    at = save(at)
    assert not at.error
    with Store.open() as store:
        (owner,) = store.shops()
        (live,) = store.sessions(owner.id)
    assert live.source is not None and live.source.profile == "screenshot"
    assert live.counts["impressions"] == 62_900 and live.counts["views"] == 4970 and live.counts["gmv"] == 990.5
    assert live.duration_minutes == 127 and f"{live.start}" == "2026-08-01 19:03:00"
    assert any("impressions" in note.lower() for note in live.notes)  # shortened in the picture, and said

    at = keyed(at.button, "undo_").click().run()
    with Store.open() as store:
        assert not store.sessions(owner.id)


@pytest.mark.usefixtures("recorded")
def test_a_number_that_was_mended_needs_no_other_word() -> None:
    at = drop(fresh().run(), ("screen.png", a_picture()))
    at = keyed(at.text_input, "picture_number_orders_paid").set_value("46").run()
    at = save(at)
    with Store.open() as store:
        (live,) = store.sessions(store.shops()[0].id)
    assert live.counts["orders_paid"] == 46


@pytest.mark.usefixtures("recorded")
def test_an_export_of_the_same_live_counts_whichever_came_first() -> None:
    export = b"session_id,start,minutes,impressions,views,gmv,currency\n1,2026-08-01 19:03,127,62912,4971,990.5,USD\n"
    at = drop(fresh().run(), ("lives.csv", export))
    at = drop(at, ("screen.png", a_picture()))
    at = keyed(at.checkbox, "picture_right_orders_paid").check().run()
    save(at)
    with Store.open() as store:
        (live,) = store.sessions(store.shops()[0].id)
    assert live.counts["views"] == 4971 and live.counts["impressions"] == 62_912


@pytest.mark.usefixtures("recorded")
def test_more_pictures_than_one_live_has_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PICTURES", 1)
    at = drop(fresh().run(), ("one.png", a_picture()), ("two.png", a_picture(50)))
    assert any("two.png: not taken" in each.value.replace("\\", "") for each in at.error)


def test_a_picture_that_cannot_be_read_is_said_and_hides_no_other(
    monkeypatch: pytest.MonkeyPatch, recorded: None
) -> None:
    good, read = a_picture(), pictures.seen

    def seen(picture: bytes) -> list[Box]:
        if picture != good:
            raise UnusablePicture("broken")
        return read(picture)

    monkeypatch.setattr(pictures, "seen", seen)
    at = drop(fresh().run(), ("bad <b>.png", a_picture(50)), ("good.png", good))
    assert any("broken or cut off" in each.value for each in at.error)
    assert keyed(at.text_input, "picture_number_views").value == "4,970"


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize(("line", "asked"), [("Casa Aurora Durasi: 3h 6m", True), ("Duration: 3h 6m", False)])
def test_a_length_that_is_not_sure_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch, line: str, asked: bool) -> None:
    monkeypatch.setattr(
        pictures, "seen",
        lambda _picture: [Box(text, 0.99, left, top, left + 10 * len(text), top + 20)
                          for text, left, top in ((line, 20, 10), *LINES[1:])],
    )  # fmt: skip
    at = drop(fresh().run(), ("screen.png", a_picture()))
    assert keyed(at.text_input, "picture_minutes").value == "186"
    assert any("The length could not be read surely" in each.value for each in at.caption) is asked


@pytest.mark.usefixtures("recorded")
def test_numbers_that_were_all_emptied_are_not_dropped_in_silence() -> None:
    at = drop(fresh().run(), ("screen.png", a_picture()))
    for field in [each.key for each in at.text_input if "picture_number_" in str(each.key)]:
        at.text_input(key=field).set_value("")
    at = save(at.run())
    assert [each.value for each in at.error] == ["Every number is empty. Keep at least one."]


@pytest.mark.usefixtures("recorded")
def test_a_day_that_nobody_told_is_the_shops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop, "today", lambda: date(2026, 8, 2))  # on this computer it may be another day
    monkeypatch.setattr(
        pictures,
        "seen",
        lambda _picture: [Box("Impressions", 0.99, 20, 60, 130, 80), Box("62.9K", 0.99, 20, 90, 70, 110)],
    )
    at = drop(fresh().run(), ("screen.png", a_picture()))
    assert keyed(at.date_input, "picture_date").value == date(2026, 8, 2)
    assert keyed(at.date_input, "typed_date").value == date(2026, 8, 2)
