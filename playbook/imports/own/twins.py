"""Two columns of a sheet kept by hand with one meaning: one is read, and nothing is chosen in silence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from playbook.imports.cells.values import blank
from playbook.imports.own.columns import LENGTHS, NOT_USED, Columns, Doubtful
from playbook.knowledge.exports import normalise_header

#: Meanings of which a sheet may have several columns: none of them is read.
_MANY = (NOT_USED, "number")


@dataclass(frozen=True)
class Twin:
    """A column that is not read since `first` has its meaning; open until a person says what it is."""

    doubt: Doubtful
    first: int


def settle_twins(
    found: Columns, header: Sequence[str], cells: Sequence[Sequence[str]], answered: Collection[int]
) -> list[Twin]:
    """Of columns with one meaning keep the first, or the one that a person named; the others are not used.

    A twin is asked about, unless nothing stands in it that the first does not say, or a person chose between the two.
    Nobody could name one of two with the same header: they stay, and that the second is not read is a remark of the
    rows.
    """
    open_twins = []
    for columns in _alike(found.means).values():
        first = min(columns, key=lambda at: (at not in answered, at))
        for at in columns:
            if at == first or normalise_header(header[at]) == normalise_header(header[first]):
                continue
            meaning, found.means[at] = found.means[at], NOT_USED
            chosen = first in answered and at not in answered
            if not chosen and not _says_nothing_new(cells[at], cells[first]):
                open_twins.append(Twin(Doubtful(at, (NOT_USED, meaning), NOT_USED), first))
    twins = {each.doubt.position for each in open_twins}
    found.doubts = [each for each in found.doubts if each.position not in twins]
    return open_twins


def _alike(means: Mapping[int, str]) -> dict[str, list[int]]:
    """Positions by what a list of LIVEs has once: a length is one, in whichever unit."""
    by: dict[str, list[int]] = {}
    for at, meaning in sorted(means.items()):
        if meaning not in _MANY:
            by.setdefault("duration" if meaning in LENGTHS else meaning, []).append(at)
    return {name: columns for name, columns in by.items() if len(columns) > 1}


def _says_nothing_new(cells: Sequence[str], first: Sequence[str]) -> bool:
    return all(blank(cell) or cell.strip() == other.strip() for cell, other in zip(cells, first, strict=True))
