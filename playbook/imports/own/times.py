"""When LIVEs were, in a sheet kept by hand: a day and a time in two columns, a day alone, a day above several times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import PurePath

from playbook.imports.cells.moments import clock_range
from playbook.imports.cells.plain import plain
from playbook.imports.cells.times import clocks, dates
from playbook.imports.cells.values import blank
from playbook.language import _, ngettext

from .columns import NOT_USED, Columns

_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00)?")
_DAY = re.compile(r"[0-3]?\d")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)20[2-4]\d(?!\d)")
_SHORT_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})[/.-]?")
_MONTH_SIGN = re.compile(r"\d{1,2} ?[月월]")
_SERIAL = re.compile(r"[3-7]\d{4}(?:\.\d+)?")
_NIGHT = re.compile(r"(2[4-9])(?:[:.時]([0-5]\d)?分?)")
_A_DAY = 1440
#: Hours without minutes: below this they may be how long a LIVE was.
_BARE_HOUR, _SURE_HOUR, _LAST_HOUR = re.compile(r"\d{1,2}"), 9, 29
_MONTHS = 12
_EXCEL_ZERO = datetime(1899, 12, 30)
#: What is said of a row: its place among the rows, the column, the words.
Said = tuple[int | None, int | None, str]


def join_start(found: Columns, rows: list[list[str]], header: list[str]) -> tuple[list[Said], frozenset[int]]:
    """Write day and time into one column, in place: what is odd, and the rows of which the day alone is known.

    Nothing to do leaves the rows alone.
    """
    date, at = found.at("date"), found.at("clock")
    if date is None:
        return [], frozenset()
    said: list[Said] = []
    ranges = None if at is None or found.has("end") else _ranges(rows, at)
    if at is not None:
        _fill_down(rows, date, at)
    days = [_day(row[date]) for row in rows]
    known = [value is not None for value in dates(days).values]
    times: list[float | None] = [None] * len(rows) if at is None else _minutes(rows, at, ranges, said)
    _past_midnight(days, times)
    untimed = frozenset(place for place, there in enumerate(known) if there and times[place] is None)
    apart = _apart([day if place in untimed else "" for place, day in enumerate(days)])
    said = [each for each in said if each[0] is None or known[each[0]]]  # of a row that is none nothing is said
    if untimed:
        said.append((None, date, _untimed(apart, among=sum(known))))
    ends = _ends(found, rows, days, times, ranges)
    for place, (row, day, there) in enumerate(zip(rows, days, known, strict=True)):
        if there:  # what is no day stays as it stands, like the word before a row of totals
            minutes = int((apart if place in untimed else times)[place] or 0)
            row[date] = f"{day} {minutes // 60:02d}:{minutes % 60:02d}"
        elif at is not None and times[place] is not None and not blank(row[date]):
            row[date] = f"{row[date]} {row[at]}"  # a row with a time of day is no heading
        if at is not None:
            row[at] = ""
    if at is not None:
        name = header[at].strip()
        header[date], header[at] = f"{header[date].strip()} + {name}", f"{name} (end)" if ranges else ""
        found.means[at] = "end" if ranges else NOT_USED
    found.means[date] = "start"
    if ends is not None:
        position, texts = ends
        for row, text in zip(rows, texts, strict=True):
            row[position] = text
    return said, untimed


def _ranges(rows: Sequence[Sequence[str]], at: int) -> list[tuple[float, float] | None] | None:
    """Times of day like `19:00-21:00`, where most are written so."""
    found = [clock_range(plain(row[at])) for row in rows]
    many, filled = sum(each is not None for each in found), sum(not blank(row[at]) for row in rows)
    return found if many and many * 2 > filled else None


def with_year(rows: list[list[str]], date: int, names: Sequence[str], *, month_first: bool = False) -> str | None:
    """Write the year, or year and month, of a file's or sheet's name into days that lack them; what is said of it.

    `month_first`: in `9/3` the month stands first, as in Chinese. None where nothing is missing, or where no name says
    one year.
    """
    cells = [_day(row[date]) for row in rows]
    filled = [cell for cell in cells if cell]
    if not filled or any(value is not None for value in dates(filled).values):
        return None
    for name in names:
        stem = PurePath(name).stem.replace("_", " ")
        month = dates([f"1 {stem}"]).values[0]
        if month is not None and all(_DAY.fullmatch(cell) for cell in filled if _DIGIT.search(cell)):
            made = [f"{month:%Y-%m}-{int(cell):02d}" if _DAY.fullmatch(cell) else cell for cell in cells]
        elif len(years := set(_YEAR.findall(stem))) == 1:
            made = [_dated(cell, min(years), month_first) for cell in cells]
        else:
            continue
        known = sum(value is not None for value in dates(made).values)
        if known * 2 > len(filled):
            for row, cell in zip(rows, made, strict=True):
                row[date] = cell
            return _("its dates have no year; it is taken from the name '{file}'", file=name)
    return None


def _dated(cell: str, year: str, month_first: bool) -> str:
    """A day with its year: `03/09` and `3 Sep` alike."""
    if _MONTH_SIGN.match(cell):
        return f"{year}{'년 ' if '월' in cell else '年'}{cell}"
    match = _SHORT_DAY.fullmatch(cell)
    if match and month_first and int(match[1]) <= _MONTHS:
        return f"{year}-{match[1]}-{match[3]}"
    if match:
        return f"{match[1]}{match[2]}{match[3]}{match[2]}{year}"
    return f"{cell.rstrip(',.')} {year}" if _DIGIT.search(cell) else cell


def _minutes(
    rows: Sequence[Sequence[str]], at: int, ranges: Sequence[tuple[float, float] | None] | None, said: list[Said]
) -> list[float | None]:
    cells = [row[at] for row in rows]
    read = _clocks(cells)
    if ranges is not None:
        read = [value if both is None else both[0] % 1440 for value, both in zip(read, ranges, strict=True)]
    for place, (cell, value) in enumerate(zip(cells, read, strict=True)):
        if value is None and not blank(cell):
            said.append((place, at, _("'{cell}' is not a time of day; left unknown", cell=cell.strip()[:40])))
    return read


def _clocks(cells: Sequence[str]) -> list[float | None]:
    """Times of day, also those counted on behind midnight, and bare hours where the largest can be no length."""
    texts = [plain(cell) for cell in cells]
    known = [text for text in texts if not blank(text)]
    if known and all(map(_BARE_HOUR.fullmatch, known)) and _SURE_HOUR <= max(map(int, known)) <= _LAST_HOUR:
        return [None if blank(text) else int(text) * 60 for text in texts]
    return [_of_night(cell) or value for cell, value in zip(cells, clocks(cells), strict=True)]


def _of_night(cell: str) -> float | None:
    """Minutes of a time behind midnight that is counted on from the evening: `24:15`, `25:30`, `25時30分`."""
    match = _NIGHT.fullmatch(plain(cell))
    return None if match is None else int(match[1]) * 60 + int(match[2] or 0)


def _past_midnight(days: list[str], times: list[float | None]) -> None:
    """A LIVE that began at `25:30` of a day began at 1:30 of the next; in place."""
    late = [place for place, minutes in enumerate(times) if minutes is not None and minutes >= _A_DAY]
    if not late:
        return
    moments = dates(days).values
    for place in late:
        moment = moments[place]
        if moment is not None:
            days[place] = f"{moment + timedelta(days=1):%Y-%m-%d}"
        times[place] = (times[place] or 0) - _A_DAY


def _fill_down(rows: list[list[str]], date: int, at: int) -> None:
    """A day that stands once above several times holds for all of them."""
    last = ""
    for row in rows:
        if not blank(row[date]):
            last = row[date]
        elif last and not blank(row[at]):
            row[date] = last


def _day(cell: str) -> str:
    """The day of a cell, as text that can stand before a clock."""
    text = plain(cell)
    if match := _MIDNIGHT.fullmatch(text):
        return match[1]
    if _SERIAL.fullmatch(text):
        return (_EXCEL_ZERO + timedelta(days=int(float(text)))).strftime("%Y-%m-%d")
    return "" if blank(text) else text


def _apart(days: Sequence[str]) -> list[float | None]:
    """Without times, LIVEs of one day are kept apart by a minute, in the order in which they stand."""
    known = [value for value in dates(list(days)).values if value is not None]
    newest_first = len(known) > 1 and known[0] > known[-1]
    order = list(range(len(days)))[:: -1 if newest_first else 1]
    seen: dict[str, int] = {}
    minutes: list[float | None] = [None] * len(days)
    for place in order:
        if days[place]:
            minutes[place] = seen.get(days[place], 0)
            seen[days[place]] = seen.get(days[place], 0) + 1
    return minutes


def _untimed(apart: Sequence[float | None], among: int) -> str:
    """What is said of LIVEs of which the day alone is known."""
    count = sum(each is not None for each in apart)
    text = (
        _("the sheet has dates alone, so the time of day of its LIVEs is not known")
        if count == among
        else ngettext(
            "{count} LIVE has a date and no time, so the time of day is not known",
            "{count} LIVEs have a date and no time, so the time of day is not known",
            count,
            count=count,
        )
    )
    if any(apart):
        text = _("{remark}; those of one day are kept apart by a minute, in the order of the sheet", remark=text)
    return text


def _ends(
    found: Columns,
    rows: Sequence[Sequence[str]],
    days: Sequence[str],
    starts: Sequence[float | None],
    ranges: Sequence[tuple[float, float] | None] | None,
) -> tuple[int, list[str]] | None:
    """Ends that are times of day, with the day of their start or the one behind it."""
    position = found.at("end") if ranges is None else found.at("clock")
    if position is None or not found.has("clock"):
        return None
    if ranges is not None:
        ends = [None if both is None else both[1] % 1440 for both in ranges]
    else:
        cells = [row[position] for row in rows]
        if any(value is not None for value in dates([cell for cell in cells if not blank(cell)]).values):
            return None
        ends = [None if value is None else value % _A_DAY for value in _clocks(cells)]
    moments = dates([f"{day} 00:00" if day else "" for day in days]).values
    texts = []
    for day, start, end in zip(moments, starts, ends, strict=True):
        if day is None or start is None or end is None:
            texts.append("")
            continue
        late = timedelta(minutes=end + (1440 if end <= start else 0))
        texts.append(f"{day + late:%Y-%m-%d %H:%M}")
    return position, texts
