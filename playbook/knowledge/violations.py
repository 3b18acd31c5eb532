"""Which type of violation do these words name? What people write of a notice, matched to the types of violations.yaml.

Spelling, accents, word order and language differ, so words are compared by edit distance (Damerau 1964, optimal string
alignment). Every word of a phrase must be found; the phrase with most letters found decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from playbook.language.fields import Spoken

from .facts import Fact, Text
from .reader import Strict, Words

#: Scripts that are written without spaces between words: Thai, Han, Hiragana and Katakana.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+")
#: Thai vowels that stand above and below a letter: no accents, though Unicode counts them among its marks.
_THAI_VOWELS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e4d")
_WORD = re.compile(r"(?:[^\W_]|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])+")
#: Words that a phrase can do without, where two others are left.
_SMALL = frozenset(
    "a an the of in on to for and is yang di ke dari dan o os as do da dos das de el la los las del".split()
)
#: Letters found of a word that differs by a slip, and of one that differs by its accents alone.
_SLIP, _ACCENT = 0.85, 0.97
#: Words of a phrase that stand side by side and in order say a little more.
_SIDE_BY_SIDE = 0.5
_LONGEST = 300
#: Words up to the first length must be spelt right; from the second on two slips are let pass.
_SHORT, _TWO_SLIPS = 4, 9
#: So many signs of a script without spaces are a word that may lose its tone marks.
_TELLING = 4
#: Two unknown texts are one type when they differ by at most so large a part of their letters.
_ALIKE = 0.2


def _words(value: object) -> object:
    """A word alone that YAML reads as another type (no, on, 1) stays what was written."""
    return [str(each) for each in value] if isinstance(value, list) else value


class ViolationType(Strict):
    """A type of violation: what it is called, how people write it, what is known of it."""

    label: Words
    plain: Words = Field(description="What happened, in one sentence.")
    market: Text = Field("any", description="Where it is a type of its own: US, SEA ...; any for everywhere.")
    words: dict[str, Annotated[list[Text], BeforeValidator(_words)]] = Field(
        description="Phrases by language. All words of a phrase must occur; a star ends a stem: mislead*."
    )
    facts: list[Fact] = Field(default_factory=list)


class Repeats(Strict):
    """How many of one type in how many days are too many, and how long one may appeal."""

    market: Text
    who: Literal["creators", "sellers", "everybody"]
    times: int = Field(gt=0)
    days: int = Field(gt=0)
    appeal_days: int = Field(gt=0)
    fact: Fact


class Violations(Strict):
    """content/violations.yaml."""

    version: Literal[1] = 1
    types: dict[str, ViolationType] = Field(default_factory=dict)
    repeats: list[Repeats] = Field(default_factory=list)
    standing: list[Fact] = Field(default_factory=list, description="What a market counts: points, a rating.")
    where: Annotated[str, Spoken()] = Field("", description="Where to look for a rule whose address is not known.")


@dataclass(frozen=True)
class _Phrase:
    """One phrase: its words with and without accents, whether each is a stem, and the type it names."""

    type: str
    words: tuple[tuple[str, str, bool], ...]

    @cached_property
    def initials(self) -> frozenset[str]:
        """How its words begin: a slip never changes a first letter, so a text without them cannot hold the phrase."""
        return frozenset(plain[0] for _, plain, _ in self.words)


class Matcher:
    """Names the type of a text, by the words of `types`.

    >>> matcher = Matcher({"price": ViolationType(label="Price", plain="x", words={"en": ["bait pric*"]})})
    >>> matcher.type_of("Bait-pricng in flash sale"), matcher.type_of("something else")
    ('price', None)
    """

    def __init__(self, types: Mapping[str, ViolationType]) -> None:
        self._phrases = tuple(_phrases(types))
        self._ids = frozenset(types)

    @lru_cache(maxsize=2048)  # noqa: B019 - a matcher lives as long as the knowledge it belongs to
    def type_of(self, text: str) -> str | None:
        """The id of the type that `text` names best; None where no phrase is found in it."""
        said = " ".join(text[:_LONGEST].casefold().split())
        if said.replace(" ", "_") in self._ids:
            return said.replace(" ", "_")
        words = tuple(_split(said))
        words += tuple((a[0] + b[0], a[1] + b[1]) for a, b in pairwise(words) if (a[1] + b[1]).isascii())
        begins = {sign for word, plain in words for sign in (plain if _UNSPACED.match(word) else plain[0])}
        best, score = None, 0.0
        for phrase in self._phrases:
            if not phrase.initials <= begins:
                continue
            found = _score(phrase, words)
            if found > score + 1e-9:
                best, score = phrase.type, found
        return best

    def key(self, text: str | None) -> str | None:
        """What two texts of one type share: the type's id, else the text itself without case, accents and signs."""
        if not (text or "").strip():
            return None
        return self.type_of(text or "") or _plain(text or "")

    def same(self, one: str | None, other: str | None) -> bool:
        """Whether two texts name one type; texts of no known type do when hardly a letter differs."""
        keys = self.key(one), self.key(other)
        if None in keys:
            return False
        first, second = str(keys[0]), str(keys[1])
        if first == second or first in self._ids or second in self._ids:
            return first == second
        first, second = (" ".join(sorted(each.split())) for each in (first, second))
        return distance(first, second) <= _ALIKE * max(len(first), len(second))


