"""Many LIVEs at once: counts as columns, so that a history is judged without a loop over sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from playbook.session import Session

from .compute import usable
from .formula import HOURS, Formula

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """Columns of counts, one row a session, in the order given; NaN is unknown."""

    sessions: tuple[Session, ...]
    columns: dict[str, Floats] = field(repr=False)

    def numerator(self, of: Formula) -> Floats:
        """What stands above the line; for a printed mean, the mean itself."""
        return self.columns[of.numerator]

    def denominator(self, of: Formula) -> Floats:
        """What stands below the line; ones where the metric is a plain count."""
        return np.ones(len(self.sessions)) if of.denominator is None else self.columns[of.denominator]

    def value(self, of: Formula) -> Floats:
        """The metric in its own unit, NaN where it is undefined. Agrees with `compute` to the last bit."""
        above, below = self.numerator(of), self.denominator(of)
        if of.denominator is None:
            return above
        if of.average:
            return np.where(below == 0, np.nan, above)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            value = above / below * of.times
        return np.where(np.isfinite(value), value, np.nan)

    def enough(self, of: Formula) -> NDArray[np.bool_]:
        """Where the denominator is large enough to be judged, and both counts can be right."""
        below = self.denominator(of)
        return ((below >= of.needs_at_least) | (np.isnan(below) & of.average)) & self.possible(of)

    def possible(self, of: Formula) -> NDArray[np.bool_]:
        """Where the two counts can both be right, as `Formula.possible` says of one LIVE."""
        return ~((self.numerator(of) > self.denominator(of)) & of.at_most_one)


def table(sessions: Sequence[Session], formulas: Iterable[Formula]) -> Table:
    """The counts that `formulas` need, with orders and hours always there."""
    names = {count for of in formulas for count in of.counts} | {"sku_orders", HOURS, "impressions"}
    columns = {
        name: np.array([_number(s.hours if name == HOURS else s.counts.get(name)) for s in sessions], dtype=np.float64)
        for name in sorted(names)
    }
    return Table(tuple(sessions), columns)


def _number(count: float | None) -> float:
    number = usable(count)
    return float("nan") if number is None else number
