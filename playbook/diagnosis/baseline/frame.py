"""Which earlier LIVEs each judged LIVE looks back on, as positions in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from playbook.metrics.formula import HOURS, Formula
from playbook.metrics.table import MetricTable
from playbook.stats.arrays import Bools, Floats

from .history import NEEDED, start_of

#: How many LIVEs back a usual looks; as recent ones weigh more, older ones hardly matter.
WINDOW = 60
#: A LIVE at another hour or of another length is taken to vary this much more, where enough alike ones exist.
_APART, _ENOUGH_ALIKE = 0.35, 8


@dataclass(frozen=True)
class Frame:
    """`targets` are positions in the table (oldest first); row t of the others belongs to target t.

    `past` (targets, columns): positions of earlier LIVEs, the latest in the last column; `before`: whether
    such a LIVE exists and started strictly before the target. `variance_inflation`: of its session variance.
    `traffic`: log impressions per hour (per LIVE where the first target's length is unknown) of every session in
    the table, NaN where unknown.
    """

    table: MetricTable
    targets: NDArray[np.intp]
    past: NDArray[np.intp]
    before: Bools
    variance_inflation: Floats
    traffic: Floats
    accepted: Mapping[str, datetime] = field(default_factory=dict)

    def of_new_level(self, metric: str, known: Bools) -> Bools:
        """`known` without LIVEs from before the level that a person accepted as the usual of `metric`.

        A LIVE from before that is judged as it was; where fewer than three LIVEs are left, so is every one.
        """
        since = self.accepted.get(metric)
        if since is None:
            return known
        new = np.array([start_of(each) >= since.replace(tzinfo=None) for each in self.table.sessions])
        kept = known & new[self.past]
        enough = kept.sum(axis=1) >= NEEDED
        return np.where((new[self.targets] & enough)[:, None], kept, known)


def frame(table: MetricTable, targets: Sequence[int], accepted: Mapping[str, datetime] | None = None) -> Frame:
    """Lay out the LIVEs before each of `targets`; `accepted` as in `over_lives.lasting`."""
    at = np.array(targets, dtype=np.intp)
    columns = int(min(WINDOW, max(at.max(initial=1), 1)))
    past = at[:, None] - columns + np.arange(columns)[None, :]
    before = past >= 0
    past = np.maximum(past, 0)
    starts = np.array([start_of(s) for s in table.sessions], dtype="datetime64[s]")
    dated = np.array([s.start is not None for s in table.sessions])
    same_moment = (starts[past] >= starts[at][:, None]) & dated[at][:, None]
    before &= ~same_moment
    inflation = _variance_inflation(table, starts, dated, at, past, before)
    return Frame(table, at, past, before, inflation, _traffic(table, at[0]), accepted or {})


def _traffic(table: MetricTable, judged: np.intp) -> Floats:
    """By the hour; by the LIVE where the judged one's length is not known."""
    shown, hours = table.columns["impressions"], table.columns[HOURS]
    hours = hours if hours[judged] > 0 else np.ones(len(hours))
    fine = (shown > 0) & (hours > 0)
    return np.where(fine, np.log(np.where(fine, shown, 1.0)) - np.log(np.where(fine, hours, 1.0)), np.nan)


def _variance_inflation(
    table: MetricTable,
    starts: NDArray[np.datetime64],
    dated: Bools,
    at: NDArray[np.intp],
    past: NDArray[np.intp],
    before: Bools,
) -> Floats:
    """1, and more for LIVEs of another hour or length, if enough of the others are alike."""
    clock = (starts - starts.astype("datetime64[D]")).astype(float) / 3600
    gap = np.abs(clock[past] - clock[at][:, None])
    elsewhen = (np.minimum(gap, 24 - gap) > 4) & dated[past] & dated[at][:, None]
    hours = table.columns[HOURS]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = hours[past] / hours[at][:, None]
    longer = (ratio > 2) | (ratio < 0.5)
    alike = (before & ~elsewhen & ~longer).sum(axis=1) >= _ENOUGH_ALIKE
    return np.asarray(1 + _APART * alike[:, None] * (elsewhen.astype(float) + longer))


def alike(frame: Frame, of: Formula, known: Bools) -> tuple[Bools, Bools]:
    """Which known past values are of the judged one's kind, and for which targets kinds had to be mixed.

    Orders of different kinds are never mixed, nor are direct and attributed GMV; a GMV whose kind is not known
    stands in only where fewer than three of the same kind exist. Derived (approximate) counts give way to exact
    ones in the same way, and the other way round.
    """
    mixed = np.zeros(len(frame.targets), dtype=bool)
    if of.of_orders:
        known = known & _same_orders(frame, known)
    if of.money:
        kinds = frame.table.gmv_kinds(of)
        now, then = kinds[frame.targets][:, None], kinds[frame.past]
        known = known & ((then == now) | (then == "") | (now == ""))
        known, mixed = _prefer(known, then == now)
    rough = frame.table.approximate(of)
    if rough.any():
        known, more = _prefer(known, rough[frame.past] == rough[frame.targets][:, None])
        mixed |= more
    return known, mixed


def _same_orders(frame: Frame, known: Bools) -> Bools:
    """Orders of one kind only: the judged LIVE's, or where it has none that of the latest known LIVE before it."""
    kinds = frame.table.orders_kinds()
    then, now = kinds[frame.past], kinds[frame.targets]
    latest = known.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    now = np.where(now == "", then[np.arange(len(then)), latest], now)
    return np.asarray(then == now[:, None])


def _prefer(known: Bools, same: Bools) -> tuple[Bools, Bools]:
    enough = (known & same).sum(axis=1, keepdims=True) >= NEEDED
    chosen = known & (same | ~enough)
    return chosen, np.asarray((chosen & ~same).any(axis=1))
