"""A list of LIVEs, one a row, to sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import compress
from pathlib import PurePath

from playbook.imports.cells.times import LONGEST, Dates, dates, durations
from playbook.imports.cells.values import blank
from playbook.imports.layout.columns import Options, Rows, counted, rated, rows
from playbook.imports.layout.recognise import LayoutMatch
from playbook.imports.layout.shared_signs import OWN, yuan
from playbook.imports.results import Disagreement, Question
from playbook.language import N_, _
from playbook.model.notes import DAY_ALONE, SHORTENED
from playbook.model.session import Session, Source

from .names import exported_at
from .rates import Checked, check, disagreements
from .settling import contradictions, derive, settle_gmv, settle_orders
from .starts import rounded

#: An end this close to the moment of export is that moment: the LIVE was still on.
STILL_ON = timedelta(minutes=10)
_OFFSETS_SHOWN = 4


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


def session_list(match: LayoutMatch, options: Options) -> SessionList:
    """Read a table of LIVEs. Nothing is raised: what cannot be is unknown, with a remark at its row and column."""
    found = rows(match)
    name = match.table.file
    taken = exported_at(name)
    counts = counted(found, home=options.currency or yuan(found))
    timed, questions = _times(found, options, taken, next(filter(None, counts.currencies), None))
    kinds = settle_gmv(found, counts, timed.starts)
    settle_orders(counts)
    hours = [None if minutes is None or minutes <= 0 else minutes / 60 for minutes in timed.minutes]
    read = rated(found)
    checked = check(found, read, counts.counts, hours)
    approximate = derive(found, counts, checked)
    flags = contradictions(found, counts)
    texts = {field: found.texts(field) for field in ("session_id", "title", "creator", "host")}
    ids = _ids(found, texts, timed.starts)
    days = (DAY_ALONE,) if _dates_alone(found, timed.starts) else ()
    sessions = []
    fields = tuple(counts.counts)
    kept = [(at, found.header(at)) for at in (*found.match.kept, *found.match.unread, *found.match.repeated)]
    for at, values in enumerate(zip(*counts.counts.values(), strict=True) if fields else [()] * len(found)):
        sessions.append(
            Session(
                id=ids[at],
                counts=dict(zip(fields, values, strict=True)),
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
                extra=_extra(found, checked, kept, at),
                notes=(*flags[at], *_lossy(counts.lossy[at]), *(days if timed.starts[at] else ())),
            )
        )
    return SessionList(sessions, found, disagreements(found, checked, ids), questions)


def without_planned(read: SessionList) -> SessionList:
    """A list without LIVEs of which nothing was counted: who keeps a sheet writes down what is to come as well."""
    found, held = read.found, [any(live.counts.values()) for live in read.sessions]
    if all(held) or not any(held):
        return read
    for at, counted_any in enumerate(held):
        if not counted_any:
            found.remark(_("has no count, or zeros alone, as a LIVE that is planned; skipped"), at)
    found.cells, found.numbers = list(compress(found.cells, held)), list(compress(found.numbers, held))
    return replace(read, sessions=list(compress(read.sessions, held)))


def _dates_alone(found: Rows, starts: Sequence[datetime | None]) -> bool:
    """Whether dates stand in place of starts: all are at midnight, and none is written with its time."""
    position = found.match.columns.get("start")
    known = [start for start in starts if start is not None]
    if position is None or not known or found.match.profile.id == OWN:
        return False  # a sheet kept by hand knows it itself
    written = any(":" in cell and not cell.rstrip().endswith(" 00:00:00") for cell in found.column(position))
    return not written and all(start.hour == start.minute == 0 for start in known)


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
    instants: dict[str, dict[int, datetime]] = {"start": {}, "end": {}}
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
            from_1904=match.table.from_1904,
        )
        columns[name], instants[name] = read.values, read.instants
        for at, problem in sorted(read.problems.items()):
            found.remark(problem, at, position)
        if name == "start":
            for at, value in enumerate(read.values):
                if value is None and at not in read.problems:
                    found.remark(_("has no start, so it cannot be placed among the other LIVEs"), at, position)
            questions = list(_open_questions(found, position, read))
    printed, negative = _durations(found)
    for at in instants["start"].keys() & instants["end"].keys():
        start = columns["start"][at]
        if start is not None:  # the end on the clock of the start, also in a night in which clocks change
            columns["end"][at] = start + (instants["end"][at] - instants["start"][at])
    minutes, running = [], []
    for at, (start, end, seconds) in enumerate(zip(columns["start"], columns["end"], printed, strict=True)):
        length, still_on = _length(found, at, start, end, seconds, taken)
        minutes.append(None if at in negative else length)
        running.append(still_on or at in negative)
    return _Timed(columns["start"], minutes, running), tuple(questions)


def zone_question(file: str) -> Question:
    """Where the shop's clock stands, of a file whose times count from UTC."""
    text = _(
        "{file}: its times count from UTC and are shown so, since the time zone of the shop is not known. Which is it?",
        file=file,
    )
    return Question("timezone", file, text)


