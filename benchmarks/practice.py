"""How well each way of playing does in the practice LIVEs: GMV less prizes and ads, on the same luck.

    python benchmarks/practice.py [--seeds N]

Each scenario is played on N luck numbers, which draw nothing, one thing or two things that go wrong. What is to be won
is the best known way less doing nothing. Policies see the dashboard only; `knowing`, which is told what is wrong, is
one of the ways of which the best is taken. Several blind routines are played, so that no one clock decides. Intervals
are 95 % (normal, over draws).
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.knowledge.load import load  # noqa: E402
from playbook.practice.drawing import drawn  # noqa: E402
from playbook.practice.policies import BLIND, POLICIES, knowing, play  # noqa: E402
from playbook.practice.runs import usual_of  # noqa: E402
from playbook.practice.score import PASS, score  # noqa: E402

WAYS = POLICIES | BLIND
#: Ways among which the best known is looked for, beside the one that is told what is wrong.
GOOD = ("attentive", "playbook", "do_nothing")


@dataclass(frozen=True)
class Played:
    """One luck number of one scenario: how much each way earned, and the best of the known ways."""

    scenario: str
    faults: int
    nets: Mapping[str, float]
    best: float

    @property
    def to_win(self) -> float:
        return self.best - self.nets["do_nothing"]

    def passed(self, way: str) -> bool:
        return score(self.nets[way], self.nets["do_nothing"], self.best, self.faults) >= PASS


@dataclass(frozen=True)
class Figures:
    """Over some draws: by how much of what is to be won the playbook beats clockwork (mean, low, high), and passes."""

    draws: int
    beats: tuple[float, float, float]
    passes: Mapping[str, float]
    won: Mapping[str, float]


def draws(seeds: Iterable[int], scenarios: Sequence[str] | None = None) -> list[Played]:
    """Every scenario on every seed, under every way."""
    found = []
    for practice in load().practice.values():
        if scenarios is not None and practice.id not in scenarios:
            continue
        usual = usual_of(practice)
        for seed in seeds:
            nets = {name: play(practice, seed, way, usual).net for name, way in WAYS.items()}
            told = play(practice, seed, knowing(practice, seed), usual).net
            best = max(told, *(nets[name] for name in GOOD))
            found.append(Played(practice.id, len(drawn(practice, seed).faults), nets, best))
    return found


def figures(of: Sequence[Played]) -> Figures:
    """Money is taken as a part of the mean to be won, so that a large room counts no more than a small one."""
    rooms = {each.scenario for each in of}
    scale = {room: float(np.mean([each.to_win for each in of if each.scenario == room])) or 1.0 for room in rooms}
    gaps = np.array([(each.nets["playbook"] - each.nets["clockwork"]) / scale[each.scenario] for each in of])
    half = 1.96 * gaps.std(ddof=1) / math.sqrt(len(gaps)) if len(gaps) > 1 else math.inf
    won = {
        way: float(np.mean([(each.nets[way] - each.nets["do_nothing"]) / scale[each.scenario] for each in of]))
        for way in WAYS
    }
    passes = {way: float(np.mean([each.passed(way) for each in of])) for way in WAYS}
    mean = float(gaps.mean())
    return Figures(len(of), (mean, mean - half, mean + half), passes, won)


def with_a_fault(of: Iterable[Played]) -> list[Played]:
    return [each for each in of if each.faults]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    began = time.perf_counter()
    found = draws(range(parser.parse_args().seeds))
    parts: dict[str, Callable[[Played], bool]] = {
        "nothing wrong": lambda each: each.faults == 0,
        "one thing wrong": lambda each: each.faults == 1,
        "two things wrong": lambda each: each.faults == 2,
        "something wrong": lambda each: each.faults > 0,
    }
    parts |= {f"{name}, something wrong": lambda each, name=name: each.scenario == name and each.faults > 0  # type: ignore[misc]
              for name in dict.fromkeys(each.scenario for each in with_a_fault(found))}  # fmt: skip
    ways = [name for name in WAYS if name != "do_nothing"]
    print("| draws | number | playbook less clockwork, of what is to be won |", *(f" {name} |" for name in ways))
    print("| --- | ---: | ---: |", *(" ---: |" for _ in ways))
    for name, belongs in parts.items():
        of = [each for each in found if belongs(each)]
        if of:
            mean, low, high = figures(of).beats
            shown = " ".join(f"{figures(of).passes[way]:.0%}, {figures(of).won[way]:+.0%} |" for way in ways)
            print(f"| {name} | {len(of)} | {mean:+.0%} ({low:+.0%} to {high:+.0%}) | {shown}")
    print(f"\nin each cell: passed, and won on average; {time.perf_counter() - began:.0f} s in all")


if __name__ == "__main__":
    main()
