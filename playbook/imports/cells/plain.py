"""What stands in a cell, without what programs put around it so that a spreadsheet leaves it alone."""

from __future__ import annotations

import unicodedata

#: Longer cells are texts. Nothing that follows a pattern is looked for in them.
LONGEST_VALUE = 80

#: Signs that take no place on the screen: zero-width blanks, marks of direction, byte order marks.
UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)

_WITHOUT = dict.fromkeys(map(ord, UNSEEN))
_QUOTES = ("'", "\u2018", "\u2019", "`")


def plain(text: str) -> str:
    """The value of a cell: full-width signs made plain, blanks single, `'5` and `="5"` without what guards them.

    For numbers, times and ids; in words a joiner has a meaning, so they keep theirs.

    >>> plain('="7658657266417994504"')
    '7658657266417994504'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_WITHOUT))
    text = " ".join(text.split())
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        text = text[2:-1].strip()
    return text[1:].lstrip() if text.startswith(_QUOTES) else text


def bare(text: str) -> bool:
    """Whether `plain` surely changes nothing but blanks: most cells, asked quickly."""
    return text.isascii() and text[:1] not in ("'", "=", "`")
