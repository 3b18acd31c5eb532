"""The same LIVE in several rows or files becomes one session; the later export of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from playbook.language import _
from playbook.model.session import Session, UnusableFile, other_account

from .days import Days
from .starts import Starts, rounded


@dataclass(frozen=True)
class Replaced:
    """A row that gave way to a later export of the same LIVE."""

    dropped: Session
    kept: Session


def merge(sessions: Iterable[Session]) -> tuple[list[Session], list[Replaced]]:
    """One session for each LIVE, oldest first, and what was dropped.

    The same LIVE is the same Room ID; where one of the two has none, the same start minute and no different
    creator; an id that a spreadsheet rounded is that of the LIVE of this minute which begins with the same digits.
    The later export wins by the time in its file name; without that the one that is over or longer,
    else the one that comes later in order. Of a date alone and a start on that day, of numbers about the same, the one
    with its time is kept. Sessions
    without a start come first: nothing says that they are new.
    """
    kept: dict[str, Session] = {}
    starts, days = Starts(kept), Days(kept)
    dropped: list[Replaced] = []
    for session in sessions:
        found = same(session, kept, starts)
        by_day = days.twin(session) if found is None else None
        found = by_day or found
        key = _free(session, kept) if found is None else found
        if key not in kept:
            kept[key] = session if key == session.id else replace(session, id=key)
            starts.add(key, kept[key])
            days.add(key, kept[key])
            continue
        before = kept[key]
        # Numbers never give way to none, as where a row was cut off.
        gives_way = counted(before) if counted(session) != counted(before) else older(session, before)
        if pictured(session) != pictured(before):
            gives_way = pictured(session)
        if by_day is not None:  # the one that has its time of day is the export
            gives_way = session.day_alone
        winner, loser = (before, session) if gives_way else (session, before)
        name = before.id if not roomy(winner) else winner.id
        kept[key] = winner if winner.id == name else replace(winner, id=name)
        starts.changed(key, kept[key])
        days.add(key, kept[key])
        dropped.append(Replaced(loser, kept[key]))
    return sorted(kept.values(), key=lambda session: session.start or datetime.min), dropped


def roomy(session: Session) -> bool:
    """Whether the id is one that the platform gave, with all its digits."""
    return session.id.isdigit() and not rounded(session.id)


def same(session: Session, kept: dict[str, Session], starts: Starts) -> str | None:
    """The key in `kept` of the LIVE that `session` is, or None; `starts` has the keys by their start minute."""
    if session.id in kept and not other_creator(session, kept[session.id]):
        return session.id
    return starts.find(session)


def pictured(session: Session) -> bool:
    """Whether its numbers are from pictures, which round: an export of the same LIVE says more, whenever it came."""
    return session.source is not None and session.source.profile == "screenshot"


def other_creator(one: Session, other: Session) -> bool:
    """Whether two creators are known and differ."""
    return other_account(one.creator, other.creator)


def _free(session: Session, kept: dict[str, Session]) -> str:
    if session.id not in kept:
        return session.id
    return f"{session.id}-{session.creator}"


def counted(session: Session) -> bool:
    """Whether any count of the LIVE is known."""
    return any(value is not None for value in session.counts.values())


def older(session: Session, before: Session) -> bool:
    """Whether `session`, which comes later in order, is the earlier export all the same."""
    one, other = session.exported_at, before.exported_at
    if one is not None and other is not None and one != other:
        return one < other
    if session.running != before.running:
        return session.running
    # Counts of one room only grow, so the longer of two snapshots was taken later.
    if roomy(session) and session.id == before.id and session.duration_minutes and before.duration_minutes:
        return session.duration_minutes < before.duration_minutes
    return False


def latest(sessions: Sequence[Session]) -> Session:
    """The newest LIVE that is over and lasted 30 minutes; the newest of all when there is none such.

    Raises UnusableFile when there are no sessions.
    """
    if not sessions:
        raise UnusableFile(_("There is no LIVE to review. Add an export with at least one LIVE."))
    ordered = sorted(sessions, key=lambda session: session.start or datetime.min)
    return next((session for session in reversed(ordered) if session.ordinary), ordered[-1])


def pick(sessions: Sequence[Session], which: str = "latest") -> Session:
    """The session called `latest`, or that has this id or this start (2026-08-01T19:00).

    Raises UnusableFile that lists what there is.
    """
    if which == "latest":
        return latest(sessions)
    for session in sessions:
        if session.id == which:
            return session
    wanted = _moment(which)
    if wanted is not None:
        for exact in (True, False):
            for session in sessions:
                if session.start is not None and _equal(session.start, wanted, exact):
                    return session
    there = [f"{s.id} ({s.began})" if s.began else s.id for s in reversed(sessions)]
    listed, more = ", ".join(there[:5]), len(there) - 5
    if more > 0:
        listed = _("{listed} and {more} more", listed=listed, more=more)
    raise UnusableFile(
        _(
            "No LIVE '{which}' in these files. There are: {listed}. Give one of these ids, a start like "
            "2026-08-01T19:00, or 'latest'.",
            which=which,
            listed=listed,
        )
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _equal(start: datetime, wanted: datetime, exact: bool) -> bool:
    return (
        start == wanted if exact else start.replace(second=0, microsecond=0) == wanted.replace(second=0, microsecond=0)
    )
