"""What TikTok's dashboard calls a metric, a count, a tool or an event in each language, and how that is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from babel.messages.catalog import Catalog
from pydantic import Field

from playbook.knowledge.load import Knowledge
from playbook.knowledge.reader import Strict, read
from playbook.language import SOURCE, catalogs

#: Types of events that a log may hold and that have a name on a screen.
EVENTS = ("pin", "unpin", "flash_sale", "giveaway", "billboard", "coupon", "ad", "violation", "host_change")


class DomainTerm(Strict):
    """One name. `where` is the profile of the export in which it stands."""

    term: str = Field(min_length=1)
    source: Literal["export", "list", "console", "english", "ours"]
    where: str | None = None


class Glossary(Strict):
    """One file glossary.yaml: terms by the id of a metric or count, `tool.ID`, `event.TYPE`."""

    version: Literal[1]
    terms: dict[str, DomainTerm]


def path_of(code: str, place: Path | None = None) -> Path:
    return (place or catalogs.PLACE) / code / "glossary.yaml"


def glossary(code: str, place: Path | None = None) -> Glossary:
    """Of a language. Raises ValueError with every mistake in the file."""
    found, _, wrong = read(path_of(code, place), Glossary, f"{code}/glossary.yaml")
    if found is None:
        raise ValueError("; ".join(map(str, wrong)))
    return found


def wanted(knowledge: Knowledge) -> tuple[str, ...]:
    """What every glossary names."""
    counts = (each for each in knowledge.counts if each not in knowledge.metrics)
    tools = (f"tool.{each}" for each in knowledge.tools)
    return (*knowledge.metrics, *counts, *tools, *(f"event.{each}" for each in EVENTS))


def problems(code: str, found: Glossary, catalog: Catalog | None, knowledge: Knowledge) -> Iterator[str]:
    """Names that are missing or unknown, and translated names that do not use their term."""
    known = wanted(knowledge)
    yield from (f"{code}: the glossary has no {each}" for each in known if each not in found.terms)
    yield from (f"{code}: nothing is called {each}" for each in found.terms if each not in known)
    for name, label in _labels(knowledge):
        message = catalog.get(label) if catalog and code != SOURCE else None
        term = found.terms[name].term if name in found.terms else ""
        if message and message.string and term.casefold() not in str(message.string).casefold():
            yield f"{code}: {label!r} is {message.string!r}, without its term {term!r}"


def _labels(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    yield from ((name, each.label) for name, each in knowledge.metrics.items())
    yield from ((name, each.label) for name, each in knowledge.counts.items() if name not in knowledge.metrics)
    yield from ((f"tool.{name}", each.label) for name, each in knowledge.tools.items())
