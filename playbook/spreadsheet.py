"""What leaves as CSV: one writer, and no cell that the spreadsheet which opens it would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: A spreadsheet takes text that begins so for a formula, a separator or a command, and may run it.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
#: What some spreadsheets skip before they look: blanks, and marks that nobody sees.
_SKIPPED = " \u00a0\u3000\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
_NARROW = str.maketrans("＝＋－＠｜％", "=+-@|%")
#: Spreadsheets keep fifteen digits.
_DIGITS_KEPT = 15


def no_formula(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one that begins like it gets an apostrophe in front.

    Also behind leading blanks and unseen marks, and for signs in full width.
    (https://owasp.org/www-community/attacks/CSV_Injection)

    >>> no_formula("=1+1"), no_formula("1 + 1 = 2")
    ("'=1+1", '1 + 1 = 2')
    """
    bare = text.lstrip(_SKIPPED)
    return f"'{text}" if text.startswith(_RUN) or bare[:1].translate(_NARROW) in (_RUN if bare else ()) else text


def harmless(text: str) -> str:
    """As `no_formula`; a long run of digits (a Room ID) gets an apostrophe too, since a spreadsheet would round it."""
    return f"'{text}" if text.isdigit() and len(text) > _DIGITS_KEPT else no_formula(text)


def csv_text(rows: Iterable[Sequence[str]], line_end: str = "\r\n", mark: bool = False) -> str:
    """Rows as CSV (RFC 4180). Cells are written as they are: guard text of a file or a person with `harmless`.

    `mark` puts the byte order mark in front by which Excel knows UTF-8.

    >>> csv_text([["name", "note"], ["Kemeja", 'says "hi", twice']], line_end="|")
    'name,note|Kemeja,"says ""hi"", twice"|'
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=line_end).writerows(rows)
    return ("\ufeff" if mark else "") + out.getvalue()
