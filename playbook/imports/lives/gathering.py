"""What is gathered on the way from opened files to a reading, and the lists of LIVEs among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from playbook.imports.cells.values import blank
from playbook.imports.layout.columns import Options, Rows
from playbook.imports.layout.startless import counts_lives, placed, question, refusal
from playbook.imports.opening import Found, Opened
from playbook.imports.results import Disagreement, Failure, FileReading, FilesRead, Question, Remark, place_of
from playbook.knowledge.exports import COUNT_FIELDS
from playbook.language import N_, _, ngettext
from playbook.model.notes import DAY_ALONE
from playbook.model.session import Session

from .accounts import account_question, currencies_remark, known_here, left_out, not_there, of_accounts
from .days import Days
from .identity import counted, merge, pick, same
from .session_list import session_list, without_planned
from .starts import Starts


@dataclass
class TableRead:
    """One table on its way: its rows with their remarks, and what else turned up."""

    found: Found
    rows: Rows
    disagreements: tuple[Disagreement, ...] = ()
    home: str | None = None


@dataclass
class State:
    options: Options
    which: str
    totals: bool | None
    opened: Opened
    belongs: Mapping[str, str] = field(default_factory=dict)
    sure_only: bool = False
    account: str | None = None
    known_accounts: Sequence[str] = ()
    sessions: list[Session] = field(default_factory=list)
    done: list[TableRead] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    picked: str | None = None
    replaced: list[Session] = field(default_factory=list)
    saved: list[Session] = field(default_factory=list)
    joined: set[str] = field(default_factory=set)


def gather_lists(state: State) -> None:
    """Session lists first: everything else belongs to one of their LIVEs."""
    state.questions += state.opened.questions
    sessions: list[Session] = []
    for found in state.opened.found:
        if found.match.profile.kind != "sessions":
            continue
        read = session_list(found.match, state.options)
        name, title = found.match.table.file, found.match.profile.title
        # Starts alone are worth keeping when a trend brings the counts.
        started = any(live.start for live in read.sessions) and _has(state, "trend")
        if not started and not any(counted_any(live) for live in read.sessions):
            state.opened.failures.append(Failure(name, _no_counts(found, title, read.found)))
            continue
        own = found.own
        if own is None and not placed(read.sessions):
            if not counts_lives(found.match.columns):
                state.opened.failures.append(Failure(name, refusal(found.match)))
                continue
            state.questions.append(question(found.match))
        if own is not None:
            read = read if started else without_planned(read)
            read.found.remarks.extend(own.remarks)
            state.questions += own.questions
        if own is not None and own.untimed:
            read = replace(read, sessions=[_day_alone(live, own.untimed) for live in read.sessions])
        sessions += reversed(read.sessions) if own is not None and own.newest_first else read.sessions
        state.questions += read.questions
        state.done.append(TableRead(found, read.found, read.disagreements))
    state.sessions, dropped = merge(sessions)
    state.replaced = [change.dropped for change in dropped]
    for change in dropped:
        _tell_replaced(state, change.dropped, change.kept)
    _one_account(state)
    _tell_currencies(state)
    state.saved = _not_listed(state.saved, state.sessions)
    if state.sessions or (state.saved and state.which != "latest"):
        there = state.sessions if state.which == "latest" else [*state.saved, *state.sessions]
        state.picked = pick(there, state.which).id


def _day_alone(live: Session, rows: frozenset[int]) -> Session:
    known = live.source is None or live.source.row not in rows
    return live if known else replace(live, notes=(*live.notes, DAY_ALONE))


def _not_listed(saved: Sequence[Session], listed: Sequence[Session]) -> list[Session]:
    """The saved LIVEs that no list has: of the others the list is what is read."""
    by_id = {live.id: live for live in listed}
    starts, days = Starts(by_id), Days(by_id)
    return [live for live in saved if same(live, by_id, starts) is None and days.twin(live) is None]


def _one_account(state: State) -> None:
    """Only the LIVEs of the account that was named or is known; else, of several, the question which it is."""
    if not state.done:
        return
    first = state.done[0].rows
    file = first.match.table.file
    if state.account is not None and not known_here(state.sessions, [state.account]):
        raise not_there(state.sessions, state.account)
    names = known_here(state.sessions, [state.account] if state.account else state.known_accounts)
    if not names:
        question = account_question(state.sessions, file)
        state.questions += [question] if question else []
        return
    kept = of_accounts(state.sessions, names)
    if others := len(state.sessions) - len(kept):
        first.remarks.append(Remark(file, left_out(others, names)))
    state.sessions = kept


def _tell_currencies(state: State) -> None:
    remark = currencies_remark(state.sessions)
    if remark and state.done:
        rows = state.done[0].rows
        rows.remarks.append(Remark(rows.match.table.file, remark))


def _has(state: State, kind: str) -> bool:
    return any(found.match.profile.kind == kind for found in state.opened.found)


def counted_any(live: Session) -> bool:
    return live.trend is not None or counted(live)


def _no_counts(found: Found, title: str, rows: Rows) -> str:
    """Why a list of LIVEs gave no count: none is printed, no row stands there, or none could be read."""
    match, first = found.match, rows.first()
    place = place_of(match.table.file, match.header + 1)
    if not rows and not first:
        return _(
            "{place}: the columns are those of '{title}', but no LIVE stands below them. Export other dates.",
            place=place, title=_(title),
        )  # fmt: skip
    if match.columns.keys().isdisjoint(COUNT_FIELDS):
        why = _(
            "{place}: there are rates here and no counts, and a rate without its counts cannot be judged.", place=place
        )
        return f"{why} {match.profile.way_to_export}"
    unread = ngettext(
        "{place}: no row below has a number that could be read. Expected counts like views or likes; download the "
        "export again without changing it.",
        "{place}: none of the {count} rows below has a number that could be read. Expected counts like views or likes; "
        "download the export again without changing it.",
        max(len(rows), 1), place=place, count=len(rows),
    )  # fmt: skip
    return unread + first


def _tell_replaced(state: State, dropped: Session, kept: Session) -> None:
    source, winner = dropped.source, kept.source
    if source is None or winner is None:
        return
    where = place_of(None if source.file == winner.file else winner.file, winner.row)
    for read in state.done:
        if read.rows.match.table.file == source.file and read.found.match.profile.id == source.profile:
            dated = None not in (dropped.exported_at, kept.exported_at) and dropped.exported_at != kept.exported_at
            why = (
                N_("the same LIVE is in {place}, which has numbers and this row none; that one is used")
                if counted(kept) and not counted(dropped)
                else N_("the same LIVE is in {place}, which has its time of day; that one is used")
                if dropped.day_alone and not kept.day_alone
                else N_("the same LIVE is in {place}, which is the later export; that one is used")
                if dated
                else N_("the same LIVE is in {place}, which comes later; that one is used")
                if source.file != winner.file
                else N_("the same LIVE is in {place}, which is the later of the two; that one is used")
            )
            read.rows.remarks.append(Remark(source.file, _(why, place=where), source.row))
            return


def session_of(state: State, name: str) -> Session:
    return next(live for live in (*state.sessions, *state.saved) if live.id == name)


def change(state: State, name: str, change: Callable[[Session], Session]) -> None:
    """Change a LIVE of a list, or a saved one, which then counts as joined."""
    state.sessions = [change(live) if live.id == name else live for live in state.sessions]
    if any(live.id == name for live in state.saved):
        state.saved = [change(live) if live.id == name else live for live in state.saved]
        state.joined.add(name)


def finished(state: State) -> FilesRead:
    order = {id(found): at for at, found in enumerate(state.opened.found)}
    done = sorted(state.done, key=lambda read: order[id(read.found)])
    return FilesRead(
        tuple(state.sessions),
        tuple(_file(read) for read in done),
        _once(state.questions),
        tuple(state.opened.failures),
        tuple(state.opened.unknown),
        state.picked,
        tuple(state.replaced),
        tuple(live for live in state.saved if live.id in state.joined),
    )


def _once(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Each question once; of the time zone, which all files share, the first."""
    zone = next((each for each in questions if each.about == "timezone"), None)
    return tuple(dict.fromkeys(each for each in questions if each.about != "timezone" or each is zone))


def _file(read: TableRead) -> FileReading:
    match, rows, own = read.found.match, read.rows, read.found.own
    named = {rows.header(position): name for name, position in match.columns.items()}
    named |= {rows.header(position): name for name, position in match.rates.items()}
    named |= {rows.header(position): _("kept as text") for position in match.kept}
    samples = {}
    for position in match.unread:
        samples[rows.header(position)] = next(
            (row[position].strip() for row in rows.cells if not blank(row[position])), ""
        )
    return FileReading(
        match.table.file,
        match.profile.id,
        match.profile.called,
        match.profile.kind,
        len(rows),
        match.header + 1,
        match.table.sheet,
        named,
        samples,
        tuple(rows.remarks),
        read.disagreements,
        {} if own is None else own.understood,
        None if own is None else own.layout,
        read.home,
    )
