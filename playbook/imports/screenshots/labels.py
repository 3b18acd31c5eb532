"""What a label in a picture means, though the reader lost its marks, blanks or end.

The words are those of `words/headers.yaml` and of the known layouts. The reader's models leave out letters that they do
not know, nearly all of Vietnamese with two marks, so words are compared as they come out of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from playbook.imports.pasted.dashboard import WANTED
from playbook.knowledge.column_words import Headers

#: Of a length or a start, which a picture shows beside the counts.
TIMED = ("duration", "duration_minutes", "start")
#: Fewer signs of a label that is cut say too little.
_LEAST_CUT = 6
#: One wrong sign in so many is a slip of the reader; below this length none is.
_PER_SLIP, _LEAST_NEAR = 8, 5
_CUT = ("…", "...", "..")


@dataclass(frozen=True)
class Label:
    """What a label may mean, the likeliest first; `sure` when it was read as it is written."""

    means: tuple[str, ...]
    sure: bool = True


class Vocabulary:
    """The labels of every language at once; `extra` are further ones, normalised, with the count each means."""

    def __init__(self, headers: Headers, extra: Mapping[str, str]) -> None:
        self._headers, self._extra = headers, extra

    @cached_property
    def _by_bones(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for word, name in (*self._headers.words.items(), *self._extra.items()):
            means = tuple(self._headers.doubtful[name[1:]].means) if name.startswith("?") else (name,)
            for form in {bones(word), bones(as_read(word))}:
                if form:
                    found[form] = tuple(dict.fromkeys((*found.get(form, ()), *means)))
        return found

    def read(self, text: str) -> Label | None:
        """The meaning of a text; None when it is no label. Only meanings that have a number in a picture."""
        for part, whole in _tries(text):
            label = self._exact(part) or self._near(part)
            if label is not None:
                kept = tuple(each for each in label.means if each in WANTED or each in TIMED)
                return Label(kept, label.sure and whole) if kept else None
        return self._cut(text)

    def _exact(self, text: str) -> Label | None:
        word = self._headers.read(text)
        if word is not None:
            return Label((word.meaning,) if word.meaning is not None else word.means)
        means = self._by_bones.get(bones(text))
        return None if means is None else Label(means)

    def _near(self, text: str) -> Label | None:
        """The one label that a slip or two away; where labels of two meanings are, none."""
        form = bones(text)
        most = len(form) // _PER_SLIP
        if len(form) < _LEAST_NEAR or not most:
            return None
        return self._nearest(form, most)

    @lru_cache(maxsize=2048)  # noqa: B019 - there is one vocabulary
    def _nearest(self, form: str, most: int) -> Label | None:
        best: dict[tuple[str, ...], int] = {}
        for known, means in self._by_bones.items():
            if abs(len(known) - len(form)) <= most and (far := distance(form, known, most)) <= most:
                best[means] = min(far, best.get(means, most))
        if not best:
            return None
        nearest = min(best.values())
        found = [means for means, far in best.items() if far == nearest]
        if len(found) > 1:
            return Label(tuple(dict.fromkeys(each for means in found for each in means)), sure=False)
        return Label(found[0], sure=nearest == 1 and len(best) == 1 and len(form) >= 2 * _LEAST_NEAR)

    def _cut(self, text: str) -> Label | None:
        """`Porcentagem d…`: the meaning that all labels with this beginning have."""
        if not text.rstrip().endswith(_CUT):
            return None
        form = bones(text)
        means = {each for known, each in self._by_bones.items() if known.startswith(form)}
        names = {name for each in means for name in each if name in WANTED}
        if len(form) < _LEAST_CUT or not names or len(means) > 1:
            return None
        return Label(tuple(each for each in means.pop() if each in WANTED), sure=False)


def _tries(text: str) -> list[tuple[str, bool]]:
    """A text as it stands, then without a lone sign at an end: the drawing of an i in a ring, an arrow."""
    text = text.strip()
    tries = [(text, True)]
    head, _, tail = text.rpartition(" ")
    if head and len(tail) == 1:
        tries.append((head, True))
    first, _, rest = text.partition(" ")
    if rest and len(first) == 1:
        tries.append((rest, True))
    if len(text) > 2 * _LEAST_NEAR and not text[-1].isalnum():
        tries.append((text[:-1], True))
    return tries


def bones(text: str) -> str:
    """A text without what a reader of pictures loses: case, marks, blanks and signs.

    >>> bones("Lượt hiển thị"), bones("Avg. viewing duration")
    ('luothienthi', 'avgviewingduration')
    """
    wide = unicodedata.normalize("NFKC", text).casefold().replace("đ", "d").replace("ı", "i")
    return "".join(sign for sign in unicodedata.normalize("NFD", wide) if sign.isalnum())


def as_read(word: str) -> str:
    """A word without the letters that the models do not know.

    >>> as_read("lượt hiển thị")
    'lưt hin th'
    """
    return "".join(sign for sign in unicodedata.normalize("NFC", word) if not "\u1e00" <= sign <= "\u1eff")


def distance(one: str, other: str, most: int) -> int:
    """Signs to change, add or leave out to make one of the other; `most` + 1 where it is more than `most`."""
    before = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        now = [at]
        for place, against in enumerate(other, 1):
            now.append(min(before[place] + 1, now[-1] + 1, before[place - 1] + (sign != against)))
        if min(now) > most:
            return most + 1
        before = now
    return min(before[-1], most + 1)
