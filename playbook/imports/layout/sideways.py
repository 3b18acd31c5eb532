"""A table turned on its side: counts down the first column, a LIVE in each further one."""

from __future__ import annotations

from dataclasses import replace

from playbook.imports.formats.tables import SheetTable
from playbook.knowledge.column_words import Headers

_SEARCHED = 60
#: So many names of columns make a first column a header.
_NAMES = 3
_WIDEST = 500
#: Cells of a row in which names of columns would speak against it.
_LOOKED_AT = 40


def turned(table: SheetTable, headers: Headers) -> SheetTable | None:
    """The table with a LIVE in each row, when it stands on its side; else None.

    `turned` is set in it, so that what is said of a row can be said of the column it was.
    """
    rows = table.rows[:_SEARCHED]
    first = next((at for at, row in enumerate(rows) if sum(1 for cell in row if cell.strip()) > 1), None)
    if first is None or max(map(len, rows)) > _WIDEST:
        return None
    down = sum(_named(row[0], headers) for row in rows if row)
    # One word all along a row is what a LIVE was like, in whatever language it names a column, too.
    across = max(len({cell for cell in row[1:_LOOKED_AT] if _named(cell, headers)}) for row in rows)
    if down < _NAMES or across > 1:
        return None
    body = table.rows[first : first + _SEARCHED]
    width = max(map(len, body))
    cells = [[row[at] if at < len(row) else "" for row in body] for at in range(width)]
    return replace(table, rows=cells, turned=True)


def _named(cell: str, headers: Headers) -> bool:
    word = headers.read(cell) if cell and not cell[0].isdigit() else None
    return word is not None and word.meaning != "number"
