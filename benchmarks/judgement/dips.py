"""Dips: found where planted, and none made by bursts, by products or by a wilder wobble.

    python -m benchmarks.judgement.dips [--size LIVES] [--workers N] [--seed S | --held-out]

At 25, 250 and 2,500 impressions a minute. Quiet LIVEs hold no fall, so every dip told is false; F1 is that of
`benchmarks/dips.py`, of the steps alone: GMV and Watch GPM follow the step that fell, and have rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.dips import SIZES, Found, hits
from benchmarks.judgement.table import Aim, Figure, TableRow, mean, over, run
from playbook.diagnosis import diagnose
from playbook.diagnosis.by_minute.takings import takings_of
from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.simulation.rooms import Fall, room
from playbook.simulation.worlds.rooms import Kind, rough_room

METRICS = load().metrics
#: F1 of today, and what is to be added to it.
_F1_TODAY, _F1_MORE = (0.32, 0.63, 0.83), (0.04, 0.02, 0.0)
#: What the same search reaches with the true level and noise.
LIMIT = (0.50, 0.80, 0.93)


@dataclass(frozen=True)
class Quiet:
    """A kind of LIVE without falls, what its host noted, and how many false dips it may have."""

    words: str
    kind: Kind
    bursts: bool
    pins: bool
    most: float


QUIET = (
    Quiet("as they are", Kind(), False, False, 0.2),
    Quiet("with one burst", Kind(bursts=1), False, False, 0.08),
    Quiet("with three bursts", Kind(bursts=3), False, False, 0.25),
    Quiet("with three bursts, logged", Kind(bursts=3), True, False, 0.25),
    Quiet("with CTR 30 % apart by product, pins logged", Kind(products=0.3), False, True, 0.2),
    Quiet("with CTR 30 % apart by product, not logged", Kind(products=0.3), False, False, 0.2),
    Quiet("with twice the wobble", Kind(wobble=2.0), False, False, 0.2),
    Quiet("with three times the wobble", Kind(wobble=3.0), False, False, 0.2),
)


def found_in(session: Session) -> Found:
    """Dips as the review of the LIVE tells them."""
    return [(each.metric, each.start_minute, each.end_minute) for each in diagnose(session, (), METRICS).dips
            if not getattr(each, "perhaps_product", False)]  # fmt: skip


def false_dips(kind: Quiet, per_minute: int, seed: int, index: int) -> int:
    alike = next(at for at, each in enumerate(QUIET) if each.kind == kind.kind)  # the same rooms, logged or not
    rng = np.random.default_rng([seed, alike, per_minute, index])
    live = rough_room(rng, per_minute, kind.kind, 0)
    return len(found_in(live.session(bursts=kind.bursts, pins=kind.pins)))


def planted(bursts: int, per_minute: int, seed: int, index: int) -> tuple[int, int]:
    """Twice the falls found, and falls planted with dips told: F1 is the quotient of the sums."""
    rng = np.random.default_rng([seed, 50 + bursts, per_minute, index])
    live = room(rng, per_minute) if bursts == 0 else rough_room(rng, per_minute, Kind(bursts=bursts))
    told = found_in(_session(live.trend)) if bursts == 0 else found_in(live.session())  # type: ignore[union-attr]
    told = [each for each in told if each[0] not in takings_of(METRICS)]  # money follows the step that fell
    return 2 * hits(told, live.falls), len(told) + len(live.falls)


def _session(trend) -> Session:
    return Session("room", {}, duration_minutes=float(len(trend)), trend=trend, trend_step=1.0)


def f1(pairs: Sequence[tuple[int, int]]) -> Figure:
    """F1 over LIVEs, its interval from drawing LIVEs anew."""
    both = np.array(pairs, dtype=float)
    rng = np.random.default_rng(0)
    drawn = both[rng.integers(0, len(both), (1_000, len(both)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / np.maximum(drawn[:, 1], 1), [0.025, 0.975])
    total = both.sum(axis=0)
    return Figure(float(total[0] / max(total[1], 1)), float(low), float(high), len(both))


def money(per_minute: int, plant: bool, seed: int, index: int) -> tuple[int, int]:
    """Falls of CTOR (half, for half an hour) in a LIVE told as dips of GMV; without `plant`, false dips of money."""
    rng = np.random.default_rng([seed, 60, per_minute, index])
    falls = [Fall("ctor", 70, 100, 0.6)] if plant else 0
    live = rough_room(rng, per_minute, Kind(), falls, minutes=180)
    told = [each for each in found_in(live.session()) if each[0] in takings_of(METRICS)]
    hit = any(max(start, 70) < min(end, 100) for _, start, end in told)
    return int(hit), len(told)


def rows(size: int, seed: int, workers: int = 1) -> Iterator[TableRow]:
    for kind in QUIET:
        for per_minute in SIZES:
            false = over(partial(false_dips, kind, per_minute, seed), size, workers)
            what = f"false dips a quiet LIVE {kind.words}, {per_minute:,} a minute"
            yield TableRow("A", what, mean([[each] for each in false]), Aim(high=kind.most), unit="number")
    for at, per_minute in enumerate(SIZES):
        found = f1(over(partial(planted, 0, per_minute, seed), size, workers))
        aim = Aim(low=_F1_TODAY[at] + _F1_MORE[at])
        yield TableRow("A", f"F1 of planted falls, {per_minute:,} a minute", found, aim, unit="number")
        part = Figure(found.value / LIMIT[at], found.low / LIMIT[at], found.high / LIMIT[at], found.cases)
        yield TableRow("A", f"F1 as a share of the limit, {per_minute:,} a minute", part)
        with_bursts = f1(over(partial(planted, 3, per_minute, seed), size, workers))
        yield TableRow("A", f"F1 among three bursts, {per_minute:,} a minute", with_bursts, unit="number")
    for per_minute in SIZES:
        hit = over(partial(money, per_minute, True, seed), size, workers)
        false = over(partial(money, per_minute, False, seed), size, workers)
        yield TableRow("A", f"CTOR down by 60 % is told in money, {per_minute:,} a minute", mean([[e[0]] for e in hit]))
        what = f"false dips of money a quiet LIVE, {per_minute:,} a minute"
        searched = any(told for _, told in (*hit, *false))  # nothing to judge where money is not followed
        yield TableRow("A", what, mean([[e[1]] for e in false if searched]), Aim(high=0.1), unit="number")


if __name__ == "__main__":
    run(rows, 150, __doc__)
