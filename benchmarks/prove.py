"""Every claim of the README about right and wrong answers, computed anew and printed as one table.

    python3 run.py prove [--small]

Hit and false-alarm rates on simulated shops and rooms whose truth is known, beside plain references. The full counts
take about ten minutes on two cores; `--small` is what the tests run.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks import dips, leak, outcomes, practice, products, ranking, running
from playbook.simulation.rooms import room

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


FULL = Counts(shops=1000, rooms=150, tuning=60, running=60, plans=500, leaks=400, lists=200, seeds=200)
SMALL = Counts(shops=6, rooms=1, tuning=1, running=1, plans=4, leaks=4, lists=3, seeds=2)


def rows(counts: Counts, seed: int) -> Iterator[Row]:
    """(what, ours, plain references), a row at a time."""
    yield from _weakness(counts, seed)
    yield from _leak(counts, seed)
    yield from _dips(counts, seed)
    yield from _alerts(counts, seed)
    yield from _outcomes(counts, seed)
    yield from _products(counts, seed)
    yield from _practice(counts)


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


def _leak(counts: Counts, seed: int) -> Iterator[Row]:
    found = [leak.score(counts.leaks, size, seed) for size in leak.SIZES]
    sizes = " / ".join(f"{size:,}" for size in leak.SIZES)
    ours, plain, quiet = (
        " / ".join(f"{getattr(each, part):.0%}" for each in found) for part in ("ours", "reference", "quiet")
    )
    yield f"the largest leak is the step that was cut, at {sizes} impressions", ours, f"percent change {plain}"
    yield "a LIVE without a cut is said to be possible noise", quiet, ""


def _dips(counts: Counts, seed: int) -> Iterator[Row]:
    methods = {"rolling z-score": dips.rolling_z, "PELT": lambda trend: dips.pelt(trend, 2), "STL": dips.stl}
    ours, best, false, noisy = [], [], [], []
    for size in dips.SIZES:
        rooms = dips.draw(np.random.default_rng(seed), size, counts.rooms)
        hit, wrong = dips.score(dips.ours(), *rooms)[0]
        tuning = dips.draw(np.random.default_rng(seed + 1000), size, counts.tuning)
        others = [dips.score(method, *rooms)[dips.tuned(method, tuning)] for method in methods.values()]
        ours.append(f"{hit:.2f}")
        false.append(wrong)
        best.append(f"{max(score for score, _ in others):.2f}")
        noisy += [quiet for _, quiet in others]
    sizes = " / ".join(f"{size:,}" for size in dips.SIZES)
    named = f"best of {', '.join(methods)}: {' / '.join(best)}"
    yield f"F1 of planted dips at {sizes} impressions a minute", " / ".join(ours), named
    yield "false dips in a quiet LIVE", f"{min(false):.2f} to {max(false):.2f}", f"{min(noisy):.2f} to {max(noisy):.2f}"
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


def _practice(counts: Counts) -> Iterator[Row]:
    won = practice.beaten(counts.seeds)
    text = f"{sum(low > 0 for low in won)} of {len(won)}"
    yield "practice scenarios in which the playbook beats doing nothing and panic, 95% range above zero", text, ""


def _span(shares: Iterable[float]) -> str:
    """`2% to 4%`; one figure where both ends read alike."""
    known = list(shares)
    low, high = f"{min(known):.0%}", f"{max(known):.0%}"
    return low if low == high else f"{low} to {high}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a few of each, to see that it runs")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    counts = SMALL if chosen.small else FULL
    began = time.perf_counter()
    print("| what | ours | plain references |")
    print("| --- | --- | --- |")
    for what, ours, plain in rows(counts, chosen.seed):
        print(f"| {what} | {ours} | {plain} |", flush=True)
    print(f"\nseed {chosen.seed}, {time.perf_counter() - began:.0f} s; counts {counts}")


if __name__ == "__main__":
    main()
