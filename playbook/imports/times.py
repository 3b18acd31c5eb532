"""Printed dates, clock times and durations, a column at a time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from .values import _short, blank

_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/?"
    r"(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*([AaPp][Mm])?\s*(Z|(?:UTC|GMT)?[+-]\d{1,2}:?(?:\d{2})?)?"
)
_YEAR_LAST = re.compile(
    r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*([AaPp][Mm])?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
#: A bare duration; three digits behind a comma could be thousands.
_LENGTH = re.compile(r"-?\d+(?:\.\d+|,\d{1,2}|,\d{4,})?")
_WORDS = re.compile(
    r"(?:(?P<d>\d+)\s*(?:days?|d|天)[\s,]*)?"
    r"(?:(?P<h>\d+(?:\.\d+|,\d{1,2})?)\s*(?:hours?|hrs?|h|小时|時間|jam|j|giờ|ชั่วโมง)[\s,]*)?"
    r"(?:(?P<m>\d+(?:\.\d+|,\d{1,2})?)\s*(?:minutes?|mins?|m|分钟|分|menit|mnt|phút|นาที)[\s,]*)?"
    r"(?:(?P<s>\d+(?:[.,]\d+)?)\s*(?:seconds?|secs?|s|秒|detik|dtk|giây|วินาที))?",
    re.IGNORECASE,
)
_COLONS = re.compile(r"(?:(\d+) days?, )?(\d+):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?")
#: Seconds. Shops that never close stream for days; a month in one LIVE is a slip of the pen or of a column.
LONGEST = 31 * 86_400.0
_EXCEL_ZERO = datetime(1899, 12, 30)
_EARLIEST, _LATEST = datetime(2015, 1, 1), datetime(2100, 1, 1)


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

    def steady(self) -> list[datetime | None]:
        """The times on one clock that never changes: the one of the earliest of them."""
        first = min(self.instants, key=lambda at: self.instants[at], default=None)
        wall = None if first is None else self.values[first]
        if first is None or wall is None:
            return self.values
        ahead = wall - self.instants[first]
        return [self.instants[at] + ahead if at in self.instants else value for at, value in enumerate(self.values)]


def dates(
    cells: Sequence[str],
    *,
    written: Literal["wall", "unix"] = "wall",
    day_first: bool | None = None,
    zone: tzinfo | None = None,
    month_first_market: bool = False,
) -> Dates:
    """Read a column of dates with times as the shop's wall clock, without offset.

    `zone` turns unix seconds and cells with an offset into wall clock; unix seconds without it are UTC and
    `guessed_utc` says so. Excel serial numbers and a slash behind the day are understood.

    >>> dates(["2026/05/23/ 21:47", "2026-03-21 10:33"]).values[0]
    datetime.datetime(2026, 5, 23, 21, 47)
    """
    order, unsure = _order(cells, day_first, month_first_market)
    values: list[datetime | None] = []
    problems: dict[int, str] = {}
    instants: dict[int, datetime] = {}
    for at, text in enumerate(cells):
        value = _iso(text)
        if value is None and not blank(text):
            plain = (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()
            if _NUMBER.fullmatch(plain):
                value, instant = _serial(float(plain), written, zone)
                if instant is not None:
                    instants[at] = instant
            else:
                value = _printed(plain, order, zone)
            if value is None:
                problems[at] = f"'{_short(text)}' is not a date and time; left unknown"
            elif len(plain) < 12 and value == value.replace(hour=0, minute=0) and ":" not in plain:
                problems[at] = f"'{_short(text)}' has no time of day; read as 00:00"
        if value is not None and not _EARLIEST <= value < _LATEST:
            problems[at], value = f"'{_short(text)}' is not a possible date; left unknown", None
            instants.pop(at, None)
        values.append(value)
    return Dates(values, problems, unsure, bool(instants) and zone is None, instants)


def _iso(text: str) -> datetime | None:
    """The commonest shape, without a pattern."""
    if len(text) in (16, 19) and text[4:5] == "-" and text[7:8] == "-" and text[13:14] == ":":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    return None


def _serial(number: float, written: str, zone: tzinfo | None) -> tuple[datetime | None, datetime | None]:
    """Unix seconds or milliseconds, with their UTC behind them, or days since 1900 as spreadsheets count them."""
    if 1e9 <= number < 1e10 or 1e12 <= number < 1e13:
        seconds = number / 1000 if number >= 1e12 else number
        instant = datetime.fromtimestamp(seconds, UTC)
        return instant.astimezone(zone or UTC).replace(tzinfo=None), instant.replace(tzinfo=None)
    if written == "wall" and 30_000 <= number < 80_000:
        moment = _EXCEL_ZERO + timedelta(seconds=round(number * 86_400))
        return moment, None
    return None, None


def _order(cells: Sequence[str], day_first: bool | None, month_first: bool) -> tuple[bool, bool]:
    """Whether the day stands first in dates that end with the year, and whether nothing told."""
    pairs = {(int(m[1]), int(m[2])) for m in (_YEAR_LAST.match(text.strip()) for text in cells) if m}
    if not pairs:
        return True, False
    if any(first > 12 for first, _ in pairs):
        return True, False
    if any(second > 12 for _, second in pairs):
        return False, False
    if day_first is not None:
        return day_first, False
    return not month_first, any(first != second for first, second in pairs)


def _printed(text: str, day_first: bool, zone: tzinfo | None) -> datetime | None:
    offset = None
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        offset = match[8]
    elif match := _YEAR_LAST.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        day, month = (first, second) if day_first else (second, first)
    else:
        return None
    hour, minute, second_ = int(match[4] or 0), int(match[5] or 0), int(match[6] or 0)
    try:
        moment = datetime(year, month, day, _hour(hour, match[7]), minute, second_)
    except ValueError:
        return None
    if offset and zone is not None:
        # Only then is the shop's wall clock another one than the printed one.
        moment = (moment - _offset(offset)).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    return moment


def _offset(text: str) -> timedelta:
    if text == "Z":
        return timedelta()
    digits = re.sub(r"[^\d]", "", text)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return timedelta(hours=hours, minutes=minutes) * (-1 if "-" in text else 1)


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half.casefold() == "pm" else 0)


def clock(text: str) -> float | None:
    """Minutes since midnight of `10:06`, `10:06:30`, `9:05 pm`; of a range, its beginning; of a date, its clock.

    >>> clock("10:06")
    606.0
    """
    match = _CLOCK.search(unicodedata.normalize("NFKC", text))
    if match is None:
        # A spreadsheet's part of a day.
        plain = text.strip()
        return round(float(plain) * 1440, 2) if plain.startswith("0.") and _NUMBER.fullmatch(plain) else None
    hour, minute, second = _hour(int(match[1]), match[4]), int(match[2]), int(match[3] or 0)
    if hour > 24 or minute > 59 or second > 59:
        return None
    return hour * 60 + minute + second / 60


def clocks(cells: Sequence[str]) -> list[float | None]:
    """A column of clock times. A bare 0 is midnight where the others are a spreadsheet's parts of a day.

    >>> clocks(["0.9965277778", "0"])
    [1435.0, 0.0]
    """
    parts = any(cell.strip().startswith("0.") for cell in cells)
    return [0.0 if parts and cell.strip() == "0" else clock(cell) for cell in cells]


@dataclass(frozen=True)
class Durations:
    """A column of durations in seconds; `negative` are LIVEs that were still running."""

    values: list[float | None]
    problems: dict[int, str] = field(default_factory=dict)
    negative: frozenset[int] = frozenset()


def durations(
    cells: Sequence[str], plain: Literal["seconds", "minutes", "days"] = "seconds", *, short: bool = False
) -> Durations:
    """Read a column of durations. `plain` is the unit of a bare number; `short` reads `1:30` as a minute and a half.

    A bare number in seconds that is below 10 and has decimals is a spreadsheet's part of a day, unless `short`.

    >>> durations(["1h 40min", "0h26m", "21.46s", "1:05:30"]).values
    [6000.0, 1560.0, 21.46, 3930.0]
    """
    joined = "".join(cells)
    if joined.isascii() and joined.isdigit() and max(map(len, cells)) < 9:
        unit = {"seconds": 1.0, "minutes": 60.0, "days": 86_400.0}[plain]
        quick = [float(text) * unit if text else None for text in cells]
        if max(value or 0.0 for value in quick) <= LONGEST:
            return Durations(quick)
    values: list[float | None] = []
    problems: dict[int, str] = {}
    negative = set()
    for at, text in enumerate(cells):
        value = None
        if not blank(text):
            text = (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()
            bare = _LENGTH.fullmatch(text)
            value = _bare(text.replace(",", "."), plain, short) if bare else _worded(text, short)
            if value is None:
                problems[at] = f"'{_short(text)}' is not a duration; left unknown"
            elif value < 0:
                negative.add(at)
                value = None
            elif value > LONGEST:
                problems[at] = f"'{_short(text)}' is longer than a month; left unknown"
                value = None
        values.append(value)
    return Durations(values, problems, frozenset(negative))


def _bare(text: str, plain: str, short: bool) -> float | None:
    number = float(text)
    if number > 1e9:
        return None
    if plain == "days" or (plain == "seconds" and not short and "." in text and 0 < number < 10):
        return round(number * 86_400)
    return number * 60 if plain == "minutes" else number


def _worded(text: str, short: bool) -> float | None:
    if match := _COLONS.fullmatch(text):
        days, first, second, third = int(match[1] or 0), int(match[2]), int(match[3]), match[4]
        if third is not None:
            return days * 86_400 + first * 3_600 + second * 60 + float(third)
        return float(first * 60 + second) if short else float(first * 3_600 + second * 60)
    match = _WORDS.fullmatch(text)
    if match is None or not any(match.groupdict().values()):
        return None
    found = {unit: float((match[unit] or "0").replace(",", ".")) for unit in "dhms"}
    return found["d"] * 86_400 + found["h"] * 3_600 + found["m"] * 60 + found["s"]
