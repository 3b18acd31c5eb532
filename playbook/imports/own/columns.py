"""What the columns of a sheet kept by hand mean: by their words, then by what stands in them, then by a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from playbook.imports.cells.lengths import durations
from playbook.imports.cells.times import clock, dates
from playbook.imports.cells.values import blank, numbers
from playbook.knowledge.column_words import Headers, Word
from playbook.knowledge.exports import header_currency, normalise_header

#: An answer that takes a column out.
NOT_USED = "kept"
#: Meanings of a length, and the unit in which bare numbers of it count.
LENGTHS = {"duration_minutes": "minutes", "duration_hours": "hours", "duration_seconds": "seconds", "duration": "days"}
_MOST_CELLS = 200
#: A bare length below the first is hours, above the second seconds; near them a person is asked.
_HOURS, _SECONDS = 8.0, 1_800.0
_UNSURE_HOURS, _UNSURE_MINUTES = 24.0, 900.0
_SIGN = re.compile(r"\D")


@dataclass(frozen=True)
class Doubtful:
    """A column with several meanings left; `preset` stands until a person says, None where nothing may stand."""

    position: int
    choices: tuple[str, ...]
    preset: str | None


@dataclass
class Columns:
    """Position: meaning, of the columns that are known; `words` is what their headers say of units."""

    means: dict[int, str]
    words: dict[int, Word]
    doubts: list[Doubtful] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)

    def at(self, *meanings: str) -> int | None:
        """Where the first of these meanings stands."""
        for meaning in meanings:
            for position, each in self.means.items():
                if each == meaning:
                    return position
        return None

    def all_at(self, *meanings: str) -> list[int]:
        """Where all of these meanings stand."""
        return [position for position, each in self.means.items() if each in meanings]

    def has(self, *meanings: str) -> bool:
        return self.at(*meanings) is not None


def columns(
    header: Sequence[str], cells: Sequence[Sequence[str]], headers: Headers, answers: Mapping[str, str]
) -> Columns:
    """Every column of a table below its header. `answers` are a person's, by normalised header."""
    found = Columns({}, {})
    open_words: dict[int, Word] = {}
    for position, text in enumerate(header):
        answer = answers.get(normalise_header(text))
        word = headers.read(text) if text.strip() else None
        if word is not None:
            found.words[position] = word
        if answer is not None:
            found.means[position] = answer
        elif word is None:
            if any(not blank(cell) for cell in cells[position]):
                found.unknown.append(position)
        elif word.meaning is None:
            open_words[position] = word
        else:
            found.means[position] = word.meaning
    answered = {position for position, text in enumerate(header) if normalise_header(text) in answers}
    _by_cells(found, header, cells, answered)
    for position, word in open_words.items():
        _settle(found, position, word, cells[position], header[position])
    return found


def is_dates(cells: Sequence[str]) -> bool:
    """Whether most cells hold a date, with or without a clock."""
    some = [cell for cell in cells if not blank(cell)][:_MOST_CELLS]
    known = sum(value is not None for value in dates(some).values) if some else 0
    return bool(some) and known >= 0.6 * len(some)


def is_clocks(cells: Sequence[str]) -> bool:
    """Whether most cells hold a time of day and no date."""
    some = [cell for cell in cells if not blank(cell)][:_MOST_CELLS]
    known = sum(clock(cell) is not None for cell in some)
    return bool(some) and known >= 0.6 * len(some) and not is_dates(some)


def _by_cells(found: Columns, header: Sequence[str], cells: Sequence[Sequence[str]], answered: set[int]) -> None:  # noqa: ARG001
    """Where cells say more than words: a start without a day, an unnamed column of dates, a length without a unit."""
    for position, meaning in list(found.means.items()):
        if position in answered:
            continue
        own = cells[position]
        if meaning in ("start", "date", "clock"):
            found.means[position] = _moment(found, meaning, own)
        elif meaning == "number" and not found.has("title") and _mostly(_wordy, own):
            found.means[position] = "title"
        elif meaning == "session_id" and all(len(_SIGN.sub("", cell)) < 10 for cell in own):
            found.means[position] = "number"
        elif meaning == "duration":
            found.means[position] = _length(found, position, own)
    if not found.has("date", "start"):
        for position in list(found.unknown):
            if is_dates(cells[position]):
                found.means[position] = "date"
                found.unknown.remove(position)
                break
    _no_weekdays(found, cells, answered)
    _one_start(found, cells)


def _moment(found: Columns, meaning: str, cells: Sequence[str]) -> str:
    """What a column of a date, a start or a time of day is by its cells."""
    if is_clocks(cells):
        return "clock"
    if is_dates(cells):
        return "start" if meaning != "date" and _timed(cells) else "date"
    if meaning == "clock" and not found.has(*LENGTHS) and _said_lengths(cells):
        return "duration_minutes"  # `Jam` is an hour and a time of day
    return meaning


def _said_lengths(cells: Sequence[str]) -> bool:
    """Whether all cells are lengths with a word for their unit: `2 jam`."""
    some = [cell for cell in cells if not blank(cell)]
    worded = all(any(sign.isalpha() for sign in cell) for cell in some)
    return bool(some) and worded and all(value is not None for value in durations(some, "minutes").values)


