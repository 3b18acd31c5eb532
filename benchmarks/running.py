"""Alerts during a LIVE: how often a quiet LIVE gets one, and how soon a planted fall is told.

    python benchmarks/running.py [--rooms N] [--seed S] [--every MINUTES]

The LIVEs are those of `benchmarks/dips.py`. Each is looked at every five minutes from minute 30 on, each time knowing
only the minutes up to then, as the page does. A fall counts as told when an alert on the same metric overlaps it
before ten minutes after its end; `minutes late` is the median time from its first minute to that alert. Several
thresholds are printed: the one in use is `ALERT` of `during/so_far.py`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.diagnosis.by_minute.dips import dips  # noqa: E402
from playbook.diagnosis.findings import Dip  # noqa: E402
from playbook.during.so_far import ALERT, JUST_NOW  # noqa: E402
from playbook.knowledge.load import load  # noqa: E402
from playbook.simulation.rooms import Room, room  # noqa: E402

SIZES = (25, 250, 2_500)
THRESHOLDS = (1.3, 2.0, ALERT, 4.0)
METRICS = load().metrics


def looks(live: Room, every: int) -> list[tuple[int, list[Dip]]]:
    """At each look: the minute, and the falls that are going on or just over."""
    seen = []
    for minute in range(30, live.minutes + 1, every):
        found, _ = dips(live.trend.iloc[:minute], 1.0, METRICS, float(minute))
        seen.append((minute, [each for each in found if each.end_minute >= minute - JUST_NOW - 1]))
    return seen


def alarmed(seen: Sequence[tuple[int, list[Dip]]], threshold: float) -> bool:
    return any(each.evidence >= threshold for _, found in seen for each in found)


def delays(live: Room, seen: Sequence[tuple[int, list[Dip]]], threshold: float) -> list[float | None]:
    """For each planted fall the minutes until it was told, None where it never was in time."""
    late: list[float | None] = []
    for fall in live.falls:
        told = (
            minute - fall.start
            for minute, found in seen
            if fall.start <= minute <= fall.end + JUST_NOW
            for each in found
            if each.metric == fall.metric
            and each.evidence >= threshold
            and each.start_minute < fall.end
            and each.end_minute > fall.start
        )
        late.append(next(told, None))
    return late


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=60)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--every", type=int, default=5)
    chosen = parser.parse_args()
    print("| impressions a minute | threshold | quiet LIVEs with an alert | falls told in time | minutes late |")
    print("| --- | --- | --- | --- | --- |")
    for size in SIZES:
        rng = np.random.default_rng([chosen.seed, size])
        quiet = [looks(room(rng, size, 0), chosen.every) for _ in range(chosen.rooms)]
        lives = [room(rng, size) for _ in range(chosen.rooms)]
        busy = [looks(live, chosen.every) for live in lives]
        for threshold in THRESHOLDS:
            false = np.mean([alarmed(seen, threshold) for seen in quiet])
            late = [each for live, seen in zip(lives, busy, strict=True) for each in delays(live, seen, threshold)]
            told = [each for each in late if each is not None]
            middle = f"{np.median(told):.0f}" if told else "-"
            mark = " (in use)" if threshold == ALERT else ""
            share = len(told) / len(late)
            print(f"| {size:,} | {threshold}{mark} | {false:.0%} | {share:.0%} | {middle} |", flush=True)


if __name__ == "__main__":
    main()
