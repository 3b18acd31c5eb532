"""How large a grid the XML of a sheet unfolds to, without building it.

A reader keeps a full rectangle from the first cell to the last, so one cell far down and one far right are enough for
gigabytes. Places come from `r` attributes (`AB12`, in either case) and, where a row or a cell has none, from counting.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

Signs = NDArray[np.uint8]
Places = NDArray[np.intp]

#: No sheet has places with more letters and digits than `XFD1048576`.
_LONGEST = 10
_BEHIND = b"\0" * (_LONGEST + 4)
_SPACED = re.compile(rb"\s*=\s*")


def _any_of(signs: bytes) -> NDArray[np.bool_]:
    table = np.zeros(256, dtype=bool)
    table[list(signs)] = True
    return table


_SPACE = _any_of(b" \t\r\n")
_END_OF_NAME = _any_of(b" \t\r\n/>")
_DIGIT = _any_of(b"0123456789")
_LETTER = _any_of(bytes(range(65, 91)) + bytes(range(97, 123)))


def grid(xml: bytes) -> tuple[int, int]:
    """Rows and columns of the rectangle that the cells of a sheet span: never fewer than it has, seldom more."""
    signs: Signs = np.frombuffer(xml + _BEHIND, dtype=np.uint8)
    equals = np.flatnonzero(signs == ord("="))
    if _SPACE[signs[equals - 1]].any() or _SPACE[signs[equals + 1]].any():
        return grid(_SPACED.sub(b"=", xml))
    named = equals[(signs[equals - 1] == ord("r")) & _SPACE[signs[equals - 2]]]
    deepest, widest = _furthest(signs, named + 2)
    # A name may have a prefix; the order of the few that have one is put right.
    opened = np.concatenate([np.flatnonzero(signs == ord(sign)) for sign in "<:"])
    rows, cells = np.sort(_tags(signs, opened, b"row")), _tags(signs, opened, b"c")
    counted_rows, counted_cells = _without_place(signs, rows, 3), _without_place(signs, cells, 1)
    across = np.bincount(np.searchsorted(rows, counted_cells)).max() if len(counted_cells) else 0
    return deepest + len(counted_rows), widest + int(across)


def _tags(signs: Signs, opened: Places, name: bytes) -> Places:
    """Where elements of this name are opened."""
    for offset, sign in enumerate(name, 1):
        opened = opened[signs[opened + offset] == sign]
    return opened[_END_OF_NAME[signs[opened + len(name) + 1]]]


def _without_place(signs: Signs, tags: Places, length: int) -> Places:
    """The tags whose first attribute is no `r`, as every program writes it. Others are taken to have none."""
    space, name, equals = (signs[tags + length + offset] for offset in (1, 2, 3))
    written: NDArray[np.bool_] = _SPACE[space] & (name == ord("r")) & (equals == ord("="))
    return tags[~written]


def _furthest(signs: Signs, starts: Places) -> tuple[int, int]:
    """The largest row and column that the places beginning there name."""
    row, column = np.zeros(len(starts), dtype=np.int64), np.zeros(len(starts), dtype=np.int64)
    going = np.ones(len(starts), dtype=bool)
    for offset in range(_LONGEST + 1):
        sign = signs[starts + offset]
        digit, letter = _DIGIT[sign] & going, _LETTER[sign] & going
        row = np.where(digit, row * 10 + sign - ord("0"), row)
        column = np.where(letter, column * 26 + (sign & 31), column)
        going = digit | letter
        if not going.any():
            return int(row.max(initial=0)), int(column.max(initial=0))
    return 10**_LONGEST, 10**_LONGEST
