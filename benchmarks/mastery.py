"""How soon a simulated learner of known skill is placed, by three ways of following answers.

    python benchmarks/mastery.py [--learners N]

A learner has a skill in levels, drawn evenly between 1 and 5, and answers a drill of a level right with the chance of
`mastery.chance`; with `--off` the learner's curve is flatter than the one assumed. Each way chooses the level of the
next drill itself. Then: which share of drills is answered right by a way that sees the questions and options only.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playbook.knowledge.load import load
from playbook.training import drills
from playbook.training.mastery import GUESS, HIGHEST, LOWEST, SHARP, SLIP, Belief

QUESTIONS = 25
NEAR = 0.5

#: After the answers so far, each a level and whether it was right: the believed skill.
Way = Callable[[list[tuple[int, bool]]], float]


def bayes(done: list[tuple[int, bool]]) -> float:
    belief = Belief.unknown()
    for level, right in done:
        belief = belief.after(level, right)
    return belief.mean


def elo(done: list[tuple[int, bool]], first: float = 1.2, fades: float = 0.12) -> float:
    """A rating in levels, moved by the surprise of an answer, less each time (Pelánek, Computers & Education 2016)."""
    rating = 2.0
    for at, (level, right) in enumerate(done):
        expected = GUESS + (1 - GUESS - SLIP) / (1 + np.exp(-SHARP * (rating - level)))
        rating += first / (1 + fades * at) * (right - expected)
    return float(np.clip(rating, LOWEST - NEAR, HIGHEST + NEAR))


def staircase(done: list[tuple[int, bool]]) -> float:
    """Three right in a row a level up, two wrong in a row a level down."""
    at, run = LOWEST, 0
    for _, right in done:
        run = (max(run, 0) + 1) if right else (min(run, 0) - 1)
        if run >= 3:
            at, run = min(at + 1, HIGHEST), 0
        elif run <= -2:
            at, run = max(at - 1, LOWEST), 0
    return float(at)


WAYS: dict[str, Way] = {"Bayes": bayes, "Elo": elo, "staircase": staircase}


@dataclass(frozen=True)
class Placed:
    """Share of learners within half a level after 10 and 25 questions, and the mean error after 25, in levels."""

    after_10: float
    after_25: float
    error: float


def placed(way: Way, learners: int, seed: int, sharp: float = SHARP) -> Placed:
    """Over learners, each asked at the level that the way believes at the moment."""
    rng = np.random.default_rng(seed)
    errors = np.empty((learners, QUESTIONS))
    for learner in range(learners):
        skill, done = rng.uniform(LOWEST, HIGHEST), list[tuple[int, bool]]()
        for at in range(QUESTIONS):
            level = min(max(round(way(done)), LOWEST), HIGHEST)
            likely = GUESS + (1 - GUESS - SLIP) / (1 + np.exp(-sharp * (skill - level)))
            done.append((level, bool(rng.random() < likely)))
            errors[learner, at] = abs(way(done) - skill)
    return Placed(
        float((errors[:, 9] <= NEAR).mean()), float((errors[:, -1] <= NEAR).mean()), float(errors[:, -1].mean())
    )


@dataclass(frozen=True)
class Blind:
    """Share of first questions answered right without a look, and that of the commonest answer, which is chance."""

    right: float
    chance: float
    drills: int


def blind(many: int, seed: int, level: int = 3) -> Blind:
    """What a way that sees kind and options only gets right, having learnt from as many other drills what is common."""
    knowledge = load()
    made = [drills.drill(seed + at, level, knowledge) for at in range(2 * many)]
    seen, asked = made[:many], made[many:]
    common: dict[tuple[str, tuple[str, ...]], Counter[str]] = {}
    for each in seen:
        common.setdefault((each.kind, each.options), Counter())[each.metric or drills.NOTHING] += 1
    overall = Counter(each.metric or drills.NOTHING for each in seen)

    def guess(each: drills.Drill) -> str:
        return (common.get((each.kind, each.options)) or overall).most_common(1)[0][0]

    right = float(np.mean([guess(each) == (each.metric or drills.NOTHING) for each in asked]))
    share = Counter(each.metric or drills.NOTHING for each in asked).most_common(1)[0][1] / many
    return Blind(right, share, many)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=2000)
    parser.add_argument("--drills", type=int, default=100)
    parser.add_argument("--off", type=float, default=SHARP, help="how sharp the learner's own curve is")
    chosen = parser.parse_args()
    print("| way | within half a level after 10 | after 25 | mean error, levels |\n| --- | ---: | ---: | ---: |")
    for name, way in WAYS.items():
        found = placed(way, chosen.learners, 1, chosen.off)
        print(f"| {name} | {found.after_10:.0%} | {found.after_25:.0%} | {found.error:.2f} |", flush=True)
    if chosen.drills:
        seen = blind(chosen.drills, 1)
        print(f"\nwithout a look {seen.right:.0%} right; the commonest answer is right in {seen.chance:.0%}")


if __name__ == "__main__":
    main()
