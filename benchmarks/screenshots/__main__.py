"""How well pictures of a dashboard are read: numbers, labels, what is wrong and not marked, seconds, memory.

    python -m benchmarks.screenshots [--half dev|test] [--seed N] [--number N] [--keep FOLDER]

Draws pages that imitate dashboards (`pages.py`) in five languages, dark and light, of a PC and a phone, at three
scales; a third of them as somebody photographs a screen; as JPEG of quality 60. Each is read alone.
`dev` is what constants may be chosen on; figures to quote are those of `test`. No real picture was at hand. Chinese and
Thai are not drawn, for want of fonts that every machine has. Needs the extras `dev` and `screenshots`, and a Chromium.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.screenshots.planned import HALVES, Picture, pictures, write
from benchmarks.screenshots.scored import ReadingScore, score
from playbook.imports.screenshots import read

#: What is to be reached: shares, and seconds a picture on two cores.
_EXACT, _PAIRED, _SECONDS = 0.97, 0.95, 15.0


def measured(half: str, seed: int, number: int, keep: Path | None = None) -> dict[str, ReadingScore]:
    """Scores by what a picture is, and of all under `all`. The reader is started before the clock is."""
    scores: dict[str, ReadingScore] = defaultdict(ReadingScore)
    made = list(pictures(half, seed, number))
    for picture in made[:1]:
        read([picture.data], currency=picture.page.currency)
    for picture in made:
        if keep is not None:
            write(picture, keep)
        before = time.perf_counter()
        found = read([picture.data], currency=picture.page.currency)
        one = score(picture, found, time.perf_counter() - before)
        for kind in ("all", *_kinds(picture)):
            scores[kind].add(one)
    return dict(scores)


def _kinds(picture: Picture) -> tuple[str, ...]:
    page = picture.page
    return page.language, page.theme, page.device, page.layout, "photo" if picture.photographed else "screenshot"


def _print(scores: dict[str, ReadingScore]) -> None:
    print(f"{'':12}{'pictures':>9}{'numbers':>9}{'exact':>8}{'to look at':>12}{'paired':>8}{'wrong, unmarked':>17}")
    for kind, each in sorted(scores.items(), key=lambda item: item[0] != "all"):
        print(
            f"{kind:12}{each.pictures:>9}{each.numbers:>9}{each.exact / each.numbers:>8.1%}"
            f"{each.exact_marked / max(each.exact, 1):>12.1%}{each.paired / max(each.labels, 1):>8.1%}"
            f"{len(each.silent):>17}"
        )
    every = scores["all"]
    print(f"{'to reach':12}{'':18}{_EXACT:>8.0%}{'':12}{_PAIRED:>8.0%}{0:>17}")
    print('"to look at": of the exact ones, marked for a person all the same')
    print(f"starts read: {every.starts_right} of {every.starts}")
    print(f"shortened numbers said to be rounded: {every.rounded_said} of {every.rounded}")
    print(
        f"seconds a picture: median {statistics.median(every.seconds):.1f}, most {max(every.seconds):.1f}"
        f" (to reach: {_SECONDS:.0f}); memory of the reader at most {_megabytes()} MB"
    )
    for miss in every.misses:
        asked = "WRONG, UNMARKED" if miss.silent else "missing" if miss.read is None else "marked"
        print(f"  {asked:16}{miss.picture}: {miss.name} printed {miss.text!r}, read {miss.read}")


def _megabytes() -> str:
    """Of the largest process that this one started: the reader, which is kept warm."""
    mine = Path(f"/proc/self/task/{os.getpid()}/children")
    if not mine.exists():
        return "unknown"
    peaks = [
        re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{child}/status").read_text()) for child in mine.read_text().split()
    ]
    return str(max((int(peak[1]) for peak in peaks if peak), default=0) // 1024)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--half", choices=HALVES, default="test")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--number", type=int, default=32)
    options.add_argument("--keep", type=Path, help="writes each picture and its truth there")
    given = options.parse_args()
    print(f"{given.number} pictures of the half {given.half}, seed {given.seed}", flush=True)
    _print(measured(given.half, given.seed, given.number, given.keep))


if __name__ == "__main__":
    main()
