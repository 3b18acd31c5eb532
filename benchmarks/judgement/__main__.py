"""Every section of the table."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import judgement
from benchmarks.judgement import dips, moments, money, planning, plans, usual
from benchmarks.judgement.table import TableRow, run

SECTIONS = (dips, usual, money, plans, moments, planning)


def rows(size: int, seed: int, workers: int = 1) -> Iterator[TableRow]:
    for section in SECTIONS:
        yield from section.rows(size, seed, workers)


if __name__ == "__main__":
    run(rows, 200, judgement.__doc__)
