"""One LIVE over time: rows to a DataFrame of `minute` and counts, on the clock of its session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from playbook.imports.cells.times import LONGEST, dates
from playbook.imports.cells.times import clocks as read_clocks
from playbook.imports.cells.values import numbers, shortened
from playbook.imports.layout.columns import Options, Rows, counted, rows
from playbook.imports.layout.recognise import LayoutMatch
from playbook.imports.results import Question
from playbook.language import _
from playbook.model.notes import RUNNING_TOTALS
from playbook.model.session import COUNTS, EXTRA_COUNTS, Session, Source

from .names import exported_at
from .totals import NOT_ADDITIVE, differences, known_values, never_falls, running_totals

if TYPE_CHECKING:
    import pandas as pd

_DAY = 1440.0
#: A first row may begin this long before the LIVE: its step began earlier.
EARLY = 30.0


@dataclass(frozen=True)
class Trend:
    """A trend before it is laid on a session. Minutes are of the day (`clock`), of the calendar (`moments`) or
    of the LIVE (`minutes`): one of the three is set. `counts` are the columns as printed."""

    found: Rows
    counts: Mapping[str, list[float | None]]
    minutes: list[float | None] | None = None
    clocks: list[float | None] | None = None
    moments: list[datetime | None] | None = None
    whole: Session | None = None
    currency: str | None = None
    kind: str | None = None
    utc: bool = False


def read_trend(match: LayoutMatch, options: Options, whole: Session | None = None) -> Trend:
    """Read the rows of a trend. `whole` is what the same file says of the whole LIVE, where it says it."""
    found = rows(match)
    counts = counted(found)
    moments, clocks, utc = None, None, False
    minutes = _minutes(found)
    position = match.columns.get("time")
    if minutes is None and position is not None:
        cells = found.column(position)
        read = dates(cells, written=match.profile.time.written, zone=options.zone, from_1904=match.table.from_1904)
        if any(value is not None for value in read.values):
            moments, utc = read.steady(), read.guessed_utc
        else:
            clocks = read_clocks(cells)
            for at, value in enumerate(clocks):
                if value is None:
                    found.remark(
                        _("'{cell}' is not a clock time like 19:05; the row is left out", cell=cells[at].strip()),
                        at,
                        position,
                    )
    if minutes is None and position is None:
        found.remark(_("the rows carry no time; each is counted as one minute, in their order"))
        minutes = [float(at) for at in range(len(found))]
    columns, kind = _gmv(counts.counts, match, moments, whole)
    currency = next(filter(None, counts.currencies), None)
    return Trend(found, columns, minutes, clocks, moments, whole, currency, kind, utc)


def _minutes(found: Rows) -> list[float | None] | None:
    position = found.match.columns.get("minute")
    if position is None:
        return None
    read = numbers(found.column(position), "rate")
    cells = found.column(position)
    for at in read.problems:
        found.remark(_("'{cell}' is not a number; the row is left out", cell=shortened(cells[at])), at, position)
    return read.values


def _gmv(
    counts: Mapping[str, list[float | None]],
    match: LayoutMatch,
    moments: Sequence[datetime | None] | None,
    whole: Session | None,
) -> tuple[dict[str, list[float | None]], str | None]:
    """`gmv` is direct where printed, else attributed, else what is only called GMV; and which it is."""
    columns = dict(counts)
    for name, kind in (("gmv_direct", "direct"), ("gmv_attributed", "attributed")):
        if any(value is not None for value in columns.get(name, ())):
            return columns | {"gmv": columns[name]}, kind
    since = match.profile.gmv_attributed_from
    start = whole.start if whole is not None and whole.start else next((m for m in moments or () if m), None)
    if since is None or start is None or "gmv" not in columns:
        return columns, None
    return columns, "attributed" if start.date() >= date.fromisoformat(since) else "direct"


def on_clock(trend: Trend, session: Session | None) -> list[float | None]:
    """Minutes from the start of the session where it is known, else from the first row; none beyond a month."""
    if trend.minutes is not None:
        minutes = trend.minutes
    elif trend.moments is not None:
        minutes = _from_moments(trend, session)
    else:
        minutes = _from_clocks(trend, session)
    return _within_a_month(trend.found, minutes)


def _from_moments(trend: Trend, session: Session | None) -> list[float | None]:
    moments = trend.moments or []
    first = min((moment for moment in moments if moment), default=None)
    start = trend.whole.start if trend.whole is not None and trend.whole.start else None
    begun = None if session is None else session.timed_start
    if start is None and session is not None and begun is not None and first is not None:
        # Another timezone puts every row hours away; then only the distance from the first row is known.
        late = (first - begun).total_seconds() / 60
        if -EARLY <= late <= max(EARLY, session.duration_minutes or 0):
            start = begun
        else:
            trend.found.remark(
                _(
                    "begins at {first} but the LIVE at {start}; minutes count from the first row. Give the "
                    "shop's timezone, or check that it is the same LIVE",
                    first=format(first, "%Y-%m-%d %H:%M"),
                    start=format(begun, "%Y-%m-%d %H:%M"),
                )
            )
    start = start or first
    return [None if moment is None or start is None else (moment - start).total_seconds() / 60 for moment in moments]


def _from_clocks(trend: Trend, session: Session | None) -> list[float | None]:
    """Clock times carry no date: each row lies the shorter way round the clock from the row before it."""
    clocks = trend.clocks or []
    known = [value for value in clocks if value is not None]
    if not known:
        return [None] * len(clocks)
    # The shorter way round the clock: from 23:50 to 00:05 is a quarter of an hour on, not a day back.
    steps = [(b - a + _DAY / 2) % _DAY - _DAY / 2 for a, b in pairwise(known)]
    backwards = sum(step < 0 for step in steps) > sum(step > 0 for step in steps)
    order = list(reversed(range(len(clocks)))) if backwards else list(range(len(clocks)))
    offsets: list[float | None] = [None] * len(clocks)
    day, before = 0.0, None
    for at in order:
        value = clocks[at]
        if value is None:
            continue
        if before is not None and abs(value - before) > _DAY / 2:
            # On past midnight; or, where rows were sorted by something else than time, back before it.
            day += _DAY if value < before else -_DAY
        before = value
        offsets[at] = value + day
    first = min(value for value in offsets if value is not None)
    shift = _shift(trend, session, first)
    return [None if value is None else value - first + shift for value in offsets]


def _shift(trend: Trend, session: Session | None, first: float) -> float:
    """Where the first row lies in the LIVE, in minutes; negative when its step began before the LIVE did."""
    start = None if session is None else session.timed_start
    if session is None or start is None:
        return 0.0
    offset = (first - (start.hour * 60 + start.minute + start.second / 60)) % _DAY
    if offset > _DAY - EARLY:
        return offset - _DAY
    length = session.duration_minutes
    if length is not None and offset > length:
        trend.found.remark(
            _(
                "the first row is at {hour}:{minute} but the LIVE ran from {start} for {length} minutes; "
                "check that it is the same LIVE. Minutes count from the first row",
                hour=format(int(first // 60) % 24, "02d"),
                minute=format(int(first % 60), "02d"),
                start=format(start, "%H:%M"),
                length=format(length, ".0f"),
            )
        )
        return 0.0
    return offset


def lay(trend: Trend, session: Session | None, totals: bool | None) -> tuple[Session, tuple[Question, ...]]:
    """The session with this trend on it; without a session, one made of the trend alone.

    `totals` says whether the rows are running totals; None finds out from the session's own totals where it can.
    """
    table = trend.found.match.table
    minutes = on_clock(trend, session)
    ordered = _ordered(trend, minutes)
    columns = {name: [column[at] for at in ordered] for name, column in trend.counts.items()}
    at_minutes = [minutes[at] for at in ordered]
    against = session or trend.whole
    running, questions = running_totals(trend.found, columns, against, totals)
    notes: tuple[str, ...] = ()
    if running:
        columns = {name: differences(values) if never_falls(values) else values for name, values in columns.items()}
        notes = (RUNNING_TOTALS.format(file=table.file),)
    step = _step(trend.found, [minute for minute in at_minutes if minute is not None])
    frame = _frame(at_minutes, columns)
    if session is None:
        session = _alone(trend, columns, at_minutes, step)
    return replace(session, trend=frame, trend_step=step, notes=(*session.notes, *notes)), questions


def _within_a_month(found: Rows, minutes: Sequence[float | None]) -> list[float | None]:
    """The minutes without those that no LIVE has; such rows are left out with a remark."""
    kept: list[float | None] = []
    for at, minute in enumerate(minutes):
        if minute is not None and not -EARLY <= minute <= LONGEST / 60:
            found.remark(
                _("would stand at minute {minute} of the LIVE; the row is left out", minute=format(minute, ",.0f")), at
            )
            minute = None
        kept.append(minute)
    return kept


def _ordered(trend: Trend, minutes: Sequence[float | None]) -> list[int]:
    """Positions of the rows by time; of two rows for one minute the later in the file."""
    last: dict[float, int] = {}
    for at, minute in enumerate(minutes):
        if minute is None:
            continue
        if minute in last:
            trend.found.remark(_("a second row for the same time; this one is used"), at)
        last[minute] = at
    return [last[minute] for minute in sorted(last)]


def _step(found: Rows, minutes: Sequence[float]) -> float | None:
    """The commonest distance between rows. Holes get a remark; unknown with a single row."""
    gaps = [round(b - a, 3) for a, b in pairwise(minutes)]
    if not gaps:
        return None
    often = Counter(gaps).most_common()
    step = min(gap for gap, times in often if times == often[0][1])
    holes = sum(gap > 1.5 * step for gap in gaps)
    if holes:
        found.remark(
            _(
                "rows are {step} minutes apart, but {holes} of them come later; the minutes between are unknown",
                step=format(step, "g"),
                holes=holes,
            )
        )
    return step


def _frame(minutes: Sequence[float | None], columns: Mapping[str, Sequence[float | None]]) -> pd.DataFrame:
    import pandas as pd

    names = [name for name in (*COUNTS, *EXTRA_COUNTS) if any(value is not None for value in columns.get(name, ()))]
    frame = {"minute": pd.Series(list(minutes), dtype="float64")}
    return pd.DataFrame(frame | {name: pd.Series(list(columns[name]), dtype="float64") for name in names})


def _unlisted(trend: Trend) -> Session:
    """A LIVE of which no list tells. The API's first minute is its start; other trends may begin later."""
    first = min((moment for moment in trend.moments or () if moment), default=None)
    if first is None or trend.found.match.profile.time.written != "unix":
        return Session(id=PurePath(trend.found.match.table.file).stem, counts={})
    return Session(id=first.isoformat(timespec="minutes"), counts={}, start=first)


def _alone(
    trend: Trend, columns: Mapping[str, Sequence[float | None]], minutes: Sequence[float | None], step: float | None
) -> Session:
    """A session of which only the trend is known. Columns that do not add up stay unknown."""
    match = trend.found.match
    known = [minute for minute in minutes if minute is not None]
    length = known[-1] - known[0] + step if known and step else None
    sums = {
        name: sum(known_values(values))
        for name, values in columns.items()
        if name not in NOT_ADDITIVE and known_values(values)
    }
    session = trend.whole or _unlisted(trend)
    counts = {**sums, **{name: value for name, value in session.counts.items() if value is not None}}
    return replace(
        session,
        counts=counts,
        duration_minutes=session.duration_minutes or length,
        currency=session.currency or trend.currency,
        gmv_kind=session.gmv_kind or trend.kind,
        exported_at=exported_at(match.table.file),
        source=Source(match.table.file, match.profile.id),
    )
