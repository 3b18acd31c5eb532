"""Dates, clock times and durations."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.imports import read_files
from playbook.imports.cells.moments import clock_range, offset_of
from playbook.imports.cells.times import clock, clocks, dates, durations
from playbook.imports.lives.names import exported_at


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026/05/23/ 21:47", datetime(2026, 5, 23, 21, 47)),
        ("2026-03-21 10:33", datetime(2026, 3, 21, 10, 33)),
        ("2026-06-11 18:45:09", datetime(2026, 6, 11, 18, 45, 9)),
        ("2026-06-11T18:45", datetime(2026, 6, 11, 18, 45)),
        ("2026-06-11T18:45:09.250", datetime(2026, 6, 11, 18, 45, 9)),
        ("46130.5", datetime(2026, 4, 18, 12)),
        ("13/02/2026 10:00", datetime(2026, 2, 13, 10)),
        ("02/13/2026 10:00 PM", datetime(2026, 2, 13, 22)),
        ("2026年5月23日 21:47", datetime(2026, 5, 23, 21, 47)),
        ("2026-06-11T18:45:09+07:00", datetime(2026, 6, 11, 18, 45, 9)),
    ],
)
def test_dates(cell, expected):
    read = dates([cell])
    assert read.values == [expected]
    assert not read.unsure


@pytest.mark.parametrize("cell", ["2026-02-30 10:00", "soon", "2026-13-01", "12", "1875-01-01 10:00", "25:99"])
def test_impossible_dates_are_unknown_and_told(cell):
    read = dates([cell])
    assert read.values == [None]
    assert f"'{cell}' is not a" in read.problems[0]


def test_a_slip_of_the_year_is_no_live_to_come():
    year = datetime.now().year
    read = dates(["2062-09-03 19:00", f"{year + 1}-01-03 19:00", "1926-09-03 19:00"])
    assert read.values == [None, datetime(year + 1, 1, 3, 19), None]
    assert read.problems == {
        0: "'2062-09-03 19:00' lies years ahead, so the year must be a slip; left unknown",
        2: "'1926-09-03 19:00' is not a possible date; left unknown",
    }


def test_day_and_month_are_told_apart_by_the_column():
    assert dates(["03/04/2026 10:00", "25/04/2026 10:00"]).values[0] == datetime(2026, 4, 3, 10)
    assert dates(["03/04/2026 10:00", "04/25/2026 10:00"]).values[0] == datetime(2026, 3, 4, 10)
    assert dates(["03/04/2026 10:00"]).unsure
    assert not dates(["03/04/2026 10:00"], day_first=False).unsure
    assert dates(["03/04/2026 10:00"], day_first=False).values[0] == datetime(2026, 3, 4, 10)


def test_unix_seconds_in_the_shops_zone():
    read = dates(["1767225600"], written="unix", zone=ZoneInfo("Asia/Jakarta"))
    assert read.values == [datetime(2026, 1, 1, 7)]
    assert not read.guessed_utc
    assert dates(["1767225600000"], written="unix").guessed_utc


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("1h 40min", 6000), ("45min", 2700), ("45min 30s", 2730), ("0h 9min", 540), ("0h26m", 1560), ("4h07m", 14820),
        ("1h2m41s", 3761), ("1:05:30", 3930), ("9731", 9731), ("21.46s", 21.46), ("50h 12min", 180720),
        ("0.0625", 5400), ("1小时40分", 6000), ("1分5秒", 65), ("1 day, 2:03:04", 93784), ("11s", 11),
        ("18,5", 18.5), ("0,0625", 5400), ("1,5 jam", 5400), ("1 h, 5 min", 3900),
    ],
)  # fmt: skip
def test_durations(cell, seconds):
    assert durations([cell]).values == [pytest.approx(seconds)]


def test_a_negative_duration_is_a_live_still_on():
    read = durations(["-1771046400", "60"])
    assert read.values == [None, 60]
    assert read.negative == {0}


@pytest.mark.parametrize("cell", ["long", "1h and a bit", "h", "99999999999", "1,200 min", "18,"])
def test_what_is_no_duration(cell):
    assert durations([cell]).problems == {0: f"'{cell}' is not a duration; left unknown"}


@settings(max_examples=100)
@given(st.integers(0, 400_000), st.sampled_from(["{h}h {m}min {s}s", "{h}:{m:02d}:{s:02d}", "{h}h{m:02d}m{s}s", "{t}"]))
def test_durations_come_back(total, shape):
    text = shape.format(h=total // 3600, m=total // 60 % 60, s=total % 60, t=total)
    assert durations([text]).values == [total]


@settings(max_examples=100)
@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from(["%Y/%m/%d/ %H:%M", "%Y-%m-%d %H:%M", "%Y.%m.%d %H:%M", "%Y-%m-%dT%H:%M"]),
)
def test_dates_come_back(moment, shape):
    moment = moment.replace(second=0, microsecond=0)
    assert dates([moment.strftime(shape)]).values == [moment]


@settings(max_examples=50)
@given(st.integers(44_000 * 1440, 48_000 * 1440))
def test_spreadsheet_days_come_back(minutes):
    moment = datetime(1899, 12, 30) + timedelta(minutes=minutes)
    assert dates([repr(minutes / 1440)]).values == [moment]


@pytest.mark.parametrize(
    ("cell", "minute"), [("10:06", 606), ("10:06:30", 606.5), ("9:05 pm", 1265), ("23:55-00:00", 1435), ("noon", None)]
)
def test_clock(cell, minute):
    assert clock(cell) == minute


def test_midnight_in_a_column_of_parts_of_a_day():
    """A spreadsheet prints 0.9965 for 23:55 and a bare 0 for midnight; elsewhere a bare 0 is no time."""
    assert clocks(["0.9965277778", "0", "0.0034722222"]) == pytest.approx([1435, 0, 5])
    assert clocks(["23:55", "0"]) == [1435, None]


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("Creator-Live-Performance_20260301120045.xlsx", datetime(2026, 3, 1, 12, 0, 45)),
        ("Creator-Live-Performance_20260301120045 (1).xlsx", datetime(2026, 3, 1, 12, 0, 45)),
        ("export_202603011200.csv", datetime(2026, 3, 1, 12)),
        ("Live 2026-03-01 12.00.45.csv", datetime(2026, 3, 1, 12, 0, 45)),
        ("Live_2026-03-01_12-00.csv", datetime(2026, 3, 1, 12)),
        ("20260301_120045.csv", datetime(2026, 3, 1, 12, 0, 45)),
        ("Live 2026-03-01.csv", None),
        ("room 7550000000000000001.csv", None),
        ("Live_20269901120045.xlsx", None),
        ("export.xlsx", None),
    ],
)
def test_only_the_file_name_dates_an_export(name, moment):
    assert exported_at(name) == moment


@pytest.mark.parametrize("cell", ["999999999999h", "99999999", "46000:00:00", "32d"])
def test_a_duration_beyond_a_month_is_unknown(as_csv, cell):
    """Found by the fuzzer: such a length took the end of the LIVE beyond the last year there is."""
    data = as_csv([["start", "minutes", "views"], ["2026-03-01 19:00", cell, "5"], ["2026-03-02 19:00", "90", "6"]])
    reading = read_files([("mine.csv", data)])
    assert [each.duration_minutes for each in reading.sessions] == [None, 90]
    assert [str(each) for each in reading.warnings] == [
        f"mine.csv, row 2, column 'minutes': '{cell}' is longer than a month; left unknown"
    ]


@pytest.mark.parametrize(
    ("end", "printed", "minutes", "told"),
    [
        ("2027-03-01 21:00", "2h", 120, "ends more than a month after it starts; the printed duration is used"),
        ("2027-03-01 21:00", "", None, "ends more than a month after it starts; its length is left unknown"),
        ("2026-03-01 18:00", "2h", 120, "ends before it starts; the printed duration is used"),
        ("2026-03-01 18:00", "", None, "ends before it starts; its length is left unknown"),
    ],
)
def test_an_impossible_end_is_not_believed(as_csv, end, printed, minutes, told):
    header = ["Start time", "End time", "Duration", "Room ID", "Views"]
    rows = [header, ["2026-03-01 19:00", end, printed, "7600000000000000001", "5"]]
    reading = read_files([("mine.csv", as_csv(rows))])
    assert reading.sessions[0].duration_minutes == minutes
    assert [str(each) for each in reading.warnings] == [f"mine.csv, row 2, column 'End time': {told}"]


@pytest.mark.parametrize(
    "cell", ["9999-12-31 24:00", "9" * 30 + "-01-01", "9" * 40, "9999-12-31 23:00 GMT-9", "0001-01-01 00:00 GMT+7"]
)
def test_a_time_beyond_the_calendar_is_unknown(cell):
    assert dates([cell], zone=ZoneInfo("Asia/Jakarta")).values == [None]


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("19:00-21:00", (19, 21)), ("7:00-8:30pm", (19, 20.5)), ("7-9 PM", (19, 21)), ("11-1pm", (11, 13)),
        ("7pm-9", (19, 21)), ("10 pm - 1 am", (22, 1)), ("10-1am", (22, 1)), ("11pm-1", (23, 1)),
        ("19.00 s/d 21.00", (19, 21)), ("19h đến 21h30", (19, 21.5)), ("晚上7点-9点", (19, 21)), ("12-2pm", (12, 14)),
        ("8-8 pm", (8, 20)), ("8 pm-8", (20, 8)), ("12-1 am", (0, 1)),
    ],
)  # fmt: skip
def test_ranges_of_the_clock(cell, hours):
    """What is said of one end, morning or evening, holds for the other as well."""
    assert clock_range(cell) == tuple(hour * 60 for hour in hours)


@pytest.mark.parametrize(
    ("text", "minutes"), [("gmt+7", 420), ("+0530", 330), ("-3", -180), ("utc−0330", -210), ("z", 0), ("+12", 720)]
)
def test_how_far_an_offset_is_ahead_of_utc(text, minutes):
    assert offset_of(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("cell", ["19:00", "7-9", "2026-09-03", "soon - later", "-", "19:00-", "7pm-8pm-9pm"])
def test_what_is_no_range_of_the_clock(cell):
    assert clock_range(cell) is None


@pytest.mark.parametrize(
    "cell", ["2026-10-05 19:00-21:00", "10/5/2026 7:00-9:00 PM", "2026-10-05 02:00-05:00", "2026年10月5日 19:00-21:00"]
)
def test_the_end_of_a_range_is_no_time_zone(cell):
    there, elsewhere = (dates([cell], zone=zone, day_first=False).values for zone in (None, ZoneInfo("Asia/Jakarta")))
    assert there == elsewhere and there[0].hour in (2, 19)


@pytest.mark.parametrize(
    ("cell", "hour"),
    [("2026-10-05 02:00 UTC-05:00", 14), ("2026-10-05 02:00:30-05:00", 14), ("2026-10-05 19:00-0300", 5)],
)
def test_an_offset_before_utc_is_one(cell, hour):
    assert dates([cell], zone=ZoneInfo("Asia/Jakarta")).values[0].hour == hour


def test_times_on_several_clocks_are_asked_about(as_csv):
    rows = [["session_id", "start", "views"], ["a", "2026-03-01 19:00 GMT+7", 5], ["b", "2026-03-02 19:00 GMT+8", 6]]
    (question,) = read_files([("mine.csv", as_csv(rows))]).questions
    assert (question.about, question.text) == (
        "timezone",
        "mine.csv: its times stand on several clocks (GMT+7, GMT+8) and are shown as printed, so they may be hours "
        "apart. Which time zone is the shop in?",
    )
    settled = read_files([("mine.csv", as_csv(rows))], timezone="Asia/Jakarta")
    assert settled.questions == () and [each.start.hour for each in settled.sessions] == [19, 18]
    one = read_files([("mine.csv", as_csv([*rows[:2], ["b", "2026-03-02 19:00 GMT+7", 6]]))])
    assert one.questions == () and "its times are printed with GMT+7" in str(one.warnings[0])


@pytest.mark.parametrize(
    ("cell", "ends"),
    [("8-8 pm", (480, 1200)), ("8 pm - 8", (1200, 480)), ("8 am - 8", (480, 1200)), ("7:00:30-8:00", (420.5, 480))],
)
def test_an_end_at_the_same_hour_is_half_a_day_away(cell, ends):
    assert clock_range(cell) == ends


@pytest.mark.parametrize(
    ("printed", "minutes"),
    [("gmt+7", 420), ("+0530", 330), ("-03:30", -210), ("utc−8", -480), ("+10", 600), ("+130", 90), ("z", 0)],
)
def test_an_offset_in_minutes(printed, minutes):
    assert offset_of(printed) == timedelta(minutes=minutes)
