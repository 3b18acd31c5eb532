"""Text with a time before each line: `00:12:03 text`, `[12:03] text`, `12:03 - text`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from playbook.model.transcript import Line

from .captions import seconds

_LINE = re.compile(
    r"\s{0,20}(?:\d{4}-\d{2}-\d{2}[ T])?[\[(]?(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?(?![\d:])[\])]?"
    r"[ \t]{0,20}(?:[-\u2013\u2014|:>]{1,2})?(.*)"
)
#: A person speaks at most so many signs a second for a whole LIVE: beyond it, `19:03` is a time of the day.
_FASTEST = 40.0
#: Seconds. What goes back by more has passed midnight.
_HALF_A_DAY, _DAY = 43_200.0, 86_400.0
#: Seconds a line lasts where no other follows.
_LAST = 5.0


def timed_text(rows: Sequence[str]) -> Iterator[Line]:
    """The lines in their order; a row without a time goes on with the line before it.

    Two numbers are minutes and seconds, or hours and minutes where nobody could speak so fast.
    """
    times: list[float] = []
    said: list[list[str]] = []
    short = True
    for row in rows:
        found = _LINE.match(row[:4000])
        if found:
            short = short and found[1] is None
            times.append(seconds(*found.group(1, 2, 3, 4)))
            said.append([found[5]])
        elif said and row.strip() and len(said[-1]) < 40:
            said[-1].append(row[:4000])
    if short and _too_fast(times, said):
        times = [60.0 * each for each in times]
    begins = _past_midnight(times)
    for at, (begin, words) in enumerate(zip(begins, said, strict=True)):
        following = begins[at + 1] if at + 1 < len(begins) else begin + _LAST
        yield Line(begin, max(begin, following), " ".join(words))


def _too_fast(times: Sequence[float], said: Sequence[Sequence[str]]) -> bool:
    signs = sum(len(part) for words in said for part in words)
    return len(times) > 5 and signs > _FASTEST * max(max(times) - min(times), 1.0)


def _past_midnight(times: Sequence[float]) -> list[float]:
    days, made, before = 0.0, [], 0.0
    for each in times:
        if each < before - _HALF_A_DAY:
            days += _DAY
        made.append(each + days)
        before = each
    return made
