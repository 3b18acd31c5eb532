"""Whose slides: names, logo and colour, and how long a text may be in a box."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: Of the size of the letters: what a line takes, and an ordinary letter, wide sign and capital.
_LINE, _NARROW, _WIDE, _CAPITAL = 1.45, 0.58, 1.05, 0.75
COLOUR = "1F4E79"


@dataclass(frozen=True)
class DeckLook:
    """The agency that shows the slides, its colour as RRGGBB, and a logo (the bytes of a PNG or JPEG)."""

    agency: str = ""
    colour: str = COLOUR
    logo: bytes | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9A-Fa-f]{6}", self.colour):
            raise ValueError(f"colour '{self.colour}': write six hex digits, like {COLOUR}")


def width_of(text: str) -> float:
    """About how wide a text is, in sizes of its letters; never less than it is in the usual fonts."""
    return sum(_sign(each) for each in text)


def _sign(sign: str) -> float:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF" or ord(sign) > 0x1F000:
        return _WIDE
    return _CAPITAL if sign.isupper() or sign in "%&@mwMW" else _NARROW


def lines_of(text: str, size: float, wide: float) -> int:
    """How many lines of `wide` points a text takes, a word that is longer than a line broken."""
    total = 0
    for part in text.split("\n"):
        lines, used = 1, 0.0
        for word in re.findall(r"\S+\s*", part):
            needed = width_of(word.rstrip()) * size
            if used and used + needed > wide:
                lines, used = lines + 1, 0.0
            while needed > wide:
                lines, needed = lines + 1, needed - wide * 0.9
            used += needed + (len(word) - len(word.rstrip())) * _NARROW * size
        total += lines
    return total


def fitted(texts: list[str], wide: float, tall: float, largest: float, smallest: float) -> tuple[float, list[str]]:
    """The largest size at which the paragraphs fit into a box in points, and the paragraphs.

    Where even the smallest is too large, the longest paragraph is cut, then the last ones are left out.
    """

    def height(size: float, of: list[str]) -> float:
        return sum(lines_of(each, size, wide) * size * _LINE + size * 0.4 for each in of)

    size = largest
    while size > smallest and height(size, texts) > tall:
        size -= 1.0
    kept = list(texts)
    while kept and height(size, kept) > tall:
        longest = max(range(len(kept)), key=lambda each: len(kept[each]))
        if len(kept[longest]) > 60:
            kept[longest] = f"{kept[longest][: int(len(kept[longest]) * 0.8)].rstrip(' …')}…"
        elif len(kept) > 1:
            kept.pop()
        else:
            kept[0] = f"{kept[0][: max(len(kept[0]) - 6, 1)].rstrip(' …')}…"
            if len(kept[0]) <= 2:
                break
    return size, kept


def cut(text: str, wide: float) -> str:
    """One line of at most `wide` sizes of its letters."""
    text = " ".join(text.split())
    if width_of(text) <= wide:
        return text
    while text and width_of(text) + 1.0 > wide:
        text = text[:-1]
    return f"{text.rstrip()}…"
