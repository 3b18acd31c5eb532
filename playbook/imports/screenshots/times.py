"""When a LIVE was and how long, as a picture shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from playbook.imports.cells.lengths import durations
from playbook.imports.cells.times import dates

from .boxes import Box
from .values import spelled

_YEAR_FIRST = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{2})[\s,·T]*(\d{1,2}:\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2}[-/.]\d{1,2}[-/.]\d{4})[\s,·]*(\d{1,2}:\d{2}(?:\s?[AP]M)?)", re.IGNORECASE)
_CLOCK_BEHIND = re.compile(r"\d{1,2}:\d{2}")
#: Parts of a line: `2026-08-01 19:03 · 2h 7m`.
_PARTS = re.compile(r"[·•|]|\s[-–—~]\s")
#: A length of a LIVE has hours or minutes in words, or three parts of a clock.
_LONG = re.compile(r"\d{1,3}:\d{2}:\d{2}|\d{1,4}\s?[^\W\d_]{1,20}\.?\s?\d{1,4}\s?[^\W\d_].*")
#: The same within a line that the reader joined: `Casa Aurora Durasi: 3 jam 6 menit Waktu mulai: ...`.
_WITHIN = re.compile(
    r"(?<![\d:])(?:\d{1,3}:\d{2}:\d{2}(?![\d:])|\d{1,3}\s?[^\W\d_]{1,20}\.?\s?\d{1,2}\s?[^\W\d_]{1,20})"
)
#: Markets that write the month first.
_MONTH_FIRST = frozenset({"USD", "PHP"})
#: In seconds; a LIVE is hardly shorter.
_SHORTEST = 300


def moment_of(boxes: Sequence[Box], currency: str | None) -> tuple[datetime | None, tuple[str, ...]]:
    """The first moment in the lines of a picture, and why it is not sure."""
    for box in boxes:
        for text in (box.text, *_PARTS.split(box.text)):
            found = _moment(text.strip(), currency)
            if found[0] is not None:
                return found
    return None, ()


def _moment(text: str, currency: str | None) -> tuple[datetime | None, tuple[str, ...]]:
    if match := _YEAR_FIRST.search(text):
        return dates([f"{match[1].replace('.', '-')} {match[2]}"]).values[0], ()
    month_first = currency in _MONTH_FIRST
    if match := _YEAR_LAST.search(text):
        read = dates([f"{match[1]} {match[2]}"], month_first_market=month_first)
        return read.values[0], ("day",) if read.unsure else ()
    if len(text) <= 40 and _CLOCK_BEHIND.search(text):
        read = dates([text], month_first_market=month_first)
        if read.values[0] is not None and not read.problems:
            return read.values[0], ("day",) if read.unsure else ()
    return None, ()


def length_of(text: str, *, loose: bool = False) -> float | None:
    """Seconds of the length of a LIVE; `loose` asks for hours and minutes, for a text that no label explains."""
    for part in (text, *_PARTS.split(text), *_WITHIN.findall(text)) if loose else (text,):
        part = spelled(part.strip())
        if loose and not _LONG.fullmatch(part):
            continue
        seconds = durations([part], "minutes").values[0]
        if seconds is not None and (not loose or seconds >= _SHORTEST):
            return seconds
    return None
