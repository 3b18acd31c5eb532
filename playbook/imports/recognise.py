"""Which layout is this table, and where is its header row.

The header row is looked for, never assumed. A header counts when it is spelled as a profile spells it, after
normalising; nothing is matched by likeness, since `CTR`, `LIVE CTR`, `CTOR` and `CTOR (SKU orders)` are four
different columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..knowledge.exports import Profile, normalise_header
from .tables import Table

SEARCHED_ROWS = 20

_HAS_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_HAS_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?<![\d.])20\d{6}(?!\d)")


@dataclass(frozen=True)
class Match:
    """A table and the profile that fits it. Columns are positions; `header` is a position in `table.rows`."""

    table: Table
    profile: Profile
    header: int
    columns: Mapping[str, int]
    rates: Mapping[str, int]
    kept: tuple[int, ...]
    unread: tuple[int, ...]
    repeated: tuple[int, ...]

    @property
    def headers(self) -> list[str]:
        return self.table.rows[self.header]

    @property
    def plain(self) -> bool:
        """Whether this is so clearly the header row that the rows below need no look."""
        known = len(self.columns) + len(self.rates)
        return known >= 4 and known > len(self.unread)

    @property
    def score(self) -> int:
        """How much of the table the profile explains."""
        return 3 * (len(self.columns) + len(self.rates)) + len(self.kept)


def recognise(table: Table, profiles: Iterable[Profile]) -> Match | None:
    """The profile that explains most of the table, or None. A lookalike that fits wholly comes first."""
    every = list(profiles)
    best: Match | None = None
    best_key = (False, 0, 0)
    for at, row in enumerate(table.rows[:SEARCHED_ROWS]):
        words = [normalise_header(cell) if cell else "" for cell in row]
        filled = sum(map(bool, words))
        if not filled:
            continue
        for profile in every:
            match = _match(table, at, words, filled, profile)
            if match is None:
                continue
            hint = table.sheet is not None and table.sheet in profile.recognised_by.sheet
            key = (profile.kind == "lookalike", match.score, int(hint))
            if key > best_key or best is None:
                best, best_key = match, key
        if best is not None and best.plain:
            break
    return best


def known_headers(table: Table, profiles: Iterable[Profile]) -> int:
    """How many headers of the table are recognised: what tells a right encoding from a wrong one."""
    match = recognise(table, profiles)
    return 0 if match is None else 1 + match.score


def _match(table: Table, at: int, words: list[str], filled: int, profile: Profile) -> Match | None:
    rule = profile.recognised_by
    present = set(words)
    if not present.issuperset(profile.required) or not present.isdisjoint(profile.forbidden):
        return None
    if profile.columns and not profile.prefixes and present.isdisjoint(profile.spellings):
        return None
    if rule.first_header and words[0] not in {normalise_header(header) for header in rule.first_header}:
        return None
    if rule.at_least_columns is not None and filled < rule.at_least_columns:
        return None
    if rule.file_name and not table.file.casefold().startswith(tuple(word.casefold() for word in rule.file_name)):
        return None
    if rule.first_cell and not _first_cell(table).startswith(tuple(map(normalise_header, rule.first_cell))):
        return None
    if profile.kind == "lookalike":
        return None if not _times_fit(table, at, 0, rule.time_values) else Match(table, profile, at, {}, {}, (), (), ())
    match = _assigned(table, at, words, profile)
    named = match.columns.keys() | match.rates.keys()
    if not named.issuperset(rule.columns) or any(named.isdisjoint(group) for group in rule.any_of):
        return None
    if rule.half_known_unless and named.isdisjoint(rule.half_known_unless) and 2 * len(match.unread) > filled:
        return None
    column = match.columns.get("time", match.columns.get("start"))
    return match if column is None or _times_fit(table, at, column, rule.time_values) else None


def _first_cell(table: Table) -> str:
    first = next((row[0] for row in table.rows[:1] if row), "")
    return normalise_header(first)


def _assigned(table: Table, at: int, words: list[str], profile: Profile) -> Match:
    """Every header to its column. The first of two that mean the same is read, the other is told."""
    columns: dict[str, int] = {}
    rates: dict[str, int] = {}
    kept: list[int] = []
    unread: list[int] = []
    repeated: list[int] = []
    for position, word in enumerate(words):
        if not word:
            continue
        kind, name = profile.spellings.get(word) or _begun(word, profile) or ("", "")
        target = columns if kind == "column" else rates
        if kind == "kept":
            kept.append(position)
        elif not kind:
            unread.append(position)
        elif name in target:
            (kept if name == "currency" else repeated).append(position)
        else:
            target[name] = position
    return Match(table, profile, at, columns, rates, tuple(kept), tuple(unread), tuple(repeated))


def _begun(word: str, profile: Profile) -> tuple[str, str] | None:
    return next((("column", name) for text, name in profile.prefixes if word.startswith(text)), None)


def _times_fit(table: Table, header: int, column: int, expected: str | None) -> bool:
    """Whether the first times below the header are clock times or only dates, as the profile says."""
    if expected is None:
        return True
    cells = (row[column] for row in table.rows[header + 1 : header + 30] if column < len(row) and row[column].strip())
    some = [cell for _, cell in zip(range(5), cells, strict=False)]
    clocks = sum(bool(_HAS_CLOCK.search(cell)) for cell in some)
    dates = sum(bool(_HAS_DATE.search(cell)) for cell in some) - clocks
    if expected == "dates":
        return dates > 0 and not clocks
    return clocks > 0 or dates <= 0
