"""Whether a table with a clock holds the minutes of one LIVE, or a row for each of several LIVEs or videos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from playbook.imports.cells.times import dates
from playbook.imports.cells.values import blank
from playbook.knowledge.column_words import built_in
from playbook.knowledge.exports import normalise_header

#: A LIVE may go on behind midnight, and hardly into a third day.
_MOST_DAYS = 2
_MOST_READ = 200
_LENGTHS = ("duration", "duration_minutes", "duration_hours")
_DAYS = ("date", "start")


def minutes_of_one(
    headers: Sequence[str], columns: Mapping[str, int], unread: Iterable[int], below: Sequence[Sequence[str]]
) -> bool:
    """Whether rows below a header with a clock may be minutes of one LIVE.

    They are not where each has a length of its own, where they lie on three days or more or each on its own, or where
    a header is one of another table, like that of videos.
    """
    if "minute" in columns:
        return True
    words = built_in()
    means = {}
    for position in unread:
        if normalise_header(headers[position]) in words.elsewhere:
            return False
        word = words.read(headers[position])
        means[position] = None if word is None else word.meaning
    if any(means[position] in _LENGTHS and _cells(below, position) for position in means):
        return False
    for position in (each for each in means if means[each] in _DAYS):
        cells = _cells(below, position)
        days = _days(cells)
        if days > _MOST_DAYS or (days and days == len(cells)):
            return False
    return "time" not in columns or _days(_cells(below, columns["time"])) <= _MOST_DAYS


def _cells(below: Sequence[Sequence[str]], position: int) -> list[str]:
    found = (row[position] for row in below[:_MOST_READ] if position < len(row))
    return [cell for cell in found if not blank(cell)]


def _days(cells: Sequence[str]) -> int:
    """On how many days the cells lie; a time of day is on none."""
    return len({moment.date() for moment in dates(cells).values if moment is not None})
