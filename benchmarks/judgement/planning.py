"""The forecast, used: the next LIVE's GMV and orders with a 95 % range, in every world.

    python -m benchmarks.judgement.planning [--size SHOPS] [--workers N] [--seed S | --held-out]

Only its day, hour, length, host and whether ads run are known of the LIVE ahead. How wide the ranges are stands beside
how often they hold, and the same without levels of day, hour and host.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.judgement.table import Aim, TableRow, mean, over, run, share
from benchmarks.judgement.usual import KINDS, METRICS, lives_of
from playbook.diagnosis.baseline.ahead import TOLD, LiveAhead, ahead
from playbook.diagnosis.baseline.alike import paid
from playbook.model.session import Session

COUNT_OF = {"gmv": "gmv", "orders": "sku_orders"}
WORDS = {"gmv": "GMV", "orders": "orders"}
#: Worlds in which the levels of a LIVE ahead say something.
LEVELS = ("weekday and hour", "hosts by turns")


@dataclass(frozen=True)
class Said:
    """Whether the range held, its width (log), and the error of its middle (log)."""

    held: bool
    width: float
    error: float


def of_live(session: Session, host: bool = True) -> LiveAhead:
    """What is known of a LIVE before it begins."""
    assert session.start is not None and session.hours is not None
    return LiveAhead(session.start, session.hours, session.host if host else None, paid(session))


def held(world: str, seed: int, index: int) -> dict[str, Said]:
    rng = np.random.default_rng([seed, 30, KINDS.index(world), index])
    *history, session = lives_of(world, rng)
    made = {}
    for name, found in ahead(of_live(session), history, METRICS).items():
        value = session.counts.get(COUNT_OF[name])
        if value is None or found.low is None or found.high is None or not found.usual:
            continue
        low, high = (max(each, 0.5) for each in (found.low, found.high))
        error = float(np.log(max(value, 0.5) / found.usual))
        made[name] = Said(found.low <= value <= found.high, float(np.log(high / low)), error)
    return made


def rows(size: int, seed: int, workers: int = 1) -> Iterator[TableRow]:
    for world in KINDS:
        found = over(partial(held, world, seed), size, workers)
        for name in TOLD:
            said = [each[name] for each in found if name in each]
            holds = share(each.held for each in said)
            yield TableRow("F", f"{world}: the range of the next LIVE's {WORDS[name]} holds", holds, Aim(0.93, 0.97))
        gmv = [each["gmv"] for each in found if "gmv" in each]
        width = mean([[each.width] for each in gmv])
        yield TableRow("F", f"{world}: width of the range of GMV (log)", width, unit="number")
        bias = mean([[each.error] for each in gmv])
        yield TableRow("F", f"{world}: GMV against the middle that was told (log)", bias, unit="number")


if __name__ == "__main__":
    run(rows, 200, __doc__)
