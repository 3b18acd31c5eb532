"""Rises and falls of one series, rises first, each fitted away before the next is looked for.

A burst (a giveaway, a raid) lifts some minutes far above the level. Left in, it lifts the level as well, and the quiet
stretches beside it look like falls: so rises are fitted away first, by the same search. What the log of a LIVE says is
likely to lift it (a giveaway, an ad) has a known place, and needs no more than to be likelier a rise than none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from playbook.model.session import PROMOTIONS, Event
from playbook.stats.scan import Fitted, Places, Scanned, around, scan

from .minutes import MinuteCounts

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Not more falls than this in one metric (a series that falls more often is simply restless), and rises.
MOST, MOST_RISES = 4, 8
#: Log odds from which a rise is fitted away, and the longest one in minutes that nobody logged.
RISEN, _RISE_UP_TO = 0.0, 21.0
#: A rise is the exception: of all bins it has at most this part, and all together so much. The rest of a LIVE that
#: collapsed would be a rise too.
_A_RISE, _ALL_RISES = 0.2, 0.3
#: A rise lies inside a fall where the fall shows for this many minutes on either side of it.
_BESIDE = 5.0
#: How long a promotion lasts whose end nobody logged: from, to (minutes).
_OPEN_FROM, _OPEN_TO = 3.0, 12.0


@dataclass(frozen=True)
class Shift:
    """A window of bins [start, end), the fraction lost in it (below 0: a rise) and its variance.

    `evidence` is the log of the summed Bayes factors of all windows looked at: a shift whose place is uncertain is
    spread over many of them.
    """

    start: int
    end: int
    evidence: float
    loss: float
    variance: float

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True)
class TriedShift:
    """Windows to look for a shift in: `begin`, `end` (windows,), none before bin `first`; a bin is `step` minutes.

    `logged`: for every event that may have lifted the series the windows where that may have been.
    """

    begin: Places
    end: Places
    first: int
    step: float
    logged: Sequence[tuple[Places, Places]] = ()
    short: Bools = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "short", (self.end - self.begin) * self.step <= _RISE_UP_TO)

    @property
    def side(self) -> int:
        """Bins of a fall that there must be on either side of a rise in it."""
        return max(1, round(_BESIDE / self.step))

    @property
    def price(self) -> float:
        """What one of so many places costs in log odds."""
        return float(np.log(len(self.begin)))


@dataclass(frozen=True)
class Shifts:
    """What is to be seen in one series: shifts in the order of finding, the fit with them, and what they gain over none
    (log odds, beyond those given and logged)."""

    falls: Sequence[Shift]
    rises: Sequence[Shift]
    fitted: Fitted
    gained: float = 0.0

    @property
    def number(self) -> int:
        return len(self.falls) + len(self.rises)


#: A fit of the level and of these shifts.
Refit = Callable[[Sequence[Shift]], Fitted]


def pick(refit: Refit, tried: TriedShift, rises: Sequence[Shift], odds: float) -> Shifts:
    """Falls whose log odds are at least `odds`, and rises, those given first.

    After a burst the quiet looks like a fall, so rises are looked for before falls. Beside a long fall the rest looks
    like rises, so the strongest of both is also tried first, and kept where it explains more with fewer shifts.
    """
    given = list(rises)
    fitted = refit(given)
    for begin, end in tried.logged:
        rise = _best(scan(fitted, begin, end, tried.step), begin, end, up=True, free=_beside(begin, end, given))
        if rise is not None and rise.evidence >= np.log(len(begin)):
            given.append(rise)
            fitted = refit(given)
    first = Shifts((), given, fitted)
    calm = _read(refit, tried, first, odds, rises_first=True)
    if len(calm.rises) == len(given) or calm.number < len(given) + 2:
        return calm
    strongest = _read(refit, tried, first, odds, rises_first=False)
    return strongest if strongest.number < calm.number and strongest.gained > calm.gained else calm


def _read(refit: Refit, tried: TriedShift, first: Shifts, odds: float, *, rises_first: bool) -> Shifts:
    """All shifts that show besides the first ones, one after the other."""
    falls, rises, fitted, gained = list(first.falls), list(first.rises), first.fitted, first.gained
    while True:
        seen = scan(fitted, tried.begin, tried.end, tried.step)
        rise, fall = _rise(seen, tried, falls, rises), _fall(seen, tried, falls, rises, odds)
        if rise is not None and (rises_first or fall is None or rise.evidence >= fall.evidence):
            rises.append(_settled(fitted, rise, tried, partial(_beside, falls=[*falls, *rises])))
            gained += rise.evidence - tried.price
        elif fall is not None:
            falls.append(_settled(fitted, fall, tried, partial(_beside, falls=falls, rises=rises, side=tried.side)))
            gained += fall.evidence - tried.price
        else:
            return Shifts(falls, rises, fitted, gained)
        fitted = refit([*rises, *falls])


def without(deviation: Floats, shifts: Sequence[Shift]) -> Floats:
    """The series (bins,) as it might have been without the shifts, for its ordinary wobble."""
    level = deviation.copy()
    for each in shifts:
        level[each.start : each.end] += each.loss
    return level


def lifting(events: Sequence[Event], series: MinuteCounts, first: int) -> list[tuple[Places, Places]]:
    """For every logged event that lifts a series the windows of bins in which it may have done so."""
    found = []
    for event in events:
        if event.type not in PROMOTIONS or not np.isfinite(event.minute):
            continue
        start = round((event.minute - series.first) / series.step)
        if event.end_minute is None:
            last = np.arange(np.ceil(_OPEN_FROM / series.step), np.ceil(_OPEN_TO / series.step) + 1) + start
        else:
            last = round((event.end_minute - series.first) / series.step) + np.arange(-1, 2)
        begin, end = (each.ravel() for each in np.meshgrid(start + np.arange(-1, 2), last, indexing="ij"))
        fine = (begin >= first) & (end <= series.bins) & (end > begin) & (end - begin <= (series.bins - first) // 2)
        if fine.any():
            found.append((begin[fine].astype(np.intp), end[fine].astype(np.intp)))
    return found


def _fall(
    seen: Scanned, tried: TriedShift, falls: Sequence[Shift], rises: Sequence[Shift], odds: float
) -> Shift | None:
    if len(falls) == MOST:
        return None
    free = _beside(tried.begin, tried.end, falls, rises, tried.side)
    best = _best(seen, tried.begin, tried.end, up=False, free=free)
    return best if best is not None and best.evidence >= odds + tried.price else None


def _rise(seen: Scanned, tried: TriedShift, falls: Sequence[Shift], rises: Sequence[Shift]) -> Shift | None:
    bins = int(tried.end.max())
    risen = sum(each.end - each.start for each in rises)
    if len(rises) >= MOST_RISES or risen >= _ALL_RISES * bins:
        return None
    free = tried.short & (tried.end - tried.begin <= _A_RISE * bins) & _beside(tried.begin, tried.end, [*falls, *rises])
    best = _best(seen, tried.begin, tried.end, up=True, free=free)
    return best if best is not None and best.evidence >= RISEN + tried.price else None


def _settled(fitted: Fitted, best: Shift, tried: TriedShift, free: Callable[[Places, Places], Bools]) -> Shift:
    """The shift with its ends settled, the evidence as it was."""
    begin, end = around(best.start, best.end, tried.first, len(fitted.sums) - 1)
    seen = scan(fitted, begin, end, tried.step)
    exact = _best(seen, begin, end, up=best.loss < 0, free=free(begin, end)) or best
    return replace(exact, evidence=best.evidence)


def _best(seen: Scanned, begin: Places, end: Places, *, up: bool, free: Bools) -> Shift | None:
    """The strongest of the `free` windows, with the evidence of all of them together."""
    evidence = np.where(free, seen.rise if up else seen.evidence, -np.inf)
    at = int(evidence.argmax())
    if not np.isfinite(evidence[at]):
        return None
    total = float(evidence[at] + np.log(np.exp(evidence - evidence[at]).sum()))
    return Shift(int(begin[at]), int(end[at]), total, float(seen.loss[at]), float(seen.variance[at]))


def _beside(begin: Places, end: Places, falls: Sequence[Shift], rises: Sequence[Shift] = (), side: int = 1) -> Bools:
    """Windows that touch none of `falls`, and hold each of `rises` whole or not at all: a burst may lie in a fall.

    One that is held has `side` bins of the window on either side.
    """
    free = np.ones(len(begin), dtype=bool)
    for each in falls:
        free &= (end <= each.start) | (begin >= each.end)
    for each in rises:
        free &= (end <= each.start) | (begin >= each.end) | ((begin <= each.start - side) & (end >= each.end + side))
    return free
