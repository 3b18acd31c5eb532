"""Which stored LIVE a session is, and what storing it changes. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import PurePath
from typing import Literal

from sqlalchemy import ColumnElement, Connection, or_, select, true

from playbook.imports.lives.days import Days
from playbook.imports.lives.identity import merge, older, other_creator, pictured, roomy, same
from playbook.imports.lives.starts import Starts, minute
from playbook.model.notes import DAY_ALONE
from playbook.model.session import Session

from . import encode
from .damage import UNREADABLE
from .keys import new_key
from .schema import live, part, version

Fate = Literal["new", "updated", "confirmed", "older", "unchanged", "trashed"]

#: Room IDs of the platform have 19 digits; shorter ids were made up by a person, who may use one twice.
_ROOM_DIGITS = 15
_ANOTHER_TIME = timedelta(hours=12)
#: Up to this many sessions are looked up one by one.
_FEW = 20


@dataclass
class PartKnown:
    """The part of one kind that counts, and every digest kept."""

    digest: str | None = None
    exported_at: datetime | None = None
    number: int = 0
    seen: set[str] = field(default_factory=set)


@dataclass
class KnownLives:
    """A stored LIVE, or one on its way in.

    `light` has its id, start, creator and the export time of what counts; `text` the totals that count.
    """

    key: str
    light: Session
    text: str = ""
    digest: str = ""
    number: int = 0
    current: str = ""
    deleted: bool = False
    seen: set[tuple[str, datetime | None]] = field(default_factory=set)
    parts: dict[str, PartKnown] = field(default_factory=dict)


@dataclass(frozen=True)
class NewVersion:
    """A row for `version`."""

    id: str
    live: KnownLives
    number: int
    session: Session
    digest: str


@dataclass(frozen=True)
class NewPart:
    """A row for `part`; a current one takes the place of the one before."""

    live: KnownLives
    kind: str
    number: int
    current: bool
    exported_at: datetime | None
    digest: str
    data: bytes
    id: str = field(default_factory=new_key)


@dataclass
class Shelf:
    """The LIVEs of a shop by id, and what is to be written."""

    kept: dict[str, KnownLives] = field(default_factory=dict)
    fresh: list[KnownLives] = field(default_factory=list)
    changed: dict[str, KnownLives] = field(default_factory=dict)
    versions: list[NewVersion] = field(default_factory=list)
    parts: list[NewPart] = field(default_factory=list)


def shelf(connection: Connection, shop_id: str, sessions: Sequence[Session]) -> Shelf:
    """Everything needed to recognise `sessions` among the shop's LIVEs, the deleted ones included."""
    of_shop = (live.c.shop_id == shop_id) & _candidates(sessions)
    found = Shelf()
    by_key: dict[str, KnownLives] = {}
    columns = (live.c.id, live.c.session_id, live.c.start, live.c.creator, live.c.deleted_at, version.c.id,
               version.c.digest, version.c.exported_at, version.c.data)  # fmt: skip
    rows = connection.execute(select(*columns).join_from(live, version, version.c.id == live.c.current).where(of_shop))
    for key, name, start, creator, deleted, current, digest, exported_at, text in rows:
        days = (DAY_ALONE,) if DAY_ALONE in (text or "") else ()
        light = Session(name, {}, start=start, creator=creator, exported_at=exported_at, notes=days)
        known = KnownLives(key, light, text, digest, current=current, deleted=deleted is not None)
        by_key[key] = found.kept[name] = known
    every = select(version.c.live_id, version.c.number, version.c.digest, version.c.exported_at)
    for key, number, digest, exported_at in connection.execute(every.join(live).where(of_shop)):
        by_key[key].seen.add((digest, exported_at))
        by_key[key].number = max(by_key[key].number, number)
    pieces = select(part.c.live_id, part.c.kind, part.c.number, part.c.digest, part.c.exported_at, part.c.current)
    for key, kind, number, digest, exported_at, current in connection.execute(pieces.join(live).where(of_shop)):
        piece = by_key[key].parts.setdefault(kind, PartKnown())
        piece.seen.add(digest)
        piece.number = max(piece.number, number)
        if current:
            piece.digest, piece.exported_at = digest, exported_at
    return found


