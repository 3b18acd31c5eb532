"""A list of LIVEs, one a row, to sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePath

from ..session import Session, Source
from .columns import Counted, Options, Rows, counted, rated, rows
from .names import exported_at
from .rates import Checked, check, disagreements
from .recognise import Match
from .results import Disagreement, Question
from .times import dates, durations
from .values import blank

#: An end this close to the moment of export is that moment: the LIVE was still on.
STILL_ON = timedelta(minutes=10)

#: Pairs of counts of which the first cannot be larger by the platform's own definitions.
_WITHIN = (
    ("views", "impressions"), ("viewers", "views"), ("product_clicks", "product_impressions"),
    ("sku_orders", "product_clicks"),
)  # fmt: skip

_WORDS = {
    "views": "views", "impressions": "impressions", "viewers": "viewers", "product_clicks": "product clicks",
    "product_impressions": "product impressions", "sku_orders": "SKU orders",
}  # fmt: skip


@dataclass(frozen=True)
class SessionList:
    """The sessions of one table, and what the reading showed."""

    sessions: list[Session]
    found: Rows
    disagreements: tuple[Disagreement, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class _Timed:
    starts: list[datetime | None]
    minutes: list[float | None]
    running: list[bool]


def session_list(match: Match, options: Options) -> SessionList:
    """Read a table of LIVEs. Nothing is raised: what cannot be is unknown, with a remark at its row and column."""
    found = rows(match)
    name = match.table.file
    taken = exported_at(name)
    counts = counted(found)
    timed, questions = _times(found, options, taken, next(filter(None, counts.currencies), None))
    kinds = _settle_gmv(found, counts, timed.starts)
    hours = [None if minutes is None or minutes <= 0 else minutes / 60 for minutes in timed.minutes]
    read = rated(found)
    checked = check(found, read, counts.counts, hours)
    approximate = _derive(found, counts, checked)
    flags = _flags(found, counts)
    texts = {field: found.texts(field) for field in ("session_id", "title", "creator", "host")}
    ids = _ids(found, texts, timed.starts)
    sessions = []
    for at in range(len(found)):
        values = {field: column[at] for field, column in counts.counts.items()}
        sessions.append(
            Session(
                id=ids[at],
                counts=values,
                title=_at(texts["title"], at),
                start=timed.starts[at],
                duration_minutes=timed.minutes[at],
                currency=counts.currencies[at],
                exported_at=taken,
                gmv_kind=kinds[at],
                host=_at(texts["host"], at),
                creator=_at(texts["creator"], at),
                reported=_reported(checked, at),
                approximate=approximate[at],
                running=timed.running[at],
                source=Source(name, match.profile.id, found.numbers[at]),
                extra=_extra(found, checked, at),
                notes=(*flags[at], *_lossy(counts.lossy[at])),
            )
        )
    return SessionList(sessions, found, disagreements(found, checked, ids), questions)


def _at(column: Sequence[str | None] | None, at: int) -> str | None:
    return None if column is None else column[at]


def _times(
    found: Rows, options: Options, taken: datetime | None, currency: str | None
) -> tuple[_Timed, tuple[Question, ...]]:
    """Starts, lengths, and which LIVEs were still on."""
    match = found.match
    dialect = match.profile.time
    day_first = options.day_first if options.day_first is not None else dialect.day_first
    questions: list[Question] = []
    columns: dict[str, list[datetime | None]] = {}
    for name in ("start", "end"):
        position = match.columns.get(name)
        if position is None:
            columns[name] = [None] * len(found)
            continue
        read = dates(
            found.column(position),
            written=dialect.written,
            day_first=day_first,
            zone=options.zone,
            month_first_market=currency == "USD",
        )
        columns[name] = read.values
        for at, problem in sorted(read.problems.items()):
            found.remark(problem, at, position)
        if name == "start":
            questions = list(_open_questions(found, position, read.unsure, read.guessed_utc))
    printed, negative = _durations(found)
    minutes, running = [], []
    for at, (start, end, seconds) in enumerate(zip(columns["start"], columns["end"], printed, strict=True)):
        length, still_on = _length(found, at, start, end, seconds, taken)
        minutes.append(None if at in negative else length)
        running.append(still_on or at in negative)
    return _Timed(columns["start"], minutes, running), tuple(questions)


def _open_questions(found: Rows, position: int, unsure: bool, guessed_utc: bool) -> list[Question]:
    name = found.match.table.file
    questions = []
    if unsure:
        text = "the dates of this file do not show whether the day or the month comes first"
        found.remark(f"{text}; read by the habit of the shop's currency", position=position)
        questions.append(Question("day_first", name, f"{name}: {text}. Which is it?", ("day", "month")))
    if guessed_utc:
        found.remark("the times count from UTC and the shop's timezone is not known; shown in UTC", position=position)
        questions.append(Question("timezone", name, f"{name}: in which timezone is the shop?"))
    return questions


def _durations(found: Rows) -> tuple[list[float | None], frozenset[int]]:
    position = found.match.columns.get("duration")
    if position is None:
        return [None] * len(found), frozenset()
    read = durations(found.column(position), found.match.profile.durations.plain_number)
    for at, problem in sorted(read.problems.items()):
        found.remark(problem, at, position)
    for at in sorted(read.negative):
        found.remark("is below zero: the LIVE was still running; its length is left unknown", at, position)
    return read.values, read.negative


def _length(
    found: Rows, at: int, start: datetime | None, end: datetime | None, seconds: float | None, taken: datetime | None
) -> tuple[float | None, bool]:
    """Minutes, from start and end where both are printed; and whether the LIVE was still on."""
    printed = None if seconds is None else seconds / 60
    if end is None:
        return printed, False
    still_on = taken is not None and abs(end - taken) <= STILL_ON
    if start is None:
        return printed, still_on
    if end < start:
        found.remark("ends before it starts; the printed duration is used", at, found.match.columns["end"])
        return printed, still_on
    if still_on:
        found.remark("was still running at the export, so its numbers are not final", at)
    return (end - start).total_seconds() / 60, still_on


def _settle_gmv(found: Rows, counts: Counted, starts: Sequence[datetime | None]) -> list[str | None]:
    """Fill `gmv` with direct GMV where printed, else attributed, and say which. Gross revenue never counts.

    A column called only GMV is kept as it is; where a profile dates its change of meaning, the date decides.
    """
    columns = counts.counts
    size = len(found)
    unknown: list[float | None] = [None] * size
    bare = columns.get("gmv", unknown)
    since = found.match.profile.gmv_attributed_from
    if since is not None and "gmv" in columns:
        change = date.fromisoformat(since)
        later = [start is not None and start.date() >= change for start in starts]
        for name, wanted in (("gmv_attributed", True), ("gmv_direct", False)):
            other = columns.get(name, unknown)
            columns[name] = [
                old if old is not None else value if is_later == wanted and starts[at] is not None else None
                for at, (old, value, is_later) in enumerate(zip(other, bare, later, strict=True))
            ]
    gmv: list[float | None] = []
    kinds: list[str | None] = []
    for bare_value, direct, attributed in zip(
        bare, columns.get("gmv_direct", unknown), columns.get("gmv_attributed", unknown), strict=True
    ):
        value, kind = (direct, "direct") if direct is not None else (attributed, "attributed")
        if value is None:
            value, kind = bare_value, ""
        gmv.append(value)
        kinds.append(kind or None)
    columns["gmv"] = gmv
    return kinds


def _derive(found: Rows, counts: Counted, checked: Checked) -> list[frozenset[str]]:
    """Counts that follow, about, from a printed rate; never over one that is printed."""
    names: list[set[str]] = [set() for _ in range(len(found))]
    for name, rule in found.match.profile.derived.items():
        rate = checked.rates.get(rule.rate)
        base = counts.counts.get(rule.count)
        if rate is None or base is None or name in counts.counts:
            continue
        column: list[float | None] = []
        for at, (count, per) in enumerate(zip(base, rate.values, strict=True)):
            if count and per:
                column.append(float(round(count / per * rule.times)))
                names[at].add(name)
            else:
                column.append(None)
        counts.counts[name] = column
    return [frozenset(each) for each in names]


def _flags(found: Rows, counts: Counted) -> list[tuple[str, ...]]:
    """Counts that contradict each other: kept, and told."""
    notes: list[list[str]] = [[] for _ in range(len(found))]
    for inner, outer in _WITHIN:
        inside, outside = counts.counts.get(inner), counts.counts.get(outer)
        if inside is None or outside is None:
            continue
        for at, (less, more) in enumerate(zip(inside, outside, strict=True)):
            if less is not None and more is not None and less > more:
                text = (
                    f"{less:,.0f} {_WORDS[inner]} from {more:,.0f} {_WORDS[outer]} cannot both be right; both are kept"
                )
                notes[at].append(text[0].upper() + text[1:] + ".")
                found.remark(text, at, found.match.columns.get(inner))
    return [tuple(each) for each in notes]


def _lossy(names: set[str]) -> tuple[str, ...]:
    if not names:
        return ()
    words = ", ".join(sorted(name.replace("_", " ") for name in names))
    return (f"The export shortens some numbers (like 1.2K), so these are rounded: {words}.",)


def _reported(checked: Checked, at: int) -> dict[str, float]:
    return {
        name: value
        for name, rate in checked.rates.items()
        if (value := rate.values[at]) is not None and (name, at) not in checked.unfit
    }


def _extra(found: Rows, checked: Checked, at: int) -> dict[str, str]:
    """Columns that nobody reads, as printed."""
    row = found.cells[at]
    positions = [*found.match.kept, *found.match.unread, *found.match.repeated]
    positions += [checked.rates[name].position for name, place in checked.unfit if place == at]
    return {found.header(position): row[position].strip() for position in positions if not blank(row[position])}


def _ids(found: Rows, texts: dict[str, list[str | None] | None], starts: Sequence[datetime | None]) -> list[str]:
    """Room ID, else the start minute, else the file and row. A clash of start minutes takes the creator in."""
    ids: list[str] = []
    owners: dict[str, str | None] = {}
    stem = PurePath(found.match.table.file).stem
    for at, start in enumerate(starts):
        room, creator = _at(texts["session_id"], at), _at(texts["creator"], at)
        if room is not None and "e+" in room.lower():
            found.remark(
                "the Room ID was saved as a rounded number and its last digits are lost; the start is used instead",
                at,
                found.match.columns["session_id"],
            )
            room = None
        if room is not None:
            ids.append(room)
            continue
        if start is None:
            ids.append(f"{stem}-row-{found.numbers[at]}")
            continue
        minute = start.isoformat(timespec="minutes")
        if owners.setdefault(minute, creator) != creator and creator is not None:
            minute = f"{minute}-{creator}"
        ids.append(minute)
    return ids
