"""Events typed as lines: read, understood, refused, kept over a change of page, and logged from the card of a dip."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from playbook.model.session import Event, Product
from playbook.store.store import Store
from playbook.ui.review import lines
from tests.diagnosis.shops import live

from .conftest import keyed, texts

LIVE = replace(live(0, minutes=150.0), products=(Product("p1", "Linen shirt, sand", {}),))  # 19:00 to 21:30


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("0:58 unpin, Linen shirt", Event("unpin", 58.0, product="Linen shirt, sand")),
        ("58 unpin", Event("unpin", 58.0)),
        ("20:10-20:25 flash sale: 20 pieces", Event("flash_sale", 70.0, 85.0, "20 pieces")),
        ("1:10 to 1:20 Giveaway follow task", Event("giveaway", 70.0, 80.0, "follow task")),
        ("19:05 pin blue mug", Event("pin", 5.0, product="blue mug")),
        ("0:30 host_change", Event("host_change", 30.0)),
    ],
)
def test_a_line_is_an_event(line: str, event: Event) -> None:
    assert lines.read(line, LIVE) == ([event], [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("pin at nine", "begin with the time"), ("23:50 pin", "23:50 is not within this LIVE"),
        ("0:50 cooked rice", "say which it was: pin, unpin"), ("1:10-0:50 coupon", "it ends at 0:50, before it begins"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_line(line: str, words: str) -> None:
    events, wrong = lines.read(f"0:05 pin\n\n{line}", LIVE)
    assert events == [Event("pin", 5.0)]
    assert len(wrong) == 1 and wrong[0].startswith(f"Line 3, '{line}'") and words in wrong[0]


def test_a_minute_reads_as_the_clock_on_the_wall_and_back() -> None:
    late = replace(LIVE, start=LIVE.start and LIVE.start.replace(hour=23, minute=30))
    for session, minute, clock in ((LIVE, 60.0, "20:00"), (late, 60.0, "00:30")):
        assert lines.clock_of(session, minute) == clock
    assert lines.minute_of(late, "00:30") == 30.0, "within the LIVE both ways: from its start"
    assert lines.minute_of(late, "23:45") == 15.0
    assert lines.clock_of(replace(LIVE, start=None), 62.0) == "1:02"


def minutes(at: AppTest) -> AppTest:
    at.session_state["detail_tabs"] = "Minute by minute"
    return at.run()


def test_from_the_card_of_a_dip_what_happened_is_logged_by_the_clock(remembered: AppTest) -> None:
    at = minutes(remembered.run())
    box = keyed(at.text_area, "log_1")
    assert box.value == "20:12 ", "the dip began an hour into a LIVE that began at 19:12"
    box.set_value("20:12 violation: price claim").run()
    assert "Understood: 1:00 violation: price claim." in texts(at).replace("\\", "")
    at = keyed(at.button, "save_log_1").click().run()
    assert not at.exception
    with Store.open() as store:
        shop = store.shops()[0].id
        whole = store.session(shop, store.sessions(shop)[-1].id)
    assert Event("violation", 60.0, None, "price claim") in whole.events and len(whole.events) == 7
    assert "violation at 1:00 (price claim)" in texts(at).replace("\\", "")
    assert keyed(at.text_area, "log_1").value == "20:12 "


def test_lines_left_unsaved_are_there_after_a_change_of_page(remembered: AppTest) -> None:
    at = remembered.run()
    keyed(at.text_area, "event_lines").set_value("0:30 coupon").run()
    at = at.switch_page("pages/history.py").run().switch_page("pages/review.py").run()
    assert keyed(at.text_area, "event_lines").value == "0:30 coupon"
    at = keyed(at.text_area, "event_lines").set_value("0:30 lunch").run()
    at = keyed(at.button, "save_event_lines").click().run()
    assert any("say which it was" in each.value for each in at.error)
    assert keyed(at.text_area, "event_lines").value == "0:30 lunch", "what cannot be read stays"
