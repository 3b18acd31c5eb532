"""Which facts are old: what `playbook check --older-than DAYS` lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from playbook.knowledge.facts import Fact
from playbook.knowledge.load import CONTENT, load
from playbook.knowledge.reader import Document, Problem, parse

Place = Sequence[str | int]


def older_than(days: int, today: date, folder: Path | None = None) -> list[Problem]:
    """Facts stated more than `days` days before `today`; without a date of the page, read so long ago or never.

    A month or a year alone counts from its first day. `folder` limits it to what that folder adds or replaces.
    """
    folder = None if folder is not None and folder.resolve() == CONTENT else folder
    knowledge = load(folder)
    found: list[Problem] = []
    for name, strategy in knowledge.strategies.items():
        if folder is None or name in knowledge.own:
            placed: list[tuple[Place, Fact]] = [(["facts", index], fact) for index, fact in enumerate(strategy.facts)]
            found += _old(placed, knowledge.documents[name], days, today)
    place = folder or CONTENT
    for kind, entries in (("tools", knowledge.tools), ("violations", knowledge.violations.types)):
        document = parse(place / f"{kind}.yaml")[0] if (place / f"{kind}.yaml").is_file() else None
        if document is not None:
            found += _old(_of_entries(document, entries, kind), document, days, today)
    return sorted(found)


def _of_entries(document: Document, entries: Mapping[str, object], kind: str) -> Iterator[tuple[Place, Fact]]:
    """Facts of the entries that stand in this file, with their places."""
    key = "types" if kind == "violations" else kind
    for name in (document.data or {}).get(key) or {}:
        for index, fact in enumerate(getattr(entries.get(name), "facts", ())):
            yield [key, name, "facts", index], fact


def _old(placed: Iterable[tuple[Place, Fact]], document: Document, days: int, today: date) -> Iterator[Problem]:
    for place, fact in placed:
        since = fact.since
        if since is None:
            yield document.at(place, f"no date is known; read the source again and write copy_read: {fact.source}")
        elif (today - since).days > days:
            what = f"copy read {fact.copy_read}" if fact.date == "not shown" else f"stated {fact.date}"
            also = f", copy read {fact.copy_read}" if fact.copy_read and fact.date != "not shown" else ""
            message = f"{what} ({(today - since).days} days ago){also}; see whether it still holds: {fact.source}"
            yield document.at(place, message)
