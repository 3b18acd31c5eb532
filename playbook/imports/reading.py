"""The whole road: files in, sessions and everything worth telling about the files out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from ..knowledge.exports import Profile, load_profiles
from ..session import Event, Session, UnusableFile
from .columns import Options, Rows
from .identity import merge, pick
from .opening import Found, Opened, open_files
from .results import Disagreement, Failure, FileReading, NothingToReview, Question, Reading, Remark
from .session_list import session_list
from .slices import events as read_events
from .slices import products, slices, with_events
from .tables import MAX_BYTES, too_big
from .trend import lay, on_clock, read_trend
from .values import blank

BUILT_IN = Path(__file__).parent.parent / "content" / "exports"

#: Kinds of which a LIVE has one file, in words for a person.
_PARTS = {
    "trend": "one LIVE over time", "products": "the products of one LIVE", "events": "the events of one LIVE",
    "channels": "the channels of one LIVE", "followers": "the followers of one LIVE",
}  # fmt: skip


@cache
def built_in_profiles() -> Mapping[str, Profile]:
    """The profiles that come with the package."""
    return load_profiles(BUILT_IN)[0]


@dataclass
class _Read:
    """One table on its way: its rows with their remarks, and what else turned up."""

    found: Found
    rows: Rows
    disagreements: tuple[Disagreement, ...] = ()


@dataclass
class _State:
    options: Options
    which: str
    totals: bool | None
    opened: Opened
    sessions: list[Session] = field(default_factory=list)
    done: list[_Read] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    picked: str | None = None


def read_files(
    files: Sequence[tuple[str, bytes]],
    profiles: Mapping[str, Profile] | None = None,
    *,
    session: str = "latest",
    trend_totals: bool | None = None,
    timezone: str | None = None,
    day_first: bool | None = None,
    events: Sequence[Event] = (),
) -> Reading:
    """Read exports of any known layout together.

    files: (name, bytes). session: the LIVE that trends, products and events belong to: latest, an id, or a start.
    trend_totals: whether a trend holds running totals, if known. timezone: the shop's, like `Asia/Jakarta`, for
    files in UTC. day_first: whether 03/04 is in April, if known. events: further events of that LIVE.

    Raises UnusableFile (NothingToReview, which carries what was found) only when nothing can be reviewed.
    """
    every = built_in_profiles() if profiles is None else profiles
    opened = open_files(files, every.values())
    state = _State(Options(_zone(timezone), day_first), session, trend_totals, opened)
    if not files:
        raise NothingToReview("No file was given. Add an export of your LIVEs.", Reading())
    _lists(state)
    _attach(state)
    if state.picked is not None and events:
        _change(state, state.picked, lambda live: with_events(live, events))
    reading = _reading(state)
    if not any(map(_counted, reading.sessions)):
        raise NothingToReview("\n".join(failure.message for failure in reading.failures), reading)
    return reading


def read_paths(
    paths: Sequence[str | Path],
    profiles: Mapping[str, Profile] | None = None,
    *,
    session: str = "latest",
    trend_totals: bool | None = None,
    timezone: str | None = None,
    day_first: bool | None = None,
    events: Sequence[Event] = (),
) -> Reading:
    """As `read_files`, from disk. A folder, a missing or an oversized file is told and never opened."""
    files: list[tuple[str, bytes]] = []
    failures: list[Failure] = []
    for path in map(Path, paths):
        try:
            files.append((path.name, _bytes(path)))
        except UnusableFile as error:
            failures.append(Failure(path.name, str(error)))
    told = [failure.message for failure in failures]
    if not files and failures:
        raise NothingToReview("\n".join(told), Reading(failures=tuple(failures)))
    try:
        reading = read_files(
            files,
            profiles,
            session=session,
            trend_totals=trend_totals,
            timezone=timezone,
            day_first=day_first,
            events=events,
        )
    except NothingToReview as error:
        known = replace(error.reading, failures=(*failures, *error.reading.failures))
        raise NothingToReview("\n".join([*told, str(error)]), known) from None
    return replace(reading, failures=(*failures, *reading.failures))


def read(
    paths: Sequence[str | Path],
    session: str = "latest",
    *,
    profiles: Mapping[str, Profile] | None = None,
    trend_totals: bool | None = None,
    timezone: str | None = None,
    day_first: bool | None = None,
    events: Sequence[Event] = (),
) -> list[Session]:
    """Sessions from files, oldest first. Raises UnusableFile when nothing can be reviewed."""
    reading = read_paths(
        paths,
        profiles,
        session=session,
        trend_totals=trend_totals,
        timezone=timezone,
        day_first=day_first,
        events=events,
    )
    return list(reading.sessions)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnusableFile(f"{path}: this is a folder. Give the files that are in it.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnusableFile(too_big(path.name, size))
        return path.read_bytes()
    except FileNotFoundError:
        raise UnusableFile(f"{path}: there is no such file. Check the name and the folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise UnusableFile(f"{path}: the file cannot be read ({reason}). Check that you may open it.") from None


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnusableFile(f"There is no timezone '{name}'. Write it like Asia/Jakarta or America/Sao_Paulo.") from None


def _lists(state: _State) -> None:
    """Session lists first: everything else belongs to one of their LIVEs."""
    sessions: list[Session] = []
    for found in state.opened.found:
        if found.match.profile.kind != "sessions":
            continue
        read = session_list(found.match, state.options)
        name, title = found.match.table.file, found.match.profile.title
        # Starts alone are worth keeping when a trend brings the counts.
        started = any(live.start for live in read.sessions) and _has(state, "trend")
        if not started and not any(_counted(live) for live in read.sessions):
            state.opened.failures.append(Failure(name, _no_counts(found, title, len(read.sessions))))
            continue
        sessions += read.sessions
        state.questions += read.questions
        state.done.append(_Read(found, read.found, read.disagreements))
    state.sessions, dropped = merge(sessions)
    for change in dropped:
        _tell_replaced(state, change.dropped, change.kept)
    if state.sessions:
        state.picked = pick(state.sessions, state.which).id


def _has(state: _State, kind: str) -> bool:
    return any(found.match.profile.kind == kind for found in state.opened.found)


def _counted(live: Session) -> bool:
    return live.trend is not None or any(value is not None for value in live.counts.values())


def _no_counts(found: Found, title: str, rows: int) -> str:
    place = f"{found.match.table.file}, row {found.match.header + 1}"
    if not rows:
        return f"{place}: the columns are those of {title}, but no LIVE stands below them. Export other dates."
    return (
        f"{place}: none of the {rows} rows below has a number that could be read. Expected counts like views or "
        "likes; download the export again without changing it."
    )


def _tell_replaced(state: _State, dropped: Session, kept: Session) -> None:
    source, winner = dropped.source, kept.source
    if source is None or winner is None:
        return
    where = f"row {winner.row}" if source.file == winner.file else f"{winner.file}, row {winner.row}"
    for read in state.done:
        if read.rows.match.table.file == source.file and read.found.match.profile.id == source.profile:
            message = f"the same LIVE is in {where}, which is the later export; that one is used"
            read.rows.remarks.append(Remark(source.file, message, source.row))
            return


def _attach(state: _State) -> None:
    """Trends, then the other parts, to the LIVE they belong to."""
    for kind in _PARTS:
        used: str | None = None
        for found in state.opened.found:
            if found.match.profile.kind != kind:
                continue
            name = found.match.table.file
            if used is not None and kind != "events":
                message = f"{name}: {_PARTS[kind]} was already read from {used}. Give one such file at a time."
                state.opened.failures.append(Failure(name, message))
            elif kind == "trend":
                used = name if _attach_trend(state, found) else used
            elif state.picked is None:
                message = (
                    f"{name}: this file holds {_PARTS[kind]}, not its totals. Add the list of LIVEs or the trend of "
                    "that LIVE to it."
                )
                state.opened.failures.append(Failure(name, message))
            else:
                used = name
                _attach_part(state, found)


def _attach_trend(state: _State, found: Found) -> bool:
    """Lay a trend on its LIVE, or make one of it when there is no list. False when it has no usable row."""
    whole = None
    if found.whole is not None:
        whole = next(iter(session_list(found.whole, state.options).sessions), None)
    trend = read_trend(found.match, state.options, whole)
    owner = _owner(state, whole, trend.found)
    name = found.match.table.file
    empty = not any(value is not None for column in trend.counts.values() for value in column)
    if empty or all(minute is None for minute in on_clock(replace(trend, found=_silent(trend.found)), owner)):
        message = f"{name}: no row has both a time and a count. Expected times like 19:05; download the trend again."
        state.opened.failures.append(Failure(name, message))
        return False
    live, questions = lay(trend, owner, state.totals)
    state.questions += questions
    if trend.utc and owner is None:
        state.questions.append(Question("timezone", name, f"{name}: in which timezone is the shop?"))
    if owner is None:
        state.sessions = [live]
        state.picked = live.id
    else:
        _change(state, owner.id, lambda _old: live)
        _ask_which(state, name, whole)
    state.done.append(_Read(found, trend.found))
    return True


def _silent(rows: Rows) -> Rows:
    return replace(rows, remarks=[])


def _owner(state: _State, whole: Session | None, rows: Rows) -> Session | None:
    """The picked LIVE, unless the file itself carries the start of another one in the list."""
    if state.picked is None:
        return None
    picked = _session(state, state.picked)
    if whole is None or whole.start is None or _near(picked, whole):
        return picked
    other = next((live for live in state.sessions if _near(live, whole)), None)
    if other is None:
        return picked
    rows.remark(f"by its start this belongs to the LIVE {other.id}, so it was put there")
    return other


def _near(live: Session, whole: Session) -> bool:
    return live.start is not None and whole.start is not None and abs(live.start - whole.start) <= timedelta(minutes=2)


def _attach_part(state: _State, found: Found) -> None:
    assert state.picked is not None
    live = _session(state, state.picked)
    kind = found.match.profile.kind
    if kind == "products":
        rows, parts = products(found.match)
        live = replace(live, products=parts)
    elif kind == "events":
        rows, happened = read_events(found.match, live, _first_clock(state))
        live = with_events(live, happened)
    elif kind == "channels":
        rows, channels = slices(found.match, "channel")
        live = replace(live, channels=channels)
    else:
        rows, followers = slices(found.match, "audience")
        live = replace(live, followers=followers)
    _change(state, live.id, lambda _old: live)
    _ask_which(state, found.match.table.file, None)
    state.done.append(_Read(found, rows))


def _first_clock(state: _State) -> float | None:
    """The clock time at minute 0 where only a trend with clock times is known."""
    for read in state.done:
        if read.found.match.profile.kind == "trend":
            clocks = read_trend(read.found.match, state.options).clocks or []
            return next((value for value in clocks if value is not None), None)
    return None


def _ask_which(state: _State, name: str, whole: Session | None) -> None:
    if len(state.sessions) > 1 and state.which == "latest" and whole is None:
        ids = tuple(live.id for live in reversed(state.sessions))
        text = f"{name}: this file does not say which LIVE it is about. It was put to {state.picked}. Is that right?"
        state.questions.append(Question("which_live", name, text, ids))


def _session(state: _State, name: str) -> Session:
    return next(live for live in state.sessions if live.id == name)


def _change(state: _State, name: str, change: Callable[[Session], Session]) -> None:
    state.sessions = [change(live) if live.id == name else live for live in state.sessions]


def _reading(state: _State) -> Reading:
    order = {id(found): at for at, found in enumerate(state.opened.found)}
    done = sorted(state.done, key=lambda read: order[id(read.found)])
    return Reading(
        tuple(state.sessions),
        tuple(_file(read) for read in done),
        tuple(dict.fromkeys(state.questions)),
        tuple(state.opened.failures),
        tuple(state.opened.unknown),
        state.picked,
    )


def _file(read: _Read) -> FileReading:
    match, rows = read.found.match, read.rows
    named = {rows.header(position): name for name, position in match.columns.items()}
    named |= {rows.header(position): name for name, position in match.rates.items()}
    named |= {rows.header(position): "kept as text" for position in match.kept}
    samples = {}
    for position in match.unread:
        samples[rows.header(position)] = next(
            (row[position].strip() for row in rows.cells if not blank(row[position])), ""
        )
    return FileReading(
        match.table.file,
        match.profile.id,
        match.profile.title,
        match.profile.kind,
        len(rows),
        match.header + 1,
        match.table.sheet,
        named,
        samples,
        tuple(rows.remarks),
        read.disagreements,
    )
