"""Is each file of an agency's drop laid on its own LIVE?

    python benchmarks/batches.py [--batches N] [--seed S] [--show]

Drops of twenty Trend and Product files beside a list of LIVEs, in five languages (`playbook/simulation/batches.py`).
Of the files that have a LIVE: how many are laid on it, about how many a person is asked, how many lie on another one
without a question. Files that have none must be asked about.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playbook.imports import NothingToReview, read_files
from playbook.simulation.batches import LANGUAGES, Batch, batch


@dataclass(frozen=True)
class BatchScore:
    """How many files have a LIVE, and of them laid right and asked about; and of all files, how many silently wrong."""

    files: int
    right: int
    asked: int
    wrong: int


def fates(drop: Batch) -> dict[str, str]:
    """What became of each file: right, asked or wrong. A copy is left to the file that it repeats."""
    try:
        reading = read_files(list(drop.files), saved=drop.saved, sure_only=True)
    except NothingToReview as error:
        reading = error.reading
    starts = {live.id: live.start for live in (*reading.sessions, *reading.joined)}
    laid = {each.name: starts[each.home] for each in reading.files if each.home is not None}
    result = {}
    for name, home in drop.homes.items():
        pair = {name, *(one for one, other in drop.copies.items() if other == name)}
        if name in drop.copies:
            continue
        there = [laid[each].replace(second=0) for each in pair if each in laid]
        result[name] = "asked" if not there else "right" if set(there) == {home} else "wrong"
    return result


def score(batches: int, seed: int, language: str | None = None, show: bool = False) -> BatchScore:
    """Of `batches` drops."""
    counted: Counter[str] = Counter()
    files = 0
    for at in range(batches):
        spoken = language or LANGUAGES[at % len(LANGUAGES)]
        drop = batch(np.random.default_rng([seed, at, LANGUAGES.index(spoken)]), spoken)
        for name, fate in fates(drop).items():
            home = drop.homes[name]
            files += home is not None
            counted[fate if home is not None or fate == "wrong" else "strange, asked"] += 1
            if show and home is not None and fate != "right":
                print(f"{at} {drop.language} {name}: {fate}")
    return BatchScore(files, counted["right"], counted["asked"], counted["wrong"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--batches", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="name the files that were not laid right")
    options = parser.parse_args()
    for language in LANGUAGES:
        found = score(options.batches // len(LANGUAGES), options.seed, language, options.show)
        print(
            f"{language}: {found.files:,} files, laid right {found.right / found.files:.2%}, asked "
            f"{found.asked / found.files:.2%}, silently wrong {found.wrong}"
        )


if __name__ == "__main__":
    main()
