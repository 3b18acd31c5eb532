"""A start in two columns, of which the second has no header: a day, and behind it a clock or a part of a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from playbook.imports.cells.plain import plain
from playbook.imports.cells.times import clocks, dates
from playbook.imports.cells.values import blank
from playbook.imports.formats.tables import SheetTable

_SERIAL = re.compile(r"[34]\d{4}(?:\.0+)?")
_PART_OF_A_DAY = re.compile(r"0?[.,]\d{2,}|0")
_READ = 200


def joined_start(table: SheetTable, header: int) -> SheetTable:
    """The table with day and time in one cell, where a column without a header follows one of days; else as it is."""
    words = table.rows[header]
    for position in range(len(words) - 1):
        if words[position].strip() and not words[position + 1].strip() and _split(table, header, position):
            rows = [*table.rows[: header + 1], *(_joined(row, position) for row in table.rows[header + 1 :])]
            return replace(table, rows=rows)
    return table


def _split(table: SheetTable, header: int, position: int) -> bool:
    body = [row for row in table.rows[header + 1 : header + _READ] if len(row) > position + 1]
    days = [plain(row[position]) for row in body if not blank(row[position])]
    times = [plain(row[position + 1]) for row in body if not blank(row[position + 1])]
    if not days or not times or not all(map(_clock, times)):
        return False
    return all(_SERIAL.fullmatch(day) or (":" not in day and len(day) < 30) for day in days) and _are_days(days)


def _are_days(days: Sequence[str]) -> bool:
    return all(
        value is not None and value.hour == value.minute == 0 for value in dates(list(dict.fromkeys(days))).values
    )


def _clock(text: str) -> bool:
    return bool(_PART_OF_A_DAY.fullmatch(text)) or (":" in text and clocks([text])[0] is not None)


def _joined(row: list[str], position: int) -> list[str]:
    if len(row) <= position + 1 or blank(row[position]) or blank(row[position + 1]):
        return row
    day, time = plain(row[position]), plain(row[position + 1])
    if _PART_OF_A_DAY.fullmatch(time):
        part = float(time.replace(",", "."))
    else:
        minutes = clocks([time])[0]
        if minutes is None:
            return row
        part = minutes / 1440
    if _SERIAL.fullmatch(day):
        both = f"{int(float(day)) + part:.8f}"
    else:
        seconds = round(part * 86_400)
        both = f"{day} {seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return [*row[:position], both, "", *row[position + 2 :]]