def _phrases(types: Mapping[str, ViolationType]) -> Iterator[_Phrase]:
    for name, each in types.items():
        for phrases in [*each.words.values(), [each.label]]:
            for phrase in phrases:
                words = tuple(_words_of(phrase.casefold()))
                if words:
                    yield _Phrase(name, words)


def _words_of(phrase: str) -> list[tuple[str, str, bool]]:
    parts = [(*each, part.endswith("*")) for part in phrase.split() for each in _split(part.rstrip("*"))]
    telling = [each for each in parts if each[1] not in _SMALL]
    return telling if len(telling) > 1 else parts


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Words with and without their accents; a stretch of an unspaced script is one word."""
    for part in _WORD.findall(text):
        for piece in [*_UNSPACED.findall(part), *_UNSPACED.sub(" ", part).split()]:
            if plain := _plain(piece):
                yield piece, plain


def _plain(text: str) -> str:
    """Without case, accents and signs: `Giá-ảo` is `gia ao`. Thai loses its tone marks and keeps its vowels."""
    wide = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    bare = "".join(sign for sign in wide if unicodedata.category(sign) != "Mn" or sign in _THAI_VOWELS)
    return " ".join(_WORD.findall(bare))


def _score(phrase: _Phrase, said: tuple[tuple[str, str], ...]) -> float:
    """Letters of the phrase that are found in the text; 0 where one of its words is not."""
    total, places = 0.0, []
    for word, plain, stem in phrase.words:
        best, place = 0.0, -1
        for at, (other, other_plain) in enumerate(said):
            found = _found(word, plain, stem, other, other_plain)
            if found > best and at not in places:
                best, place = found, at
        if best == 0.0:
            return 0.0
        total += best
        places.append(place)
    side_by_side = len(places) > 1 and all(b == a + 1 for a, b in pairwise(places))
    return total + (_SIDE_BY_SIDE if side_by_side else 0.0)


def _found(word: str, plain: str, stem: bool, other: str, other_plain: str) -> float:
    """Letters of a phrase's word found in a word of the text: all, nearly all, or none."""
    if _UNSPACED.match(word):
        if not _UNSPACED.match(other):
            return 0.0
        return _inside(plain, other_plain) if len(plain) >= _TELLING or word in other else 0.0
    if word == other or (stem and other.startswith(word)):
        return float(len(plain))
    alike = plain == other_plain or (stem and other_plain.startswith(plain))
    if alike and (other == other_plain or len(plain) > _SHORT):  # accents that were typed tell short words apart
        return _ACCENT * len(plain)
    allowed = _slips(len(plain) - stem)
    shortest = len(plain) - (len(plain) >= _TWO_SLIPS) if stem else 0
    if not allowed or plain[0] != other_plain[0] or len(other_plain) < shortest:
        return 0.0
    parts = [other_plain[: len(plain) + more] for more in (-1, 0, 1)] if stem else [other_plain]
    if any(abs(len(each) - len(plain)) <= allowed and distance(plain, each) <= allowed for each in parts):
        return _SLIP * len(plain)
    return 0.0


def _slips(length: int) -> int:
    """Typing mistakes that a word of so many letters may have and still be itself."""
    return 0 if length <= _SHORT else 1 if length < _TWO_SLIPS else 2


def _inside(phrase: str, text: str) -> float:
    """The same for scripts without spaces: inside the text, with a slip in a longer phrase. A sign weighs double."""
    weight = 2.0 * len(phrase)
    if phrase in text:
        return weight
    slips = 0 if len(phrase) < 6 else 1 if len(phrase) < 12 else 2
    for more in range(-slips, slips + 1):
        size = len(phrase) + more
        for at in range(max(0, len(text) - size + 1)):
            part = text[at : at + size]
            if slips and part[0] == phrase[0] and distance(phrase, part) <= slips:
                return _SLIP * weight
    return 0.0


def distance(one: str, other: str) -> int:
    """Slips between two words: letters left out, put in, changed, or two neighbours swapped (Damerau 1964).

    >>> distance("counterfeit", "counterfiet"), distance("price", "pric")
    (1, 1)
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        now = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
