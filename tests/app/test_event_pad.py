"""The event pad and the table of typed events."""

from __future__ import annotations

import threading
from datetime import timedelta

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from playbook.model.running import MOST_NAME, RunningLive, Tap
from playbook.model.session import EVENT_TYPES, Event
from playbook.store.errors import StoreError
from playbook.store.running import RunningLives
from playbook.store.store import Store
from playbook.ui.live import line
from playbook.ui.live import pad as pad_view
from playbook.ui.live.pad import BUTTONS
from playbook.ui.review import events as events_view

from .conftest import SAMPLES, fresh, keyed, tap, texts


@pytest.fixture
def pad() -> AppTest:
    at = fresh().run().switch_page("pages/live.py").run()
    return at.button(key="pad_start").click().run()


def test_every_event_type_has_a_button_and_a_key_of_its_own() -> None:
    assert set(BUTTONS) == set(EVENT_TYPES)
    assert len({key for _, key in BUTTONS.values()}) == len(BUTTONS)


def the_live() -> RunningLive:
    with Store.open() as store:
        return store.running.listed(store.shops()[0].id)[0]


def kinds() -> list[str]:
    return [each.type for each, _ in the_live().spans()]


def test_a_tap_is_stored_at_once_and_can_be_undone(pad: AppTest) -> None:
    at = tap(pad, "pin")
    at = tap(at, "giveaway")
    assert not at.exception
    assert kinds() == ["pin", "giveaway"]
    giveaway = the_live().taps[-1]
    at = keyed(at.button, f"pad_end_{giveaway.id}").click().run()
    assert the_live().spans()[1][1] is not None
    at = keyed(at.button, "pad_undo").click().run()
    assert the_live().spans()[1] == (giveaway, None), "the last tap was its end"
    at = keyed(at.button, "pad_undo").click().run()
    assert kinds() == ["pin"]
    assert "Pin" in texts(at)


def test_a_pad_goes_on_after_the_tab_was_closed(pad: AppTest) -> None:
    tap(pad, "violation")
    again = fresh().run().switch_page("pages/live.py").run()
    assert not again.exception
    assert "Violation" in texts(again)


def test_what_could_not_be_stored_is_tried_again_by_itself(pad: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "RETRY", 0.0)
    with monkeypatch.context() as broken:
        broken.setattr(RunningLives, "tap", refuse)
        at = tap(pad, "pin")
        assert [each.value.startswith("The store is busy. 1 tap waits") for each in at.error] == [True]
        assert kinds() == []
    at.run()
    assert kinds() == ["pin"]
    assert not at.run().error


def test_that_taps_wait_is_said_before_the_next_try(pad: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs that the next tap cuts before they come to the words, each after a try that waited long, say nothing."""
    monkeypatch.setattr(line, "RETRY", 0.0)
    tries = []
    monkeypatch.setattr(RunningLives, "tap", lambda *_: tries.append(1) or refuse())
    with monkeypatch.context() as cut:
        cut.setattr(pad_view, "unsaved", lambda *_: None)
        at = tap(pad, "pin")
        at = tap(at, "giveaway").run()
    assert len(tries) == 1
    at = at.run()
    assert [each.value.startswith("The store is busy. 2 taps wait") for each in at.error] == [True]
    at.run()
    assert len(tries) == 2


def test_two_that_store_at_once_lose_no_tap(pad: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A callback that waits for a busy store is passed by the next one, in a thread of its own."""
    live, mine = the_live(), line.TapLine()
    waits, may_go = threading.Event(), threading.Event()
    tap_as_ever = RunningLives.tap

    def slowly(self: RunningLives, *made: object) -> None:
        waits.set()
        assert may_go.wait(20)
        tap_as_ever(self, *made)  # type: ignore[arg-type]

    monkeypatch.setattr(RunningLives, "tap", slowly)
    first, second = (Tap(live.start, kind) for kind in ("pin", "ad"))
    with Store.open() as store:
        mine.take([first])
        slow = threading.Thread(target=mine.store, args=(store, live))
        slow.start()
        assert waits.wait(20)
        mine.take([second, second])
        mine.store(store, live)  # does not wait
        may_go.set()
        slow.join()
        assert mine.taps == [second]
        mine.store(store, live)
    assert mine.taps == [] and kinds() == ["pin", "ad"]


def refuse(*_: object) -> None:
    raise StoreError("The store is busy.")


def test_a_product_name_without_end_is_cut_and_the_tap_kept(pad: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pad_view, "known_products", lambda: ["x" * 132_000])
    at = pad.run()
    keyed(at.selectbox, "pad_product").set_value("x" * 132_000)
    at = tap(at, "pin")
    assert not at.exception
    assert [len(each.product or "") for each in the_live().taps] == [MOST_NAME]


def test_two_devices_tap_and_undo_one_after_the_other(pad: AppTest) -> None:
    phone = fresh().run().switch_page("pages/live.py").run()
    tap(pad, "pin")
    tap(phone, "giveaway")
    tap(pad, "ad")
    assert kinds() == ["pin", "giveaway", "ad"]
    keyed(phone.button, "pad_undo").click().run()
    assert kinds() == ["pin", "ad"], "the tap that the phone showed as the last"
    keyed(pad.button, "pad_undo").click().run()
    assert kinds() == ["pin"]


def test_the_taps_of_a_live_are_offered_on_its_review(app: AppTest) -> None:
    for path in sorted((SAMPLES / "looked_did_not_buy").iterdir()):
        app.file_uploader(key="upload").upload(path.name, path.read_bytes())
    app.run()
    with Store.open() as store:
        shop, other = store.shops()[0], store.create_shop("Other")
        session = store.sessions(shop.id)[-1]
        assert session.start
        for owner, product in ((shop, "Wok"), (other, "Pan")):
            tap = Tap(session.start + timedelta(minutes=12), "pin", product)
            store.running.take_over(owner.id, RunningLive(session.start, taps=(tap,), id=owner.id))
    at = keyed(fresh().run().button, "use_pad").click().run()
    assert not at.exception
    with Store.open() as store:
        assert store.session(shop.id, session.id).events == (Event("pin", 12.0, None, None, "Wok"),)


def test_events_are_taken_along_harmless_for_a_spreadsheet(pad: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the LIVE is on air, and from the list of earlier ones."""
    written: list[str] = []
    plain = RunningLive.events_csv
    monkeypatch.setattr(RunningLive, "events_csv", lambda self, cell: written.append(text := plain(self, cell)) or text)
    with Store.open() as store:
        live = the_live()
        store.running.tap(live.id, Tap(live.start, "pin", "=HYPERLINK(1)"))
        pad.run()
        store.running.end(live.id)
    at = pad.run()
    assert not at.exception and len(written) == 2
    assert all("'=HYPERLINK(1)" in each for each in written)


def test_typed_events_are_read_row_by_row() -> None:
    typed = events_view.frame((Event("pin", 12.0, 20.0, None, "Wok"),))
    typed = pd.concat([typed, pd.DataFrame([{"Minute": 30.0, "Type": "giveaway"}, {"Type": "pin"}, {}])])
    events, wrong = events_view.read(typed)
    assert [(each.type, each.minute) for each in events] == [("pin", 12.0), ("giveaway", 30.0)]
    assert wrong == ["Row 3 needs a minute and a type."]
    back = pd.DataFrame([{"Minute": 30.0, "Type": "ad", "End": 20.0}]).reindex(columns=events_view.COLUMNS)
    assert events_view.read(back)[1] == ["Row 1 ends at minute 20, before it begins at 30."]