def _candidates(sessions: Sequence[Session]) -> ColumnElement[bool]:
    """For a few sessions the LIVEs that may be theirs, by id or start minute; for many simply all."""
    if len(sessions) > _FEW:
        return true()
    ids = {name for each in sessions for name in (each.id, *_others(each), *_numbered(each))}
    starts = {minute(_naive(each.start)) for each in sessions if each.start is not None}
    minutes = [(live.c.start >= each) & (live.c.start < each + timedelta(minutes=1)) for each in starts]
    # A day as a whole for dates alone, saved or coming in.
    days = {datetime.combine(each, time.min) for each in {start.date() for start in starts}}
    whole = [(live.c.start >= each) & (live.c.start < each + timedelta(days=1)) for each in days]
    return or_(live.c.session_id.in_(sorted(ids)), *minutes, *whole)


def place(found: Shelf, sessions: Iterable[Session]) -> list[tuple[Fate, KnownLives, Session, str]]:
    """(what becomes of it, its LIVE, the session, the totals that counted so far), oldest first; `found` grows."""
    lights = {name: known.light for name, known in found.kept.items()}
    starts, days = Starts(lights), Days(lights)
    result: list[tuple[Fate, KnownLives, Session, str]] = []
    for session in merge(sessions)[0]:
        same_one = _find(session, lights, starts)
        if same_one is None:
            same_one = days.twin(session, lambda key: stored(found.kept[key].text))
            if same_one is not None and session.day_alone:  # its time is known already, and with it the export
                known = found.kept[same_one]
                result.append(("trashed" if known.deleted else "unchanged", known, session, known.text))
                continue
        name = _free(session, lights) if same_one is None else same_one
        if same_one is None:
            known = KnownLives(new_key(), replace(_light(session), id=name))
            found.kept[name], lights[name] = known, known.light
            found.fresh.append(known)
            starts.add(name, known.light)
            days.add(name, known.light)
        known = found.kept[name]
        before = known.text
        fate = _take(found, known, session)
        if known.light.id != name:  # it was known by its start and now has a Room ID
            found.kept[known.light.id] = found.kept.pop(name)
            del lights[name]
            starts.renamed(name, known.light.id, known.light)
        lights[known.light.id] = known.light
        starts.changed(known.light.id, known.light)
        days.add(known.light.id, known.light)
        result.append((fate, known, session, before))
    return result


def keep_earlier(found: Shelf, replaced: Iterable[Session]) -> None:
    """Add earlier exports of LIVEs that were just placed. Only the export's time tells that it is an earlier one."""
    lights = {name: known.light for name, known in found.kept.items()}
    starts = Starts(lights)
    for session in replaced:
        name = _find(session, lights, starts)
        known = None if name is None else found.kept[name]
        digest = encode.digest(session)
        if known is None or not older(session, known.light) or _repeated(known, digest, session):
            continue
        _add_version(found, known, session, digest, False)


def unplaced(session: Session) -> bool:
    """Whether nothing says which LIVE this is: its id only repeats the file's name or what was typed."""
    source = session.source
    if session.start is not None or source is None:
        return False
    stem = PurePath(source.file).stem
    return source.profile == "form" or session.id == stem or session.id.startswith(f"{stem}-row-")


def _find(session: Session, lights: dict[str, Session], starts: Starts) -> str | None:
    name = same(session, lights, starts)
    if name is not None and not _reused(session, lights[name]):
        return name
    return next(
        (each for each in _others(session) if each in lights and not other_creator(session, lights[each])), None
    )


def _reused(session: Session, light: Session) -> bool:
    """The same made-up id for LIVEs at quite different times."""
    if session.id != light.id or session.start is None or light.start is None:
        return False
    if roomy(session) and len(session.id) >= _ROOM_DIGITS:
        return False
    return abs(_naive(session.start) - _naive(light.start)) >= _ANOTHER_TIME


def _others(session: Session) -> list[str]:
    """Ids that a session gets when its own is taken by another LIVE."""
    names = [f"{session.id}-{session.creator}"] if session.creator is not None else []
    if session.start is not None:
        names.append(f"{session.id} {session.start.isoformat(timespec='minutes')}")
    return names


