"""Printed dates and clock times, a column at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from playbook.language import N_, _

from .lengths import LONGEST, DurationReader, durations
from .moments import Printed, clock_of, offset_of, printed
from .plain import LONGEST_VALUE, plain
from .values import blank, shortened

__all__ = ["LONGEST", "Dates", "DurationReader", "clock", "clocks", "dates", "durations"]

_YEAR_FIRST = re.compile(
    r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?/?"
    r"(?:(?: ?T ?|[ ,]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([AaPp])\.? ?[Mm])?")
_DOTTED = re.compile(r"[012]?\d\.[0-5]\d")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_EXCEL_ZERO = datetime(1899, 12, 30)
#: Days between the two beginnings from which spreadsheets count.
_LATER_ZERO = 1_462
#: TikTok Shop sold in its first LIVEs in 2021.
_FIRST_LIVES = datetime(2020, 6, 1)
_EARLIEST = datetime(2015, 1, 1)
#: A start so far ahead of the clock is a slip of the pen, 2062 for 2026, and would be the newest LIVE for ever.
_AHEAD = timedelta(days=3_653)


@dataclass(frozen=True)
class Dates:
    """A column of times. `unsure` is set when day and month could not be told apart from the cells.

    `instants` is UTC of the cells that count seconds, by position: distances between wall clocks are an hour off
    in the night in which the clocks change.
    """

    values: list[datetime | None]
    problems: dict[int, str] = field(default_factory=dict)
    unsure: bool = False
    guessed_utc: bool = False
    instants: dict[int, datetime] = field(default_factory=dict)
    offsets: tuple[str, ...] = ()

    def steady(self) -> list[datetime | None]:
        """The times on one clock that never changes: the one of the earliest of them."""
        first = min(self.instants, key=lambda at: self.instants[at], default=None)
        wall = None if first is None else self.values[first]
        if first is None or wall is None:
            return self.values
        ahead = wall - self.instants[first]
        return [self.instants[at] + ahead if at in self.instants else value for at, value in enumerate(self.values)]


def dates(  # noqa: C901
    cells: Sequence[str],
    *,
    written: Literal["wall", "unix"] = "wall",
    day_first: bool | None = None,
    zone: tzinfo | None = None,
    month_first_market: bool = False,
    from_1904: bool = False,
) -> Dates:
    """Read a column of dates with times as the shop's wall clock, without offset.

    `zone` turns unix seconds and cells with an offset into wall clock; unix seconds without it are UTC and
    `guessed_utc` says so. Serial numbers of spreadsheets, counted from 1900 or (`from_1904`) 1904, months by name in
    the languages of the markets, Buddhist years and halves of the day are understood.

    >>> dates(["2026/05/23/ 21:47", "2026-03-21 10:33"]).values[0]
    datetime.datetime(2026, 5, 23, 21, 47)
    """
    values: list[datetime | None] = [_iso(text) for text in cells]
    problems: dict[int, str] = {}
    instants: dict[int, datetime] = {}
    taken: dict[int, Printed] = {}
    serials: dict[int, float] = {}
    for at, text in enumerate(cells):
        if values[at] is not None or blank(text):
            continue
        text = plain(text)
        values[at] = _year_first(text)
        short = len(text) <= 30  # more digits are no number of days or seconds
        number = float(text.replace(",", ".")) if values[at] is None and short and _NUMBER.fullmatch(text) else None
        if number is not None and _days(number):
            if written == "wall":
                serials[at] = number
        elif number is not None and (moment := _unix(number, zone)):
            values[at], instants[at] = moment
        elif values[at] is None and (found := printed(text)) is not None:
            taken[at] = found
    year_first = _short_year_first([each.numbers for each in taken.values() if each.shape == "short"])
    doubtful = [
        each for each in taken.values() if each.shape == "year_last" or (each.shape == "short" and not year_first)
    ]
    order, unsure = _order(doubtful, day_first, month_first_market)
    for at, each in taken.items():
        values[at] = _moment(each, order, year_first, zone)
    later = from_1904 or _counted_later(serials.values())
    for at, number in serials.items():
        days = number + (_LATER_ZERO if later else 0)
        values[at] = _EXCEL_ZERO + timedelta(seconds=round(days * 86_400))
    latest = datetime.now(UTC).replace(tzinfo=None) + _AHEAD
    for at, text in enumerate(cells):
        value = values[at]
        if value is None:
            if not blank(text):
                problems[at] = _("'{cell}' is not a date and time; left unknown", cell=shortened(text))
        elif not _EARLIEST <= value < latest:
            why = (
                N_("'{cell}' is not a possible date; left unknown")
                if value < _EARLIEST
                else N_("'{cell}' lies years ahead, so the year must be a slip; left unknown")
            )
            problems[at], values[at] = _(why, cell=shortened(text)), None
            instants.pop(at, None)
        elif value.hour == value.minute == 0 and _without_clock(text, taken.get(at)):
            problems[at] = _("'{cell}' has no time of day; read as 00:00", cell=shortened(text))
    carried = {each.offset for each in taken.values() if each.offset} if zone is None else set()
    return Dates(values, problems, unsure, bool(instants) and zone is None, instants, tuple(sorted(carried)))


def _without_clock(text: str, found: Printed | None) -> bool:
    return found.minutes is None if found is not None else ":" not in text and len(text.strip()) < 12


def _iso(text: str) -> datetime | None:
    """The commonest shape, without a pattern."""
    if len(text) in (16, 19) and text[4:5] == "-" and text[7:8] == "-" and text[13:14] == ":":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    return None


def _year_first(text: str) -> datetime | None:
    """The next commonest shape: year, month, day and a plain clock."""
    match = _YEAR_FIRST.fullmatch(text) if len(text) < 30 else None
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return _dated(year, month, day, hour * 60 + minute, second)


def _dated(year: int, month: int, day: int, minutes: int, second: int = 0) -> datetime | None:
    try:
        return datetime(_western(year), month, day, minutes // 60, minutes % 60, second)
    except ValueError:
        return None


def _western(year: int) -> int:
    """A year of this calendar: 2569 of the Buddhist one is 2026; of two digits, 26 is 2026 and 69 is 2569."""
    if year < 100:
        year += 2000 if year < 58 else 2500
    return year - 543 if 2558 <= year < 2643 else year


def _unix(number: float, zone: tzinfo | None) -> tuple[datetime, datetime] | None:
    """Unix seconds or milliseconds as wall clock and as UTC."""
    if not (1e9 <= number < 1e10 or 1e12 <= number < 1e13):
        return None
    instant = datetime.fromtimestamp(number / 1000 if number >= 1e12 else number, UTC)
    return instant.astimezone(zone or UTC).replace(tzinfo=None), instant.replace(tzinfo=None)


def _days(number: float) -> bool:
    return 30_000 <= number < 80_000


def _counted_later(serials: Iterable[float]) -> bool:
    """Whether days can only be counted from 1904: from 1900 all would lie before there was a LIVE to sell in."""
    latest = max(serials, default=None)
    if latest is None:
        return False
    return _EXCEL_ZERO + timedelta(days=latest) < _FIRST_LIVES <= _EXCEL_ZERO + timedelta(days=latest + _LATER_ZERO)


def _order(found: Sequence[Printed], day_first: bool | None, month_first: bool) -> tuple[bool, bool]:
    """Whether the day stands first in dates that end with the year, and whether nothing showed it."""
    pairs = {each.numbers[:2] for each in found}
    if any(first > 12 for first, _unused in pairs):
        return True, False
    if any(second > 12 for _unused, second in pairs):
        return False, False
    if day_first is not None:
        return day_first, False
    return not month_first, any(first != second for first, second in pairs)


def _short_year_first(dates: Sequence[tuple[int, int, int]]) -> bool:
    """Whether the year stands first in dates of two digits each: there the column repeats itself, not at the end."""
    firsts, lasts = {first for first, _unused, _unused in dates}, {last for _unused, _unused, last in dates}
    return len(firsts) < len(lasts) and all(15 <= first < 100 for first in firsts)


def _moment(each: Printed, day_first: bool, short_year_first: bool, zone: tzinfo | None) -> datetime | None:
    first, second, third = each.numbers
    year, month, day = first, second, third
    if each.shape == "year_last" or (each.shape == "short" and not short_year_first):
        year, month, day = (third, second, first) if day_first else (third, first, second)
    minutes = each.minutes or 0
    moment = _dated(year, month, day, minutes % 1440, each.seconds)
    if moment is None or (minutes == 1440 and each.seconds):
        return None
    try:
        moment += timedelta(days=minutes // 1440)
        if each.offset and zone is not None:
            # Only then is the shop's wall clock another one than the printed one.
            moment = (moment - offset_of(each.offset)).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except OverflowError:  # past the last day of the year 9999
        return None
    return moment


def clock(text: str) -> float | None:
    """Minutes since midnight of `10:06`, `10:06:30`, `9:05 pm`; of a range, its beginning; of a date, its clock.

    >>> clock("10:06")
    606.0
    """
    text = plain(text)
    match = _CLOCK.search(text[:LONGEST_VALUE])
    if match is None or not match[4]:
        # A spreadsheet's part of a day.
        if text.startswith("0.") and _NUMBER.fullmatch(text[:30]):
            return round(float(text[:30]) * 1440, 2)
        read = clock_of(text) if match or not _NUMBER.fullmatch(text) or _DOTTED.fullmatch(text) else None
        return None if read is None else read[0] + read[1] / 60
    hour = int(match[1]) % 12 + (12 if match[4] in "pP" else 0)
    return (
        None if int(match[2]) > 59 or int(match[3] or 0) > 59 else hour * 60 + int(match[2]) + int(match[3] or 0) / 60
    )


def clocks(cells: Sequence[str]) -> list[float | None]:
    """A column of clock times. A bare 0 is midnight where the others are a spreadsheet's parts of a day.

    >>> clocks(["0.9965277778", "0"])
    [1435.0, 0.0]
    """
    parts = any(cell.strip().startswith("0.") for cell in cells)
    return [0.0 if parts and cell.strip() == "0" else clock(cell) for cell in cells]
