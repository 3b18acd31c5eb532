"""Every claim of the README about right and wrong answers, computed anew and printed as one table.

    python3 run.py prove [--small]

Hit and false-alarm rates on simulated shops and rooms whose truth is known, beside plain references. Then the table of
worlds (`benchmarks/judgement/`), on a seed that nothing was tuned on. The full counts take about half an hour on two
cores; `--small` is what the tests run, without the worlds.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks import batches, dips, gaps, leak, outcomes, products, ranking, running, training
from benchmarks.judgement import __main__ as judgement
from benchmarks.judgement import table
from playbook.simulation.rooms import room

T = TypeVar("T")
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Counts:
    """How many simulated shops, rooms, plans, lists and seeds stand behind a row."""

    shops: int
    rooms: int
    tuning: int
    running: int
    plans: int
    leaks: int
    lists: int
    seeds: int
    drops: int
    worlds: int


FULL = Counts(
    shops=1000, rooms=150, tuning=60, running=60, plans=500, leaks=400, lists=200, seeds=200, drops=500, worlds=60
)
SMALL = Counts(shops=6, rooms=1, tuning=1, running=1, plans=4, leaks=4, lists=3, seeds=2, drops=5, worlds=0)


Part = Callable[[Counts, int], Iterator[Row]]
#: What is measured beside ours; PELT with every second minute tried as the end of a stretch.
REFERENCES: dict[str, dips.Method] = {
    "rolling z-score": dips.rolling_z,
    "PELT": lambda trend: dips.pelt(trend, 2),
    "STL": dips.stl,
}


def rows(counts: Counts, seed: int, workers: int = 1) -> Iterator[Row]:
    """(what, ours, plain references), a row at a time; computed in several processes where there are `workers`."""
    with table.processes(workers) as pool:

        def begin(job: Callable[..., T], *of: object) -> Callable[[], T]:
            return pool.submit(job, *of).result if pool else partial(job, *of)

        at_sizes = [begin(_dips, counts, seed, size) for size in dips.SIZES]  # these take the longest
        parts = {part: begin(_whole, part, counts, seed) for part in (*BEFORE_DIPS, *AFTER_DIPS)}
        for part in BEFORE_DIPS:
            yield from parts[part]()
        yield from _dip_rows([found() for found in at_sizes])
        for part in AFTER_DIPS:
            yield from parts[part]()


def _whole(part: Part, counts: Counts, seed: int) -> list[Row]:
    return list(part(counts, seed))


def _weakness(counts: Counts, seed: int) -> Iterator[Row]:
    sizes = " / ".join(f"{size:,}" for size in ranking.SIZES)
    found = [ranking.ranking(counts.shops, size, seed) for size in ranking.SIZES]
    plain = "; ".join(
        f"{name} {' / '.join(f'{others[name][0]:.0%}' for _, others in found)}" for name in found[0][1]
    )  # fmt: skip
    first, three = (
        " / ".join(f"{getattr(score, part):.0%}" for score, _ in found) for part in ("first", "among_three")
    )
    yield f"a rate cut to 45-70% is ranked worst, at {sizes} impressions", first, plain
    yield "it is among the three worst", three, ""
    yield "a healthy metric is called below its usual", _span(score.false for score, _ in found), ""
    held = ranking.coverage(counts.shops, seed)["all"]
    width = f"{held.held:.1%}, at {held.against_t:.2f} of the width of a t range of the last ten"
    yield "95% ranges hold the next LIVE, shops with memory", width, f"{held.plain_t:.1%}"


def _gaps(counts: Counts, seed: int) -> Iterator[Row]:
    found = gaps.score(counts.shops, seed)
    money, beside, some = found["no orders"]["of GMV"], found["all counts"]["of GMV"], found["at random"]["all"]
    text = f"{money.held:.1%} ({beside.held:.1%} with them), at {money.width:.2f} of the width with them"
    yield "95% ranges of GMV per hour and both GPMs hold the next LIVE, no orders printed", text, ""
    text = f"{some.held:.1%}, at {some.width:.2f} of the width with all counts"
    yield "95% ranges hold the next LIVE, counts missing at random", text, ""


def _drops(counts: Counts, seed: int) -> Iterator[Row]:
    found = batches.score(counts.drops, seed)
    text = f"{found.right / found.files:.1%}, asked about {found.asked / found.files:.1%}"
    yield "of 20 shuffled Trend and Product files in five languages, laid on their LIVE", text, ""
    yield "of them laid on another LIVE in silence", str(found.wrong), ""


def _leak(counts: Counts, seed: int) -> Iterator[Row]:
    found = [leak.score(counts.leaks, size, seed) for size in leak.SIZES]
    sizes = " / ".join(f"{size:,}" for size in leak.SIZES)
    ours, plain, quiet = (
        " / ".join(f"{getattr(each, part):.0%}" for each in found) for part in ("ours", "reference", "quiet")
    )
    yield f"the largest leak is the step that was cut, at {sizes} impressions", ours, f"percent change {plain}"
    yield "a LIVE without a cut is said to be possible noise", quiet, ""


@dataclass(frozen=True)
class Dips:
    """F1 and false dips in a quiet LIVE at one size: ours and each reference's."""

    ours: float
    false: float
    others: tuple[float, ...]
    others_false: tuple[float, ...]


