"""What is usual: do 95 % ranges hold ordinary LIVEs in every world, and is a lasting fault told while it lasts?

    python -m benchmarks.judgement.usual [--size SHOPS] [--workers N] [--seed S | --held-out]

In each world the last LIVE of a shop with 6 to 60 past ones is judged. It is healthy, so every `below` is false.
The lasting fault: a rate is at half (or 65 %) of itself since one to 25 LIVEs, and the latest is judged. It counts as
told when the review says so of that metric in any way: below its range, a slide, or a fault that lasts (`lasting` of
the diagnosis, once there is one).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial

import numpy as np

from benchmarks.judgement.table import Aim, TableRow, mean, over, run, share
from playbook.diagnosis import diagnose
from playbook.diagnosis.findings import Diagnosis, Judgement
from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.simulation.gaps import with_gaps, without
from playbook.simulation.shops import calm_shop, restless_shop
from playbook.simulation.worlds import WORLDS, ShopCourse, real_shop
from playbook.simulation.worlds.courses import lasting_fault

METRICS = load().metrics
FACTORS = tuple(name for name, metric in METRICS.items() if metric.role == "factor")
#: How many LIVEs the fault has lasted, the judged one among them.
LASTED = (1, 2, 3, 5, 8, 12, 20)
#: Rates that a fault may lie in.
FAULTY = ("err", "ctr", "ctor", "comment_rate")
#: Whether the diagnosis has a finding of its own for faults that last.
TELLS_LASTING = "lasting" in {each.name for each in fields(Diagnosis)}
#: Every 95 % range.
HELD = Aim(0.93, 0.97)


@dataclass(frozen=True)
class Judged:
    """One shop: of every metric with a range whether it held the value, was below, how wide it was (log), its score."""

    held: dict[str, bool]
    below: dict[str, bool]
    width: dict[str, float]
    score: dict[str, float]
    graded: bool


def lives_of(world: str, rng: np.random.Generator) -> list[Session]:
    """The LIVEs of one shop of a world, the judged one last."""
    lives = int(rng.integers(6, 61)) + 1
    size = float(np.exp(rng.uniform(np.log(2_000), np.log(150_000))))
    if world == "calm":
        return calm_shop(rng, size, lives)
    if world == "restless":
        return restless_shop(rng, lives, size)
    if world in WORLDS:
        return real_shop(rng, size).lives(rng, WORLDS[world](rng, lives))
    plain = real_shop(rng, size / 40 if world == "tiny shops" else size).lives(rng, ShopCourse(lives))
    if world == "columns missing":
        return with_gaps(rng, plain)
    if world == "no orders":
        return without(plain, "sku_orders")
    return plain


KINDS = (*WORLDS, "columns missing", "no orders", "tiny shops", "calm", "restless")


def one(world: str, seed: int, index: int) -> Judged:
    rng = np.random.default_rng([seed, KINDS.index(world), index])
    *history, session = lives_of(world, rng)
    return judged(diagnose(session, history, METRICS))


def judged(found: Diagnosis) -> Judged:
    known = {name: each for name, each in found.judgements.items() if each.verdict != "unknown"}
    below = {name: each.verdict == "below" for name, each in known.items()}
    return Judged(
        {name: each.low <= each.value <= each.high for name, each in known.items()},  # type: ignore[operator]
        below,
        {name: width for name, each in known.items() if (width := _width(each)) is not None},
        {name: points for name, each in known.items() if (points := _interval_score(each)) is not None},
        any(each.graded for name, each in known.items() if name in FACTORS),
    )


def _width(each: Judgement) -> float | None:
    return None if not each.low or not each.high else float(np.log(each.high / each.low))


def _interval_score(each: Judgement) -> float | None:
    """Interval score of the log (Gneiting and Raftery 2007): the width, and 40 times what lies beyond it."""
    if not each.low or not each.high or not each.value:
        return None
    value, low, high = np.log([each.value, each.low, each.high])
    return float(high - low + 40 * max(low - value, 0) + 40 * max(value - high, 0))


def groups(found: Sequence[Judged], what: str, metrics: Sequence[str] | None = None) -> list[list[float]]:
    """Values by shop: `held`, `below`, `width` or `score` of these metrics."""
    return [
        [float(value) for name, value in getattr(each, what).items() if metrics is None or name in metrics]
        for each in found
    ]


def worlds(size: int, seed: int, workers: int, kinds: Sequence[str] = KINDS) -> Iterator[TableRow]:
    for world in kinds:
        found = over(partial(one, world, seed), size, workers)
        yield TableRow("B", f"{world}: ranges hold", mean(groups(found, "held")), HELD)
        yield TableRow(
            "B", f"{world}: a healthy metric is below", mean(groups(found, "below", FACTORS)), Aim(high=0.03)
        )
        if world == "real-like":
            yield from _more(found)


def _more(found: Sequence[Judged]) -> Iterator[TableRow]:
    """What is told of real-like shops besides."""
    for name in METRICS:
        yield TableRow("B", f"real-like: ranges of {name} hold", mean(groups(found, "held", [name])), HELD)
    yield TableRow("B", "real-like: width of a range (log)", mean(groups(found, "width", FACTORS)), unit="number")
    yield TableRow("B", "real-like: interval score of a range", mean(groups(found, "score", FACTORS)), unit="number")
    yield TableRow("B", "real-like: a healthy LIVE has some factor below",
              share(any(each.below.get(name) for name in FACTORS) for each in found))  # fmt: skip
    graded = share(each.graded for each in found)
    yield TableRow("B", "real-like: a healthy LIVE has a graded remark", graded, Aim(high=0.40))


def told(found: Diagnosis, metric: str) -> bool:
    """Whether the review says in any way that this metric is low."""
    judgement = found.judgements[metric]
    if judgement.verdict == "below" or any(each.metric == metric and each.change < 0 for each in found.slides):
        return True
    return any(each.metric == metric for each in lasting(found))


def lasting(found: Diagnosis) -> tuple:
    """Faults said to last: those of the diagnosis, once it has such a finding."""
    return tuple(getattr(found, "lasting", ()))


def faulty(left: float, lasted: int, seed: int, index: int) -> tuple[bool, bool, list[float]]:
    """Told; said to last; and of every other factor whether it is falsely said to last."""
    rng = np.random.default_rng([seed, 77, lasted, index])
    before = int(rng.integers(15, 41))
    metric = str(rng.choice(FAULTY))
    lives = before + lasted
    course = lasting_fault(lives, metric, before, left) if left < 1 else ShopCourse(lives)
    *history, session = real_shop(rng, float(np.exp(rng.uniform(np.log(15_000), np.log(150_000))))).lives(rng, course)
    found = diagnose(session, history, METRICS)
    named = {each.metric for each in lasting(found)}
    others = [float(name in named) for name in FACTORS if left == 1 or name != metric]
    return told(found, metric), metric in named, others


def faults(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    for left, aim, words in ((0.5, 0.9, "halved"), (0.65, 0.6, "-35 %")):
        for lasted in LASTED:
            found = over(partial(faulty, left, lasted, seed), size, workers)
            aimed = Aim(low=aim) if 3 <= lasted <= 8 else Aim(low=0.8) if lasted > 8 and left == 0.5 else Aim()
            live = "LIVE" if lasted == 1 else "LIVEs"
            yield TableRow("B", f"a rate {words} for {lasted} {live} is told", share(each[0] for each in found), aimed)
    still = over(partial(faulty, 1.0, 8, seed), 2 * size, workers)
    said = mean([each[2] for each in still]) if TELLS_LASTING else mean([])
    yield TableRow("B", "a healthy metric is said to have been low for long", said, Aim(high=0.03))
    slid = over(partial(slides_of, seed), size, workers)
    yield TableRow("B", "a healthy metric is said to slide", mean(slid), Aim(high=0.03))


def slides_of(seed: int, index: int) -> list[float]:
    rng = np.random.default_rng([seed, 78, index])
    *history, session = real_shop(rng).lives(rng, ShopCourse(31))
    down = {each.metric for each in diagnose(session, history, METRICS).slides if each.change < 0}
    return [float(name in down) for name in FACTORS]


def rows(size: int, seed: int, workers: int = 1) -> Iterator[TableRow]:
    yield from worlds(size, seed, workers)
    yield from faults(size, seed, workers)


if __name__ == "__main__":
    run(rows, 200, __doc__)
