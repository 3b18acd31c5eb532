"""Who hosts when, from a schedule kept in a sheet: a start (or a day and a time) and a name in each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from playbook.imports.cells.times import clock, dates
from playbook.language import _
from playbook.model.session import Session, UnusableFile

_HOSTS = ("host", "hosts", "streamer", "presenter", "apresentador", "apresentadora", "anfitrião", "nama host",
          "người dẫn", "โฮสต์", "主播")  # fmt: skip
_STARTS = ("start", "start time", "begin", "início", "mulai", "bắt đầu", "date", "day", "data", "dia", "tanggal",
           "ngày", "วันที่", "开始时间", "日期")  # fmt: skip
_TIMES = ("time", "hour", "hora", "jam", "giờ", "เวลา", "时间")
#: A LIVE begins at most so long before or after the start that the schedule says.
REACH = timedelta(minutes=45)
_HEAD, _MOST = 20, 5_000


@dataclass(frozen=True)
class ScheduleRow:
    """Who is on from when, shop's wall clock; `day_alone` where the schedule says no time."""

    start: datetime
    host: str
    day_alone: bool = False


def schedule(name: str, sheets: Sequence[Sequence[Sequence[str]]]) -> list[ScheduleRow]:
    """The rows that have a start and a name. Raises UnusableFile, saying what was found and what was expected."""
    for rows in sheets:
        for at, row in enumerate(rows[:_HEAD]):
            plain = [" ".join(cell.split()).casefold() for cell in row]
            host, start = _of(plain, _HOSTS), _of(plain, _STARTS)
            if host is None or start is None:
                continue
            return _rows(name, rows[at + 1 : at + 1 + _MOST], host, start, _of(plain, _TIMES))
    heads = next((", ".join(filter(None, row)) for rows in sheets for row in rows), "none")
    raise UnusableFile(
        _(
            "{file}: no schedule was found. Expected are a column 'start' (or 'date' and 'time') and "
            "a column 'host'. The headers there: {headers}.",
            file=name,
            headers=heads[:200],
        )
    )


def hosts_of(found: Sequence[ScheduleRow], sessions: Sequence[Session]) -> dict[str, str]:
    """By id of a LIVE who hosted it: the row that begins nearest, or the only host of a day without times."""
    hosts: dict[str, str] = {}
    for each in sessions:
        if each.start is None:
            continue
        start = each.start.replace(tzinfo=None)
        near = [row for row in found if not row.day_alone and not each.day_alone and abs(row.start - start) <= REACH]
        if near:
            hosts[each.id] = min(near, key=lambda row: abs(row.start - start)).host
            continue
        of_day = {row.host for row in found if (row.day_alone or each.day_alone) and row.start.date() == start.date()}
        if len(of_day) == 1:
            hosts[each.id] = of_day.pop()
    return hosts


def _of(plain: Sequence[str], names: Sequence[str]) -> int | None:
    return next((plain.index(each) for each in names if each in plain), None)


def _rows(name: str, rows: Sequence[Sequence[str]], host: int, start: int, at: int | None) -> list[ScheduleRow]:
    cells = [(_cell(row, start), _cell(row, at), " ".join(_cell(row, host).split())) for row in rows]
    cells = [each for each in cells if each[0] and each[2]]
    read = dates([each[0] for each in cells])
    if read.unsure:
        raise UnusableFile(
            _("{file}: the days do not show whether the day or the month comes first. Write 2026-11-27.", file=name)
        )
    found = []
    for (text, time, who), day in zip(cells, read.values, strict=True):
        if day is None:
            continue
        minutes = clock(time) if time else None
        if minutes is not None:
            day = datetime.combine(day.date(), datetime.min.time()) + timedelta(minutes=minutes)
        found.append(ScheduleRow(day, who, minutes is None and ":" not in text))
    if not found:
        raise UnusableFile(
            _("{file}: no row of the schedule has a day that can be read. Write it like 2026-11-27 19:00.", file=name)
        )
    return found


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""
