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
#: Nothing that means anything, so that one may look a little behind the end.
_BEHIND = b"\x7f" * (_LONGEST + 4)
_BLANK = 32  # and what is below it: spaces, ends of lines, and what XML does not allow
#: Begins where a run of blanks begins: from each of its signs anew, a long run would cost its length squared.
_SPACED = re.compile(rb"(?<![\0-\x20])[\0-\x20]*+=[\0-\x20]*+")


def grid(xml: bytes) -> tuple[int, int]:
    """Rows and columns of the rectangle that the cells of a sheet span: never fewer than it has, seldom more."""
    signs: Signs = np.frombuffer(xml + _BEHIND, dtype=np.uint8)
    # Every question is asked where one of a few signs stands, not of the whole sheet again.
    equals = np.flatnonzero(signs == ord("="))
    if (signs[equals - 1] <= _BLANK).any() or (signs[equals + 1] <= _BLANK).any():
        return grid(_SPACED.sub(b"=", xml))
    named = equals[signs[equals - 1] == ord("r")] - 1
    deepest, widest = _furthest(signs, named[signs[named - 1] <= _BLANK] + 3)
    # A name may have a prefix.
    opened = np.flatnonzero((signs == ord("<")) | (signs == ord(":")))
    rows, cells = _tags(signs, opened, b"row"), _tags(signs, opened, b"c")
    counted_rows, counted_cells = _without_place(signs, rows, 3), _without_place(signs, cells, 1)
    across = np.bincount(np.searchsorted(rows, counted_cells)).max() if len(counted_cells) else 0
    return deepest + len(counted_rows), widest + int(across)


def _tags(signs: Signs, opened: Places, name: bytes) -> Places:
    """Where elements of this name are opened, in order. `opened` is where any element may be."""
    found = opened
    for offset, sign in enumerate(name, 1):
        found = found[signs[found + offset] == sign]
    after = signs[found + len(name) + 1]
    ended: NDArray[np.bool_] = (after <= _BLANK) | (after == ord("/")) | (after == ord(">"))
    return found[ended]


def _without_place(signs: Signs, tags: Places, length: int) -> Places:
    """The tags whose first attribute is no `r`, as every program writes it. Others are taken to have none."""
    space, name, equals = (signs[tags + length + offset] for offset in (1, 2, 3))
    written: NDArray[np.bool_] = (space <= _BLANK) & (name == ord("r")) & (equals == ord("="))
    return tags[~written]


def _furthest(signs: Signs, starts: Places) -> tuple[int, int]:
    """The largest row and column that the places beginning there name."""
    # Eight signs at once, as one number each: looking them up one by one takes three times as long.
    words = np.ndarray(len(signs) - 7, ">u8", signs, strides=(1,))[starts].astype(np.uint64)
    row, column = np.zeros(len(starts), dtype=np.int64), np.zeros(len(starts), dtype=np.int64)
    going = np.ones(len(starts), dtype=bool)
    for offset in range(_LONGEST + 1):
        sign = (words >> np.uint64(56 - 8 * offset)).astype(np.uint8) if offset < 8 else signs[starts + offset]
        digit = (sign - np.uint8(ord("0")) < 10) & going
        letter = ((sign | 32) - np.uint8(ord("a")) < 26) & going
        row[digit] = row[digit] * 10 + sign[digit] - ord("0")
        column[letter] = column[letter] * 26 + (sign[letter] & 31)
        going = digit | letter
        if not going.any():
            return int(row.max(initial=0)), int(column.max(initial=0))
    return 10**_LONGEST, 10**_LONGEST
