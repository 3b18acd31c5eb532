"""LIVEs by the minute in which they began, so that the same LIVE is found among thousands of one minute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from heapq import heappop, heappush

from playbook.model.session import Session, other_account

#: Up to this many LIVEs of one minute are simply looked through; nearly always there is one.
_FEW = 8
#: Room IDs have nineteen digits, of which a spreadsheet keeps this many.
_LONG_ID, _KEPT = 17, 15

Mark = tuple[object, ...]


def minute(moment: datetime) -> datetime:
    """The minute of a start; an export may print no seconds."""
    return moment.replace(second=0, microsecond=0)


def alike(session: Session, other: Session) -> bool:
    """Whether two that began in the same minute are one LIVE: no other creator, and no two ids that differ."""
    if other_account(session.creator, other.creator):
        return False
    return same_room(session.id, other.id) or not (named(session) and named(other))


def rounded(room: str) -> bool:
    """Whether the last digits of a Room ID are lost: a spreadsheet keeps fifteen and writes zeros behind them.

    A made-up id has zeros farther in front, too.
    """
    return len(room) >= _LONG_ID and room.isdigit() and not room[_KEPT:].strip("0") and room[_KEPT - 3 : _KEPT] != "000"


def same_room(room: str, other: str) -> bool:
    """Whether two Room IDs are one, where a spreadsheet may have rounded either. Two within a second look so, too."""
    if room == other:
        return True
    return len(room) == len(other) and room[:_KEPT] == other[:_KEPT] and (rounded(room) or rounded(other))


def named(session: Session) -> bool:
    """Whether the id says more than the start does."""
    return session.start is None or not session.id.startswith(session.start.isoformat(timespec="minutes"))


class Starts:
    """Keys of LIVEs by start minute. `lives` is the caller's own mapping of keys to LIVEs, looked at as it is now.

    Whoever puts another LIVE under a key, or renames a key, says so. A key stays in the minute in which it came.
    """

    def __init__(self, lives: Mapping[str, Session]) -> None:
        self._lives = lives
        self._keys: dict[datetime, list[str]] = {}
        self._minutes: dict[str, datetime] = {}
        self._crowds: dict[datetime, _Crowd] = {}
        for key, live in lives.items():
            self.add(key, live)

    def add(self, key: str, live: Session) -> None:
        """A key that was not there; it comes after all others of its minute."""
        if live.start is None:
            return
        when = self._minutes[key] = minute(live.start)
        keys = self._keys.setdefault(when, [])
        keys.append(key)
        if when in self._crowds:
            self._crowds[when].put(key, live)
        elif len(keys) > _FEW:
            crowd = self._crowds[when] = _Crowd()
            for each in keys:
                crowd.put(each, live if each == key else self._lives[each])

    def changed(self, key: str, live: Session) -> None:
        """Another LIVE stands under this key now."""
        when = self._minutes.get(key)
        if when in self._crowds:
            self._crowds[when].move(key, key, live)

    def renamed(self, before: str, key: str, live: Session) -> None:
        """A key has another name, and perhaps another LIVE."""
        when = self._minutes.pop(before, None)
        if when is None:
            return
        self._minutes[key] = when
        if when in self._crowds:
            self._crowds[when].move(before, key, live)
        else:
            self._keys[when] = [key if each == before else each for each in self._keys[when]]

    def find(self, session: Session) -> str | None:
        """The first key under which there is the LIVE that `session` is."""
        if session.start is None:
            return None
        when = minute(session.start)
        if when in self._crowds:
            return self._crowds[when].find(session)
        return next((key for key in self._keys.get(when, ()) if alike(session, self._lives[key])), None)


class _Crowd:
    """Many LIVEs of one minute. Each stands under a few marks, and under each mark the first one is at hand."""

    def __init__(self) -> None:
        self._first: dict[Mark, list[tuple[int, str]]] = {}
        self._marks: dict[str, tuple[int, frozenset[Mark]]] = {}
        self._came = 0

    def put(self, key: str, live: Session, order: int | None = None) -> None:
        place = self._came if order is None else order
        self._came += order is None
        marks = frozenset(_marks(live))
        self._marks[key] = (place, marks)
        for mark in marks:
            heappush(self._first.setdefault(mark, []), (place, key))

    def move(self, before: str, key: str, live: Session) -> None:
        if before in self._marks:
            order, _ = self._marks.pop(before)
            self.put(key, live, order)

    def find(self, session: Session) -> str | None:
        firsts = [first for mark in _wanted(session) if (first := self._at(mark)) is not None]
        return min(firsts)[1] if firsts else None

    def _at(self, mark: Mark) -> tuple[int, str] | None:
        """The first that stands there now; what was changed since is taken away on the way."""
        waiting = self._first.get(mark, [])
        while waiting:
            order, key = waiting[0]
            known = self._marks.get(key)
            if known is not None and known[0] == order and mark in known[1]:
                return waiting[0]
            heappop(waiting)
        return None


def _marks(live: Session) -> Iterator[Mark]:
    stems: list[object] = [("stem", len(live.id), live.id[:_KEPT])] if len(live.id) >= _LONG_ID else []
    if rounded(live.id):
        stems.append(("rounded", len(live.id), live.id[:_KEPT]))
    for what in (live.id, named(live), *stems):
        yield (what, "all")
        if live.creator:
            yield (what, "is", live.creator)
            yield (what, "digits", live.creator.isdigit())
        else:
            yield (what, "nobody")


def _wanted(session: Session) -> Iterator[Mark]:
    """The marks of which each has only LIVEs that are `alike`, and which together have all of them."""
    stem: list[object] = []
    if len(session.id) >= _LONG_ID:
        stem = [("stem" if rounded(session.id) else "rounded", len(session.id), session.id[:_KEPT])]
    for what in (session.id, False, *stem) if named(session) else (session.id, False, True, *stem):
        if session.creator:
            yield (what, "is", session.creator)
            yield (what, "digits", not session.creator.isdigit())
            yield (what, "nobody")
        else:
            yield (what, "all")
