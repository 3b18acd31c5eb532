"""How a printed header is compared: without what programs, people and languages put around it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from playbook.currencies import CURRENCIES, folded

#: A currency in brackets of any kind behind a header: `(Rp)`, `[USD]`, `【R$】`.
_BEHIND = re.compile(r"(?<!\s)\s*+[(\[【]([^()\[\]【】]{1,12})[)\]】]$")
#: What people and programs leave around a header.
_AROUND = " :*.,;'\"`•"
#: Pictures before a word and behind it: emoji, arrows, stars. A degree sign belongs to its word: `N°`.
_PICTURES, _NO_PICTURE = frozenset({"So", "Sk"}), frozenset("°`^")
#: Longer cells are no headers.
_LONGEST = 400
#: Between the two languages of a header.
_BETWEEN = re.compile(r"(?<!\s)\s*(?:[/|\n\r\v\f·•]|\s[-–—]\s)\s*")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]+)[)\]】]$")
#: In brackets these say which of several columns is meant, in any language: `评论 (LIVE)`.
_WHICH = frozenset({"sku", "order", "orders", "live", "video", "creator", "main"})


@lru_cache(maxsize=8192)
def normalise_header(text: str) -> str:
    """A header as it is compared.

    Width, case, spaces, `-`, `_` and dots do not matter, signs that take no place are gone, and so are a currency
    behind it and a colon or star around it. What stands in other brackets stays: `CTOR` and `CTOR (SKU orders)` are
    two columns.

    >>> normalise_header("Avg. Viewing-Duration:"), normalise_header("GMV [USD] *")
    ('avg viewing duration', 'gmv')
    """
    tidy = _tidy(text)
    behind = _BEHIND.search(tidy)
    if behind and folded(behind[1]) in CURRENCIES:
        tidy = tidy[: behind.start()].strip(_AROUND)
    return _even(tidy)


@lru_cache(maxsize=4096)
def header_currency(text: str) -> str | None:
    """The currency a header carries in brackets at its end: `Revenue (Rp)` is IDR."""
    behind = _BEHIND.search(_tidy(text))
    return CURRENCIES.get(folded(behind[1])) if behind else None


@lru_cache(maxsize=4096)
def halves(text: str) -> tuple[str, str] | None:
    """The two parts of a header that may say the same in two languages, normalised; None where it has no two parts.

    >>> halves("Views / 观看次数"), halves("观看次数（Views）"), halves("CTOR (SKU orders)")
    (('views', '观看次数'), ('观看次数', 'views'), None)
    """
    if len(text) > 120:
        return None
    wide = unicodedata.normalize("NFKC", text).strip()
    parts = _BETWEEN.split(wide)
    if len(parts) != 2:
        behind = _BRACKETS.search(wide)
        if behind is None or wide.isascii() or _says_which(behind[1]):
            return None
        parts = [wide[: behind.start()], behind[1]]
    first, second = map(normalise_header, parts)
    return (first, second) if first and second and first != second else None


def _says_which(text: str) -> bool:
    words = re.findall("[a-z]+", text.casefold())
    return bool(words) and _WHICH.issuperset(words)


def _without_pictures(text: str) -> str:
    """A text without emoji and bullets at its ends."""
    first, last = 0, len(text)
    while first < last and _picture(text[first]):
        first += 1
    while last > first and _picture(text[last - 1]):
        last -= 1
    return text[first:last]


def _picture(sign: str) -> bool:
    return sign.isspace() or (unicodedata.category(sign) in _PICTURES and sign not in _NO_PICTURE) or sign == "\ufe0f"


def _tidy(text: str) -> str:
    """Without case, width, signs that take no place and what stands around; brackets and dots stay."""
    text = text[:_LONGEST]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        text = _without_pictures(text)
    return " ".join(text.casefold().split()).strip(_AROUND)


def _even(text: str) -> str:
    return " ".join(text.replace("-", " ").replace("_", " ").replace(".", " ").split())
