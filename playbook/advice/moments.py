"""When a step is done: before, during or after the LIVE, and from which minute where its words name one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playbook.knowledge.strategies import Moment

_BEFORE = re.compile(r"^before the (next )?live\b|\bbefore$|^next live$", re.IGNORECASE)
_AFTER = re.compile(
    r"^after the live\b|^right after it$|^afterwards$|^within a (day|week)$|^every week$", re.IGNORECASE
)
_START = re.compile(r"^at the start$|^in the first (minutes?|half hour)$", re.IGNORECASE)
_MINUTE = re.compile(r"^(?:in |from )?minute (\d{1,4})", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:first|within) (\d{1,4}) min", re.IGNORECASE)
_EVERY = re.compile(r"^every (\d{1,4}) min", re.IGNORECASE)
_LAST = re.compile(r"\blast (\d{1,4}) min", re.IGNORECASE)


def moment_of(timing: str | None, moments: Sequence[Moment]) -> Moment:
    """The part of the evening a step belongs to: by its own words, else by its strategy's moments."""
    words = (timing or "").strip()
    if _BEFORE.search(words):
        return "before"
    if _AFTER.search(words):
        return "after"
    if words or "during" in moments or not moments:
        return "during"
    return moments[0]


def minutes_of(timing: str | None, duration: float) -> tuple[float, ...]:
    """The minutes of a LIVE of `duration` minutes at which the words put a step; empty where they name none.

    `within 10 minutes` and `in the first minutes` are minute 0: that is when to begin. What would lie outside the
    LIVE is left out.
    """
    words = (timing or "").strip()
    if every := _EVERY.search(words):
        step = max(int(every[1]), 1)
        return tuple(float(minute) for minute in range(step, int(duration), step))
    if last := _LAST.search(words):
        return (max(duration - float(last[1]), 0.0),)
    if named := _MINUTE.search(words):
        return (float(named[1]),) if float(named[1]) < duration else ()
    return (0.0,) if _START.search(words) or _WITHIN.search(words) else ()
