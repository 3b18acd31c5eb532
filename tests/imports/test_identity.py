"""The same LIVE twice, and which LIVE is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from playbook.imports import latest, pick, read_files
from playbook.imports.lives.identity import merge, older
from playbook.model.session import Session, UnusableFile


def live(name: str, start: str | None = None, **more) -> Session:
    counts = {"views": more.pop("views", 10.0)}
    return Session(id=name, counts=counts, start=datetime.fromisoformat(start) if start else None, **more)


def test_the_later_export_wins_whatever_the_order_of_files(as_csv):
    header = ["session_id", "start", "views"]
    old = ("a_20260305120000.csv", as_csv([header, ["7", "2026-03-01 19:00", 100]]))
    new = ("a_20260315120000.csv", as_csv([header, ["7", "2026-03-01 19:00", 105]]))
    for files in ([old, new], [new, old]):
        reading = read_files(files)
        assert [session.counts["views"] for session in reading.sessions] == [105]
        assert str(reading.warnings[0]) == (
            "a_20260305120000.csv, row 2: the same LIVE is in a_20260315120000.csv, row 2, which is the later export; "
            "that one is used"
        )


def test_without_a_time_in_the_name_the_later_file_and_row_win(as_csv):
    header = ["start", "views"]
    one = ("a.csv", as_csv([header, ["2026-03-01 19:00", 100]]))
    two = ("b.csv", as_csv([header, ["2026-03-01 19:00:40", 105], ["2026-03-01 19:00", 110]]))
    assert [session.counts["views"] for session in read_files([one, two]).sessions] == [110]


def test_room_ids_and_start_minutes_of_two_layouts_meet(make, as_csv):
    old = ("x_20260301120000.csv", as_csv([make.B1, make.b1(make.LIVES[0])]))
    new = ("x_20260302120000.csv", as_csv([make.B3, make.b3(make.LIVES[0])]))
    for files in ([old, new], [new, old]):
        (session,) = read_files(files).sessions
        assert session.id == make.LIVES[0]["room"]
        assert session.gmv_kind == "attributed"


def test_two_rooms_or_two_creators_at_one_minute_are_two_lives(as_csv, make):
    rows = [["session_id", "start", "views"], ["1", "2026-03-01 19:00", 5], ["2", "2026-03-01 19:00", 6]]
    assert [session.id for session in read_files([("a.csv", as_csv(rows))]).sessions] == ["1", "2"]
    other = make.a2(make.LIVES[0])
    other[0] = "7411111111111100043"
    sessions = read_files([("a.csv", as_csv([make.A2, make.a2(make.LIVES[0]), other]))]).sessions
    assert [session.id for session in sessions] == ["2026-02-03T19:03", "2026-02-03T19:03-7411111111111100043"]
    apart = read_files(
        [(f"{at}.csv", as_csv([make.A2, row])) for at, row in enumerate((make.a2(make.LIVES[0]), other))]
    )
    assert len({session.id for session in apart.sessions}) == 2


def test_oldest_first():
    sessions, dropped = merge([live("b", "2026-03-02T19:00"), live("c"), live("a", "2026-03-01T19:00")])
    assert [session.id for session in sessions] == ["c", "a", "b"]
    assert dropped == []


def test_latest_skips_a_running_live_and_stubs_unless_nothing_else_is_there():
    long = live("long", "2026-03-01T19:00", duration_minutes=90.0)
    stub = live("stub", "2026-03-02T19:00", duration_minutes=29.9)
    running = live("running", "2026-03-03T19:00", running=True)
    assert latest([long, stub, running]).id == "long"
    assert latest([stub, running]).id == "running"
    assert latest([live("unknown", "2026-03-04T19:00"), long]).id == "unknown"
    with pytest.raises(UnusableFile):
        latest([])


@pytest.mark.parametrize(
    "which", ["b", "2026-03-02T19:00", "2026-03-02 19:00", "2026-03-02T19:00:20", "2026-03-02T19:00+07:00"]
)
def test_pick(which):
    sessions = [live("a", "2026-03-01T19:00"), live("b", "2026-03-02T19:00:20")]
    assert pick(sessions, which).id == "b"
    assert pick(sessions).id == "b"


def test_pick_says_what_there_is():
    sessions = [live(f"n{day}", f"2026-03-0{day}T19:00") for day in range(1, 9)]
    with pytest.raises(
        UnusableFile, match=r"No LIVE 'x' in these files. There are: n8 \(2026-03-08 19:00\), .* and 3 more"
    ):
        pick(sessions, "x")


def test_of_two_snapshots_of_a_room_the_longer_is_later(make, as_csv):
    short, long = dict(make.LIVES[0], minutes=40, views=100), make.LIVES[0]
    for pair in ((short, long), (long, short)):
        reading = read_files([("b3.csv", as_csv([make.B3, *map(make.b3, pair)]))])
        assert [session.counts["views"] for session in reading.sessions] == [long["views"]]
        assert "which is the later of the two" in reading.warnings[-1].message


def test_a_running_live_gives_way_to_the_finished_one(as_csv):
    header = ["Livestream", "Start time", "Duration", "Direct GMV", "Views"]
    over = ("a.csv", as_csv([header, ["x", "2026-03-01 19:00", "7200", "$5.00", "100"]]))
    on = ("b.csv", as_csv([header, ["x", "2026-03-01 19:00", "-1771046400", "$2.00", "50"]]))
    reading = read_files([over, on])
    assert [session.counts["views"] for session in reading.sessions] == [100]


@pytest.mark.parametrize("last", [True, False])
def test_a_row_cut_off_never_takes_the_place_of_numbers(as_csv, last):
    """Found by the fuzzer: nothing was left to review, and nothing was said."""
    whole = ["7600000000000000001", "2026-03-01 19:00", "500"]
    rows = [whole, ["7600000000000000001"]] if last else [["7600000000000000001"], whole]
    reading = read_files([("mine.csv", as_csv([["session_id", "start", "views"], *rows]))])
    assert [each.counts["views"] for each in reading.sessions] == [500]
    kept, gone = (2, 3) if last else (3, 2)
    why = f"mine.csv, row {gone}: the same LIVE is in row {kept}, which has numbers and this row none; that one is used"
    assert why in [str(each) for each in reading.warnings]


SHEET = ("sheet.csv", b"Date,Impressions,Views,GMV (USD)\n2026-09-03,60000,4800,1837.15\n2026-09-07,61000,4900,1900\n")


def listed(*lives: tuple[str, int, float]) -> tuple[str, bytes]:
    rows = "".join(f"{start},120,{10 * views},{views},{gmv},USD\n" for start, views, gmv in lives)
    return "list.csv", f"start,minutes,impressions,views,gmv,currency\n{rows}".encode()


@pytest.mark.parametrize("sheet_first", [True, False])
def test_a_date_alone_and_the_export_with_its_time_are_one_live(sheet_first):
    export = listed(("2026-09-03 19:00", 4_810, 1_837.15), ("2026-09-07 20:00", 4_900, 1_900))
    reading = read_files([SHEET, export] if sheet_first else [export, SHEET])
    assert [session.began for session in reading.sessions] == ["2026-09-03 19:00", "2026-09-07 20:00"]
    assert [session.counts["views"] for session in reading.sessions] == [4_810, 4_900], "the export counts"
    said = [str(each) for each in reading.warnings if "the same LIVE" in str(each)]
    assert (
        said[0] == "sheet.csv, row 2: the same LIVE is in list.csv, row 2, which has its time of day; that one is used"
    )
    assert len(said) == 2


def test_of_two_lives_on_a_day_the_one_with_these_numbers_is_it():
    export = listed(("2026-09-03 09:00", 900, 200), ("2026-09-03 19:00", 4_800, 1_837.15))
    assert [session.began for session in read_files([SHEET, export]).sessions] == [
        "2026-09-03 09:00", "2026-09-03 19:00", "2026-09-07",
    ]  # fmt: skip


def test_other_numbers_on_a_day_are_another_live():
    export = listed(("2026-09-03 19:00", 900, 200))
    found = [session.began for session in read_files([export, SHEET]).sessions]
    assert found == ["2026-09-03", "2026-09-03 19:00", "2026-09-07"]


def test_of_two_exports_of_one_moment_the_later_in_order_stands_unless_it_was_still_running() -> None:
    moment = datetime(2026, 8, 2, 9)
    one = Session("7600000000000000001", {}, start=moment, duration_minutes=60.0, exported_at=moment)
    assert not older(one, one)
    assert older(replace(one, running=True), one) and not older(one, replace(one, running=True))
    assert older(replace(one, duration_minutes=50.0), one) and not older(one, replace(one, duration_minutes=50.0))
    later = replace(one, exported_at=moment.replace(hour=10), running=True)
    assert not older(later, one) and older(one, later), "between two moments the moment decides"
