"""A second export pasted under the first on one sheet: each is a table of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from playbook.imports.formats.tables import SheetTable
from playbook.knowledge.exports import Profile, normalise_header

from .recognise import LayoutMatch, recognise

#: So many exports on one sheet are looked for.
_MOST = 12
#: A header has at least this many words.
_WIDE = 3


def stacked(table: SheetTable, profiles: Iterable[Profile]) -> list[LayoutMatch]:
    """The tables of a sheet from top to bottom, with the row numbers of the sheet; empty when none is recognised.

    A header that is repeated word for word begins nothing new: it is left out where the rows are read.
    """
    every = list(profiles)
    first = recognise(table, every)
    if first is None or first.profile.kind == "lookalike":
        return [] if first is None else [first]
    matches = [first]
    for at in _headers(table, first):
        if len(matches) == _MOST or _same_words(table.rows[at], matches[-1].headers):
            continue
        rest = replace(table, rows=table.rows[at : at + 60])
        if recognise(rest, every, first_row=True) is None:  # seldom is it one, and then the rows below have a say
            continue
        below = recognise(rest, every)
        if below is None or below.header != 0 or below.profile.kind == "lookalike":
            continue
        above = matches[-1]
        matches[-1] = replace(above, table=replace(above.table, rows=table.rows[:at]))
        matches.append(replace(below, table=replace(below.table, rows=table.rows), header=at))
    return matches


def _headers(table: SheetTable, first: LayoutMatch) -> Iterable[int]:
    """Rows below the first header in which no cell begins with a digit and some are words of a known export."""
    for at in range(first.header + 1, len(table.rows)):
        row = table.rows[at]
        if len(row) - row.count("") < _WIDE or any("0" <= cell[:1] <= "9" for cell in row):
            continue
        yield at


def _same_words(row: list[str], header: list[str]) -> bool:
    return [normalise_header(cell) for cell in row if cell] == [normalise_header(cell) for cell in header if cell]
