"""In which LIVEs the change is made is drawn, not chosen.

Whoever may choose makes the change at the better hour, or says "done" of the LIVEs that went well; either looks like
a change that worked. A LIVE's place in the draw is its weekday and the usual start it is nearest to. Over two weeks
every place has the change once and goes once without it, so weekdays, hours and hosts who keep their places are
divided evenly (a paired design; Box, Hunter and Hunter, "Statistics for Experimenters", 2005, chapter 3). Which of the
two weeks has it is drawn many times and the draw kept that divides hours, hosts and days of each single week most
evenly (rerandomisation; Morgan and Rubin 2012, "Rerandomization to improve covariate balance in experiments"). A draw
is as even as its opposite, so every LIVE has the change with a chance of one half.

LIVEs are judged by what was drawn, whether or not it was done (intention to treat): what is measured is then free of
who did it when, and too small where the draw was not kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from playbook.diagnosis.baseline.history import start_of
from playbook.model.session import Session

#: Drawn ahead for this many fortnights; then it begins anew.
FORTNIGHTS = 13
_WEEK, _FORTNIGHT = 7, 14
#: What it counts that two LIVEs in turn differ, beside what has to be even on the whole.
_TURN = 0.5
#: Draws of which the most even one is kept.
_TRIES = 500
#: LIVEs that show what is usual: those of the last weeks.
_LATEST = timedelta(weeks=8)
#: Starts less than the first number of hours apart are one usual start; a shop has at most the second number a day.
_APART = 2.5
_STARTS = 4
_USUAL_START = 20.0


@dataclass(frozen=True)
class Draw:
    """`places` holds 1 (with the change) or 0 for every day from `first` on, in a day for each of `starts` in turn.

    `starts` are the shop's usual starts in hours after midnight, ascending. `seed` gives the same draw again.
    """

    seed: int
    first: date
    starts: tuple[float, ...]
    places: str

    def begins(self) -> datetime:
        """From when on LIVEs are drawn: halfway between the last usual start of the day before and the first one."""
        return datetime.combine(self.first, time()) + timedelta(hours=(self.starts[0] + self.starts[-1] - 24) / 2)

    def on(self, start: datetime) -> bool:
        """Whether the LIVE that starts then has the change."""
        day, at = self._place(start)
        return self.places[(day * len(self.starts) + at) % len(self.places)] == "1"

    def coming(self, after: datetime, days: int = _WEEK) -> Iterator[tuple[datetime, bool]]:
        """The usual starts of the next `days` days, after a time, each with what was drawn."""
        for day in range(days + 1):
            for hour in self.starts:
                start = datetime.combine(after.date() + timedelta(days=day), time()) + timedelta(hours=hour)
                if after < start <= after + timedelta(days=days) and start >= self.begins():
                    yield start, self.on(start)

    def _place(self, start: datetime) -> tuple[int, int]:
        """Day since the first one and number of the usual start that is nearest; after midnight may be yesterday's."""
        hours = (start.replace(tzinfo=None) - datetime.combine(self.first, time())) / timedelta(hours=1)
        day = int(hours // 24)
        near = [(abs(hours - 24 * d - s), d, at) for d in (day - 1, day, day + 1) for at, s in enumerate(self.starts)]
        return min(near)[1:]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; `from_dict` reads them back."""
        return {"seed": self.seed, "first": self.first.isoformat(), "starts": list(self.starts), "places": self.places}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Draw:
        """A draw from what `to_dict` wrote. Raises ValueError where it is not one."""
        try:
            seed, starts = int(values["seed"]), tuple(float(each) for each in values["starts"])
            first, places = date.fromisoformat(values["first"]), str(values["places"])
        except (KeyError, TypeError, ValueError):
            raise ValueError("not a draw: seed, first, starts and places expected") from None
        if not starts or list(starts) != sorted(starts) or not all(0 <= each < 24 for each in starts):
            raise ValueError("not a draw: starts are hours of a day, the earliest first")
        if not places or set(places) - {"0", "1"} or len(places) % len(starts):
            raise ValueError("not a draw: places are 0 or 1, one for each start of each day")
        return cls(seed, first, starts, places)


def drawn(seed: int, first: date, lives: Sequence[Session]) -> Draw:
    """A draw for the LIVEs from `first` on, balanced over what the last weeks of `lives` show as usual."""
    recent = _recent(lives)
    starts = usual_starts([_hour(start_of(each)) for each in recent])
    empty = Draw(seed, first, starts, "0" * _WEEK * len(starts))
    weight = _balance(empty, recent)
    rng = np.random.default_rng(seed)
    places = "".join(_fortnight(rng, weight) for _ in range(FORTNIGHTS))
    return Draw(seed, first, starts, places)


def usual_starts(hours: Sequence[float]) -> tuple[float, ...]:
    """The times of day around which LIVEs start, ascending, to a quarter hour; `_APART` hours apart or more."""
    if not hours:
        return (_USUAL_START,)
    ordered = np.sort(np.array(hours) % 24)
    gaps = np.diff(np.r_[ordered, ordered[0] + 24])
    first = int(gaps.argmax()) + 1  # the day of such a shop begins after its longest pause
    turned = np.r_[ordered[first:], ordered[:first] + 24]
    groups = np.split(turned, np.flatnonzero(np.diff(turned) > _APART) + 1)
    largest = sorted(groups, key=len, reverse=True)[:_STARTS]
    return tuple(sorted(round(float(np.median(group)) * 4) / 4 % 24 for group in largest))


def _recent(lives: Sequence[Session]) -> list[Session]:
    dated = sorted((each for each in lives if each.start is not None), key=start_of)
    return [each for each in dated if start_of(each) > start_of(dated[-1]) - _LATEST]


def _hour(start: datetime) -> float:
    return start.hour + start.minute / 60


def _balance(draw: Draw, lives: Sequence[Session]) -> np.ndarray:
    """What should be even, a row each over the places of a fortnight: see `_weekly` and `_in_turn`."""
    seen = Counter((draw._place(start_of(each)), each.host) for each in lives)
    starts, size = len(draw.starts), _FORTNIGHT * len(draw.starts)
    per_host: dict[str | None, np.ndarray] = {}
    for ((day, at), host), number in seen.items():
        per_host.setdefault(host, np.zeros(size))[day % _FORTNIGHT * starts + at] += number
    total = np.asarray(sum(per_host.values(), np.zeros(size)))
    if not total.any():
        per_host = {None: np.ones(size)}
        total = np.ones(size)
    hosts = [each / total.sum() for each in per_host.values()]
    return np.array([*_weekly(sum(hosts), hosts, starts), *_in_turn(total / total.sum(), starts)])


def _weekly(total: np.ndarray, hosts: Sequence[np.ndarray], starts: int) -> list[np.ndarray]:
    """All LIVEs of a week, every start, host and day of it; of the first week, for the second is its opposite."""
    size = len(total)
    place = np.arange(size)
    day, at = place // starts, place % starts

    def folded(weight: np.ndarray) -> np.ndarray:
        return np.where(place < size // 2, weight + np.roll(weight, size // 2), 0.0)

    rows = [folded(total), *(np.where(at == each, folded(total), 0.0) for each in range(starts))]
    rows += [folded(each) for each in hosts if len(hosts) > 1]
    return rows + [np.where(day == each, folded(total), 0.0) for each in range(_WEEK) if starts > 1]


def _in_turn(total: np.ndarray, starts: int) -> list[np.ndarray]:
    """Each two LIVEs in turn, where the shop goes on as in the last weeks; and every second and third day.

    Whoever is LIVE on every second or third day meets only so many places, which are to be even by themselves.
    """
    size = len(total)
    place = np.arange(size)
    day = place // starts
    rows = [np.where(day % step == first, 1 / size, 0.0) for step in (2, 3) for first in range(step)]
    turns = pairwise(np.flatnonzero(total))
    return rows + [np.where(np.isin(place, pair), total, 0.0) * _TURN for pair in turns]


def _fortnight(rng: np.random.Generator, weight: np.ndarray) -> str:
    """Two weeks, the second the opposite of the first."""
    tries = rng.integers(0, 2, (_TRIES, weight.shape[1] // 2))
    uneven = (((2 * np.c_[tries, 1 - tries] - 1) @ weight.T) ** 2).sum(axis=1)
    week = tries[int(uneven.argmin())]
    return "".join(map(str, np.r_[week, 1 - week]))
