"""Find strategies by what a seller types: a symptom in plain words, a metric in any language, a tool, a title.

Words are compared without case, width and English endings, and by what they mean where `content/words/search.yaml`
says so. Words that are in every complaint ("nobody", "viewers") are left out of it. A strategy is found when it has
all others that are a symptom, a metric, a title or a tool somewhere; where none has all, those that have half of them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from .column_words import built_in as column_words
from .load import CONTENT, Knowledge
from .metrics import Metric, Ratio
from .reader import Strict, read
from .strategies import Strategy

BUILT_IN: Path = CONTENT / "words" / "search.yaml"
#: What a word counts, by where it stands. A symptom that is met as a whole counts so much more.
SYMPTOM, METRIC, TITLE, TOOL, SIDE, SUMMARY, REST = 8.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0
WHOLE = 12.0
#: As typed: longer is not read. What is typed letter by letter finds from so many on what begins so.
LONGEST, BEGINS = 200, 3

#: Signs of a text of a strategy; what is typed is cut before.
_MOST = 20_000
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = re.compile(r"(?<=.{3})(?:ing|ers|ed|er)$")


class SearchWords(Strict):
    """content/words/search.yaml."""

    version: int
    left_out: str = Field(description="Words that say nothing of the step, with blanks between them.")
    same: list[list[str]] = Field(description="Groups of words for one thing; the first stands for all.")


def words(text: str) -> list[str]:
    """The words of a text, without case, width, accents and apostrophes.

    >>> words("They DON'T follow")
    ['they', 'dont', 'follow']
    """
    plain = unicodedata.normalize("NFKD", text[:_MOST].casefold())
    return _WORD.findall(
        "".join(sign for sign in plain if sign not in _APOSTROPHES and not unicodedata.combining(sign))
    )


def stem(word: str) -> str:
    """A word without its English ending; other scripts stay.

    >>> [stem(each) for each in ("followers", "stopped", "prices", "sharing", "buy")]
    ['follow', 'stop', 'pric', 'shar', 'buy']
    """
    if not word.isascii() or len(word) < 4:
        return word
    short = word if word.endswith("ss") else word.removesuffix("s")
    cut = _ENDINGS.sub("", short)
    if cut != short and len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "aeiou":
        cut = cut[:-1]
    return cut.removesuffix("e") if len(cut) > 3 else cut


@dataclass(frozen=True)
class Term:
    """One word that is searched for: as typed, and what it stands for."""

    typed: str
    means: str


@dataclass(frozen=True)
class Lexicon:
    """How words are read: which are left out, and which mean the same, by stem."""

    left_out: frozenset[str]
    same: Mapping[str, str]

    def means(self, word: str) -> str:
        found = stem(word)
        return self.same.get(found, found)

    def terms(self, text: str) -> list[Term]:
        """What is searched for; where only words stand that say nothing, those."""
        every = [Term(each, self.means(each)) for each in words(text[:LONGEST])]
        return [each for each in every if each.typed not in self.left_out] or every


@cache
def lexicon() -> Lexicon:
    """The words that come with the package. A broken file is a broken package: it raises."""
    found, _, problems = read(BUILT_IN, SearchWords)
    if found is None:
        raise ValueError("; ".join(map(str, problems)))
    same = {stem(word): stem(group[0]) for group in found.same for each in group for word in words(each)}
    return Lexicon(frozenset(words(found.left_out)), same)


@dataclass(frozen=True)
class Place:
    """Words that stand somewhere in a strategy: what they mean, as they are written, and what they count."""

    weight: float
    text: str
    typed: frozenset[str]
    means: frozenset[str]

    def has(self, term: Term) -> bool:
        if term.means in self.means:
            return True
        if not term.typed.isascii():
            return term.typed in self.text
        return len(term.typed) >= BEGINS and any(each.startswith(term.typed) for each in self.typed)


@dataclass(frozen=True)
class Hit:
    """A strategy that was found, and the symptom of it that fits what was typed."""

    strategy: str
    score: float
    symptom: str | None


@dataclass(frozen=True)
class Index:
    """The strategies of a playbook as the search reads them."""

    places: Mapping[str, Sequence[Place]]
    symptoms: Mapping[str, Sequence[tuple[str, frozenset[str]]]]

    def find(self, text: str) -> list[Hit]:
        """What fits, the best first. Everything there is, in its order, where nothing is typed."""
        terms = list(dict.fromkeys(lexicon().terms(text)))
        if not terms:
            return [Hit(name, 0.0, None) for name in self.places]
        had = {name: [self._best(places, each) for each in terms] for name, places in self.places.items()}
        rare = [1 + math.log(len(had) / (1 + sum(each[at] > 0 for each in had.values()))) for at in range(len(terms))]
        asked = [at for at in range(len(terms)) if any(each[at] >= SIDE for each in had.values())] or range(len(terms))
        parts = {name: sum(each[at] > 0 for at in asked) / len(asked) for name, each in had.items()}
        whole = [name for name, part in parts.items() if part == 1]
        half = [name for name, part in parts.items() if part >= 0.5]
        hits = [self._hit(name, terms, had[name], rare) for name in whole or half]
        return sorted(hits, key=lambda each: -each.score)

    def _hit(self, name: str, terms: Sequence[Term], had: Sequence[float], rare: Sequence[float]) -> Hit:
        wanted = frozenset(each.means for each in terms)
        likeness, symptom = max(
            ((_alike(wanted, means), said) for said, means in self.symptoms[name]), default=(0.0, "")
        )
        score = sum(weight * times for weight, times in zip(had, rare, strict=True)) / len(terms) + WHOLE * likeness
        return Hit(name, score, symptom if likeness > 0.5 else None)

    def _best(self, places: Sequence[Place], term: Term) -> float:
        return max((each.weight for each in places if each.has(term)), default=0.0)


def _alike(wanted: frozenset[str], there: frozenset[str]) -> float:
    """Of the words of two sentences the part that both have, 0 to 1 (Dice 1945)."""
    return 2 * len(wanted & there) / (len(wanted) + len(there)) if there else 0.0


def index_of(knowledge: Knowledge) -> Index:
    """The index of all strategies that are not retired, in the order of the playbook."""
    shown = [each for each in knowledge.strategies.values() if each.status != "retired"]
    return Index(
        {each.id: [_place(weight, texts) for weight, texts in _texts(each, knowledge)] for each in shown},
        {each.id: [(said, _means(said)) for said in each.symptoms] for each in shown},
    )


def _texts(strategy: Strategy, knowledge: Knowledge) -> list[tuple[float, Iterable[str]]]:
    first, *others = strategy.metrics
    tools = [knowledge.tools[each] for each in strategy.tools if each in knowledge.tools]
    said = [line for lines in (strategy.say or {}).values() for line in lines]
    return [
        (SYMPTOM, strategy.symptoms),
        (METRIC, _names(first, knowledge)),
        (TITLE, [strategy.title, strategy.id.replace("_", " ")]),
        (TOOL, [each.label for each in tools]),
        (SIDE, [name for each in others for name in _names(each, knowledge)]),
        (SUMMARY, [strategy.summary]),
        (
            REST,
            [*(each.step for each in strategy.do), *said, *(each.fact for each in strategy.facts), strategy.dimension],
        ),
    ]


def _names(metric: str, knowledge: Knowledge) -> list[str]:
    """Every name of a metric: ours, the platform's, and those that exports and sheets print in other languages."""
    found = knowledge.metrics.get(metric)
    if found is None:
        return []
    columns = column_words().columns
    listed = [word for name in (metric, counted(found)) for by in columns.get(name, {}).values() for word in by]
    return [metric.replace("_", " "), found.label, found.short, found.step, *found.platform_names, *listed]


def counted(metric: Metric) -> str:
    """The count that stands for a metric in a sheet: what is counted, not what it is divided by."""
    return metric.numerator if isinstance(metric, Ratio) else metric.value


def _place(weight: float, texts: Iterable[str]) -> Place:
    text = " · ".join(texts)
    joined = words(text)
    return Place(weight, " ".join(joined), frozenset(joined), frozenset(map(lexicon().means, joined)))


def _means(text: str) -> frozenset[str]:
    return frozenset(each.means for each in lexicon().terms(text))
