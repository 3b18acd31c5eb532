"""A LIVE that is on air: what was tapped and which totals were noted, by the shop's wall clock. Pure; nothing is kept.

Rows are only ever added, and one that was undone is no longer here. What follows from them is worked out anew: when a
tap ended, the events, an even trend, a session like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

import pandas as pd

from playbook.spreadsheet import csv_text

from .even_trend import even_trend
from .session import COUNTS, EVENT_TYPES, Event, Session, Slice

#: What may be noted: what a dashboard adds up while the LIVE runs.
NOTED = tuple(name for name in COUNTS if name != "viewers")
#: These never fall while a LIVE runs; cancelled orders take GMV and SKU orders back, people unfollow and unlike.
NEVER_FALL = frozenset({"impressions", "views", "product_impressions", "product_clicks", "comments", "shares"})
#: Types that last, so that their end is worth a tap.
SPANS = frozenset({"flash_sale", "giveaway", "billboard", "coupon", "ad", "pin"})
#: The kind of a tap that says when an earlier one was over.
END = "end"
KINDS = (*EVENT_TYPES, END)
#: Characters of a product, a detail, a title; and of a note.
MOST_NAME, MOST_NOTE = 300, 1000
HEADER = ("time", "type", "detail", "end", "product", "note")


def new_id() -> str:
    return uuid4().hex


@dataclass(frozen=True)
class Tap:
    """One tap. `ends` is the id of the tap that it ends, for the kind `end`; `added` when it reached the store."""

    at: datetime
    type: str
    product: str | None = None
    detail: str | None = None
    note: str | None = None
    ends: str | None = None
    who: str | None = None
    id: str = field(default_factory=new_id)
    added: datetime | None = field(default=None, compare=False)

    def fitted(self) -> Tap:
        """Texts as long as they may be; what is longer is cut, with a mark, so that no tap is lost for its words."""
        return replace(
            self,
            product=_cut(self.product, MOST_NAME),
            detail=_cut(self.detail, MOST_NAME),
            note=_cut(self.note, MOST_NOTE),
        )


@dataclass(frozen=True)
class TotalsRow:
    """Totals since the start of the LIVE as shown at `at`; what was not read is missing."""

    at: datetime
    counts: Mapping[str, float]
    who: str | None = None
    id: str = field(default_factory=new_id)
    added: datetime | None = field(default=None, compare=False)


Added = TypeVar("Added", Tap, TotalsRow)


def latest(rows: Iterable[Added]) -> Added | None:
    """The one that was added last, whatever time it is about."""
    return max(rows, key=lambda each: each.added or each.at, default=None)


def by_time(rows: Iterable[TotalsRow]) -> tuple[TotalsRow, ...]:
    """In order of time; of several for one moment the one added last counts."""
    ordered = sorted(rows, key=lambda each: each.added or each.at)
    return tuple(sorted({each.at: each for each in ordered}.values(), key=lambda each: each.at))


@dataclass(frozen=True)
class RunningLive:
    """One LIVE from Start to End, with its rows in order of time. `shares` are fractions of views by channel.

    `watching` is a file on the machine `watching_on` to read in place of rows; `totals` says that its rows hold
    everything since the start. `who` and `ended_by` name the device that began and ended it.
    """

    start: datetime
    rows: tuple[TotalsRow, ...] = ()
    taps: tuple[Tap, ...] = ()
    currency: str | None = None
    shares: Mapping[str, float] = field(default_factory=dict)
    title: str | None = None
    who: str | None = None
    watching: str | None = None
    watching_on: str | None = None
    totals: bool = False
    end: datetime | None = None
    ended_by: str | None = None
    id: str = ""
    shop_id: str = ""
    #: The start as a moment, once the LIVE is kept.
    started_at: datetime | None = field(default=None, compare=False)
    #: Rows that cannot be read and are left out.
    damaged: int = 0

    def clock(self, moment: datetime) -> datetime:
        """An aware moment by the wall clock of this LIVE, which nobody sets while it runs."""
        if self.started_at is None:
            return moment.astimezone().replace(tzinfo=None)
        return self.start + (moment - self.started_at)

    @property
    def file_name(self) -> str:
        """Of its events, when they are taken along."""
        return f"events_{self.start:%Y-%m-%d_%H%M%S}.csv"

    @property
    def minutes(self) -> float:
        """How far into the LIVE the last row is."""
        return self.minute(self.rows[-1].at) if self.rows else 0.0

    def minute(self, at: datetime) -> float:
        return (at - self.start).total_seconds() / 60

    def last_sign(self) -> datetime:
        """When something was last heard of it."""
        return max([self.start, *(each.at for each in self.rows), *(each.at for each in self.taps)])

    def spans(self) -> list[tuple[Tap, datetime | None]]:
        """What was done, each with its end. A new pin ends the pin before it: one product is pinned at a time."""
        found: list[tuple[Tap, datetime | None]] = []
        ended = {tap.ends: tap.at for tap in reversed(self.taps) if tap.type == END}  # the first end counts
        next_pin: datetime | None = None
        for tap in reversed(self.taps):
            if tap.type == END:
                continue
            ends = [ended.get(tap.id), next_pin if tap.type == "pin" else None]
            end = min((each for each in ends if each is not None), default=None)
            found.append((tap, None if end is None else max(end, tap.at)))
            if tap.type in ("pin", "unpin"):
                next_pin = tap.at
        return found[::-1]

    def events(self, start: datetime | None = None) -> tuple[Event, ...]:
        """As events of a LIVE that began at `start` (its own by default), minutes from there."""
        zero = start or self.start

        def minute(at: datetime) -> float:
            return round((at - zero).total_seconds() / 60, 2)

        return tuple(
            Event(tap.type, minute(tap.at), minute(end) if end else None, tap.detail, tap.product, tap.note)
            for tap, end in self.spans()
        )

    def events_csv(self, cell: Callable[[str], str]) -> str:
        """In the layout of our event template. `cell` makes names and notes harmless for whoever opens it in a
        spreadsheet; `str` leaves them as they are, for ourselves to read again.
        """
        lines = []
        for tap, end in self.spans():
            detail, product, note = (cell(text or "") for text in (tap.detail, tap.product, tap.note))
            lines.append([f"{tap.at:%H:%M:%S}", tap.type, detail, f"{end:%H:%M:%S}" if end else "", product, note])
        return _csv([HEADER, *lines]).decode()

    def trend(self) -> tuple[pd.DataFrame, float] | None:
        """What came in each stretch of so many minutes; None with fewer than two stretches. See `even_trend`."""
        return even_trend([(self.minute(row.at), row.counts) for row in self.rows], NOTED)

    def session(self, **more: Any) -> Session:
        """The LIVE so far, still running. A count that the last row does not have is unknown."""
        drawn = self.trend()
        return Session(
            id=f"noted {self.start:%Y-%m-%d %H:%M:%S}",
            counts=dict(self.rows[-1].counts) if self.rows else {},
            start=self.start,
            duration_minutes=(self.minute(self.end) if self.end else self.minutes) or None,
            title=self.title,
            currency=self.currency,
            running=True,
            trend=drawn[0] if drawn else None,
            trend_step=drawn[1] if drawn else None,
            channels=tuple(Slice(name, {}, {"views": share}) for name, share in self.shares.items()),
            **more,
        )


def noted_id(session: Session) -> str:
    """The id of a noted LIVE in the files that are made of it; it has a start."""
    return f"noted {session.start:%Y-%m-%d %H:%M:%S}"


def files_of(session: Session) -> dict[str, bytes]:
    """A noted LIVE as files of our own templates by name: totals, trend, channels; empty where nothing was counted.

    `session` has a start; its trend, if any, an even step.
    """
    totals = {name: value for name, value in session.counts.items() if value is not None and name in COUNTS}
    if not totals or session.start is None:
        return {}
    stamp = f"{session.start:%Y-%m-%d_%H%M}"
    began = f"{session.start:%Y-%m-%d %H:%M:%S}"
    row = [
        noted_id(session),
        began,
        f"{session.duration_minutes or 0:.1f}",
        session.title or "",
        session.currency or "",
    ]
    head = ["session_id", "start", "minutes", "title", "currency", *totals]
    made = {f"live_{stamp}.csv": _csv([head, [*row, *map(_plain, totals.values())]])}
    if session.trend is not None:
        names = ["minute", *(name for name in session.trend if name in COUNTS)]
        lines = session.trend[names].to_numpy(dtype=float).tolist()
        cells = [["" if value != value else _plain(value) for value in line] for line in lines]
        made[f"live_{stamp}_trend.csv"] = _csv([names, *cells])
    shares = [(each.name, each.shares["views"]) for each in session.channels if each.shares.get("views") is not None]
    if shares:
        lines_of = [[name, f"{share:.2%}"] for name, share in shares if share is not None]
        made[f"live_{stamp}_channels.csv"] = _csv([["channel", "views"], *lines_of])
    return made


def problems(live: RunningLive, row: TotalsRow) -> list[str]:
    """What cannot be in a new row, in words for the person who typed it; empty when it fits."""
    found = []
    minute = live.minute(row.at)
    if minute < 0:
        found.append(f"{row.at:%H:%M} is before the LIVE began at {live.start:%H:%M}. Give a time during the LIVE.")
    if not row.counts:
        found.append("Type at least one number as the dashboard shows it now.")
    others = [each for each in live.rows if each.at != row.at]
    for name, value in row.counts.items():
        if name not in NEVER_FALL:
            continue
        label = name.replace("_", " ").capitalize()
        before = next((each for each in reversed(others) if each.at < row.at and name in each.counts), None)
        after = next((each for each in others if each.at > row.at and name in each.counts), None)
        if before is not None and value < before.counts[name]:
            found.append(
                f"{label}: {value:,.0f} is less than the {before.counts[name]:,.0f} noted at {before.at:%H:%M}, and "
                "totals never fall. Correct this number, or remove the earlier row if that one is wrong."
            )
        if after is not None and value > after.counts[name]:
            found.append(
                f"{label}: {value:,.0f} is more than the {after.counts[name]:,.0f} noted later, at {after.at:%H:%M}. "
                "Correct this number, or remove the later row if that one is wrong."
            )
    return found


def _plain(value: float) -> str:
    return f"{value:.10g}"


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    return csv_text(rows, line_end="\n").encode("utf-8", "replace")


def _cut(text: str | None, most: int) -> str | None:
    return text if text is None or len(text) <= most else f"{text[: most - 1]}…"
