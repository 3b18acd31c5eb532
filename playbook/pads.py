"""Event pads: what was tapped during a LIVE, one CSV file each, written at every tap so that nothing is lost.

The files have the layout of our event template, so they can be uploaded like any event log.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from .session import EVENT_TYPES, Event
from .userdata import folder, write_whole

HEADER = ("time", "type", "detail", "end", "product", "note")
#: A text longer than a cell of a CSV could be written and never be read again.
LONGEST = 1_000
#: A pad belongs to a LIVE that began within so many minutes of it.
NEAR_MINUTES = 20
#: Types that last, so that their end is worth a tap.
SPANS = frozenset({"flash_sale", "giveaway", "billboard", "coupon", "ad", "pin"})


@dataclass(frozen=True)
class Tap:
    """One tap, by the shop's wall clock. `end` is None while it lasts or where it has no length."""

    at: datetime
    type: str
    product: str | None = None
    detail: str | None = None
    note: str | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class Pad:
    """The taps of one LIVE, in the order in which they happened."""

    start: datetime
    taps: tuple[Tap, ...] = ()

    @property
    def path(self) -> Path:
        return pads_folder() / f"events_{self.start:%Y-%m-%d_%H%M%S}.csv"

    def tapped(self, tap: Tap) -> Pad:
        """With one more tap. A new pin ends the pin before it: one product is pinned at a time."""
        taps = self.taps
        cut = {name: text[:LONGEST] for name in ("product", "detail", "note") if (text := getattr(tap, name))}
        tap = replace(tap, **cut)
        if tap.type in ("pin", "unpin"):
            taps = tuple(
                replace(each, end=tap.at) if each.type == "pin" and each.end is None else each for each in taps
            )
        return replace(self, taps=(*taps, tap))

    def undone(self) -> Pad:
        """Without the last tap; a pin that it had ended goes on."""
        if not self.taps:
            return self
        last = self.taps[-1]
        taps = tuple(
            replace(each, end=None) if each.type == "pin" and each.end == last.at else each for each in self.taps[:-1]
        )
        return replace(self, taps=taps)

    def ended(self, index: int, at: datetime) -> Pad:
        """With the end of one tap."""
        taps = list(self.taps)
        taps[index] = replace(taps[index], end=at)
        return replace(self, taps=tuple(taps))

    def events(self, start: datetime | None = None) -> tuple[Event, ...]:
        """As events of a LIVE that began at `start` (the pad's own start by default), minutes from there."""
        zero = start or self.start

        def minute(at: datetime) -> float:
            return round((at - zero).total_seconds() / 60, 2)

        return tuple(
            Event(
                each.type,
                minute(each.at),
                minute(each.end) if each.end else None,
                each.detail,
                each.product,
                each.note,
            )
            for each in self.taps
        )

    def text(self, cell: Callable[[str], str] = str) -> str:
        """The CSV file; `cell` may make names and notes harmless for those who open it in a spreadsheet."""
        out = io.StringIO(newline="")
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(HEADER)
        for each in self.taps:
            end = f"{each.end:%H:%M:%S}" if each.end else ""
            detail, product, note = (cell(text or "") for text in (each.detail, each.product, each.note))
            rows.writerow([f"{each.at:%H:%M:%S}", each.type, detail, end, product, note])
        return out.getvalue()

    def save(self) -> None:
        """Raises OSError when the folder cannot be written."""
        write_whole(self.path, self.text())


def pads_folder() -> Path:
    return folder() / "event_pads"


def saved() -> list[Pad]:
    """Every pad kept, newest first; a file that is no pad is passed over."""
    found = [pad for path in pads_folder().glob("events_*.csv") if (pad := _read(path)) is not None]
    return sorted(found, key=lambda each: each.start, reverse=True)


def begun(start: datetime) -> Pad:
    """The pad that began at `start`, empty where nothing was tapped yet."""
    return _read(Pad(start).path) or Pad(start)


def of_live(start: datetime, pads: Iterable[Pad]) -> Pad | None:
    """The pad that began nearest to a LIVE's start, if near enough."""
    near = [each for each in pads if abs(each.start - start) <= timedelta(minutes=NEAR_MINUTES)]
    return min(near, key=lambda each: abs(each.start - start), default=None)


def _read(path: Path) -> Pad | None:
    try:
        start = datetime.strptime(path.stem, "events_%Y-%m-%d_%H%M%S")
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        return Pad(start, tuple(_tap(start, row) for row in rows))
    except (ValueError, KeyError, TypeError, OSError, csv.Error):  # a line cut off has fewer cells than the header
        return None


def _tap(start: datetime, row: dict[str, str]) -> Tap:
    if row["type"] not in EVENT_TYPES:
        raise ValueError(row["type"])
    return Tap(
        _moment(start, row["time"]),
        row["type"],
        row["product"] or None,
        row["detail"] or None,
        row["note"] or None,
        _moment(start, row["end"]) if row["end"] else None,
    )


def _moment(start: datetime, clock: str) -> datetime:
    """A clock time on the evening of `start`; what is earlier than the start is past midnight."""
    time = datetime.strptime(clock, "%H:%M:%S").time()
    at = datetime.combine(start.date(), time)
    return at if at >= start - timedelta(hours=1) else at + timedelta(days=1)
