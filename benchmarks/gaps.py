"""Do ranges stay right where an export lacks counts?

    python benchmarks/gaps.py [--shops N] [--seed S]

The restless shops of `ranking.py`, one LIVE ahead, three times: with all counts, without any orders, and with counts
missing at random (`playbook/simulation/gaps.py`). Do 95 % ranges hold the next LIVE, and how wide are they beside those
that all counts give?
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ranking import metrics
from playbook.diagnosis.baseline.usual import usuals
from playbook.metrics.formula import Formula, formulas
from playbook.metrics.table import table
from playbook.model.session import Session
from playbook.simulation.gaps import with_gaps, without
from playbook.simulation.shops import restless_shop

#: Whose noise is that of orders.
OF_GMV = ("gmv_per_hour", "show_gpm", "watch_gpm")
KINDS = ("all counts", "no orders", "at random")


@dataclass(frozen=True)
class Held:
    """Share of next values inside the range and below it.

    Beside the range that all counts give: the middle width, the share of ranges whose width is within a fifth, and
    the middle usual.
    """

    held: float
    below: float
    width: float
    within_a_fifth: float
    usual: float
    values: int


def score(shops: int, seed: int, smallest: float = 1_500, largest: float = 150_000) -> dict[str, dict[str, Held]]:
    """For every kind of export and metric, `of GMV` for those of `OF_GMV` together and `all`."""
    rng, other = np.random.default_rng(seed), np.random.default_rng([seed, 1])
    of = formulas(metrics())
    seen: dict[str, dict[str, list[tuple[float, ...]]]] = {kind: {} for kind in KINDS}
    for _ in range(shops):
        size = float(np.exp(rng.uniform(np.log(smallest), np.log(largest))))
        lives = restless_shop(rng, int(rng.integers(5, 61)) + 1, size)
        whole = _judged(lives, of)
        for kind, found in (
            ("all counts", whole),
            ("no orders", _judged(without(lives, "sku_orders"), of)),
            ("at random", _judged(with_gaps(other, lives), of)),
        ):
            for name, row in found.items():
                seen[kind].setdefault(name, []).append(_beside(row, whole[name]))
    return {kind: _means(rows) for kind, rows in seen.items()}


def _judged(lives: Sequence[Session], of: Mapping[str, Formula]) -> dict[str, tuple[float, float, float, float]]:
    """Value, usual and range of every metric of the last LIVE that has all of them."""
    found = usuals(table(lives, of.values()), dict(of), set(), [len(lives) - 1])
    rows = zip(*(column[:, 0].tolist() for column in (found.value, found.usual, found.low, found.high)), strict=True)
    return {name: row for name, row in zip(found.names, rows, strict=True) if np.isfinite(row).all()}


def _beside(row: tuple[float, float, float, float], whole: tuple[float, float, float, float]) -> tuple[float, ...]:
    value, usual, low, high = row
    # A shop that sold nothing in any LIVE has nothing to stand beside.
    width = (high - low) / (whole[3] - whole[2]) if whole[1] > 0 else 1.0
    moved = usual / whole[1] if whole[1] > 0 else 1.0
    return low <= value <= high, value < low, width, abs(width - 1) <= 0.2, moved


def _means(rows: dict[str, list[tuple[float, ...]]]) -> dict[str, Held]:
    rows["of GMV"] = [row for name in OF_GMV for row in rows.get(name, ())]
    rows["all"] = [row for name, some in rows.items() if name != "of GMV" for row in some]
    return {name: _held(some) for name, some in rows.items() if some}


def _held(rows: Iterable[tuple[float, ...]]) -> Held:
    held, below, width, near, usual = np.array(list(rows), dtype=float).T
    return Held(
        float(held.mean()),
        float(below.mean()),
        float(np.median(width)),
        float(near.mean()),
        float(np.median(usual)),
        len(held),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shops", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    say = sys.stdout.write
    began = time.perf_counter()
    for shops, sizes, smallest, largest in (
        (chosen.shops, "1,500 to 150,000 impressions an hour", 1_500, 150_000),
        (chosen.shops // 4, "100 to 3,000 impressions an hour: an order or none", 100, 3_000),
    ):
        say(f"{shops} shops, {sizes}\n{'':<42}held   below   width  within a fifth   usual   values\n")
        for kind, found in score(shops, chosen.seed, smallest, largest).items():
            for name, each in found.items():
                say(f"{kind:<12}{name:<28}{each.held:6.1%} {each.below:7.1%} {each.width:7.2f}"
                    f" {each.within_a_fifth:15.1%} {each.usual:7.2f} {each.values:8,}\n")  # fmt: skip
    say(f"\nseed {chosen.seed}, {time.perf_counter() - began:.0f} s\n")


if __name__ == "__main__":
    main()
