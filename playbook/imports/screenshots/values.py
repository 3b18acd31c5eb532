"""What in a picture is a value, and as what it is meant where the reader changed it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from playbook.imports.cells.lengths import durations
from playbook.imports.cells.time_words import LENGTHS
from playbook.imports.cells.values import numbers
from playbook.imports.pasted.dashboard import shape_of

from .labels import as_read

#: A change against another LIVE behind a value on its line: `4.970 +12,3%`, `↑ 12%`, `vs 4,100`.
_BEHIND = re.compile(r"\s{1,20}(?:[+\-−–↑↓▲▼△▽(]|vs\b).*", re.IGNORECASE | re.DOTALL)
_CLOCK = re.compile(r"\d{1,3}:\d{2}(?::\d{2})?")
#: Letters that a reader takes for digits.
_MISREAD = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
_DIGITS_MOSTLY = re.compile(r"[\dOolI|SB.,]+[%KkMm]?")
_WORDS = re.compile(r"[^\W\d_]+")
#: The sign of the dong comes out as one of these.
_DONG = re.compile(r"(?<=\d)\s?[dđ₫]$")


@dataclass(frozen=True)
class Value:
    """A text that is a value; `shape` is count, percent, money, length, clock or blank; `sure` as it was read."""

    text: str
    shape: str
    sure: bool = True


def value(text: str, currency: str | None) -> Value | None:
    """A line of a picture as a value; None when it is none. `currency` is that of the shop."""
    text = _BEHIND.sub("", text.strip()).strip() or text.strip()
    if currency == "VND" and _DONG.search(text):
        return _as_dong(text)
    found = _plainly(text)
    if found is not None:
        return found
    if _DIGITS_MOSTLY.fullmatch(text) and any(sign.isdigit() for sign in text):
        guessed = _plainly(text.translate(_MISREAD))
        return None if guessed is None else Value(guessed.text, guessed.shape, sure=False)
    return None


def _as_dong(text: str) -> Value | None:
    bare = _DONG.sub("", text)
    return Value(f"{bare} ₫", "money") if numbers([bare], "money", currency="VND").values[0] is not None else None


def _plainly(text: str) -> Value | None:
    if _CLOCK.fullmatch(text):
        return Value(text, "clock")
    shape = shape_of(text)
    if shape:
        return Value(text, shape)
    whole = spelled(text)
    if whole != text and durations([whole], short=True).values[0] is not None:
        return Value(whole, "length")
    return None


def spelled(text: str) -> str:
    """A length with its units as they are written.

    >>> spelled("2 gi 7 phút")
    '2 giờ 7 phút'
    """
    return _WORDS.sub(lambda word: _lost().get(word[0].casefold(), word[0]), text)


@cache
def _lost() -> dict[str, str]:
    """Units of time as they come out of the reader: `gi` is `giờ`."""
    return {short: word for word in LENGTHS if (short := as_read(word)) != word and short not in LENGTHS}
