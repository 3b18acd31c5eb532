"""A LIVE on air: what its taps and its noted totals come to, and files of earlier versions that are read once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import playbook
from playbook import read
from playbook.model.running import END, MOST_NAME, RunningLive, Tap, TotalsRow, by_time, files_of, problems
from playbook.store import old_running

from .running import FALL, START, live, noted


def at(minute: float, **counts: float) -> TotalsRow:
    return TotalsRow(START + timedelta(minutes=minute), counts)


def tap(minute: float, kind: str = "pin", **more: Any) -> Tap:
    return Tap(START + timedelta(minutes=minute), kind, **more)


def tapped(*taps: Tap, start: datetime = START) -> RunningLive:
    return RunningLive(start, taps=taps)


def spans(of: RunningLive) -> list[tuple[str | None, float, float | None]]:
    return [(each.product, each.minute, each.end_minute) for each in of.events()]


def test_a_new_pin_ends_the_one_before_and_its_undo_brings_that_back() -> None:
    first, second = tap(1, product="A"), tap(9, product="B")
    assert spans(tapped(first, second)) == [("A", 1.0, 9.0), ("B", 9.0, None)]
    assert spans(tapped(first)) == [("A", 1.0, None)]
    assert spans(tapped(first, tap(5, "unpin"))) == [("A", 1.0, 5.0), (None, 5.0, None)]


def test_what_lasts_ends_with_the_tap_that_says_so() -> None:
    sale, gone = tap(3, "flash_sale"), tap(4, "giveaway")
    twice = (tap(10, END, ends=sale.id), tap(12, END, ends=sale.id), tap(13, END, ends="of a tap that was undone"))
    assert spans(tapped(sale, gone, *twice)) == [(None, 3.0, 10.0), (None, 4.0, None)]
    pin = tap(5)
    assert spans(tapped(pin, tap(7, END, ends=pin.id), tap(9))) == [(None, 5.0, 7.0), (None, 9.0, None)]
    early = tap(2, END, ends=sale.id)  # the clock of another computer goes a little behind
    assert spans(tapped(early, sale)) == [(None, 3.0, 3.0)]


def test_minutes_count_from_the_start_of_the_live() -> None:
    event = tapped(tap(10, product="A")).events(START - timedelta(minutes=5))[0]
    assert (event.minute, event.product) == (15.0, "A")


def test_the_events_are_a_log_that_can_be_uploaded(tmp_path: Path) -> None:
    start = datetime(2026, 8, 1, 19, 0)
    made = RunningLive(start, taps=(Tap(start + timedelta(minutes=12), "pin", "Linen shirt"),))
    (tmp_path / made.file_name).write_text(made.events_csv(str), encoding="utf-8")
    lives = tmp_path / "lives.csv"
    lives.write_text("session_id,start,minutes,views\na,2026-08-01 19:00,120,500\n", encoding="utf-8")
    event = playbook.read([lives, tmp_path / made.file_name])[0].events[0]
    assert (event.type, event.minute, event.product) == ("pin", 12.0, "Linen shirt")


def test_a_tap_is_cut_rather_than_lost_for_its_words() -> None:
    made = tap(1, product="x" * 132_000).fitted()
    assert made.product is not None and len(made.product) == MOST_NAME and made.product.endswith("x…")
    assert tap(1, product="short").fitted().product == "short"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (at(-5, views=1), "18:55 is before the LIVE began at 19:00. Give a time during the LIVE."),
        (at(15), "Type at least one number as the dashboard shows it now."),
        (
            at(15, impressions=1234),
            "Impressions: 1,234 is less than the 12,340 noted at 19:10, and totals never fall. Correct this number, or "
            "remove the earlier row if that one is wrong.",
        ),
        (
            at(5, views=2000),
            "Views: 2,000 is more than the 1,500 noted later, at 19:10. Correct this number, or remove the later row "
            "if that one is wrong.",
        ),
    ],
)
def test_what_cannot_be_is_told(row: TotalsRow, said: str) -> None:
    assert problems(RunningLive(START, (at(10, impressions=12340, views=1500),)), row) == [said]


def test_cancelled_orders_may_take_gmv_back() -> None:
    assert problems(RunningLive(START, (at(10, gmv=90.0, sku_orders=4),)), at(20, gmv=80.0, sku_orders=3)) == []


def test_a_row_for_the_same_time_replaces_the_first() -> None:
    rows = by_time([at(10, views=5), at(20, views=9), at(10, views=6)])
    assert [row.counts["views"] for row in rows] == [6, 9]


def test_even_rows_are_their_differences() -> None:
    frame, step = noted(live(1), every=5).trend() or (None, 0)
    assert step == 5 and frame is not None
    whole = live(1).trend
    expected = whole.groupby(whole["minute"] // 5)["views"].sum().to_numpy()
    np.testing.assert_array_equal(frame["views"].to_numpy(), expected)
    assert frame["minute"].tolist() == [5.0 * each for each in range(24)]


def test_minutes_between_rows_far_apart_are_unknown() -> None:
    log = RunningLive(START, tuple(at(minute, views=10.0 * minute) for minute in (5, 10, 15, 60, 65, 70)))
    frame, step = log.trend() or (None, 0)
    assert frame is not None and step == 5
    known = frame.set_index("minute")["views"]
    assert known.loc[[0, 5, 10, 60, 65]].tolist() == [50] * 5
    assert known.loc[15:55].isna().all()


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 5000)), min_size=2, max_size=40))
def test_nothing_is_made_up_or_lost(gaps: list[tuple[int, int]]) -> None:
    """Whatever the times, the known stretches add up to at most the last total, and none is below zero."""
    minutes = np.cumsum([gap for gap, _ in gaps])
    sums = np.cumsum([count for _, count in gaps])
    log = RunningLive(START, tuple(at(float(m), views=float(c)) for m, c in zip(minutes, sums, strict=True)))
    drawn = log.trend()
    if drawn is None:
        return
    views = drawn[0]["views"].to_numpy()
    assert (views[~np.isnan(views)] >= 0).all()
    assert np.nansum(views) <= sums[-1]
    assert drawn[0]["minute"].iloc[-1] + drawn[1] == pytest.approx(float(minutes[-1]))


def test_a_finished_live_is_read_like_any_upload(tmp_path: Path) -> None:
    log = noted(live(2, (FALL,)), every=5)
    shares = {"for_you": 0.7, "search": 0.1}
    session = replace(log, shares=shares, title="Friday").session()
    paths = []
    for name, content in files_of(session).items():
        (tmp_path / name).write_bytes(content)
        paths.append(str(tmp_path / name))
    back = read(paths)[-1]
    assert back.start == START and back.title == "Friday" and back.duration_minutes == 120 and back.currency == "USD"
    assert {k: v for k, v in back.counts.items() if v is not None} == {
        k: v for k, v in session.counts.items() if v is not None
    }
    assert back.trend is not None and session.trend is not None
    np.testing.assert_array_equal(back.trend["views"], session.trend["views"])
    assert [(each.name, each.shares["views"]) for each in back.channels] == [("for_you", 0.7), ("search", 0.1)]


PAD = """time,type,detail,end,product,note
23:32:00,pin,,,Linen shirt,
00:15:00,giveaway,"follow, task",00:25:00,,
00:20:00,violation,price,,,fixed
00:30:00,dance,,,,
"""


def old_files(home: Path, pad: str = PAD, stamp: str = "2026-11-20_233000") -> Path:
    (home / "event_pads").mkdir(parents=True, exist_ok=True)
    (home / "event_pads" / f"events_{stamp}.csv").write_text(pad, encoding="utf-8")
    log = home / "running_lives" / f"live_{stamp}"
    log.mkdir(parents=True)
    (log / "totals.csv").write_text("time,impressions,views\n2026-11-20 23:40:00,900,100\n2026-11-20 23:50:00,,260\n")
    about = {"currency": "USD", "shares": {"for_you": 0.7}, "watching": None, "totals": False, "end": None}
    (log / "live.json").write_text(json.dumps(about), encoding="utf-8")
    return log


def test_files_of_an_earlier_version_are_one_live(own_home: Path) -> None:
    old_files(own_home)
    (found,), unusable = old_running.found()
    assert unusable == [] and found.unread == 1
    assert [(each.type, each.minute, each.end_minute, each.note) for each in found.live.events()] == [
        ("pin", 2.0, None, None), ("giveaway", 45.0, 55.0, None), ("violation", 50.0, None, "fixed"),
    ]  # fmt: skip
    assert [dict(each.counts) for each in found.live.rows] == [{"impressions": 900, "views": 100}, {"views": 260}]
    assert (found.live.currency, found.live.shares, found.live.end) == ("USD", {"for_you": 0.7}, None)
    assert old_running.found()[0] == [found], "the same ids each time"
    ids = [found.live.id, *(each.id for each in (*found.live.taps, *found.live.rows))]  # type: ignore[attr-defined]
    assert len(set(ids)) == len(ids) and all(len(each) <= 32 for each in ids)
    found.put_aside()
    assert old_running.found() == ([], [])
    aside = own_home / "taken_over"
    assert (aside / "event_pads/events_2026-11-20_233000.csv").read_text(encoding="utf-8") == PAD
    assert (aside / "running_lives/live_2026-11-20_233000/totals.csv").exists()
    old_files(own_home)
    old_running.found()[0][0].put_aside()
    assert (aside / "event_pads/events_2026-11-20_233000-2.csv").exists(), "what was put aside is not written over"


def test_a_name_too_long_for_the_csv_module_is_read_and_cut(own_home: Path) -> None:
    old_files(own_home, PAD.replace("Linen shirt", "x" * 132_000))
    (found,), _ = old_running.found()
    assert found.unread == 1 and len(found.live.taps[0].product or "") == MOST_NAME


def test_files_of_which_nothing_can_be_read_are_named_and_stay(own_home: Path) -> None:
    log = old_files(own_home)
    (log / "live.json").write_text("{", encoding="utf-8")
    (own_home / "event_pads/events_nonsense.csv").write_text("x", encoding="utf-8")
    found, unusable = old_running.found()
    assert [path.name for path in unusable] == ["events_nonsense.csv", log.name]
    assert len(found) == 1 and found[0].live.rows == () and len(found[0].live.taps) == 4
