"""Is the largest leak the step that was cut, beside a plain reference, and is a quiet LIVE called possible noise.

    python benchmarks/leak.py [--shops N] [--seed S]

Calm shops of 16 LIVEs; in the last one ERR, CTR or CTOR is cut to 45-70 %. The reference is the step of the funnel
with the largest percent change against the mean of the LIVEs before. A cut CTR may show in either of its two steps.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.diagnosis import diagnose  # noqa: E402
from playbook.diagnosis.findings import LeakPart  # noqa: E402
from playbook.knowledge.load import load  # noqa: E402
from playbook.metrics import compute  # noqa: E402
from playbook.model.session import Session  # noqa: E402
from playbook.simulation import calm_shop  # noqa: E402

SIZES = (4_000, 40_000, 400_000)
STEPS = ("impressions_per_hour", "err", "ctr", "ctor", "gmv_per_order")


@dataclass(frozen=True)
class LeakScore:
    """Shares: largest leak is the cut step, the reference's is, and a LIVE without a cut could be noise."""

    ours: float
    reference: float
    quiet: float


def score(shops: int, impressions: float, seed: int) -> LeakScore:
    rng = np.random.default_rng([seed, int(impressions)])
    metrics = load().metrics
    ours, reference, quiet = [], [], []
    for _ in range(shops):
        step = str(rng.choice(["err", "ctr", "ctor"]))
        *history, session = calm_shop(rng, impressions, 16, {15: {step: float(rng.uniform(0.45, 0.70))}})
        found = diagnose(session, history, metrics).leak
        ours.append(found is not None and largest(found.parts) == step)
        reference.append(most_changed(session, history) == step)
        *history, session = calm_shop(rng, impressions, 16)
        still = diagnose(session, history, metrics).leak
        quiet.append(still is None or still.could_be_noise)
    return LeakScore(float(np.mean(ours)), float(np.mean(reference)), float(np.mean(quiet)))


def largest(parts: Iterable[LeakPart]) -> str:
    """The step that lost most; a cut CTR may show in either of the two steps that make it, so they count as one."""
    amounts = {part.factor: part.amount for part in parts}
    amounts["ctr"] = sum(amounts.pop(name, 0.0) for name in ("product_impressions_per_view", "product_ctr"))
    return min(amounts, key=lambda name: amounts[name])


def most_changed(session: Session, history: list[Session]) -> str:
    metrics = load().metrics
    rows = [compute(each, metrics) for each in (*history, session)]
    change = {}
    for name in STEPS:
        values = [row[name].value for row in rows]
        known = [each for each in values[:-1] if each is not None]
        if values[-1] is not None and known and np.mean(known) > 0:
            change[name] = values[-1] / float(np.mean(known)) - 1
    return min(change, key=lambda name: change[name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shops", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print("| impressions | largest leak is the cut step | percent change says so | quiet LIVE could be noise |")
    print("| --- | --- | --- | --- |")
    for size in SIZES:
        found = score(chosen.shops, size, chosen.seed)
        print(f"| {size:,} | {found.ours:.0%} | {found.reference:.0%} | {found.quiet:.0%} |", flush=True)


if __name__ == "__main__":
    main()
