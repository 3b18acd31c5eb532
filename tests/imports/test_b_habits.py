"""Habits of Creator-Live-Performance files that were seen in real rows, and what people do to these files."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from playbook.imports import read_files

B3 = (
    "Room ID|Room Title|Start Time|End Time|Attributed GMV|Views|Impressions|GMV per hour|"
    "Avg. viewing duration per view|Product Impressions|Product clicks|Comments|Comment rate|Likes|Like rate"
).split("|")
VIEWERS = (3935, 4227, 4527, 4836)


def b3(at: int, *, rate: str | None = None, extra: dict[str, str] | None = None) -> list[str]:
    start = datetime(2026, 7, 13 + at, 19, 3)
    likes, views, comments = 6240 + 461 * at, 4800 + 355 * at, 159 + 12 * at
    return [
        f"76586572664179945{at:02d}", f"Show {at}", f"{start:%Y-%m-%d %H:%M:%S}", f"{start + timedelta(hours=2)}",
        f"R$ {1837.15 + 126.77 * at:.2f}", str(views), str(60000 + 1371 * at), f"R$ {(1837.15 + 126.77 * at) / 2:.2f}",
        f"{24.98 + at:.2f}", "19200", "912", str(comments), f"{100 * comments / views:.5f}%", str(likes),
        rate or f"{100 * likes / VIEWERS[at]:.5f}%", *(extra or {}).values(),
    ]  # fmt: skip


def reading(as_csv, rows, header=B3):
    return read_files([("b3.csv", as_csv([["2026-07-23"], [], header, *rows]))])


def test_a_like_rate_for_each_viewer_gives_the_viewers_and_is_no_disagreement(as_csv):
    found = reading(as_csv, [b3(at) for at in range(4)])
    assert [each.counts["viewers"] for each in found.sessions] == list(VIEWERS)
    assert all(each.approximate == {"viewers"} for each in found.sessions)
    assert all("like_rate" not in each.reported and "comment_rate" in each.reported for each in found.sessions)
    assert found.sessions[0].extra["Like rate"] == "158.57687%"
    assert found.files[0].disagreements == ()
    said = "by its numbers this counts for each viewer, not for each view; kept as text"
    assert [each.message for each in found.warnings if each.column == "Like rate"] == [said]


def test_a_like_rate_for_each_viewer_beside_printed_viewers(as_csv):
    rows = [b3(at, extra={"Viewers": str(VIEWERS[at])}) for at in range(2)]
    found = reading(as_csv, rows, [*B3, "Viewers"])
    assert found.files[0].disagreements == ()
    assert all("like_rate" not in each.reported and not each.approximate for each in found.sessions)


def test_a_like_rate_that_fits_neither_is_still_told(as_csv):
    """Two rows whose viewers happen to be whole say nothing, and neither does a rate of three digits."""
    found = reading(as_csv, [b3(at, rate=f"{120 + 7.31 * at:.2f}%") for at in range(4)])
    assert {each.metric for each in found.files[0].disagreements} == {"like_rate"}
    assert found.sessions[0].counts["viewers"] is None
    assert len(reading(as_csv, [b3(at) for at in range(2)]).files[0].disagreements) == 2


def test_a_like_rate_for_each_view_stays_what_it_is(as_csv):
    rows = [b3(at, rate=f"{100 * (6240 + 461 * at) / (4800 + 355 * at):.5f}%") for at in range(4)]
    found = reading(as_csv, rows)
    assert found.sessions[0].reported["like_rate"] == pytest.approx(1.3)
    assert found.sessions[0].counts["viewers"] is None


def test_viewing_time_per_view_alone_is_read_and_told(as_csv):
    found = reading(as_csv, [b3(at) for at in range(4)])
    assert [each.counts["avg_viewing_seconds"] for each in found.sessions] == [24.98, 25.98, 26.98, 27.98]
    assert "'Avg. viewing duration per view' is read, since this file has no 'Avg. viewing duration'" in [
        each.message for each in found.warnings
    ]


@pytest.mark.parametrize("cell", ["31", ""])
def test_viewing_time_per_view_gives_way_to_the_other_unless_that_is_empty(as_csv, cell):
    rows = [b3(at, extra={"Avg. viewing duration": cell}) for at in range(4)]
    sessions = reading(as_csv, rows, [*B3, "Avg. viewing duration"]).sessions
    assert sessions[0].counts["avg_viewing_seconds"] == (31 if cell else 24.98)
    assert ("Avg. viewing duration per view" in sessions[0].extra) == bool(cell)


def test_points_before_the_decimals_of_reais(as_csv):
    found = reading(as_csv, [b3(at) for at in range(4)])
    assert [each.counts["gmv"] for each in found.sessions] == [1837.15, 1963.92, 2090.69, 2217.46]
    assert {each.currency for each in found.sessions} == {"BRL"}
    assert found.sessions[0].reported["gmv_per_hour"] == pytest.approx(918.58)


B2 = ["Livestream", "Start time", "", "Duration", "Attributed GMV", "Views", "LIVE impressions"]


@pytest.mark.parametrize(
    ("day", "time"),
    [("46216", "0.79375"), ("46216", "19:03"), ("46216.0", "0,79375"), ("13/07/2026", "19:03:00"),
     ("2026-07-13", "0.793750"), ("13 Jul 2026", "7:03 PM"), ("2026-07-13", "19:03")],
)  # fmt: skip
@pytest.mark.parametrize("first", ["Livestream", "MARCA"])
def test_a_start_split_into_a_day_and_a_column_without_a_header(as_csv, day, time, first):
    rows = [[first, *B2[1:]], ["BRANDX", day, time, "7200", "1837.15", "4800", "60000"]]
    found = read_files([("b2.csv", as_csv(rows))])
    assert found.files[0].profile == "creator_live_b2"
    assert found.sessions[0].start == datetime(2026, 7, 13, 19, 3)
    assert found.warnings == ()


@pytest.mark.parametrize("behind", ["3", "note", "0.5%", "1.79"])
def test_a_column_without_a_header_that_holds_no_times_is_left_alone(as_csv, behind):
    rows = [B2, ["Sale", "2026-07-13 19:03", behind, "7200", "1837.15", "4800", "60000"]]
    assert read_files([("b2.csv", as_csv(rows))]).sessions[0].start == datetime(2026, 7, 13, 19, 3)
    rows[1][1] = "2026-07-13"
    assert read_files([("b2.csv", as_csv(rows))]).sessions[0].start == datetime(2026, 7, 13)


def test_a_start_split_in_a_sheet_kept_by_hand(as_csv):
    header = ["Date", "", "Impressions", "Views", "Comments", "Product clicks", "GMV"]
    rows = [header, ["13/07/2026", "19:03", "60000", "4800", "159", "912", "1837.15"]]
    assert read_files([("mine.csv", as_csv(rows))]).sessions[0].start == datetime(2026, 7, 13, 19, 3)
