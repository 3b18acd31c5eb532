"""How well each way of playing does in the practice LIVEs: GMV less prizes and ads, on the same luck.

    python benchmarks/practice.py [--seeds N]

For each scenario the mean of each policy over N seeds, and the paired differences of the playbook's way to doing
nothing and to panic, with 95 % intervals (normal, over seeds). Policies see the dashboard only.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.knowledge.load import load  # noqa: E402
from playbook.practice.policies import POLICIES, play  # noqa: E402
from playbook.practice.runs import usual_of  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    seeds = range(parser.parse_args().seeds)
    print("| scenario | do nothing | playbook | panic | playbook less nothing | playbook less panic |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    began, minutes = time.perf_counter(), 0
    for practice in load().practice.values():
        usual = usual_of(practice)
        nets = {name: np.array([play(practice, seed, each, usual).net for seed in seeds])
                for name, each in POLICIES.items()}  # fmt: skip
        minutes += practice.minutes * len(seeds) * len(POLICIES)
        means = " | ".join(f"{nets[name].mean():,.0f}" for name in ("do_nothing", "playbook", "panic"))
        gaps = " | ".join(interval(nets["playbook"] - nets[other]) for other in ("do_nothing", "panic"))
        print(f"| {practice.title} | {means} | {gaps} |", flush=True)
    passed = time.perf_counter() - began
    print(f"\n{1000 * passed / minutes * 120:.0f} ms for 120 minutes, {passed:.0f} s in all")


def beaten(seeds: int) -> list[float]:
    """For each scenario the lower end of the 95 % interval by which the playbook beats the better of the others."""
    lowest = []
    for practice in load().practice.values():
        usual = usual_of(practice)
        nets = {name: np.array([play(practice, seed, way, usual).net for seed in range(seeds)])
                for name, way in POLICIES.items()}  # fmt: skip
        gaps = [nets["playbook"] - nets[other] for other in ("do_nothing", "panic")]
        lowest.append(min(float(gap.mean() - 1.96 * gap.std(ddof=1) / math.sqrt(seeds)) for gap in gaps))
    return lowest


def interval(gaps: np.ndarray) -> str:
    """Mean with its 95 % interval."""
    half = 1.96 * gaps.std(ddof=1) / math.sqrt(len(gaps))
    return f"{gaps.mean():+,.0f} ({gaps.mean() - half:+,.0f} to {gaps.mean() + half:+,.0f})"


if __name__ == "__main__":
    main()
