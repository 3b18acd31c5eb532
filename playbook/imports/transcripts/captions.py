"""Captions: cues of SRT and VTT. Every pattern is bound in length, so that no line takes long to read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from playbook.model.transcript import Line

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_CUE = re.compile(rf"\s{{0,20}}{_TIME}[ \t]{{0,20}}-->[ \t]{{0,20}}{_TIME}")
#: `<i>`, `<v Name>`, `<00:01.000>` of VTT, `{\an8}` of SRT.
_TAG = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,60}\}")
#: Captions of a stream roll: each cue shows the row before once more. So near in time (seconds) it is the same row.
_ROLLS = 1.0
_LONGEST_ROW, _MOST_ROWS = 4_000, 40


def captions(rows: Sequence[str]) -> Iterator[Line]:
    """The cues, as they stand. What is no cue (numbers, notes, styles) is left out."""
    heads = [at for at, row in enumerate(rows) if _CUE.match(row[:200])]
    before = Line(0.0, -_ROLLS, "")
    for at, following in zip_longest(heads, heads[1:]):
        cue = _CUE.match(rows[at][:200])
        assert cue is not None
        begin, end = seconds(*cue.group(1, 2, 3, 4)), seconds(*cue.group(5, 6, 7, 8))
        said = _body(rows[at + 1 : following][:_MOST_ROWS], last=following is None)
        rolled = before.text if begin - before.end < _ROLLS else ""
        yield Line(begin, end, " ".join(words for words in said if words != rolled))
        before = Line(begin, end, said[-1] if said else "")


def seconds(hours: str | None, minutes: str, whole: str, part: str | None = None) -> float:
    """
    >>> seconds("1", "02", "03", "5")
    3723.5
    """
    return int(hours or 0) * 3600.0 + int(minutes) * 60.0 + int(whole) + (float(f"0.{part}") if part else 0.0)


def _body(rows: Sequence[str], *, last: bool) -> list[str]:
    """The words of a cue, to the first empty row. The number of the next cue may stand right under them."""
    said: list[str] = []
    for row in rows:
        if not row.strip():
            return said
        said.append(html.unescape(_TAG.sub("", row[:_LONGEST_ROW])).strip())
    return said[:-1] if said and said[-1].isdigit() and not last else said
