"""The event pad and the table of typed events."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from playbook.pads import saved
from playbook.session import EVENT_TYPES, Event
from playbook.store.store import Store
from playbook.ui import events_view
from playbook.ui.pad_view import BUTTONS

from .conftest import SAMPLES, fresh, keyed, texts


@pytest.fixture
def pad() -> AppTest:
    at = fresh().run().switch_page("pages/live.py").run()
    return at.button(key="pad_start").click().run()


def test_every_event_type_has_a_button_and_a_key_of_its_own() -> None:
    assert set(BUTTONS) == set(EVENT_TYPES)
    assert len({key for _, _, key in BUTTONS.values()}) == len(BUTTONS)


def test_a_tap_is_on_disk_at_once_and_can_be_undone(pad: AppTest) -> None:
    at = pad.button(key="pad_pin").click().run()
    at = at.button(key="pad_giveaway").click().run()
    assert not at.exception
    assert [each.type for each in saved()[0].taps] == ["pin", "giveaway"]
    at = at.button(key="pad_end_1").click().run()
    assert saved()[0].taps[1].end is not None
    at = at.button(key="pad_undo").click().run()
    assert [each.type for each in saved()[0].taps] == ["pin"]
    assert "Pin" in texts(at)


def test_a_pad_goes_on_after_the_tab_was_closed(pad: AppTest) -> None:
    pad.button(key="pad_violation").click().run()
    again = fresh().run().switch_page("pages/live.py").run()
    assert not again.exception
    assert "Violation" in texts(again)


def test_the_pad_of_a_live_is_offered_on_its_review(app: AppTest) -> None:
    for path in sorted((SAMPLES / "looked_did_not_buy").iterdir()):
        app.file_uploader(key="upload").upload(path.name, path.read_bytes())
    at = app.run()
    with Store.open() as store:
        shop = store.shops()[0]
        session = store.sessions(shop.id)[-1]
    from datetime import timedelta

    from playbook.pads import Pad, Tap

    assert session.start
    Pad(session.start).tapped(Tap(session.start + timedelta(minutes=12), "pin", "Wok")).save()
    at = keyed(fresh().run().button, "use_pad").click().run()
    assert not at.exception
    with Store.open() as store:
        assert store.session(shop.id, session.id).events == (Event("pin", 12.0, None, None, "Wok"),)


def test_typed_events_are_read_row_by_row() -> None:
    typed = events_view.frame((Event("pin", 12.0, 20.0, None, "Wok"),))
    typed = pd.concat([typed, pd.DataFrame([{"Minute": 30.0, "Type": "giveaway"}, {"Type": "pin"}, {}])])
    events, wrong = events_view.read(typed)
    assert [(each.type, each.minute) for each in events] == [("pin", 12.0), ("giveaway", 30.0)]
    assert wrong == ["Row 3 needs a minute and a type."]
    back = pd.DataFrame([{"Minute": 30.0, "Type": "ad", "End": 20.0}]).reindex(columns=events_view.COLUMNS)
    assert events_view.read(back)[1] == ["Row 1 ends at minute 20, before it begins at 30."]
