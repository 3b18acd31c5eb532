"""Cells at the edges of what is read: lengths, years, suffixes, quotes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from playbook.imports.cells.lengths import LONGEST, durations
from playbook.imports.cells.moments import clock_range, offset_of
from playbook.imports.cells.plain import bare, plain
from playbook.imports.cells.times import _short_year_first, _western, clock, clocks, dates
from playbook.imports.cells.values import blank, numbers


def test_lengths_at_their_edges() -> None:
    longest = int(LONGEST)
    assert durations([str(longest)]).values == [float(longest)] and durations([str(longest + 1)]).values == [None]
    assert durations(["90", ""], "minutes").values == [5_400.0, None] and durations(["2"], "hours").values == [7_200.0]
    assert durations(["1.5", "2"], "hours").values == [5_400.0, 7_200.0]
    zero = durations(["0m", "-0:30"])
    assert zero.values[0] == 0.0 and 0 not in zero.negative
    assert durations(["1 day, 2:03:04"]).values == [93_784.0] and durations(["1 week, 2:03:04"]).values == [None]
    assert durations(["2h07", "2h 7m 5s", "7m 2h", "2h60"]).values == [7_620.0, 7_625.0, None, None]
    assert durations(["2h59"]).values == [7_200.0 + 59 * 60] and durations(["12"]).values == [12.0]
    assert durations(["PT2H7M", "P"]).values == [7_620.0, None]


def test_a_clock_has_sixty_minutes_and_sixty_seconds() -> None:
    assert clock("9:59 pm") == 21 * 60 + 59 and clock("9:60 pm") is None
    assert clock("9:05:59 am") == pytest.approx(9 * 60 + 5 + 59 / 60) and clock("9:05:60 am") is None
    assert clock("12:00 am") == 0 and clock("12:30 pm") == 750
    assert clocks(["0.5", "0"]) == [720.0, 0.0] and clocks(["10:00", "0"])[0] == 600.0


def test_years_of_two_digits_and_of_the_buddhist_calendar() -> None:
    assert [_western(each) for each in (0, 26, 57, 58, 69, 99, 100)] == [2000, 2026, 2057, 2015, 2026, 2056, 100]
    assert [_western(each) for each in (2026, 2557, 2558, 2642, 2643)] == [2026, 2557, 2015, 2099, 2643]


def test_the_year_stands_where_a_column_repeats_itself() -> None:
    assert _short_year_first([(26, 1, 3), (26, 2, 14), (26, 3, 25)])
    assert not _short_year_first([(3, 1, 26), (14, 2, 26), (25, 3, 26)])


def test_ranges_of_clocks_and_offsets() -> None:
    assert clock_range("7-9 pm") == (1_140.0, 1_260.0) and clock_range("11 am-1") == (660.0, 780.0)
    assert clock_range("11 pm-1") == (1_380.0, 60.0), "past midnight"
    assert clock_range("19:00-21:00") == (1_140.0, 1_260.0) and clock_range("19:00") is None
    hours = [offset_of(each) / timedelta(hours=1) for each in ("gmt+7", "+0530", "-03", "−0300", "z", "+07:00", "+14")]
    assert hours == [7, 5.5, -3, -3, 0, 7, 14]


def test_what_programs_put_around_a_cell() -> None:
    assert plain('="5"') == "5" and plain('=""') == "" and plain('="') == '="' and plain('=" 7 "') == "7"
    assert plain("' 5") == "5" and plain("`5") == "5" and plain("5'") == "5'" and plain("１２") == "12"
    assert bare("5 kg") and not bare("'5") and not bare("=5") and not bare("５") and bare("")


def test_numbers_that_a_suffix_or_an_exponent_settles() -> None:
    assert numbers(["1.234", "2.500"], "count").values == [1_234.0, 2_500.0]
    assert numbers(["1.234k", "2.5k"], "count").values == [1_234.0, 2_500.0]
    assert numbers(["1.234e3"], "count").values == [1_234.0] and numbers(["1,234e3"], "count").values == [1_234.0]
    assert numbers(["1234.567"], "count").values == [1_234.567], "four digits before the sign are no group"
    assert numbers(["0.125"], "count").values == [0.125] and numbers(["1 234 567"], "count").values == [1_234_567.0]
    assert numbers(["12 34"], "count").values == [None] and numbers(["1'234"], "count").values == [1_234.0]
    assert numbers(["%"], "rate").values == [None] and numbers(["5%", ""], "rate").values == [5.0, None]
    assert numbers(["1.5", "2,5"], "money", decimal=".").values[0] == 1.5
    assert numbers(["1,234", "0,5"], "rate").values == [1.234, 0.5], "three digits of a rate are decimals"
    assert set(numbers(["%", "5%"], "rate").problems) == {0}
    assert blank("-") and blank("n/a") and blank("") and not blank("0") and not blank("x")


def test_dates_a_spreadsheet_counts_in_days() -> None:
    found = dates(["46234.8125", "2026-07-31 19:30"])
    assert found.values == [datetime(2026, 7, 31, 19, 30), datetime(2026, 7, 31, 19, 30)]
    assert dates(["31/07/2026 07:05"]).values == [datetime(2026, 7, 31, 7, 5)]
