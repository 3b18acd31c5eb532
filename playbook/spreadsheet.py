"""What leaves as CSV: one writer, and no cell that the spreadsheet which opens it would run."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

#: A spreadsheet takes text that begins so for a formula, a separator or a command, and may run it.
_RUN = frozenset("=+-@|%")
_BEGIN = ("\t", "\r", "\n")
#: Where a cell begins anew for a spreadsheet that separates columns by semicolons, as in most of Europe and Asia, and
#: so takes the quotes inside a line for signs.
_ANEW = re.compile(r"([;\t\r\n]+)")
_NARROW = str.maketrans("＝＋－＠｜％", "=+-@|%")
#: Spreadsheets keep fifteen digits.
_DIGITS_KEPT = 15


def no_formula(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one that begins like it gets an apostrophe in front.

    Also behind blanks and unseen marks, for signs in full width, and behind a sign at which some spreadsheets begin
    another cell. (https://owasp.org/www-community/attacks/CSV_Injection)

    >>> no_formula("=1+1"), no_formula("1 + 1 = 2"), no_formula("Sale;=1+1")
    ("'=1+1", '1 + 1 = 2', "Sale;'=1+1")
    """
    guarded = "".join(f"'{each}" if _runs(each) else each for each in _ANEW.split(text))
    return f"'{guarded}" if text.startswith(_BEGIN) else guarded


def _runs(text: str) -> bool:
    """Whether it begins like a formula. Spreadsheets skip blanks and marks that nobody sees before they look."""
    seen = next((each for each in text if unicodedata.category(each)[0] not in "ZC"), "")
    return seen.translate(_NARROW) in _RUN


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
