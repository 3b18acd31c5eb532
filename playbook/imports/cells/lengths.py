"""Printed lengths of time, a column at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from playbook.language import _

from .plain import LONGEST_VALUE, bare, plain
from .time_words import LENGTHS
from .values import blank, shortened

#: A bare duration; three digits behind a comma could be thousands.
_LENGTH = re.compile(r"-?\d+(?:\.\d+|,\d{1,2}|,\d{4,})?(?:[eE][-+]?\d{1,2})?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})+")
_PART = re.compile(r"(\d+(?:\.\d+|,\d{1,2}(?!\d)|,\d{4,})?) ?([^\W\d_][^\d\s,]*)?,? ?")
#: As exports write most lengths: `1h40m`, `2h 7min`, `26min`.
_USUAL = re.compile(r"(?:(\d{1,4})h ?)?(\d{1,4}) ?m(?:in)?")
#: And as they write those of viewing: `18.28s`.
_SECONDS = re.compile(r"(\d{1,6}(?:\.\d+)?) ?s")
_AND = re.compile(r" (?:and|und|y|e|et|dan|và|en|och|i) ")
_COLONS = re.compile(r"(?:(\d+) ?([^\W\d_]+),? |(\d+)\.)?(\d+):(\d{1,2})(?::(\d{1,2}(?:[.,]\d+)?))?")
_ISO_LENGTH = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?", re.IGNORECASE)
#: A length of a day or more in a cell that shows a clock: spreadsheets count such days from their first one.
_FIRST_DAYS = re.compile(r"(1899-12-3[01]|190[04]-01-\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")
#: Seconds. Shops that never close stream for days; a month in one LIVE is a slip of the pen or of a column.
LONGEST = 31 * 86_400.0


@dataclass(frozen=True)
class DurationReader:
    """A column of durations in seconds; `negative` are LIVEs that were still running."""

    values: list[float | None]
    problems: dict[int, str] = field(default_factory=dict)
    negative: frozenset[int] = frozenset()


def durations(
    cells: Sequence[str],
    plain_number: Literal["seconds", "minutes", "hours", "days"] = "seconds",
    *,
    short: bool = False,
) -> DurationReader:
    """Read a column of durations.

    `plain_number` is the unit of a bare number; `short` reads `1:30` as a minute and a half.

    A bare number in seconds that is below 10 and has decimals is a spreadsheet's part of a day, unless `short`.

    >>> durations(["1h 40min", "0h26m", "21.46s", "1:05:30"]).values
    [6000.0, 1560.0, 21.46, 3930.0]
    """
    joined = "".join(cells)
    unit = {"seconds": 1.0, "minutes": 60.0, "hours": 3_600.0, "days": 86_400.0}[plain_number]
    if joined.isascii() and joined.isdigit() and max(map(len, cells)) < 9:
        quick = [float(text) * unit if text else None for text in cells]
        if max(value or 0.0 for value in quick) <= LONGEST:
            return DurationReader(quick)
    values: list[float | None] = []
    problems: dict[int, str] = {}
    negative = set()
    grouped = unit == 1.0 and not short and _thousands(cells)
    for at, text in enumerate(cells):
        value = None
        if not blank(text):
            text = text.strip() if bare(text) else plain(text)
            if len(text) <= LONGEST_VALUE:
                value = _length(re.sub("[.,]", "", text) if grouped else text, plain_number, short)
            if value is None:
                problems[at] = _("'{cell}' is not a duration; left unknown", cell=shortened(text))
            elif value < 0:
                negative.add(at)
                value = None
            elif value > LONGEST:
                problems[at] = _("'{cell}' is longer than a month; left unknown", cell=shortened(text))
                value = None
        values.append(value)
    return DurationReader(values, problems, frozenset(negative))


def _thousands(cells: Sequence[str]) -> bool:
    """Whether separators in a column of whole seconds stand for thousands: `7,200`; a dot says so from two cells on."""
    known = [text for text in map(plain, cells) if not blank(text)]
    signs = [match[1] for text in known if (match := _GROUPED.fullmatch(text[:30]))]
    others = [text for text in known if not text.isdigit() and not _GROUPED.fullmatch(text[:30])]
    return bool(signs) and not others and len(set(signs)) == 1 and (signs[0] == "," or len(signs) > 1)


def _length(text: str, unit: str, short: bool) -> float | None:
    """Seconds of one cell."""
    if _LENGTH.fullmatch(text):
        return _bare(text.replace(",", "."), unit, short)
    if match := _USUAL.fullmatch(text):
        return _added(0, int(match[1] or 0), int(match[2]), 0)
    if match := _SECONDS.fullmatch(text):
        return float(match[1])
    if match := _ISO_LENGTH.fullmatch(text):
        return _added(*(float((part or "0").replace(",", ".")) for part in match.groups())) if len(text) > 2 else None
    if match := _FIRST_DAYS.fullmatch(text):
        first = datetime(1904, 1, 1) if match[1].startswith("1904") else datetime(1899, 12, 31)
        days = max(0, (datetime.fromisoformat(match[1]) - first).days)
        return _added(days, int(match[2]), int(match[3]), int(match[4] or 0))
    if match := _COLONS.fullmatch(text):
        return _colons(match, short)
    return _worded(text)


def _added(days: float, hours: float, minutes: float, seconds: float) -> float:
    return days * 86_400.0 + hours * 3_600 + minutes * 60 + seconds


def _bare(text: str, unit: str, short: bool) -> float | None:
    number = float(text)
    if number > 1e9:
        return None
    if unit == "days" or (unit == "seconds" and not short and "." in text and 0 < number < 10):
        return round(number * 86_400)
    return number * {"minutes": 60, "hours": 3_600}.get(unit, 1)


def _colons(match: re.Match[str], short: bool) -> float | None:
    """`2:07`, `26:07:00`, `1 day, 2:03:04`, `1 days 02:00:00`, `1.02:00:00`."""
    word = match[2]
    if word is not None and LENGTHS.get(word.casefold()) != "d":
        return None
    days, first, second, third = int(match[1] or match[3] or 0), int(match[4]), int(match[5]), match[6]
    if third is not None:
        return _added(days, first, second, float(third.replace(",", ".")))
    return float(first * 60 + second) if short and not days else _added(days, first, second, 0)


def _worded(text: str) -> float | None:
    """Numbers with units that get smaller: `2h 07min`, `2 Std. 7 Min.`, `2时7分0秒`; `2h07` leaves the last one out."""
    text = _AND.sub(" ", text.casefold())
    parts: list[tuple[float, str]] = []
    at = 0
    while at < len(text) and (match := _PART.match(text, at)) is not None:
        number, word, at = float(match[1].replace(",", ".")), (match[2] or "").replace(".", ""), match.end()
        parts.append((number, word))
    if at < len(text) or not parts:
        return None
    units = "dhms"
    found = dict.fromkeys(units, 0.0)
    last = -1
    for place, (number, word) in enumerate(parts):
        unit = LENGTHS.get(word)
        if word == "saat" and len(parts) > 1:  # Malay for seconds, Turkish for hours
            unit = "s" if place else "h"
        if not word and place and place == len(parts) - 1 and 0 <= last < 3 and number < 60:
            unit = units[last + 1] if last else None
        if unit is None or units.index(unit) <= last:
            return None
        last = units.index(unit)
        found[unit] = number
    return _added(found["d"], found["h"], found["m"], found["s"])
