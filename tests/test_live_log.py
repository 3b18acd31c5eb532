"""Running totals noted during a LIVE: kept on disk, checked, and laid on an even trend."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import read
from playbook.live_log import Log, Row, files_of, problems, running, saved

from .running import FALL, START, live, noted


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))


def at(minute: float, **counts: float) -> Row:
    return Row(START + timedelta(minutes=minute), counts)


def test_a_log_comes_back_as_it_was_saved() -> None:
    log = Log(START, (at(5, views=100, gmv=12.5), at(11, views=260)), "USD", {"for_you": 0.7}, "/x.csv", True)
    log.save()
    assert saved() == [log]
    assert running(START + timedelta(hours=2)) == log
    assert running(START + timedelta(hours=13)) is None


def test_a_log_that_ended_does_not_run() -> None:
    Log(START, end=START + timedelta(hours=1)).save()
    assert running(START + timedelta(hours=2)) is None


def test_a_damaged_folder_is_passed_over() -> None:
    log = Log(START)
    log.save()
    (log.path / "live.json").write_text("{", encoding="utf-8")
    assert saved() == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("totals.csv", f"time,views\n2026-11-20 19:05:00,{'9' * 132_000}\n"), ("totals.csv", "time,views\n2026"),
        ("totals.csv", "time,views\n\0,\0\n"), ("live.json", "[" * 100_000), ("live.json", "[]"),
        ("live.json", '{"currency": null, "shares": [], "watching": null, "totals": 1, "end": 5}'),
    ],
)  # fmt: skip
def test_a_hostile_log_is_passed_over(file: str, text: str) -> None:
    log = Log(START)
    log.save()
    (log.path / file).write_text(text, encoding="utf-8")
    assert saved() == []


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
def test_what_cannot_be_is_told(row: Row, said: str) -> None:
    assert problems(Log(START, (at(10, impressions=12340, views=1500),)), row) == [said]


def test_cancelled_orders_may_take_gmv_back() -> None:
    assert problems(Log(START, (at(10, gmv=90.0, sku_orders=4),)), at(20, gmv=80.0, sku_orders=3)) == []


def test_a_row_for_the_same_time_replaces_the_first() -> None:
    log = Log(START).added(at(10, views=5)).added(at(20, views=9)).added(at(10, views=6))
    assert [row.counts["views"] for row in log.rows] == [6, 9]
    assert [row.counts["views"] for row in log.without(1).rows] == [6]


def test_even_rows_are_their_differences() -> None:
    frame, step = noted(live(1), every=5).trend() or (None, 0)
    assert step == 5 and frame is not None
    whole = live(1).trend
    expected = whole.groupby(whole["minute"] // 5)["views"].sum().to_numpy()
    np.testing.assert_array_equal(frame["views"].to_numpy(), expected)
    assert frame["minute"].tolist() == [5.0 * each for each in range(24)]


def test_minutes_between_rows_far_apart_are_unknown() -> None:
    log = Log(START, tuple(at(minute, views=10.0 * minute) for minute in (5, 10, 15, 60, 65, 70)))
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
    log = Log(START, tuple(at(float(m), views=float(c)) for m, c in zip(minutes, sums, strict=True)))
    drawn = log.trend()
    if drawn is None:
        return
    views = drawn[0]["views"].to_numpy()
    assert (views[~np.isnan(views)] >= 0).all()
    assert np.nansum(views) <= sums[-1]
    assert drawn[0]["minute"].iloc[-1] + drawn[1] == pytest.approx(float(minutes[-1]))


def test_a_finished_live_is_read_like_any_upload(tmp_path: Path) -> None:
    log = noted(live(2, (FALL,)), every=5)
    session = Log(log.start, log.rows, "USD", {"for_you": 0.7, "search": 0.1}).session()
    paths = []
    for name, content in files_of(session).items():
        (tmp_path / name).write_bytes(content)
        paths.append(str(tmp_path / name))
    back = read(paths)[-1]
    assert back.start == START and back.duration_minutes == 120 and back.currency == "USD"
    assert {k: v for k, v in back.counts.items() if v is not None} == {
        k: v for k, v in session.counts.items() if v is not None
    }
    assert back.trend is not None and session.trend is not None
    np.testing.assert_array_equal(back.trend["views"], session.trend["views"])
    assert [(each.name, each.shares["views"]) for each in back.channels] == [("for_you", 0.7), ("search", 0.1)]
