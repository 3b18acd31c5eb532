"""Whether the rows of a trend are running totals, and what came in each row if they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from playbook.imports.layout.columns import Rows
from playbook.imports.results import Question
from playbook.language import _
from playbook.model.session import Session

#: Counts whose minutes do not add up to the LIVE: one person is in several minutes.
NOT_ADDITIVE = frozenset(
    {"viewers", "customers", "avg_viewing_seconds", "peak_viewers", "avg_viewers", "products_added"}
)

#: Shorter columns rise by chance often enough to say nothing about running totals.
MIN_ROWS = 6
_CLOSE = 0.05


def running_totals(
    found: Rows, columns: Mapping[str, Sequence[float | None]], session: Session | None, totals: bool | None
) -> tuple[bool, tuple[Question, ...]]:
    """Whether the rows are running totals, and what to ask when only a person can tell.

    Suspicious are columns of six rows or more that never fall. If the session's own totals are known, rows that
    add up to them are rows, and a last row that equals them is a running total.
    """
    if totals is not None:
        return totals, ()
    additive = {name: values for name, values in columns.items() if name not in NOT_ADDITIVE}
    moving = [values for values in additive.values() if any(values)]
    if not moving or not all(never_falls(values) for values in moving):
        return False, ()
    if all(len(known_values(values)) < MIN_ROWS or len(set(known_values(values))) == 1 for values in moving):
        return False, ()
    sums, lasts = [], []
    for name, values in additive.items():
        total = session.counts.get(name) if session is not None else None
        known = known_values(values)
        if total and known and any(known):
            sums.append(sum(known) / total)
            lasts.append(known[-1] / total)
    if sums and abs(median(sums) - 1) <= _CLOSE:
        return False, ()
    if lasts and abs(median(lasts) - 1) <= _CLOSE:
        return True, ()
    name = found.match.table.file
    found.remark(_("no column ever falls, so the rows may be running totals; they are kept as printed until you say"))
    text = _(
        "{file}: no column ever falls. Does each row hold its own minutes, or everything since the start?", file=name
    )
    return False, (Question("trend_totals", name, text, ("own minutes", "since the start")),)


def known_values(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def never_falls(values: Sequence[float | None]) -> bool:
    known = known_values(values)
    return all(b >= a for a, b in pairwise(known))


def differences(values: Sequence[float | None]) -> list[float | None]:
    """What came since the row before; a hole makes the row after it unknown too, since it spans both."""
    result: list[float | None] = []
    before: float | None = 0.0
    for value in values:
        result.append(None if value is None or before is None else value - before)
        before = value
    return result
