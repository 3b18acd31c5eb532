"""Event pads: nothing tapped is lost, and the file is an event log like any other."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

import playbook
from playbook.pads import Pad, Tap, of_live, pads_folder, saved
from playbook.session import EVENT_TYPES

START = datetime(2026, 11, 20, 23, 30)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_what_was_tapped_is_read_back_across_midnight() -> None:
    pad = Pad(START).tapped(Tap(at(2), "pin", "Linen shirt")).tapped(Tap(at(45), "giveaway", None, "follow, task"))
    pad = pad.ended(1, at(55)).tapped(Tap(at(50), "violation", detail="price", note="fixed"))
    pad.save()
    assert saved() == [pad]


@given(
    some.lists(some.tuples(some.integers(0, 600), some.sampled_from(EVENT_TYPES), some.text(max_size=20)), max_size=12)
)
def test_any_pad_survives_its_file(taps: list[tuple[int, str, str]]) -> None:
    pad = Pad(START)
    for minute, kind, note in sorted(taps):
        pad = pad.tapped(Tap(at(minute), kind, note="".join(each for each in note if each.isprintable()) or None))
    pad.save()
    assert saved()[0] == pad


def test_a_new_pin_ends_the_one_before_and_undo_brings_it_back() -> None:
    pad = Pad(START).tapped(Tap(at(1), "pin", "A")).tapped(Tap(at(9), "pin", "B"))
    assert [each.end for each in pad.taps] == [at(9), None]
    assert [each.end for each in pad.undone().taps] == [None]
    assert Pad(START).undone() == Pad(START)


def test_a_pad_belongs_to_the_live_that_began_near_it() -> None:
    early, late = Pad(START), Pad(at(15))
    assert of_live(at(12), [early, late]) == late
    assert of_live(at(90), [early, late]) is None


def test_minutes_count_from_the_start_of_the_live() -> None:
    event = Pad(START).tapped(Tap(at(10), "pin", "A")).events(at(-5))[0]
    assert (event.minute, event.product) == (15.0, "A")


def test_the_file_is_an_event_log_that_can_be_uploaded(tmp_path: Path) -> None:
    pad = Pad(datetime(2026, 8, 1, 19, 0)).tapped(Tap(datetime(2026, 8, 1, 19, 12), "pin", "Linen shirt"))
    log = tmp_path / "tapped.csv"
    log.write_text(pad.text(), encoding="utf-8")
    lives = tmp_path / "lives.csv"
    lives.write_text("session_id,start,minutes,views\na,2026-08-01 19:00,120,500\n", encoding="utf-8")
    event = playbook.read([lives, log])[0].events[0]
    assert (event.type, event.minute, event.product) == ("pin", 12.0, "Linen shirt")


def test_a_file_that_is_no_pad_is_passed_over() -> None:
    pads_folder().mkdir(parents=True)
    (pads_folder() / "events_nonsense.csv").write_text("x", encoding="utf-8")
    (pads_folder() / "events_2026-11-20_190000.csv").write_text("time,type\n19:00:00,dance\n", encoding="utf-8")
    assert saved() == []


def test_a_long_name_of_a_product_is_cut_and_an_unreadable_pad_passed_over() -> None:
    pad = Pad(START).tapped(Tap(at(1), "pin", "x" * 132_000))
    pad.save()
    assert saved() == [pad] and len(pad.taps[0].product or "") == 1_000
    cell = "y" * 132_000
    pad.path.write_text(f"time,type,detail,end,product,note\n19:00:00,pin,,,{cell},\n", encoding="utf-8")
    assert saved() == []
    pad.path.write_text("time,type,detail,end,product,note\n19:00:00,pin\n", encoding="utf-8")
    assert len(saved()) <= 1