def _free(session: Session, lights: dict[str, Session]) -> str:
    tries = (session.id, *_others(session), *_numbered(session))
    return next((each for each in tries if each not in lights), new_key())


def _numbered(session: Session) -> list[str]:
    return [f"{session.id} {number}" for number in range(2, 10)]


def _take(found: Shelf, known: KnownLives, session: Session) -> Fate:
    """Add what is new in `session` to its LIVE."""
    fresh = known.number == 0
    digest = encode.digest(session)
    kept = None if fresh else stored(known.text)
    damaged = not fresh and kept is None  # the same export again puts it right
    repeated = not damaged and _repeated(known, digest, session)
    counts = fresh or kept is None or _counts_now(known, kept, session)
    fate: Fate = "unchanged"
    if not repeated:
        fate = "new" if fresh else "older" if not counts else "updated" if digest != known.digest else "confirmed"
        _add_version(found, known, session, digest, counts)
    pieces = [_add_part(found, known, kind, data, session.exported_at) for kind, data in encode.parts(session).items()]
    if (fate in ("unchanged", "older") and any(pieces)) or _learns_room(found, known, session):
        fate = "confirmed" if fate in ("unchanged", "older") else fate
    return "trashed" if known.deleted else fate


def _learns_room(found: Shelf, known: KnownLives, session: Session) -> bool:
    """Take the Room ID of an export that has the same numbers, where the LIVE had none or one with digits lost."""
    if not roomy(session) or roomy(known.light) or session.id in found.kept or len(session.id) < _ROOM_DIGITS:
        return False
    known.light = replace(known.light, id=session.id)
    found.changed[known.key] = known
    return True


def _repeated(known: KnownLives, digest: str, session: Session) -> bool:
    if digest == known.digest and session.exported_at in (None, known.light.exported_at):
        return True
    return session.exported_at is not None and (digest, session.exported_at) in known.seen


def _counts_now(known: KnownLives, kept: Session, session: Session) -> bool:
    if older(session, known.light) or (pictured(session) and not pictured(kept)):
        return False
    # The sums of a trend do not take the place of what a list of LIVEs says.
    return not _from_part(session) or _from_part(kept)


def stored(text: str) -> Session | None:
    """Totals as they stand in the table; None where they cannot be read."""
    try:
        return encode.session(text)
    except UNREADABLE:
        return None


def _from_part(session: Session) -> bool:
    source = session.source
    return source is not None and source.row is None and source.profile != "form"


def _add_version(found: Shelf, known: KnownLives, session: Session, digest: str, counts: bool) -> None:
    known.number += 1
    known.seen.add((digest, session.exported_at))
    made = NewVersion(new_key(), known, known.number, session, digest)
    found.versions.append(made)
    if not counts:
        return
    known.current, known.digest = made.id, digest
    known.text = encode.totals(session)
    name = known.light.id
    if roomy(session) and session.id not in found.kept:
        name = session.id
    light = _light(session)
    known.light = replace(
        light, id=name, start=light.start or known.light.start, creator=light.creator or known.light.creator
    )
    found.changed[known.key] = known


def _add_part(found: Shelf, known: KnownLives, kind: str, data: bytes, exported_at: datetime | None) -> bool:
    """Whether this part counts from now on."""
    digest = encode.part_digest(data)
    piece = known.parts.setdefault(kind, PartKnown())
    if digest == piece.digest:
        return False
    late = exported_at is not None and piece.exported_at is not None and exported_at < piece.exported_at
    if late and digest in piece.seen:
        return False
    piece.number += 1
    piece.seen.add(digest)
    found.parts.append(NewPart(known, kind, piece.number, not late, exported_at, digest, data))
    if not late:
        piece.digest, piece.exported_at = digest, exported_at
    return not late


def add_part(found: Shelf, known: KnownLives, kind: str, data: bytes) -> bool:
    """A part typed by a person: it counts from now on, whatever was exported when."""
    return _add_part(found, known, kind, data, None)


def _light(session: Session) -> Session:
    start = None if session.start is None else _naive(session.start)
    days = (DAY_ALONE,) if session.day_alone else ()
    return Session(session.id, {}, start=start, creator=session.creator, exported_at=session.exported_at, notes=days)


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
