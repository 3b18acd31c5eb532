"""The same LIVEs as an export prints them that lacks some counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from playbook.model.session import Session

#: Counts that some layouts do not have at all.
COLUMNS = ("sku_orders", "impressions", "product_clicks", "product_impressions", "views")
#: Counts that are missing for single LIVEs.
CELLS = (*COLUMNS, "gmv", "avg_viewing_seconds")


def without(lives: Sequence[Session], *counts: str) -> list[Session]:
    """The LIVEs without these counts."""
    return [replace(live, counts={name: n for name, n in live.counts.items() if name not in counts}) for live in lives]


def with_gaps(rng: np.random.Generator, lives: Sequence[Session], cells: float = 0.2) -> list[Session]:
    """Counts missing at random.

    One to three of `COLUMNS` are missing as a whole or, as in a history of two layouts, in half of the LIVEs; of
    `CELLS` the share `cells` besides.
    """
    gone = rng.choice(COLUMNS, int(rng.integers(1, 4)), replace=False)
    whole = dict(zip(gone, rng.random(len(gone)) < 0.5, strict=True))
    result = []
    for live in lives:
        other = rng.random() < 0.5
        missing = {name for name in gone if whole[name] or other} | {n for n in CELLS if rng.random() < cells}
        result.extend(without([live], *missing))
    return result
