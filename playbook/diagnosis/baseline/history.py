"""Which earlier LIVEs stand in a usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from playbook.diagnosis.findings import Note, note
from playbook.model.session import STUB_MINUTES, Session, other_account

#: With fewer earlier values than this a usual is not known.
NEEDED = 3


@dataclass(frozen=True)
class EarlierLives:
    """Earlier LIVEs that count, oldest first, and in plain words what was left out."""

    sessions: tuple[Session, ...]
    notes: tuple[Note, ...]


def past_of(session: Session, history: Sequence[Session]) -> EarlierLives:
    """The LIVEs of `history` that may stand in the usual of `session`.

    They started strictly before it, are over, lasted at least half an hour, and are of the same account and
    currency where both are known. A LIVE without a start cannot be placed before a dated one and is left out; when
    the judged LIVE itself has no start, every other LIVE counts as earlier, in order of start.
    """
    others = [s for s in history if s.id != session.id]
    earlier = [s for s in others if _before(s, session)]
    undated = sum(s.start is None for s in others) if session.start is not None else 0
    ordinary = [s for s in earlier if s.ordinary]
    same = [s for s in ordinary if _same_currency(s, session)]
    known = len(same)
    same = [s for s in same if not other_account(s.creator, session.creator)]
    once = {s.id: s for s in same}  # a LIVE given twice counts once, as given last
    notes = []
    if session.start is None and others:
        notes.append(note("no_start"))
    if undated:
        notes.append(note("undated", lives=undated))
    if short := len(earlier) - len(ordinary):
        notes.append(note("short_lives", lives=short, minutes=STUB_MINUTES))
    if foreign := len(ordinary) - known:
        notes.append(note("other_currency", lives=foreign))
    if strangers := known - len(same):
        notes.append(note("other_accounts", lives=strangers))
    return EarlierLives(tuple(sorted(once.values(), key=start_of)), tuple(notes))


def start_of(session: Session) -> datetime:
    """The start for sorting; sessions without one come first."""
    return datetime.min if session.start is None else session.start.replace(tzinfo=None)


def _before(other: Session, session: Session) -> bool:
    if session.start is None:
        return True
    return other.start is not None and start_of(other) < start_of(session)


def _same_currency(other: Session, session: Session) -> bool:
    return other.currency is None or session.currency is None or other.currency == session.currency
