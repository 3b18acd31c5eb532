"""Text as units that can be compared: words, and in writing without blanks runs of characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Writing without blanks between words, and how many characters make a unit of it.
_HAN, _THAI = r"\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff", r"\u0e00-\u0e7f\u0e80-\u0eff\u1780-\u17ff"
_PIECE = re.compile(rf"[{_HAN}]+|[{_THAI}]+|[^\W_]+")
_RUN = {"han": re.compile(rf"[{_HAN}]"), "thai": re.compile(rf"[{_THAI}]")}
_SIZE = {"han": 2, "thai": 2}
#: Signs over and under Thai letters: recognisers drop and swap them.
_MARKS = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def units(text: str) -> list[str]:
    """
    >>> units("Siga a gente, já!")
    ['siga', 'a', 'gente', 'ja']
    >>> units("点击关注")
    ['点击', '击关', '关注']
    """
    return [unit for piece in _PIECE.findall(_plain(text)) for unit in _split(piece)]


def _plain(text: str) -> str:
    """Without case, accents and the forms of one and the same letter."""
    spread = unicodedata.normalize("NFKD", text.casefold()).replace("'", "").replace("\u2019", "")
    bare = "".join(sign for sign in spread if unicodedata.combining(sign) == 0 or _RUN["thai"].match(sign))
    return _MARKS.sub("", bare)


def _split(piece: str) -> list[str]:
    kind = next((name for name, known in _RUN.items() if known.match(piece)), None)
    if kind is None:
        return [piece]
    size = _SIZE[kind]
    return [piece[at : at + size] for at in range(len(piece) - size + 1)] or [piece]


@lru_cache(maxsize=60_000)
def pairs(word: str) -> frozenset[str]:
    """Neighbouring letters of a word, its ends marked, by which words that were heard a little wrong are alike."""
    marked = f"^{word}$"
    return frozenset(marked[at : at + 2] for at in range(len(marked) - 1))


def alike(one: str, other: str) -> float:
    """Dice coefficient of the pairs of letters, 0 to 1.

    >>> alike("follow", "follow"), alike("follow", "folow") > 0.7, alike("follow", "colour") < 0.5
    (1.0, True, True)
    """
    a, b = pairs(one), pairs(other)
    return 2 * len(a & b) / (len(a) + len(b))