def _no_weekdays(found: Columns, cells: Sequence[Sequence[str]], answered: set[int]) -> None:
    """Beside a column of dates one that names days (`Mon`, `Senin`) only says what day of the week they were."""
    days = [at for at in found.all_at("date", "start") if at not in answered]
    worded = [at for at in days if not any(sign.isdigit() for cell in cells[at] for sign in cell)]
    if len(worded) < len(found.all_at("date", "start")):
        found.means |= dict.fromkeys(worded, NOT_USED)


def _one_start(found: Columns, cells: Sequence[Sequence[str]]) -> None:
    """Of a date with a clock beside a date alone, the first is enough."""
    date, start = found.at("date"), found.at("start")
    if date is not None and start is not None:
        if any(dates([cell for cell in cells[start] if not blank(cell)][:_MOST_CELLS]).values):
            found.means[date] = NOT_USED
        else:  # most of its cells are no times, and some may be
            found.means[start] = "clock"
        return
    if date is not None and not found.has("clock"):
        timed = sum(bool(re.search(r"\d[:.h]\d\d", cell)) and clock(cell) is not None for cell in cells[date])
        if timed and timed >= 0.6 * sum(not blank(cell) for cell in cells[date]) and _with_clock(cells[date]):
            found.means[date] = "start"


def _with_clock(cells: Sequence[str]) -> bool:
    """Whether dates carry a time of day other than midnight."""
    return any(value is not None and (value.hour or value.minute) for value in dates(list(cells)[:_MOST_CELLS]).values)


def _timed(cells: Sequence[str]) -> bool:
    """Whether dates are written with a time of day."""
    written = any(":" in cell and not cell.rstrip().endswith(" 00:00:00") for cell in cells)
    return written or _with_clock([cell for cell in cells if not blank(cell)])


def _mostly(holds: Callable[[str], bool], cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if not blank(cell)]
    return sum(map(holds, filled)) * 2 > len(filled)


def _wordy(cell: str) -> bool:
    return sum(sign.isalpha() for sign in cell) > 2


def _length(found: Columns, position: int, cells: Sequence[str]) -> str:
    """The unit of bare lengths, by how large they are; written ones say it themselves."""
    known = [value for value in numbers([cell for cell in cells if not blank(cell)], "rate").values if value]
    if not known:
        return "duration_minutes"
    middle = median(known)
    if middle < 1:
        return "duration"  # a part of a day, as spreadsheets keep it
    unit = "duration_hours" if middle <= _HOURS else "duration_seconds" if middle >= _SECONDS else "duration_minutes"
    if _HOURS < middle <= _UNSURE_HOURS or _UNSURE_MINUTES < middle < _SECONDS:
        choices = ("duration_minutes", "duration_hours", "duration_seconds")
        found.doubts.append(Doubtful(position, choices, unit))
    return unit


def _settle(found: Columns, position: int, word: Word, cells: Sequence[str], header: str) -> None:
    """One meaning of several: what no other column has, then what the cells show, then a question."""
    left = tuple(each for each in word.means if each == NOT_USED or not found.has(each)) or (NOT_USED,)
    sure = _shown(found, word.means, left, cells, header)
    if sure is None and len(left) == 1:
        sure = left[0]
    if sure is not None:
        found.means[position] = sure
        return
    preset: str | None = left[0]
    if word.means[0] == "ctr":
        preset = None  # which of the two nobody can tell
    elif "new_followers" in left and _rises(cells):
        preset = NOT_USED
    found.means[position] = preset or NOT_USED
    found.doubts.append(Doubtful(position, (*dict.fromkeys((*left, NOT_USED)),), preset))


def _shown(
    found: Columns, means: tuple[str, ...], left: tuple[str, ...], cells: Sequence[str], header: str
) -> str | None:
    """What the cells, or the columns beside them, leave no doubt about."""
    some = [cell for cell in cells if not blank(cell)]
    if means[0] == "gmv" and "gmv" in left:
        read = numbers(some, "money")
        fine = any(value is not None and not value.is_integer() for value in read.values)
        return "gmv" if header_currency(header) or read.currencies or fine else None
    if means[0] == "ctr":
        # Counts beside a rate say what it is made of: the reading of rates looks at that.
        return "ctr" if found.has("product_clicks") and found.has("views", "product_impressions") else None
    if means[0] == "clock":
        if found.has("clock", "start") or not is_clocks(some):
            worded = bool(some) and all(value is not None for value in durations(some, "minutes").values)
            return "duration" if worded and not found.has("duration", "duration_minutes", "duration_hours") else None
        late = any((clock(cell) or 0) >= 360 for cell in some)
        return "clock" if late or found.has("duration", "duration_minutes", "duration_hours") else None
    if means[0] == "orders_paid" and found.has("sku_orders"):
        return "orders_paid" if "orders_paid" in left else NOT_USED
    return None


def _rises(cells: Sequence[str]) -> bool:
    """Whether numbers only grow or only shrink down the column, as a total does."""
    known = [value for value in numbers([cell for cell in cells if not blank(cell)]).values if value is not None]
    pairs = list(pairwise(known))
    return len(known) > 3 and (all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)) and known[0] > 200
