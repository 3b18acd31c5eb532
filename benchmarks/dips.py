"""How well dips are found in simulated LIVEs, beside plain references, and how long it takes.

    python benchmarks/dips.py [--rooms N] [--tuning N] [--seed S] [--jump J] [--ours]

At 25, 250 and 2,500 impressions a minute: N LIVEs of 90 to 300 minutes with one to three planted falls, and N quiet
ones. A dip is a hit when metric and stretch agree (intersection over union of at least 0.3). The references - rolling
z-score, PELT on the minute rates (ruptures), residuals of a seasonal-trend decomposition (statsmodels) - have their
settings chosen for each size on LIVEs of their own: best F1 among those with at most one false dip in five quiet
LIVEs, or the fewest false dips where none is so quiet. `--jump` 2 lets PELT try only every second minute, to save
time; its own time is always measured with 1. `--ours` leaves the references out.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.diagnosis.by_minute.dips import dips  # noqa: E402
from playbook.knowledge.load import load  # noqa: E402
from playbook.simulation.rooms import METRICS, RATES, Fall, Room, room  # noqa: E402
from playbook.training.answers import overlap  # noqa: E402

SIZES = (25, 250, 2_500)
Found = list[tuple[str, int, int]]
#: A method tuned by parameters: a LIVE's trend to dips, one list for each setting.
Method = Callable[[pd.DataFrame], list[Found]]


def hits(found: Found, falls: Iterable[Fall]) -> int:
    """How many falls were found, each by one dip."""
    left, right = list(falls), 0
    for metric, start, end in found:
        hit = next((f for f in left if f.metric == metric and overlap((start, end), (f.start, f.end)) >= 0.3), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return right


def f1(rooms: Sequence[Room], found: Sequence[Found]) -> float:
    right = sum(hits(each, live.falls) for each, live in zip(found, rooms, strict=True))
    total = sum(len(each) + len(live.falls) for each, live in zip(found, rooms, strict=True))
    return 2 * right / total if total else 0.0


def rates(trend: pd.DataFrame, settled: bool = True) -> dict[str, tuple[np.ndarray, int]]:
    """Minute values of each metric, unknown ones carried on, and the minute at which they begin.

    `settled` leaves out the first minutes, as our own search does.
    """
    values = {}
    for name in METRICS:
        count, of, _ = RATES.get(name, ("impressions", "", 0.0))
        series = trend[count] if not of else trend[count] / trend[of].where(trend[of] > 0)
        first = (30 if name == "err" else 10) if settled else 0
        values[name] = (series.ffill().bfill().fillna(0.0).to_numpy(dtype=float)[first:], first)
    return values


def runs(low: np.ndarray, first: int, least: int = 3) -> list[tuple[int, int]]:
    """Stretches of minutes marked low, holes of two minutes closed."""
    marks = np.flatnonzero(low)
    if len(marks) == 0:
        return []
    groups = np.split(marks, np.flatnonzero(np.diff(marks) > 3) + 1)
    return [(int(g[0]) + first, int(g[-1]) + 1 + first) for g in groups if g[-1] + 1 - g[0] >= least]


def scale(values: np.ndarray) -> float:
    return 1.4826 * float(np.median(np.abs(values - np.median(values)))) or float(values.std()) or 1.0


def rolling_z(trend: pd.DataFrame) -> list[Found]:
    """A rolling mean of 5 or 10 minutes against the middle of 60, in robust standard deviations."""
    results = []
    for width, limit in itertools.product((5, 10), (2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0)):
        found: Found = []
        for name, (values, first) in rates(trend).items():
            series = pd.Series(values)
            smooth = series.rolling(width, center=True, min_periods=1).mean()
            away = (smooth - series.rolling(60, center=True, min_periods=15).median()).to_numpy()
            found += [(name, *run) for run in runs(away / scale(away) < -limit, first)]
        results.append(found)
    return results


def stl(trend: pd.DataFrame) -> list[Found]:
    """What is left of each rate after a robust decomposition with a wide trend, smoothed over 5 minutes."""
    from statsmodels.tsa.seasonal import STL

    limits = (1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0)
    results: list[Found] = [[] for _ in limits]
    for name, (values, first) in rates(trend).items():
        if values.std() == 0:
            continue
        rest = STL(values, period=15, trend=61, robust=True).fit()
        left = pd.Series(rest.resid + rest.seasonal).rolling(5, center=True, min_periods=1).mean().to_numpy()
        for found, limit in zip(results, limits, strict=True):
            found += [(name, *run) for run in runs(left / scale(left) < -limit, first)]
    return results


def pelt(trend: pd.DataFrame, jump: int = 1) -> list[Found]:
    """Segments of the standardised rate whose mean lies so far below the middle of the LIVE."""
    import ruptures

    penalties, depths = (8.0, 16.0, 32.0, 64.0), (0.25, 0.35, 0.45)
    results: list[Found] = [[] for _ in range(len(penalties) * len(depths))]
    for name, (values, first) in rates(trend).items():
        spread, middle = (
            scale(np.diff(values)) / np.sqrt(2),
            float(np.median(pd.Series(values).rolling(15).mean()[14:])),
        )
        for which, penalty in enumerate(penalties):
            ends = ruptures.Pelt(model="l2", jump=jump, min_size=3).fit(values / spread).predict(pen=penalty)
            for start, end in itertools.pairwise([0, *ends]):
                lost = 1 - values[start:end].mean() / middle if middle > 0 else 0.0
                if end - start <= 60:
                    for at, depth in enumerate(depths):
                        if lost >= depth:
                            results[which * len(depths) + at].append((name, start + first, end + first))
    return results


def ours() -> Method:
    metrics = load().metrics

    def method(trend: pd.DataFrame) -> list[Found]:
        found, _ = dips(trend, 1.0, metrics, float(len(trend)))
        return [[(dip.metric, dip.start_minute, dip.end_minute) for dip in found]]

    return method


def score(method: Method, rooms: Sequence[Room], quiet: Sequence[Room]) -> list[tuple[float, float]]:
    """F1 and false dips a quiet LIVE, for each setting."""
    planted, still = [method(live.trend) for live in rooms], [method(live.trend) for live in quiet]
    return [
        (f1(rooms, [each[setting] for each in planted]), float(np.mean([len(each[setting]) for each in still])))
        for setting in range(len(planted[0]))
    ]


def draw(rng: np.random.Generator, size: float, rooms: int) -> tuple[list[Room], list[Room]]:
    return [room(rng, size) for _ in range(rooms)], [room(rng, size, 0) for _ in range(rooms)]


def tuned(method: Method, tuning: tuple[list[Room], list[Room]]) -> int:
    """The setting with the best F1 among the quiet ones."""
    scores = score(method, *tuning)
    calm = [at for at, (_, false) in enumerate(scores) if false <= 0.2]
    return max(calm, key=lambda at: scores[at][0]) if calm else min(range(len(scores)), key=lambda at: scores[at][1])


def quickest(call: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return 1000 * min(took)


def timing(minutes: int, seed: int) -> tuple[float, float]:
    """Milliseconds for one LIVE: ours with everything it reads, and PELT with one penalty on its six series."""
    import ruptures

    trend = room(np.random.default_rng(seed), 250, 2, minutes).trend
    series = [values for values, _ in rates(trend, settled=False).values()]
    method = ours()

    def reference() -> None:
        for values in series:
            spread = scale(np.diff(values)) / np.sqrt(2)
            ruptures.Pelt(model="l2", jump=1, min_size=3).fit(values / spread).predict(pen=14.0)

    method(trend)
    return quickest(lambda: method(trend), 10), quickest(reference, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=200)
    parser.add_argument("--tuning", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jump", type=int, default=1)
    parser.add_argument("--ours", action="store_true")
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    references: dict[str, Method] = {
        "rolling z-score": rolling_z,
        "PELT": lambda trend: pelt(trend, chosen.jump),
        "STL residuals": stl,
    }
    print("impressions a minute   method             F1    false dips a quiet LIVE")
    for size in SIZES:
        rooms = draw(np.random.default_rng(chosen.seed), size, chosen.rooms)
        found, false = score(ours(), *rooms)[0]
        print(f"{size:20,}   {'ours':<16} {found:.3f}   {false:.3f}", flush=True)
        if chosen.ours:
            continue
        tuning = draw(np.random.default_rng(chosen.seed + 1000), size, chosen.tuning)
        for name, method in references.items():
            found, false = score(method, *rooms)[tuned(method, tuning)]
            print(f"{size:20,}   {name:<16} {found:.3f}   {false:.3f}", flush=True)
    for minutes in (90, 180, 300):
        here, there = timing(minutes, chosen.seed)
        print(f"{minutes} minutes: ours {here:.1f} ms, PELT {there:.0f} ms, {there / here:.0f} times as long")


if __name__ == "__main__":
    main()