def _open_questions(found: Rows, position: int, read: Dates) -> list[Question]:
    name = found.match.table.file
    questions = []
    if read.unsure:
        found.remark(
            _(
                "the dates of this file do not show whether the day or the month comes first; read by the habit of the "
                "shop's currency"
            ),
            position=position,
        )
        text = _(
            "{file}: the dates of this file do not show whether the day or the month comes first. Which is it?",
            file=name,
        )
        questions.append(Question("day_first", name, text, ("day", "month")))
    if read.guessed_utc:
        questions.append(zone_question(name))
    elif len(read.offsets) > 1:
        shown = ", ".join(each.upper() for each in read.offsets[:_OFFSETS_SHOWN])
        text = _(
            "{file}: its times stand on several clocks ({shown}) and are shown as printed, so they may be hours apart. "
            "Which time zone is the shop in?",
            file=name, shown=shown,
        )  # fmt: skip
        questions.append(Question("timezone", name, text))
    elif read.offsets:
        found.remark(
            _(
                "its times are printed with {offset} and taken for the shop's own clock. Where the shop "
                "is elsewhere, set its time zone first, and they are turned into it",
                offset=read.offsets[0].upper(),
            ),
            position=position,
        )
    return questions


def _durations(found: Rows) -> tuple[list[float | None], frozenset[int]]:
    position = found.match.columns.get("duration")
    if position is None:
        return [None] * len(found), frozenset()
    read = durations(found.column(position), found.match.profile.durations.plain_number)
    for at, problem in sorted(read.problems.items()):
        found.remark(problem, at, position)
    for at in sorted(read.negative):
        found.remark(_("is below zero: the LIVE was still running; its length is left unknown"), at, position)
    return read.values, read.negative


#: By whether a LIVE ends over a month late (else before it starts), and whether no length is printed beside.
_ENDS = {
    (True, True): N_("ends more than a month after it starts; its length is left unknown"),
    (True, False): N_("ends more than a month after it starts; the printed duration is used"),
    (False, True): N_("ends before it starts; its length is left unknown"),
    (False, False): N_("ends before it starts; the printed duration is used"),
}


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
    late = (end - start).total_seconds() > LONGEST
    if end < start or late:
        found.remark(_(_ENDS[late, printed is None]), at, found.match.columns["end"])
        return printed, still_on
    if still_on:
        found.remark(_("was still running at the export, so its numbers are not final"), at)
    return (end - start).total_seconds() / 60, still_on


def _lossy(names: set[str]) -> tuple[str, ...]:
    if not names:
        return ()
    words = ", ".join(sorted(name.replace("_", " ") for name in names))
    return (SHORTENED.format(names=words),)


def _reported(checked: Checked, at: int) -> dict[str, float]:
    return {
        name: value
        for name, rate in checked.rates.items()
        if (value := rate.values[at]) is not None and (name, at) not in checked.unfit
    }


def _extra(found: Rows, checked: Checked, kept: Sequence[tuple[int, str]], at: int) -> dict[str, str]:
    """Columns that nobody reads, as printed. `kept` are their places and headers; rates that fit nothing join them."""
    row = found.cells[at]
    extra = {header: row[position].strip() for position, header in kept if not blank(row[position])}
    if checked.unfit:
        unfit = [rate.position for name, rate in checked.rates.items() if (name, at) in checked.unfit]
        extra |= {found.header(position): row[position].strip() for position in unfit if not blank(row[position])}
    return extra


def _tell_rounded(found: Rows, rooms: Sequence[str | None] | None) -> None:
    known = [room for room in rooms or () if room is not None]
    if known and all(map(rounded, known)):
        found.remark(
            _(
                "the Room IDs were rounded by a spreadsheet and their last digits are lost; each LIVE is "
                "known by its start as well. Download the export again without opening it, or import the "
                "column as text"
            ),
            position=found.match.columns["session_id"],
        )


def _ids(found: Rows, texts: dict[str, list[str | None] | None], starts: Sequence[datetime | None]) -> list[str]:
    """Room ID, else the start minute, else the file and row. A clash of start minutes takes the creator in."""
    _tell_rounded(found, texts["session_id"])
    ids: list[str] = []
    owners: dict[str, str | None] = {}
    stem = PurePath(found.match.table.file).stem
    for at, start in enumerate(starts):
        room, creator = _at(texts["session_id"], at), _at(texts["creator"], at)
        if room is not None and "e+" in room.lower():
            found.remark(
                _("the Room ID was saved as a rounded number and its last digits are lost; the start is used instead"),
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
