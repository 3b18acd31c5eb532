"""LIVEs to come, the weekly look and to-dos as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

#: Octets of a line before it is folded.
_FOLD = 75


@dataclass(frozen=True)
class Entry:
    """One entry. A day alone is an entry of the whole day; a time without a zone is the shop's wall clock, which a
    calendar shows as it is. `every` repeats it after so many days.
    """

    title: str
    start: date | datetime
    minutes: float = 60.0
    note: str = ""
    every: int | None = None


def as_calendar(shop: str, entries: Sequence[Entry], made: datetime) -> str:
    """The file; the same entry again has the same name in it, so importing it twice makes no second one."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//LIVE Traffic Playbook//EN", f"X-WR-CALNAME:{_text(shop)}"]
    for each in entries:
        lines += _entry(shop, each, made)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _entry(shop: str, each: Entry, made: datetime) -> Iterable[str]:
    name = hashlib.sha256("\x1f".join((shop, each.title, each.start.isoformat())).encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{name}@live-traffic-playbook"
    yield f"DTSTAMP:{made.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if isinstance(each.start, datetime):
        end = each.start + timedelta(minutes=max(each.minutes, 1.0))
        yield f"DTSTART:{each.start:%Y%m%dT%H%M%S}"
        yield f"DTEND:{end:%Y%m%dT%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{each.start:%Y%m%d}"
    if each.every is not None:
        yield f"RRULE:FREQ=DAILY;INTERVAL={each.every}"
    yield f"SUMMARY:{_text(f'{shop}: {each.title}')}"
    if each.note:
        yield f"DESCRIPTION:{_text(each.note)}"
    yield "END:VEVENT"


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(line for line in escaped.splitlines() if line) or ""


def _folded(line: str) -> Iterable[str]:
    """Lines of at most 75 octets, the later ones begun with a blank; no letter is cut in two."""
    part, room = "", _FOLD
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield part
            part, room = " ", _FOLD - 1
        part += sign
        room -= size
    yield part
