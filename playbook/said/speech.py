"""Where in a transcript a line was said, in these or nearly these words.

A line is looked for in every stretch of the transcript that is a little longer than it. What counts is how much of the
line's weight is found there, each word weighing the more the rarer it is in this transcript (inverse document
frequency; Sparck Jones 1972). A word counts as found when it is there, or one with nearly the same letters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playbook.model.transcript import Line

from .units import alike, pairs, units

#: What part of a line's weight must be found for it to count as said.
SAID = 0.7
#: A stretch is so many times as long as the line, and so many units more: fillers, stammer, words put in between.
_WIDER, _MORE = 1.6, 4
#: Words from this length on may be heard a little wrong, by so much of their pairs of letters.
_SHORTEST, _ALIKE = 4, 0.62
#: Seconds within which a line said again is the same saying.
AGAIN = 20.0
#: Seconds that a line takes at most, however few the words in them.
_WITHIN = 40.0


@dataclass(frozen=True)
class Saying:
    """A line was said: from line `first` to line `last` of the transcript; `score` is the part of its weight found."""

    minute: float
    score: float
    first: int
    last: int
    words: str


class Speech:
    """A transcript ready for many questions. `lines` are on the LIVE's clock."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        per_line = [units(each.text) for each in self.lines]
        flat = [unit for each in per_line for unit in each]
        self.line_of = np.repeat(np.arange(len(per_line)), [len(each) for each in per_line])
        self.places: dict[str, NDArray[np.intp]] = {}
        found: dict[str, list[int]] = defaultdict(list)
        for at, unit in enumerate(flat):
            found[unit].append(at)
        self.places = {unit: np.array(where) for unit, where in found.items()}
        self.size = len(flat)
        self._in_lines = Counter(unit for each in per_line for unit in set(each))

    @cached_property
    def _by_pair(self) -> dict[str, list[str]]:
        """Words of the transcript by their pairs of letters."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.places:
            if len(word) >= _SHORTEST:
                for pair in pairs(word):
                    found[pair].append(word)
        return found

    def weight(self, unit: str) -> float:
        """How much a unit says: one that is in every line next to nothing, one that is nowhere the most."""
        among = sum(self._in_lines[each] for each in self.heard_as(unit))
        return float(np.log((len(self.lines) + 20) / (among + 1)))

    def heard_as(self, unit: str) -> tuple[str, ...]:
        """The units of the transcript that may be this one: itself, and those with nearly the same letters."""
        if unit not in self._heard:
            self._heard[unit] = self._alike(unit)
        return self._heard[unit]

    @cached_property
    def _heard(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _alike(self, unit: str) -> tuple[str, ...]:
        if len(unit) < _SHORTEST or unit.isdigit():
            return (unit,) if unit in self.places else ()
        shared = Counter(word for pair in pairs(unit) for word in self._by_pair.get(pair, ()))
        near = (word for word, many in shared.items() if 2 * many >= _ALIKE * (len(unit) + 1))
        return tuple(word for word in near if word == unit or (not word.isdigit() and alike(unit, word) >= _ALIKE))

    def sayings(self, line: str, least: float = SAID) -> tuple[Saying, ...]:
        """Every time a line was said, by time. Empty for a line without words."""
        wanted = list(dict.fromkeys(units(line)))
        if not wanted or not self.size:
            return ()
        weights = np.array([self.weight(each) for each in wanted])
        wide = int(_WIDER * len(wanted)) + _MORE
        latest = np.stack([self._latest(each) for each in wanted])
        here = np.arange(self.size)
        inside = (latest > here - wide) & (self._begins[np.maximum(latest, 0)] > self._begins - _WITHIN)
        ends = (latest == here).any(axis=0)  # it ends with a word of its own, so the words after it are not it again
        score = np.where(ends, _both_halves(weights, inside), 0.0)
        latest = np.where(inside, latest, self.size)
        return tuple(self._saying(at, float(score[at]), int(latest[:, at].min())) for at in self._peaks(score, least))

    def _latest(self, unit: str) -> NDArray[np.intp]:
        """At each place where this unit stood last; far below 0 before it did."""
        last = np.full(self.size, -(10**9))
        for word in self.heard_as(unit):
            last[self.places[word]] = self.places[word]
        return np.maximum.accumulate(last)

    def _peaks(self, score: NDArray[np.float64], least: float) -> list[int]:
        """The best place of each saying: no two within some seconds of each other."""
        enough = np.flatnonzero(score >= least)
        begins, free = self._begins, np.ones(self.size, dtype=bool)
        found: list[int] = []
        for at in enough[np.argsort(-score[enough], kind="stable")]:
            if free[at]:
                found.append(int(at))
                free &= np.abs(begins - begins[at]) > AGAIN
        return sorted(found)

    @cached_property
    def _begins(self) -> NDArray[np.float64]:
        """The second at which the line of each unit begins."""
        return np.array([each.begin for each in self.lines])[self.line_of]

    def _saying(self, at: int, score: float, begin: int) -> Saying:
        first, last = int(self.line_of[begin]), int(self.line_of[at])
        words = " ".join(each.text for each in self.lines[first : last + 1])
        return Saying(self.lines[first].minute, score, first, last, words)

    def search(self, asked: str) -> tuple[int, ...]:
        """Numbers of the lines that have every word of `asked`, or words that begin so."""
        plain = units(asked)
        if not plain:
            return ()
        found: set[int] | None = None
        for each in plain:
            words = [word for word in self.places if word.startswith(each)]
            here = {int(self.line_of[at]) for word in words for at in self.places[word]}
            found = here if found is None else found & here
        return tuple(sorted(found or ()))


def _both_halves(weights: NDArray[np.float64], inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Of both halves of a line the part of their weight that is there, as geometric mean: one half alone is no saying.

    weights (units,), inside (units, places) to (places,).
    """
    weights = np.maximum(weights, 1e-6)
    half = 1 + int(np.searchsorted(np.cumsum(weights), weights.sum() / 2))
    parts = [slice(0, half), slice(half, None)] if half < len(weights) else [slice(0, None)]
    found = [weights[part] @ inside[part] / weights[part].sum() for part in parts]
    return np.asarray(np.prod(found, axis=0) ** (1 / len(found)))
