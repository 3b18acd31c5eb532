"""One LIVE over time: clocks, midnight, steps, running totals."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from playbook.imports import read_files
from playbook.model.session import UnusableFile

SESSION = ["session_id", "start", "minutes", "views", "gmv"]


def both(as_csv, trend, session=("live", "2026-03-01 19:00", "120", "", ""), **options):
    files = [("list.csv", as_csv([SESSION, list(session)])), ("trend.csv", as_csv(trend))]
    return read_files(files, **options)


def test_every_cell_of_trend_stat(make, export):
    session = read_files([export("trend_stat.xlsx")]).sessions[0]
    assert (session.id, session.start, session.trend_step, session.duration_minutes) == ("trend_stat", None, 5, 100)
    trend = session.trend
    assert trend is not None
    assert list(trend["minute"]) == [5.0 * row for row in range(20)]
    for row in range(20):
        expected = make.minute_counts(row)
        expected["items_sold"] = expected.pop("items")
        expected["gmv_attributed"] = expected["gmv"]
        assert trend.iloc[row].drop("minute").to_dict() == expected
    assert session.counts["views"] == sum(make.minute_counts(row)["views"] for row in range(20))
    assert session.counts["viewers"] is None and session.counts.get("customers") is None
    assert session.gmv_kind == "attributed"
    assert session.reported == {}


def test_clock_times_count_from_the_start_of_the_live(make, export):
    files = [export("Creator-Live-Performance_20260301120000.xlsx"), export("trend_stat.xlsx")]
    reading = read_files(files)
    assert [session.trend is None for session in reading.sessions] == [True, True, True, False]
    assert list(reading.sessions[-1].trend["minute"])[:3] == [0, 5, 10]
    assert [question.about for question in reading.questions] == ["which_live"]
    assert reading.questions[0].choices[0] == make.LIVES[-1]["room"]
    assert read_files(files, session=make.LIVES[-1]["room"]).questions == ()
    assert reading.sessions[-1].counts["views"] == make.LIVES[-1]["views"]


def test_midnight(export):
    trend = read_files([export("trend_stat_midnight.xlsx")]).sessions[0].trend
    assert list(trend["minute"]) == [5.0 * row for row in range(12)]


def test_rows_sorted_by_something_else_than_time_count_from_the_earliest(as_csv):
    """Found by the fuzzer: minutes were negative, and every step back over midnight added a day."""
    rows = [["time", "views"], ["23:55", 1], ["00:10", 4], ["23:50", 0], ["00:05", 3], ["00:00", 2]]
    trend = read_files([("trend.csv", as_csv(rows))]).sessions[0].trend
    assert list(trend["minute"]) == [0, 5, 10, 15, 20]
    assert list(trend["views"]) == [0, 1, 2, 3, 4]


def test_a_row_months_away_is_left_out(as_csv):
    rows = [["minute", "views"], ["0", 5], ["5", 6], ["2000000000", 4], ["-400", 3]]
    reading = read_files([("trend.csv", as_csv(rows))])
    assert list(reading.sessions[0].trend["minute"]) == [0, 5] and reading.sessions[0].duration_minutes == 10
    assert "trend.csv, row 4: would stand at minute 2,000,000,000 of the LIVE; the row is left out" in [
        str(each) for each in reading.warnings
    ]
    with pytest.raises(UnusableFile, match="no row has both a time and a count"):
        read_files([("trend.csv", as_csv([*rows[:1], *rows[3:]]))])


def test_a_live_that_begins_before_midnight_and_a_trend_after_it(as_csv):
    rows = [["time", "views"], ["00:10", 5], ["00:15", 6], ["00:20", 4]]
    reading = both(as_csv, rows, ("live", "2026-03-01 23:30", "120", "", ""))
    assert list(reading.sessions[0].trend["minute"]) == [40, 45, 50]


def test_a_first_step_that_began_before_the_live(as_csv):
    rows = [["time", "views"], ["19:00", 5], ["19:05", 6], ["19:10", 4]]
    reading = both(as_csv, rows, ("live", "2026-03-01 19:03", "120", "", ""))
    assert list(reading.sessions[0].trend["minute"]) == [-3, 2, 7]


def test_a_trend_of_another_time_of_day_is_told(as_csv):
    reading = both(as_csv, [["time", "views"], ["10:06", 5], ["10:11", 6]])
    assert list(reading.sessions[0].trend["minute"]) == [0, 5]
    assert str(reading.files[1].warnings[0]) == (
        "trend.csv: the first row is at 10:06 but the LIVE ran from 19:00 for 120 minutes; check that it is the same "
        "LIVE. Minutes count from the first row"
    )


def test_newest_first_and_doubled_rows(as_csv):
    rows = [["time", "views"], ["19:10", 4], ["19:05", 6], ["19:05", 7], ["19:00", 5]]
    reading = both(as_csv, rows)
    assert list(reading.sessions[0].trend["views"]) == [5, 7, 4]
    assert "a second row for the same time" in reading.files[1].warnings[0].message


def test_full_dates_and_minutes(as_csv):
    dated = both(as_csv, [["time", "views"], ["2026-03-01 19:02", 5], ["2026-03-01 19:03", 6]])
    assert list(dated.sessions[0].trend["minute"]) == [2, 3]
    minutes = both(as_csv, [["views", "minute"], [5, 3], [6, 4], [7, 9]])
    assert list(minutes.sessions[0].trend["minute"]) == [3, 4, 9]
    assert minutes.sessions[0].trend_step == 1
    assert "rows are 1 minutes apart, but 1 of them come later" in minutes.files[1].warnings[0].message


def test_a_row_without_a_time_is_left_out(as_csv):
    reading = both(as_csv, [["time", "views"], ["19:00", 5], ["later", 6], ["19:10", 4]])
    assert list(reading.sessions[0].trend["views"]) == [5, 4]
    assert str(reading.files[1].warnings[0]) == (
        "trend.csv, row 3, column 'time': 'later' is not a clock time like 19:05; the row is left out"
    )


RISING = [["minute", "views", "likes"], *([5 * row, 10 * (row + 1) ** 2, 7 * row] for row in range(8))]


def test_rising_rows_that_end_at_the_total_are_running_totals(as_csv):
    reading = both(as_csv, RISING, ("live", "2026-03-01 19:00", "60", "640", ""))
    assert list(reading.sessions[0].trend["views"]) == [10, 30, 50, 70, 90, 110, 130, 150]
    assert list(reading.sessions[0].trend["likes"]) == [0, 7, 7, 7, 7, 7, 7, 7]
    assert reading.sessions[0].notes == ("trend.csv holds running totals; each row was taken less the row before it.",)
    assert reading.questions == ()


def test_rising_rows_that_add_up_to_the_total_are_rows(as_csv):
    reading = both(as_csv, RISING, ("live", "2026-03-01 19:00", "60", str(sum(row[1] for row in RISING[1:])), ""))
    assert list(reading.sessions[0].trend["views"])[-1] == 640
    assert reading.questions == () and reading.sessions[0].notes == ()


def test_rising_rows_that_nothing_settles_are_asked_and_kept(as_csv):
    files = [("trend.csv", as_csv(RISING))]
    reading = read_files(files)
    assert [question.about for question in reading.questions] == ["trend_totals"]
    assert "may be running totals" in reading.warnings[0].message
    assert list(reading.sessions[0].trend["views"])[-1] == 640
    told = read_files(files, trend_totals=True)
    assert told.questions == () and told.sessions[0].counts["views"] == 640
    assert list(told.sessions[0].trend["views"])[-1] == 150
    kept = read_files(files, trend_totals=False)
    assert kept.questions == () and list(kept.sessions[0].trend["views"])[-1] == 640


@pytest.mark.parametrize(
    "rows", [RISING[:6], [*RISING, [40, 5, 60]], [["minute", "views"], *([m, 3] for m in range(9))]]
)
def test_short_falling_or_flat_columns_are_not_suspicious(as_csv, rows):
    assert read_files([("trend.csv", as_csv(rows))]).questions == ()


def test_api_minutes_alone_and_with_the_list(make, export):
    alone = read_files([export("api_minutes.json")]).sessions[0]
    assert alone.start == make.LIVES[-1]["start"]
    assert (alone.duration_minutes, alone.counts["impressions"], alone.counts["viewers"]) == (60, 58000, 3000)
    assert list(alone.trend["minute"]) == [float(row) for row in range(60)]
    assert alone.trend_step == 1
    reading = read_files([export("api_sessions.json"), export("api_minutes.json")])
    assert reading.sessions[-1].counts["views"] == make.LIVES[-1]["views"]
    assert list(reading.sessions[-1].trend["minute"])[:2] == [0, 1]


def test_api_minutes_go_to_the_live_whose_start_they_carry(make, export):
    reading = read_files([export("api_sessions.json"), export("api_minutes.json")], session=make.LIVES[0]["room"])
    assert [session.trend is None for session in reading.sessions] == [True, True, True, False]
    assert f"belongs to the LIVE of {make.LIVES[-1]['start']:%Y-%m-%d %H:%M}," in reading.files[1].warnings[-1].message


def test_unknown_cells_are_nan_in_the_frame(as_csv):
    trend = read_files([("t.csv", as_csv([["minute", "views", "likes"], [0, 5, "--"], [1, "x", 4]]))]).sessions[0].trend
    assert isinstance(trend, pd.DataFrame)
    assert trend["likes"].isna().tolist() == [True, False]
    assert trend["views"].isna().tolist() == [False, True]
    assert set(map(str, trend.dtypes)) == {"float64"}


def test_a_file_given_twice_is_read_once(as_csv):
    lives = ("lives.csv", as_csv([["session_id", "start", "views"], ["1", "2026-03-01 19:00", 11]]))
    trend = ("trend.csv", as_csv([["minute", "views"], [0, 5], [1, 6]]))
    reading = read_files([lives, trend, lives, trend])
    assert len(reading.sessions) == 1 and list(reading.sessions[0].trend["views"]) == [5, 6]
    assert [failure.message for failure in reading.failures] == [
        "lives.csv: this file was given twice; it is read once.",
        "trend.csv: this file was given twice; it is read once.",
    ]
    assert not reading.warnings


def test_a_second_trend_is_refused_and_the_first_kept(as_csv):
    data = as_csv([["minute", "views"], [0, 5], [5, 6]])
    reading = read_files([("a.csv", data), ("b.csv", as_csv([["minute", "views"], [0, 7], [5, 6]]))])
    assert reading.sessions[0].id == "a"
    assert [str(failure.message) for failure in reading.failures] == [
        "b.csv: a.csv already gave one LIVE over time. Give one such file at a time."
    ]


def test_a_trend_without_a_usable_row(as_csv):
    reading = both(as_csv, [["time", "views"], ["soon", 5]], ("live", "2026-03-01 19:00", "120", "50", ""))
    assert reading.sessions[0].trend is None
    assert "no row has both a time and a count" in reading.failures[0].message


def test_trend_of_a_live_on_two_days(as_csv):
    reading = both(as_csv, [["time", "views"], ["23:50", 5], ["00:05", 6]], ("live", "2026-03-01 23:45", "60", "", ""))
    assert reading.sessions[0].start == datetime(2026, 3, 1, 23, 45)
    assert list(reading.sessions[0].trend["minute"]) == [5, 20]


def test_api_minutes_without_times_are_counted_in_order(export):

    name, data = export("api_minutes.json")
    answer = json.loads(data)
    for entry in answer["data"]["performance"]["intervals"]:
        del entry["start_time"], entry["end_time"]
    reading = read_files([(name, json.dumps(answer).encode())])
    assert list(reading.sessions[0].trend["minute"]) == [float(row) for row in range(60)]
    assert "the rows carry no time" in reading.warnings[0].message


@pytest.mark.parametrize("night", [datetime(2026, 11, 1, 0, 30), datetime(2026, 3, 8, 0, 30)])
def test_no_hour_is_lost_or_won_in_the_night_in_which_clocks_change(night):
    begun = int(night.replace(tzinfo=ZoneInfo("America/New_York")).timestamp())
    ends = {"start_time": str(begun), "end_time": str(begun + 180 * 60)}
    live = {"id": "7600000000000000001", **ends, "interaction_performance": {"views": 900}}
    rows = [{"start_time": str(begun + 60 * row), "traffic": {"views": 5}} for row in range(180)]
    files = [
        ("list.json", json.dumps({"code": 0, "data": {"live_stream_sessions": [live]}}).encode()),
        (
            "minutes.json",
            json.dumps({"code": 0, "data": {"performance": {"intervals": rows}, "overall": ends}}).encode(),
        ),
    ]
    (found,) = read_files(files, timezone="America/New_York").sessions
    assert (found.start, found.duration_minutes) == (night, 180)
    assert list(found.trend["minute"]) == [float(row) for row in range(180)]


def test_clock_times_as_parts_of_a_day(as_csv):
    trend = both(as_csv, [["time", "views"], ["0.7916666667", 5], ["0.7951388889", 6]]).sessions[0].trend
    assert list(trend["minute"]) == [0, 5]


def test_a_trend_of_a_live_whose_time_is_not_known_counts_from_its_first_row(as_csv):
    rows = [["time", "views"], ["19:00", 5], ["19:05", 6], ["19:10", 7]]
    reading = both(as_csv, rows, ("live", "2026-03-01", "", "", ""))
    assert reading.sessions[0].day_alone
    assert list(reading.sessions[0].trend["minute"]) == [0, 5, 10]
    long = both(as_csv, rows, ("live", "2026-03-01", "120", "", ""))
    assert list(long.sessions[0].trend["minute"]) == [0, 5, 10]
    assert not any("ran from" in str(each) for each in long.warnings)


@pytest.mark.parametrize("extra", [["Date", "2026-09-03", "2026-09-04"], ["Mins", "120", "90"], ["Video ID", "1", "2"]])
def test_rows_with_days_lengths_or_videos_are_no_minutes_of_one_live(extra, as_csv):
    rows = [["Time", "Viewed", "Product Clicks"], ["10:00", 900, 41], ["15:00", 800, 30]]
    with pytest.raises(UnusableFile, match="no known export"):
        read_files([("list.csv", as_csv([[head, *row] for head, row in zip(extra, rows, strict=True)]))])


def test_one_day_beside_the_clock_changes_nothing(as_csv):
    rows = [["Date", "Time", "Views", "Product Clicks"]]
    rows += [
        [day, time, 90, 4] for day, time in (("2026-09-03", "23:50"), ("2026-09-03", "23:55"), ("2026-09-04", "00:00"))
    ]
    assert len(read_files([("trend.csv", as_csv(rows))]).sessions[0].trend) == 3
