"""Are products told apart by more than luck: false roles in lists that are alike, and a planted one found.

    python benchmarks/products.py [--lists N] [--seed S]

Lists of products whose clicks differ tenfold; all have a product CTR of 14 % and a CTOR of 8 %, but in half of the
lists the first has half the CTOR and about 2,800 clicks. The reference calls a product low when a plain z-test of its
CTOR against the rest of the list has p under 5 %, as a reader of a league table would.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.diagnosis.parts.products import products  # noqa: E402
from playbook.model.session import Product, Session  # noqa: E402

NUMBERS, CLICKS = (3, 5, 10, 25), (14, 140, 1400)


@dataclass(frozen=True)
class ProductScore:
    """Shares of lists: any verdict though all are alike, the planted one named; the same of the reference."""

    false: float
    found: float
    reference_false: float
    reference_found: float


def listed(rng: np.random.Generator, number: int, clicks: float, planted: bool) -> Session:
    made = []
    for at in range(number):
        special = planted and at == 0
        seen = 20_000 if special else int(rng.lognormal(np.log(clicks / 0.14), 1.0)) + 1
        opened = int(rng.binomial(seen, 0.14))
        bought = int(rng.binomial(opened, 0.04 if special else 0.08))
        counts = {"product_impressions": float(seen), "product_clicks": float(opened), "sku_orders": float(bought)}
        made.append(Product(str(at), f"p{at}", counts))
    return Session("list", {}, products=tuple(made))


def score(lists: int, number: int, clicks: float, seed: int) -> ProductScore:
    rng = np.random.default_rng([seed, number, int(clicks)])
    alike = [listed(rng, number, clicks, False) for _ in range(lists)]
    special = [listed(rng, number, clicks, True) for _ in range(lists)]
    return ProductScore(
        float(np.mean([any_verdict(each) for each in alike])),
        float(np.mean([names_first(each) for each in special])),
        float(np.mean([bool(low_by_z(each)) for each in alike])),
        float(np.mean([0 in low_by_z(each) for each in special])),
    )


def any_verdict(session: Session) -> bool:
    room = products(session)
    assert room is not None
    rates = [rate for each in room.products for rate in (each.ctr, each.ctor, each.order_rate)]
    return any(rate.verdict in ("below", "above") for rate in rates)


def names_first(session: Session) -> bool:
    room = products(session)
    assert room is not None
    return "leaks" in room.products[0].roles


def low_by_z(session: Session) -> list[int]:
    orders = np.array([each.counts["sku_orders"] for each in session.products], dtype=float)
    clicks = np.array([each.counts["product_clicks"] for each in session.products], dtype=float)
    low = []
    for at in range(len(orders)):
        n, rest = clicks[at], clicks.sum() - clicks[at]
        if n == 0 or rest == 0:
            continue
        pooled = orders.sum() / clicks.sum()
        error = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / rest))
        if error > 0 and (orders[at] / n - (orders.sum() - orders[at]) / rest) / error < -1.645:
            low.append(at)
    return low


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lists", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print("| products | clicks each, about | any verdict though alike | planted named | z-test: any | planted |")
    print("| --- | --- | --- | --- | --- | --- |")
    for number in NUMBERS:
        for clicks in CLICKS:
            found = score(chosen.lists, number, clicks, chosen.seed)
            print(
                f"| {number} | {clicks:,} | {found.false:.1%} | {found.found:.0%} | {found.reference_false:.0%} "
                f"| {found.reference_found:.0%} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
