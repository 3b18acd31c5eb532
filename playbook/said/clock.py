"""How far the clock of a transcript lies from that of its LIVE.

A product is mostly named when it is pinned. So the time between the two clocks is the one at which as many pins as can
be have the name of their product close by: the mode of all distances between a pin and a naming of the same product,
by a triangular kernel, and then the mean of those that lie near it. A habit of naming a product some seconds after
its pin cannot be told from clocks that differ, and is part of what is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from playbook.model.session import Event, Session
from playbook.model.transcript import Line

from .speech import Speech
from .units import units

Floats = NDArray[np.float64]

#: Seconds. How near a naming counts, from in full to not at all; of a log that has whole minutes.
_REACH, _BY_MINUTE = 10.0, 45.0
#: A product that was not named for so long (seconds) is named anew.
_ANEW = 60.0
#: Fewer pins with a name close by say nothing.
_FEWEST = 3
#: The best must have so many times what any other time has that is so many reaches away.
_CLEARER, _ELSEWHERE = 1.3, 3.0
#: Seconds looked at on either side.
_FARTHEST = 6 * 3600
_DAY = 86_400.0


@dataclass(frozen=True)
class Offset:
    """`seconds` to add to the times of a transcript. `how`: by the names of pinned products, by the time of day in the
    file, or not found and 0. `pins` of `of` have the name of their product close by; `spread` is the standard error in
    seconds.
    """

    seconds: float
    how: str
    pins: int = 0
    of: int = 0
    spread: float | None = None


def offset(lines: Sequence[Line], session: Session) -> Offset:
    """The best that can be said: by names of pinned products, else by the clock of the day, else 0."""
    found = by_names(lines, session.events)
    if found is not None:
        return found
    by_day = _of_day(lines, session)
    return Offset(by_day, "clock") if by_day is not None else Offset(0.0, "none")


def by_names(lines: Sequence[Line], events: Iterable[Event]) -> Offset | None:
    """From pins and namings of the same products; None where too few agree, or two times are as good."""
    pins = [(60.0 * each.minute, each.product or each.detail or "") for each in events if each.type == "pin"]
    named = namings(Speech(lines), [name for _, name in pins])
    gaps = [np.subtract(at, np.array(named[name])) for at, name in pins if named.get(name)]
    if len(gaps) < _FEWEST:
        return None
    reach = _BY_MINUTE if all(at % 60 == 0 for at, _ in pins) else _REACH
    support = _support(gaps, reach)
    best = int(support.argmax())
    elsewhere = int(_ELSEWHERE * reach)
    rest = [*support[: max(0, best - elsewhere)], *support[best + elsewhere :]]
    if support[best] < _CLEARER * max(rest, default=0.0):
        return None
    return _centred(gaps, float(best - _FARTHEST), reach, len(pins))


def _support(gaps: Sequence[Floats], reach: float) -> Floats:
    """For every second from `_FARTHEST` below 0 to as far above: how many pins have a naming there, by a kernel."""
    near = np.arange(-int(reach), int(reach) + 1)
    kernel = 1 - np.abs(near) / (reach + 1)
    support = np.zeros(2 * _FARTHEST + 1)
    for each in gaps:
        own = np.zeros_like(support)
        for gap in each[np.abs(each) < _FARTHEST - reach - 1]:
            at = round(float(gap)) + _FARTHEST + near
            own[at] = np.maximum(own[at], kernel)
        support += own
    return support


def _centred(gaps: Sequence[Floats], middle: float, reach: float, of: int) -> Offset | None:
    """The mean of the gaps near to the best second, looked at again from there."""
    close: list[float] = []
    for _ in range(3):
        close = [float(each[np.abs(each - middle).argmin()]) for each in gaps]
        close = [each for each in close if abs(each - middle) <= reach]
        if len(close) < _FEWEST:
            return None
        middle = float(np.mean(close))
    return Offset(middle, "names", len(close), of, float(np.std(close, ddof=1)) / len(close) ** 0.5)


def namings(speech: Speech, names: Iterable[str]) -> dict[str, list[float]]:
    """By product the seconds at which it is named after it was not for a while.

    It counts as named by words that no other of these products has in its name.
    """
    every = dict.fromkeys(filter(None, names))
    in_names = Counter(unit for name in every for unit in set(units(name)))
    found = {}
    for name in every:
        own = [each for each in dict.fromkeys(units(name)) if in_names[each] == 1 and len(each) > 1]
        found[name] = _anew(_named(speech, own))
    return found


def _named(speech: Speech, own: Sequence[str]) -> list[float]:
    """Seconds of the lines that have a word of its own; of a name in runs of characters, half of them."""
    hits: Counter[int] = Counter()
    for unit in own:
        hits.update({int(speech.line_of[at]) for word in speech.heard_as(unit) for at in speech.places[word]})
    least = 1 if not own or own[0].isascii() else max(1, (len(own) + 1) // 2)
    return sorted(speech.lines[at].begin for at, many in hits.items() if many >= least)


def _anew(seconds: Sequence[float]) -> list[float]:
    last, found = -np.inf, []
    for each in seconds:
        if each - last > _ANEW:
            found.append(each)
        last = each
    return found


def _of_day(lines: Sequence[Line], session: Session) -> float | None:
    """Where the file has times of the day: what makes them seconds of the LIVE. None where it has not."""
    start, minutes = session.timed_start, session.duration_minutes
    if start is None or not lines or minutes is None:
        return None
    begun = _seconds_of_day(start)
    first, last = lines[0].begin, lines[-1].begin
    for day in (0.0, -_DAY):  # words after midnight, of a LIVE that began before it
        if first > 60 * minutes and begun + day - 1800 <= first <= begun + day + 60 * minutes:
            inside = last <= begun + day + 60 * minutes + 1800
            return -(begun + day) if inside else None
    return None


def _seconds_of_day(moment: datetime) -> float:
    return moment.hour * 3600.0 + moment.minute * 60.0 + moment.second
