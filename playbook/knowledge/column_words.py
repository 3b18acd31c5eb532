"""The model of content/words/headers.yaml: what words above columns and beside numbers mean, in many languages.

A profile says what one layout prints; these words belong to no layout.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from playbook.currencies import currency_of
from playbook.language import pgettext

from .exports import COUNT_FIELDS, MONEY_FIELDS, normalise_header
from .reader import Problem, Strict, read
from .spelling import halves

BUILT_IN = Path(__file__).parent.parent / "content" / "words" / "headers.yaml"

Language = Literal["en", "id", "vi", "th", "ms", "pt", "es", "zh", "de", "fr", "it", "ja", "ko"]

#: When a LIVE was, and how long. `date` and `clock` together are `start`; a length may have its unit in its name.
TIMES = ("date", "clock", "start", "end", "duration", "duration_minutes", "duration_hours", "duration_seconds")
#: What says which LIVE a row is.
NAMES = ("session_id", "title", "host", "creator", "currency")
#: Printed rates, and money by hour, order or thousand.
RATES = (
    "err", "ctr", "product_ctr", "ctor", "comment_rate", "follow_rate", "share_rate", "like_rate",
    "show_gpm", "watch_gpm", "gmv_per_hour", "gmv_per_order", "impressions_per_hour",
)  # fmt: skip
MONEY_RATES = ("show_gpm", "watch_gpm", "gmv_per_hour", "gmv_per_order")
#: `number` counts rows; `kept` is known and not needed.
KEPT = ("number", "kept")
MEANINGS = (*TIMES, *NAMES, *COUNT_FIELDS, *RATES, *KEPT)

#: What is said of a column where its name alone would not be understood.
_SAID = {
    "date": "the day of the LIVE", "clock": "the time it began", "start": "when it began", "end": "when it ended",
    "duration": "length", "duration_minutes": "length in minutes",
    "duration_hours": "length in hours", "duration_seconds": "length in seconds",
    "session_id": "LIVE id", "creator": "account", "sku_orders": "SKU orders", "gmv": "GMV",
    "orders_paid": "orders, kind not said", "orders_main": "main orders (baskets)",
    "gmv_direct": "direct GMV", "gmv_attributed": "attributed GMV", "gmv_gross": "gross revenue, not used as GMV",
    "gmv_indirect": "indirect GMV", "sku_orders_attributed": "attributed SKU orders", "ads_gmv": "GMV from ads",
    "avg_viewing_seconds": "average viewing time", "peak_viewers": "most viewers at once",
    "avg_viewers": "viewers on average", "err": "ERR (views per impression)",
    "ctr": "CTR of the LIVE (clicks per view)", "product_ctr": "CTR of products (clicks per product impression)",
    "ctor": "CTOR (orders per click)", "show_gpm": "Show GPM", "watch_gpm": "Watch GPM", "gmv_per_hour": "GMV per hour",
    "gmv_per_order": "GMV per order", "number": "a number of the row, not used", "kept": "not used",
}  # fmt: skip

_BRACKETS = re.compile(r"^(.*?\S|)\s*+[(\[（【]([^()\[\]（）【】]*+)[)\]）】]\s*+$")
_IN_WORDS = re.compile(r"^(.+?)(?:,? (?:in|en|em|dalam|by) |, ?|/)(\S+)$")


#: What a person answers about the rows of a sheet: they are LIVEs, in which order, or none.
ANSWERS = ("LIVEs", "oldest first", "newest first", "not LIVEs")
#: For translators: what the words of `said` are.
CONTEXT = "what a column of a sheet holds"


def said(meaning: str) -> str:
    """A meaning in words, in the language in force: `new_followers` is "new followers"."""
    return pgettext(CONTEXT, _english(meaning))


def _english(meaning: str) -> str:
    return _SAID.get(meaning) or meaning.replace("_", " ")


def every_word() -> list[str]:
    """The English of all that `said` says."""
    return list(dict.fromkeys(map(_english, (*MEANINGS, *ANSWERS))))


class Doubt(Strict):
    """Words that may mean several things."""

    means: list[str] = Field(description="Our words, the likeliest first.")
    words: dict[Language, list[str]]


class Headers(Strict):
    """All words. The same word may stand in several languages under one meaning, never under two."""

    version: int
    columns: dict[str, dict[Language, list[str]]] = Field(description="Our word for a column: how it is written.")
    doubtful: dict[str, Doubt]
    others: list[str] = Field(description="Headers of tables that are no list of LIVEs.")
    fronts: list[str] = Field(description="Words before a name that change nothing.")
    clocks: list[str] = Field(description="Words behind a day or a time of day that say whose clock it is.")
    counted_in: list[str] = Field(description="Words behind a name that say what is counted.")
    scales: dict[str, int] = Field(description="Behind the name of a money column: so many times larger.")

    @model_validator(mode="after")
    def _known(self) -> Headers:
        named = [*self.columns, *(each for doubt in self.doubtful.values() for each in doubt.means)]
        wrong = sorted({each for each in named if each not in MEANINGS})
        if wrong:
            raise ValueError(f"not a column: {', '.join(wrong)}")
        seen: dict[str, str] = {}
        for name, word, _ in self._all():
            if seen.setdefault(word, name) != name:
                raise ValueError(f"'{word}' stands under {seen[word]} and under {name}")
        return self

    def _all(self) -> list[tuple[str, str, str]]:
        sure: list[tuple[str, str, str]] = [
            (name, normalise_header(word), language)
            for name, by in self.columns.items()
            for language, words in by.items()
            for word in words
        ]
        return sure + [
            (f"?{name}", normalise_header(word), language)
            for name, doubt in self.doubtful.items()
            for language, words in doubt.words.items()
            for word in words
        ]

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Normalised word: our word, with `?` before the name of a doubt."""
        return {word: name for name, word, _ in self._all()}

    @cached_property
    def languages(self) -> Mapping[str, frozenset[str]]:
        """Normalised word: the languages in which it is listed."""
        found: dict[str, set[str]] = {}
        for _, word, language in self._all():
            found.setdefault(word, set()).add(language)
        return {word: frozenset(each) for word, each in found.items()}

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Normalised headers of other tables."""
        return frozenset(map(normalise_header, self.others))

    @cached_property
    def _fronts(self) -> tuple[str, ...]:
        return tuple(sorted((normalise_header(word) for word in self.fronts), key=len, reverse=True))

    @cached_property
    def _counted_in(self) -> frozenset[str]:
        return frozenset(map(normalise_header, self.counted_in))

    def read(self, header: str) -> Word | None:
        """What a header means; None when it is not known. Nothing is matched by likeness.

        >>> built_in().read("live_duration_min").meaning
        'duration_minutes'
        """
        header = header.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        text = normalise_header(header)[:_LONGEST]
        if not text:
            return None
        found = self._whole(text)
        if found is not None and not found.startswith("duration"):
            return self._word(found, text, header)
        for base, unit in _parted(header):
            inner = self._whole(base)
            if inner is None:
                continue
            word = self._with_unit(inner, base, unit)
            if word is not None:
                return word
        return self._in_two_languages(header) if found is None else self._word(found, text, header)

    def _in_two_languages(self, header: str) -> Word | None:
        """What both halves of `Ngày / Date` mean, or the one that is known; None where they mean two things."""
        known = [word for part in halves(header) or () if (word := self.read(part)) is not None]
        if not known:
            return None
        first = next((word for word in known if word.meaning is not None), known[0])
        same = all(
            (each.meaning, each.means) == (first.meaning, first.means) or first.meaning in each.means for each in known
        )
        return first if same else None

    def _whole(self, text: str) -> str | None:
        """Our word for a normalised text, also behind words that change nothing."""
        for _ in range(4):
            hit = self.words.get(text)
            if hit is not None:
                return hit
            front = next((each for each in self._fronts if text.startswith(each) and _cut(text, each)), None)
            if front is None:
                return None
            text = text[len(front) :].lstrip()
        return None

    def _word(self, name: str, text: str, header: str) -> Word:
        currency = _bracket_currency(header) if _money(name) else None
        if currency and name == "?sales":
            name = "gmv"
        languages = self.languages.get(text, frozenset())
        return self._made(name, languages, currency, 1)

    def _made(self, name: str, languages: frozenset[str], currency: str | None, scale: int) -> Word:
        if name.startswith("?"):
            return Word(None, tuple(self.doubtful[name[1:]].means), languages, currency, scale)
        return Word(name, (), languages, currency, scale)

    def _of_moments(self, unit: str) -> bool:
        """Whether what stands behind a day or a time of day says how or on whose clock it is written."""
        return unit in self.clocks or any(pattern.fullmatch(unit) for pattern in (_WRITTEN, _ZONE))

    def _scaled(self, unit: str) -> tuple[int, str]:
        """A scale and the currency that is written behind it without a blank: `万元`, `百万円`."""
        front = next((each for each in self.scales if not each.isascii() and unit.startswith(each)), "")
        return (self.scales[front], unit[len(front) :]) if front else (1, unit)

    def _with_unit(self, name: str, base: str, unit: str) -> Word | None:
        """A name with what stands behind it, when the two go together."""
        languages = self.languages.get(base, frozenset())
        plain = normalise_header(unit).strip(". ")
        if name == "duration" or name.startswith("duration_") or name in _LENGTHS:
            kind = _length_unit(plain)
            if kind is None:
                return self._made("clock", languages, None, 1) if name == "?time" and self._of_moments(plain) else None
            meaning = {"m": "duration_minutes", "h": "duration_hours", "s": "duration_seconds"}[kind]
            if name in ("avg_viewing_seconds", "?watch_time"):
                return self._made(name, languages, None, {"s": 1, "m": 60, "h": 3600}[kind])
            return self._made(meaning, languages, None, 1)
        if name in ("date", "clock", "start", "end"):
            return self._made(name, languages, None, 1) if self._of_moments(plain) else None
        if plain in ("%", "pct", "percent", "in %"):
            rate = name in RATES or name.startswith("?")
            return self._made(name, languages, None, 1) if rate else None
        if _money(name):
            currency, scale = None, 1
            for part in re.split(r"[\s,.]+(?=\D)|(?<=\D)\s+", plain) if plain not in self.scales else [plain]:
                times, rest = (self.scales[part], "") if part in self.scales else self._scaled(part)
                scale *= times
                code = currency_of(rest) if rest else None
                if rest and code is None:
                    return None
                currency = code or currency
            if name == "?sales":
                name = "gmv"
            return self._made(name, languages, currency, scale)
        if plain in self.scales and name in COUNT_FIELDS:
            return self._made(name, languages, None, self.scales[plain])
        return self._made(name, languages, None, 1) if plain in self._counted_in else None


_LONGEST = 80


@dataclass(frozen=True)
class Word:
    """A header that is known: one meaning, or several between which something else decides.

    `currency` and `scale` are what its unit says: `GMV (juta Rp)` is IDR, a million times larger than printed.
    """

    meaning: str | None
    means: tuple[str, ...]
    languages: frozenset[str]
    currency: str | None = None
    scale: int = 1


def _money(name: str) -> bool:
    return name in MONEY_FIELDS or name in MONEY_RATES or name == "?sales"


def _cut(text: str, front: str) -> bool:
    """Whether a front ends where a word does; signs of Chinese and Thai stand without blanks."""
    rest = text[len(front) :]
    return bool(rest.strip()) and (rest[0] == " " or not front.isascii() or front.endswith("#"))


def _parted(header: str) -> list[tuple[str, str]]:
    """Ways to part a header into a normalised name and the unit behind it."""
    found: list[tuple[str, str]] = []
    text = header.replace("_", " ")
    if match := _BRACKETS.match(text[:_LONGEST]):
        found.append((normalise_header(match[1]), match[2]))
    plain = normalise_header(text)[:_LONGEST]
    if match := _IN_WORDS.match(plain):
        found.append((match[1], match[2]))
    head, _, tail = plain.rpartition(" ")
    if head:
        found.append((head, tail))
    return found


def _bracket_currency(header: str) -> str | None:
    match = _BRACKETS.match(header[:_LONGEST])
    return currency_of(match[2]) if match else None


_UNITS = {
    "h": (
        "h hr hrs hour hours jam giờ tiếng ชั่วโมง ชม horas hora std stunden stunde heures heure ore ora "
        "小时 小時 時間 시간"
    ),
    "m": "m min mins minute minutes mnt menit minit phút นาที minutos minuto minuten minuti 分 分钟 分鐘 분",
    "s": "s sec secs second seconds detik saat giây วินาที segundos segundo sek sekunden secondes secondi 秒 초",
}  # fmt: skip
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}


#: What may carry a unit of time.
_LENGTHS = ("avg_viewing_seconds", "?watch_time", "?time")


#: How a date or a time of day is written: `dd/mm/yyyy`, `TT.MM.JJJJ`, `hh:mm`, `24h`.
_WRITTEN = re.compile(r"(?:[dmyhsatjg]{1,4}[/.: -])+[dmyhsatjg]{1,4}|(?:24|12) ?h(?:ours?)?|local(?: time)?")
_ZONE = re.compile(r"(?:utc|gmt) ?(?:[+\-−] ?\d{1,2}(?::?\d\d)?)?")
_MONTH_FIRST, _DAY_FIRST = re.compile(r"\bm{1,2}[/.-]d{1,2}\b"), re.compile(r"\b[dtjg]{1,2}[/.-]m{1,2}\b")


def written_day_first(header: str) -> bool | None:
    """What a header says of the order of day and month: `Date (MM/DD)`; None where it says nothing.

    >>> written_day_first("Tanggal (dd/mm/yyyy)")
    True
    """
    text = header[:_LONGEST].casefold()
    return False if _MONTH_FIRST.search(text) else True if _DAY_FIRST.search(text) else None


def _length_unit(text: str) -> str | None:
    return _UNIT_OF.get(text.removeprefix("in ").strip())


@cache
def built_in() -> Headers:
    """The words that come with the package. A broken file is a broken package: it raises."""
    headers, problems = load_headers(BUILT_IN)
    if headers is None:
        raise ValueError("; ".join(map(str, problems)))
    return headers


def load_headers(path: Path) -> tuple[Headers | None, list[Problem]]:
    """The words of a file, and what was wrong with it."""
    headers, _, problems = read(path, Headers)
    return headers, problems
