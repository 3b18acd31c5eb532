"""Events typed as lines, one each: `0:58 unpin, Linen shirt` or `20:10-20:25 flash sale: Batik scarf`."""

from __future__ import annotations

import re

from playbook import formats
from playbook.model.session import EVENT_TYPES, Event, Session

HINT = "0:58 unpin, Linen shirt"
_CLOCK = r"\d{1,4}(?::\d{2})?"
_LINE = re.compile(rf"^({_CLOCK})(?:\s*(?:-|–|to|until)\s*({_CLOCK}))?[\s,]+(.+)$", re.IGNORECASE)
_DAY = 24 * 60.0


def read(text: str, session: Session) -> tuple[list[Event], list[str]]:
    """The events of the lines, and what is wrong with the others, in words. Empty lines are passed over."""
    events, wrong = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            found = _event(line.strip(), session)
            if isinstance(found, Event):
                events.append(found)
            else:
                wrong.append(f"Line {number}, '{line.strip()}': {found}")
    return events, wrong


def said(event: Event) -> str:
    """The event as it was understood: `0:58 to 1:10 flash sale: Batik scarf`."""
    clock = formats.clock(event.minute)
    end = "" if event.end_minute is None else f" to {formats.clock(event.end_minute)}"
    about = ", ".join(filter(None, (event.product, event.detail)))
    return f"{clock}{end} {event.type.replace('_', ' ')}{f': {about}' if about else ''}"


def clock_of(session: Session, minute: float) -> str:
    """A minute of the LIVE as the clock on the wall showed it; from its start where that is not known."""
    begun = session.start
    if begun is None or session.day_alone:
        return formats.clock(minute)
    at = (begun.hour * 60 + begun.minute + minute) % _DAY
    return f"{int(at // 60):02d}:{int(at % 60):02d}"


def minute_of(session: Session, typed: str) -> float | None:
    """The minute of the LIVE: `58`, `0:58` from its start, or `20:10` on the clock; None outside the LIVE.

    A time that can be both is read from the start of the LIVE.
    """
    last = session.duration_minutes or _DAY
    hours, _, minutes = typed.partition(":")
    offset = float(hours) * 60 + float(minutes) if minutes else float(hours)
    if offset <= last:
        return offset
    begun = session.start
    if not minutes or begun is None or session.day_alone:
        return None
    since = (offset - begun.hour * 60 - begun.minute - begun.second / 60) % _DAY
    return round(since, 2) if since <= last else None


def _event(line: str, session: Session) -> Event | str:
    parts = _LINE.match(line)
    if parts is None:
        return f"begin with the time, then what it was, like '{HINT}'."
    start, end, rest = parts.groups()
    minute, over = minute_of(session, start), minute_of(session, end) if end else None
    if minute is None or (end and over is None):
        return f"{start if minute is None else end} is not within this LIVE."
    if over is not None and over < minute:
        return f"it ends at {end}, before it begins."
    kind, about = _kind(rest)
    if kind is None:
        return f"say which it was: {', '.join(each.replace('_', ' ') for each in EVENT_TYPES)}."
    product = next((each.name for each in session.products if each.name and _same(each.name, about)), None)
    if kind in ("pin", "unpin") and about and product is None:
        product = about
    return Event(kind, minute, over, None if product else about or None, product)


def _kind(rest: str) -> tuple[str | None, str]:
    """The type of event that a line names, and what else it says."""
    words = " ".join(rest.replace("_", " ").split())
    for kind in sorted(EVENT_TYPES, key=len, reverse=True):
        spoken = kind.replace("_", " ")
        if re.match(rf"{spoken}\b", words, re.IGNORECASE):
            return kind, words[len(spoken) :].lstrip(" :,-")
    return None, words


def _same(name: str, typed: str) -> bool:
    """Whether a product is meant: its name, or its beginning from four letters on."""
    one, other = name.casefold(), typed.casefold()
    return one == other or (len(other) >= 4 and one.startswith(other))
