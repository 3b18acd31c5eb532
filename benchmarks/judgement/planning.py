"""The forecast, used: the next LIVE's GMV and orders with a 95 % range, in every world.

    python -m benchmarks.judgement.planning [--size SHOPS] [--workers N] [--seed S | --held-out]

Only its day, hour, length and host are known of the LIVE ahead. `ahead` is the one place that knows how the app is
asked; as long as it cannot be, the range of GMV an hour stands in, which a review of the LIVE would have printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.judgement.table import Aim, TableRow, over, run, share
from benchmarks.judgement.usual import KINDS, METRICS, lives_of
from playbook.diagnosis import diagnose
from playbook.model.session import Session

Range = tuple[float, float]


def ahead(session: Session, history: list[Session]) -> dict[str, Range | None]:
    """What is said before the LIVE of its GMV and orders."""
    found = diagnose(session, history, METRICS).judgements["gmv_per_hour"]
    hours = session.hours
    known = found.low is not None and found.high is not None and hours is not None
    return {"gmv": (found.low * hours, found.high * hours) if known else None, "sku_orders": None}  # type: ignore[operator]


def held(world: str, seed: int, index: int) -> dict[str, bool | None]:
    rng = np.random.default_rng([seed, 30, KINDS.index(world), index])
    *history, session = lives_of(world, rng)
    said = ahead(session, history)
    return {name: _inside(session.counts.get(name), span) for name, span in said.items()}


def _inside(value: float | None, span: Range | None) -> bool | None:
    return None if value is None or span is None else span[0] <= value <= span[1]


def rows(size: int, seed: int, workers: int = 1) -> Iterator[TableRow]:
    for world in KINDS:
        found = over(partial(held, world, seed), size, workers)
        for name, words in (("gmv", "GMV"), ("sku_orders", "orders")):
            figure = share(each[name] for each in found if each[name] is not None)  # type: ignore[misc]
            yield TableRow("F", f"{world}: the range of the next LIVE's {words} holds", figure, Aim(0.93, 0.97))


if __name__ == "__main__":
    run(rows, 200, __doc__)
