"""How often the advice is about the right thing, on simulated shops.

    python benchmarks/advice.py [--shops N] [--seed S]

Calm shops with nine past LIVEs and one rate cut to 45-70 %: when the cut metric is called below, does a
recommendation name it, and is it the first? And the same shops without a cut: in how many LIVEs is anything
recommended at all, and which metric is it about?
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.advice.recommend import Recommendation, recommend  # noqa: E402
from playbook.diagnosis.diagnose import diagnose  # noqa: E402
from playbook.knowledge.load import Knowledge, load  # noqa: E402
from playbook.simulation.shops import calm_shop, planted_cut, restless_shop  # noqa: E402

SIZES = (4_000, 40_000, 400_000)


def named(shops: int, impressions: float, seed: int, knowledge: Knowledge) -> tuple[int, int, int]:
    """Planted cuts called below; of those named by a recommendation; of those named by the first."""
    rng = np.random.default_rng(seed)
    below = any_one = first = 0
    for _ in range(shops):
        planted = planted_cut(rng, impressions)
        found = diagnose(planted.session, planted.history, knowledge.metrics)
        if found.judgements[planted.metric].verdict != "below":
            continue
        below += 1
        advice = recommend(found, knowledge)
        any_one += any(planted.metric in each.metrics for each in advice)
        first += bool(advice) and planted.metric in advice[0].metrics
    return below, any_one, first


def unasked(
    shops: int, impressions: float, seed: int, knowledge: Knowledge, restless: bool
) -> tuple[int, Counter[str]]:
    """LIVEs without a planted cut in which something is recommended, and about which metrics."""
    rng = np.random.default_rng(seed)
    with_advice, about = 0, Counter[str]()
    for _ in range(shops):
        lives = restless_shop(rng, 15, impressions / 2) if restless else calm_shop(rng, impressions, 10)
        advice: tuple[Recommendation, ...] = recommend(diagnose(lives[-1], lives[:-1], knowledge.metrics), knowledge)
        with_advice += bool(advice)
        about.update({metric for each in advice for metric in each.metrics})
    return with_advice, about


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shops", type=int, default=400)
    options.add_argument("--seed", type=int, default=20261123)
    given = options.parse_args()
    knowledge = load()
    print("impressions  cut metric below  named  named first")
    for size in SIZES:
        below, any_one, first = named(given.shops, size, given.seed, knowledge)
        print(f"{size:>11,}  {below:>10} of {given.shops}  {any_one / below:>5.1%}  {first / below:>10.1%}")
    for restless in (False, True):
        print(f"\nno cut, {'restless' if restless else 'calm'} shops: LIVEs with any advice")
        for size in SIZES:
            number, about = unasked(given.shops, size, given.seed, knowledge, restless)
            listed = ", ".join(f"{metric} {times / given.shops:.1%}" for metric, times in about.most_common())
            print(f"{size:>11,}  {number / given.shops:>5.1%}  {listed}")


if __name__ == "__main__":
    main()
