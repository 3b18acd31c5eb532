"""How far a learner is, for each metric and each step of a drill, from right and wrong answers at known levels.

A level is believed with a probability for each tenth between the ends, and every answer makes some levels likelier
(Bayes' rule on the logistic curve of item response theory, with guessing and slips; Baker & Kim, Item Response Theory,
2nd ed., chapter 1). `benchmarks/mastery.py` compares it with Elo ratings and with the plain staircase: it places a
simulated learner in fewer questions, so it is what drills use. What is asked next is asked at the believed level, where
an answer tells most.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Levels of drills, and how far beyond both ends a learner may stand.
LOWEST, HIGHEST, _BEYOND = 1, 5, 0.5
_GRID: NDArray[np.float64] = np.round(np.arange(LOWEST - _BEYOND, HIGHEST + _BEYOND + 0.05, 0.1), 1)
#: How sharply knowing ends at a level, and how often a right answer is luck and a wrong one a slip.
SHARP, GUESS, SLIP = 2.2, 0.2, 0.1
#: Where nobody was asked yet: low, and anything is possible. For one metric: near what is believed of all.
_START, _SPREAD, _NEAR = 2.0, 1.6, 0.8
#: A level so far above the drill's is known.
KNOWN = 1.0


def chance(skill: float | NDArray[np.float64], level: float) -> Any:
    """How likely a learner of a skill, in levels, answers a drill of a level right."""
    return GUESS + (1 - GUESS - SLIP) / (1 + np.exp(-SHARP * (skill - level)))


@dataclass(frozen=True)
class Belief:
    """What is believed of a learner's level: a weight for each tenth of a level, and answers behind it."""

    weights: tuple[float, ...]
    answers: int = 0

    @classmethod
    def around(cls, middle: float, spread: float) -> Belief:
        """Before any answer: a normal curve around a level."""
        return cls(_normed(np.exp(-(((_GRID - middle) / spread) ** 2) / 2)))

    @classmethod
    def unknown(cls) -> Belief:
        return cls.around(_START, _SPREAD)

    @property
    def mean(self) -> float:
        return float(_GRID @ np.array(self.weights))

    @property
    def sd(self) -> float:
        return math.sqrt(max(0.0, float((_GRID - self.mean) ** 2 @ np.array(self.weights))))

    @property
    def level(self) -> int:
        """The level of drills to be asked now."""
        return min(max(round(self.mean), LOWEST), HIGHEST)

    def after(self, level: float, right: bool) -> Belief:
        """What is believed once a drill of a level was answered."""
        likely = chance(_GRID, level)
        return Belief(_normed(np.array(self.weights) * (likely if right else 1 - likely)), self.answers + 1)


def _normed(weights: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple((weights / weights.sum()).tolist())


@dataclass(frozen=True)
class Answered:
    """One part of a drill as it was answered. `step` is metric, dimension, minutes or strategy."""

    topic: str
    step: str
    level: int
    right: bool


@dataclass(frozen=True)
class Mastery:
    """What is believed of a learner: over all drills, and for each (topic, step) that was asked about."""

    whole: Belief
    parts: Mapping[tuple[str, str], Belief]

    def of(self, topic: str) -> Belief:
        """Whether somebody sees what is weak in a topic; near the whole where it was never asked about."""
        return self.parts.get((topic, "metric")) or Belief.around(self.whole.mean, _NEAR)


def mastery(done: Iterable[Answered]) -> Mastery:
    """From all answers, the oldest first.

    Whether a drill was seen through, which its first question tells, moves the belief over all; each part moves that
    of its own topic and step, which starts near what was believed over all when it was first asked about.
    """
    whole, parts = Belief.unknown(), dict[tuple[str, str], Belief]()
    for each in done:
        key = each.topic, each.step
        before = parts.get(key) or Belief.around(whole.mean, _NEAR)
        parts[key] = before.after(each.level, each.right)
        if each.step == "metric":
            whole = whole.after(each.level, each.right)
    return Mastery(whole, parts)


def answered(topic: str, detail: Mapping[str, Any]) -> list[Answered]:
    """The parts of one stored drill; none where its row says nothing of them."""
    level, parts = detail.get("level"), detail.get("parts")
    if not isinstance(level, int) or not isinstance(parts, Mapping):
        return []
    return [Answered(topic, str(step), level, bool(right)) for step, right in parts.items()]


def weights(now: Mastery, topics: Iterable[str]) -> dict[str, float]:
    """How often each topic should come up: more where somebody stands low, or where little is known."""
    return {each: math.exp(-0.8 * (now.of(each).mean - now.whole.mean)) + now.of(each).sd for each in topics}
