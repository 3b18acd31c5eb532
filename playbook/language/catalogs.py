"""Which languages there are, which of them are offered, and the messages of one, read when it is first spoken.

A language is a folder of `playbook/locale/` with a catalog, and nothing else. `languages.json` beside them says what
each calls itself and how much of it is translated, so that no catalog is opened to list them.
"""

from __future__ import annotations

import gettext
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from .pseudo import PSEUDO, Pseudo

#: The language in which code and content are written.
SOURCE = "en"
#: The folder of the catalogs.
PLACE = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "playbook"
#: A language is offered once so large a part of its messages is translated.
ENOUGH = 0.98
#: Whose screens nobody has looked at one by one, and whose reports are still English: offered on trial only.
ON_TRIAL = frozenset({"es_419", "id", "ms", "pt_BR", "th", "vi", "zh_Hans"})
#: The environment variable that names the language of who chose none.
AT_FIRST = "PLAYBOOK_LANGUAGE"
#: The environment variable that names languages to be offered though they are unfinished, or `all`.
TRIED = "PLAYBOOK_TRY_LANGUAGES"


class Catalog(Protocol):
    """What a sentence is looked up in."""

    def gettext(self, message: str, /) -> str: ...

    def pgettext(self, context: str, message: str, /) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str: ...

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int, /) -> str: ...


@dataclass(frozen=True)
class Language:
    """One language: its code as catalogs have it, its name in itself, the part of the messages it has, 0 to 1."""

    code: str
    name: str
    done: float

    @property
    def finished(self) -> bool:
        return self.done >= ENOUGH and self.code not in ON_TRIAL

    @property
    def tag(self) -> str:
        """As browsers and HTML write it: `pt-BR`."""
        return self.code.replace("_", "-")


ENGLISH = Language(SOURCE, "English", 1.0)


def catalog(code: str) -> Catalog:
    """The messages of a language; one that is not known says everything in English."""
    return _catalog(PLACE, code)


@cache
def _catalog(place: Path, code: str) -> Catalog:
    if code == PSEUDO:
        return Pseudo()
    return gettext.translation(DOMAIN, place, [code], fallback=True)


def languages() -> dict[str, Language]:
    """Every language that there is a catalog of, finished or not, by its code; English first."""
    return _languages(PLACE)


@cache
def _languages(place: Path) -> dict[str, Language]:
    index = place / "languages.json"
    listed = json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}
    found = [Language(code, each["name"], each["done"]) for code, each in listed.items()]
    return {SOURCE: ENGLISH, **{each.code: each for each in sorted(found, key=lambda each: each.name.casefold())}}


def offered() -> dict[str, Language]:
    """The languages that a person may choose: the finished ones, and those that were started to be tried."""
    tried = set(os.environ.get(TRIED, "").replace(",", " ").split())
    shown = {code: each for code, each in languages().items() if each.finished or tried & {"all", code, each.tag}}
    if PSEUDO in tried:
        shown[PSEUDO] = Language(PSEUDO, "Ƥşēŭđō", 1.0)
    return shown


def best(wanted: str | None, among: Iterable[str]) -> str | None:
    """Of some codes the one that who wants `id-ID` or `pt_PT` can read; None where there is none.

    The same language in the same script is read across borders. Chinese of Taiwan and of the mainland are two scripts.
    """
    codes = list(among)
    plain = (wanted or "").replace("-", "_").partition(".")[0]
    for code in codes:
        if plain.casefold() == code.casefold():
            return code
    if not plain:
        return None
    if plain.split("_")[0].casefold() == SOURCE:  # the ordinary case, without the tables of CLDR
        return SOURCE if SOURCE in codes else None
    mine = _written(plain)
    return next((code for code in codes if mine is not None and _written(code) == mine), None)


def cldr(code: str) -> str:
    """The name by which Babel knows the rules of a language: lists, days, plurals."""
    return SOURCE if code == PSEUDO else code


def _written(code: str) -> tuple[str, str] | None:
    """Language and script of a code: `('zh', 'Hans')`; None where it is no code of a language."""
    from babel.core import Locale, UnknownLocaleError, get_global

    parts = code.split("_")
    try:
        known = get_global("likely_subtags")
        whole = next(
            (known[each] for each in ("_".join(parts[:3]), "_".join(parts[:2]), parts[0]) if each in known), code
        )
        script = next((each for each in parts[1:] if len(each) == 4), None) or Locale.parse(whole).script
    except (ValueError, TypeError, UnknownLocaleError):
        return None
    return parts[0].casefold(), script or ""