def _dips(counts: Counts, seed: int, size: int) -> Dips:
    rooms = dips.draw(np.random.default_rng(seed), size, counts.rooms)
    tuning = dips.draw(np.random.default_rng(seed + 1000), size, counts.tuning)
    hit, wrong = dips.score(dips.ours(), *rooms)[0]
    others = [dips.score(method, *rooms)[dips.tuned(method, tuning)] for method in REFERENCES.values()]
    return Dips(hit, wrong, tuple(score for score, _ in others), tuple(quiet for _, quiet in others))


def _dip_rows(found: Sequence[Dips]) -> Iterator[Row]:
    sizes = " / ".join(f"{size:,}" for size in dips.SIZES)
    best = " / ".join(f"{max(each.others):.2f}" for each in found)
    named = f"best of {', '.join(REFERENCES)}: {best}"
    yield f"F1 of planted dips at {sizes} impressions a minute", " / ".join(f"{each.ours:.2f}" for each in found), named
    false, noisy = [each.false for each in found], [quiet for each in found for quiet in each.others_false]
    yield "false dips in a quiet LIVE", f"{min(false):.2f} to {max(false):.2f}", f"{min(noisy):.2f} to {max(noisy):.2f}"


def _quick(_counts: Counts, seed: int) -> Iterator[Row]:
    times = [there / here for here, there in (dips.timing(minutes, seed) for minutes in (90, 300))]
    longer = f"PELT {' / '.join(f'{each:.0f}' for each in times)} times"
    yield "time to find the dips of one LIVE of 90 / 300 minutes", "1", longer


def _alerts(counts: Counts, seed: int) -> Iterator[Row]:
    quiet, told = [], []
    for size in running.SIZES:
        rng = np.random.default_rng([seed, size])
        still = [running.looks(room(rng, size, 0), 5) for _ in range(counts.running)]
        quiet.append(float(np.mean([running.alarmed(seen, running.ALERT) for seen in still])))
        lives = [room(rng, size) for _ in range(counts.running)]
        late = [each for live in lives for each in running.delays(live, running.looks(live, 5), running.ALERT)]
        told.append(float(np.mean([each is not None for each in late])))
    sizes = " / ".join(f"{size:,}" for size in running.SIZES)
    each = " / ".join(f"{share:.0%}" for share in quiet)
    yield f"a quiet LIVE looked at every five minutes gets an alert, at {sizes} impressions a minute", each, ""
    yield "a planted fall is told by ten minutes after its end", " / ".join(f"{share:.0%}" for share in told), ""


def _outcomes(counts: Counts, seed: int) -> Iterator[Row]:
    settings = ((9, 8, False), (20, 8, False), (20, 16, True), (40, 16, False))
    nothing = [outcomes.score(counts.plans, seed, 0.0, a, b, alternating=c) for a, b, c in settings]
    much = [outcomes.score(counts.plans, seed, 0.4, a, b, alternating=c) for a, b, c in settings]
    naive = f'"it improved" {_span(each.improved for each in nothing)}'
    yield '"worked" is said although nothing did', _span(each.worked for each in nothing), naive
    yield '"worked" is said after a true +40%', _span(each.worked for each in much), ""


def _products(counts: Counts, seed: int) -> Iterator[Row]:
    found = [products.score(counts.lists, n, clicks, seed) for n in products.NUMBERS for clicks in products.CLICKS]
    yield (
        "a list of products that are alike gets any verdict",
        _span(each.false for each in found),
        f"z-test {_span(each.reference_false for each in found)}",
    )
    yield (
        "a product with half the CTOR and 2,800 clicks is named",
        _span(each.found for each in found),
        (f"z-test {_span(each.reference_found for each in found)}"),
    )


def _training(counts: Counts, seed: int) -> Iterator[Row]:
    yield from training.rows(counts.seeds, seed)


def _span(shares: Iterable[float]) -> str:
    """`2% to 4%`; one figure where both ends read alike."""
    known = list(shares)
    low, high = f"{min(known):.0%}", f"{max(known):.0%}"
    return low if low == high else f"{low} to {high}"


BEFORE_DIPS: tuple[Part, ...] = (_weakness, _gaps, _leak)
AFTER_DIPS: tuple[Part, ...] = (_quick, _alerts, _outcomes, _products, _training, _drops)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a few of each, to see that it runs")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    table.quiet()
    counts = SMALL if chosen.small else FULL
    began = time.perf_counter()
    print("| what | ours | plain references |")
    print("| --- | --- | --- |")
    workers = 1 if chosen.small else os.cpu_count() or 1
    for what, ours, plain in rows(counts, chosen.seed, workers):
        print(f"| {what} | {ours} | {plain} |", flush=True)
    if counts.worlds:
        print("", *table.HEAD, sep="\n")
        for row in judgement.rows(counts.worlds, table.HELD_OUT, workers):
            print(table.written(row), flush=True)
    print(f"\nseed {chosen.seed}, {time.perf_counter() - began:.0f} s; counts {counts}")


if __name__ == "__main__":
    main()
