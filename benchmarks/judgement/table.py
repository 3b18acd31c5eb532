"""Rows of the table: a figure with its 95 % interval beside what was to be reached; and how it is run and printed."""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

T = TypeVar("T")

#: For work on the methods, and for the final table alone.
DEVELOPMENT, HELD_OUT = 1, 20_261_126
_Z = 1.959964


@dataclass(frozen=True)
class Figure:
    """A share, a mean or a ratio with its 95 % interval, and of how many cases."""

    value: float
    low: float
    high: float
    cases: int


@dataclass(frozen=True)
class Aim:
    """What was to be reached: at most `high`, at least `low`, or between. Neither: the figure is told, not judged."""

    low: float | None = None
    high: float | None = None

    def met(self, value: float) -> bool | None:
        if self.low is None and self.high is None:
            return None
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class TableRow:
    """One line. `unit`: how the figure is written."""

    section: str
    what: str
    figure: Figure
    aim: Aim = Aim()
    unit: Literal["share", "number"] = "share"

    @property
    def met(self) -> bool | None:
        """As the value itself says; None where nothing was to be reached or nothing was seen."""
        return None if self.figure.cases == 0 else self.aim.met(self.figure.value)


def share(hits: Iterable[bool]) -> Figure:
    """A share of independent cases with its 95 % range."""
    seen = np.array(list(hits), dtype=float)
    n = len(seen)
    if n == 0:
        return Figure(float("nan"), float("nan"), float("nan"), 0)
    p = float(seen.mean())
    return Figure(p, *wilson(p, n), n)


def wilson(p: float, n: int) -> tuple[float, float]:
    """The 95 % range of a share `p` of `n` independent cases (Wilson, JASA 22, 1927)."""
    middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    reach = _Z / (1 + _Z**2 / n) * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def mean(groups: Sequence[Sequence[float]], draws: int = 1_000) -> Figure:
    """The mean over all values; the interval draws whole groups (shops) anew, as the values of one are alike."""
    sums = np.array([(float(np.sum(group)), len(group)) for group in groups if len(group)], dtype=float)
    if len(sums) == 0:
        return Figure(float("nan"), float("nan"), float("nan"), 0)
    rng = np.random.default_rng(0)
    picked = sums[rng.integers(0, len(sums), (draws, len(sums)))].sum(axis=1)
    low, high = np.quantile(picked[:, 0] / picked[:, 1], [0.025, 0.975])
    return Figure(float(sums[:, 0].sum() / sums[:, 1].sum()), float(low), float(high), int(sums[:, 1].sum()))


def quotient(above: Figure, below: float) -> Figure:
    """A figure as a part of a known number."""
    return Figure(above.value / below, above.low / below, above.high / below, above.cases)


def over(one: Callable[[int], T], cases: int, workers: int) -> list[T]:
    """`one(index)` for every case, in order; in processes of their own where there are more `workers` than one."""
    with processes(workers) as pool:
        if pool is None:
            return [one(index) for index in range(cases)]
        return list(pool.map(one, range(cases), chunksize=max(1, cases // (8 * workers))))


@contextmanager
def processes(workers: int) -> Iterator[ProcessPoolExecutor | None]:
    """Processes of their own where there are more `workers` than one, else None; they say nothing of odd rates."""
    if workers <= 1:
        yield None
        return
    with ProcessPoolExecutor(workers, initializer=quiet) as pool:
        yield pool


def quiet() -> None:
    """Rates over nothing are NaN here, and references warn of constant series: both are what is wanted."""
    warnings.simplefilter("ignore")


def written(row: TableRow) -> str:
    """One line of a Markdown table."""
    found = row.figure
    if found.cases == 0:
        said, span = "none seen", ""
    else:
        said, span = _write(found.value, row), f"{_write(found.low, row)} to {_write(found.high, row)}"
    verdict = {True: "yes", False: "no", None: ""}[row.met]
    return f"| {row.section} | {row.what} | {said} | {span} | {_aim(row)} | {verdict} | {found.cases:,} |"


HEAD = ("| | what | now | 95 % interval | to be reached | reached | cases |", "|-|-|-|-|-|-|-|")


def _write(value: float, row: TableRow) -> str:
    return f"{value:.1%}" if row.unit == "share" else f"{value:.2f}"


def _aim(row: TableRow) -> str:
    low, high = (None if each is None else _write(each, row) for each in (row.aim.low, row.aim.high))
    if low and high:
        return f"{low} to {high}"
    return f"at least {low}" if low else f"at most {high}" if high else ""


def run(rows: Callable[[int, int, int], Iterator[TableRow]], size: int, description: str | None) -> None:
    """The command line of one section."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=size, help=f"cases behind a figure, about (default {size})")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=DEVELOPMENT)
    parser.add_argument("--held-out", action="store_true", help="the seed that nothing was tuned on")
    chosen = parser.parse_args()
    quiet()
    seed = HELD_OUT if chosen.held_out else chosen.seed
    began = time.perf_counter()
    print(*HEAD, sep="\n", flush=True)
    for row in rows(chosen.size, seed, chosen.workers):
        print(written(row), flush=True)
    sys.stderr.write(f"seed {seed}, size {chosen.size}, {time.perf_counter() - began:.0f} s\n")
