"""Which layout is this table, and where is its header row.

The header row is looked for, never assumed. A header counts when it is spelled as a profile spells it, after
normalising; nothing is matched by likeness, since `CTR`, `LIVE CTR`, `CTOR` and `CTOR (SKU orders)` are four
different columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from playbook.imports.cells.values import blank
from playbook.imports.formats.tables import SheetTable
from playbook.knowledge.exports import Profile, normalise_header
from playbook.knowledge.spelling import halves
from playbook.language import _

from .one_live import minutes_of_one

#: Every one of the first rows may be the header; of those below only rows of words.
SEARCHED_ROWS = 20
_DEEPEST_ROW = 200
_FEWEST_WORDS = 3
#: Shorter headers have no second language in them.
_SHORTEST_PAIR = 4

_HAS_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_HAS_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?<![\d.])20\d{6}(?!\d)")


@dataclass(frozen=True)
class LayoutMatch:
    """A table and the profile that fits it. Columns are positions; `header` is a position in `table.rows`."""

    table: SheetTable
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


def recognise(table: SheetTable, profiles: Iterable[Profile], *, first_row: bool = False) -> LayoutMatch | None:
    """The profile that explains most of the table, or None. A lookalike that fits wholly comes first.

    `first_row`: only the first row may be the header.
    """
    every = list(profiles)
    best: LayoutMatch | None = None
    best_key = (False, 0, 0)
    for at, row in islice(candidates(table), 1 if first_row else None):
        printed = _printed(at, row)
        if not printed.filled:
            continue
        for profile in every:
            match = _match(table, at, printed, profile)
            if match is None:
                continue
            hint = table.sheet is not None and table.sheet in profile.recognised_by.sheet
            key = (profile.kind == "lookalike", match.score, int(hint))
            if key > best_key or best is None:
                best, best_key = match, key
        if best is not None and best.plain:
            break
    return best


def candidates(table: SheetTable) -> Iterator[tuple[int, list[str]]]:
    """Rows that may be the header, with their positions: the first ones, and rows of words farther down."""
    for at, row in enumerate(table.rows[:_DEEPEST_ROW]):
        if at < SEARCHED_ROWS or _of_words(row):
            yield at, row


def _of_words(row: list[str]) -> bool:
    filled = [cell for cell in row if cell and not cell.isspace()]
    return len(filled) >= _FEWEST_WORDS and sum(cell.strip()[:1].isdigit() for cell in filled) * 3 < len(filled)


@dataclass(frozen=True)
class _Printed:
    """A header row as it is compared, and where it stands. `pairs`: headers in two languages, by position.

    `empty` remembers of columns whether nothing stands below: each profile asks again.
    """

    at: int
    words: list[str]
    pairs: Mapping[int, tuple[str, str]]
    filled: int
    present: frozenset[str]
    empty: dict[int, bool] = field(default_factory=dict)


def _printed(at: int, row: list[str]) -> _Printed:
    words = [normalise_header(cell) if cell else "" for cell in row]
    filled = sum(map(bool, words))
    pairs = {place: pair for place, cell in enumerate(row) if len(cell) > _SHORTEST_PAIR and (pair := halves(cell))}
    # One header with a stroke is `Likes / hour`; where most have two parts, the second one is a translation.
    if len(pairs) < _FEWEST_WORDS or 2 * len(pairs) < filled:
        pairs = {}
    return _Printed(at, words, pairs, filled, frozenset({*words, *(half for pair in pairs.values() for half in pair)}))


def known_headers(table: SheetTable, profiles: Iterable[Profile]) -> int:
    """How many headers of the table are recognised: what tells a right encoding from a wrong one."""
    match = recognise(table, profiles)
    return 0 if match is None else 1 + match.score


def _match(table: SheetTable, at: int, printed: _Printed, profile: Profile) -> LayoutMatch | None:
    rule, present = profile.recognised_by, printed.present
    if not present.issuperset(profile.required) or not present.isdisjoint(profile.forbidden):
        return None
    if profile.alternatives and not any(map(present.issuperset, profile.alternatives)):
        return None
    if profile.columns and not profile.prefixes and present.isdisjoint(profile.spellings):
        return None
    if rule.first_header and _first(printed).isdisjoint(map(normalise_header, rule.first_header)):
        return None
    if rule.at_least_columns is not None and printed.filled < rule.at_least_columns:
        return None
    if rule.file_name and not table.file.casefold().startswith(tuple(word.casefold() for word in rule.file_name)):
        return None
    if rule.first_cell and not _first_cell(table).startswith(tuple(map(normalise_header, rule.first_cell))):
        return None
    if profile.kind == "lookalike":
        return (
            None
            if not _times_fit(table, at, 0, rule.time_values)
            else LayoutMatch(table, profile, at, {}, {}, (), (), ())
        )
    match = _assigned(table, at, printed, profile)
    named = match.columns.keys() | match.rates.keys()
    if not named.issuperset(rule.columns) or any(named.isdisjoint(group) for group in rule.any_of):
        return None
    if rule.half_known_unless and named.isdisjoint(rule.half_known_unless) and 2 * len(match.unread) > printed.filled:
        return None
    if profile.kind == "trend" and not minutes_of_one(
        table.rows[at], match.columns, match.unread, table.rows[at + 1 :]
    ):
        return None
    column = match.columns.get("time", match.columns.get("start"))
    return match if column is None or _times_fit(table, at, column, rule.time_values) else None


def _first_cell(table: SheetTable) -> str:
    first = next((row[0] for row in table.rows[:1] if row), "")
    return normalise_header(first)


def _first(printed: _Printed) -> set[str]:
    return {printed.words[0], *printed.pairs.get(0, ())}


def _assigned(table: SheetTable, at: int, printed: _Printed, profile: Profile) -> LayoutMatch:
    """Every header to its column. Of two that mean the same, the first with a value is read."""
    columns: dict[str, int] = {}
    rates: dict[str, int] = {}
    kept: list[int] = []
    unread: list[int] = []
    repeated: list[int] = []
    for position, word in enumerate(printed.words):
        if not word:
            continue
        kind, name = _meaning(word, profile) or _translated(printed.pairs.get(position, ()), profile) or ("", "")
        target = columns if kind == "column" else rates
        if kind == "kept":
            kept.append(position)
        elif not kind:
            unread.append(position)
        elif name not in target or (_empty(table, printed, target[name]) and not _empty(table, printed, position)):
            target[name] = position
        elif name == "currency":
            kept.append(position)
        elif not _empty(table, printed, position):
            repeated.append(position)
    table, kept = _stood_in(table, printed, profile, columns, kept)
    return LayoutMatch(table, profile, at, columns, rates, tuple(kept), tuple(unread), tuple(repeated))


def _stood_in(
    table: SheetTable, printed: _Printed, profile: Profile, columns: dict[str, int], kept: list[int]
) -> tuple[SheetTable, list[int]]:
    """Columns that are read only for want of a better one, with a remark."""
    for name, headers in profile.instead.items():
        words = set(map(normalise_header, headers))
        position = next((each for each in kept if printed.words[each] in words), None)
        if position is None or (name in columns and not _empty(table, printed, columns[name])):
            continue
        columns[name] = position
        kept = [each for each in kept if each != position]
        said = _(
            "'{used}' is read, since this file has no '{wanted}'", used=headers[0], wanted=profile.columns[name][0]
        )
        table = replace(table, remarks=(*table.remarks, said))
    return table, kept


def _meaning(word: str, profile: Profile) -> tuple[str, str] | None:
    found = profile.spellings.get(word)
    if found is None:
        found = next((("column", name) for text, name in profile.prefixes if word.startswith(text)), None)
    return found


def _translated(pair: Iterable[str], profile: Profile) -> tuple[str, str] | None:
    """What a header in two languages means, unless its halves mean two things."""
    known = {meaning for word in pair if (meaning := profile.spellings.get(word))}
    return known.pop() if len(known) == 1 else None


def _empty(table: SheetTable, printed: _Printed, position: int) -> bool:
    if position not in printed.empty:
        below = islice(table.rows, printed.at + 1, None)
        printed.empty[position] = all(position >= len(row) or blank(row[position]) for row in below)
    return printed.empty[position]


def _times_fit(table: SheetTable, header: int, column: int, expected: str | None) -> bool:
    """Whether the first times below the header are clock times or only dates, as the profile says."""
    if expected is None:
        return True
    cells = (row[column] for row in table.rows[header + 1 : header + 30] if column < len(row) and row[column].strip())
    some = [cell for _unused, cell in zip(range(5), cells, strict=False)]
    clocks = sum(bool(_HAS_CLOCK.search(cell)) for cell in some)
    dates = sum(bool(_HAS_DATE.search(cell)) for cell in some) - clocks
    if expected == "dates":
        return dates > 0 and not clocks
    return clocks > 0 or dates <= 0
