"""Many LIVEs at once: counts as columns, so that a history is judged without a loop over sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playbook.model.session import Session

from .compute import usable
from .formula import HOURS, Formula

#: The column of the GMV that belongs to the orders of a LIVE.
_ORDERS_GMV = "orders_gmv"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MetricTable:
    """Columns of counts, one row a session, in the order given; NaN is unknown."""

    sessions: tuple[Session, ...]
    columns: dict[str, Floats] = field(repr=False)

    def numerator(self, of: Formula) -> Floats:
        """What stands above the line; for a printed mean, the mean itself."""
        return self.columns[_ORDERS_GMV if of.per_order else of.numerator]

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

    def orders_kinds(self) -> NDArray[np.str_]:
        """The kind of orders of each LIVE; empty where it has none."""
        return self._orders_kinds

    def gmv_kinds(self, of: Formula) -> NDArray[np.str_]:
        """The kind of GMV in each LIVE's value; empty where it is not known."""
        return self._orders_gmv_kinds if of.per_order else self._gmv_kinds

    def approximate(self, of: Formula) -> NDArray[np.bool_]:
        """Whether one of the metric's counts was derived in each LIVE."""
        if not self._some_derived:
            return np.zeros(len(self.sessions), dtype=bool)
        return np.array([of.is_approximate(session) for session in self.sessions])

    @cached_property
    def _orders_kinds(self) -> NDArray[np.str_]:
        return np.array([session.orders_kind or "" for session in self.sessions], dtype=str)

    @cached_property
    def _gmv_kinds(self) -> NDArray[np.str_]:
        return np.array([session.gmv_kind or "" for session in self.sessions], dtype=str)

    @cached_property
    def _orders_gmv_kinds(self) -> NDArray[np.str_]:
        return np.array([session.orders_gmv_kind or "" for session in self.sessions], dtype=str)

    @cached_property
    def _some_derived(self) -> bool:
        return any(session.approximate for session in self.sessions)

    def like_last(self, of: Formula) -> Floats:
        """As `value`, NaN where a LIVE's orders or GMV are known to be of another kind than the last one's."""
        value = self.value(of)
        for applies, kinds in ((of.of_orders, self.orders_kinds()), (of.money, self.gmv_kinds(of))):
            if applies and len(kinds):
                value = np.where((kinds == kinds[-1]) | (kinds == "") | (kinds[-1] == ""), value, np.nan)
        return value

    def enough(self, of: Formula) -> NDArray[np.bool_]:
        """Where the denominator is large enough to be judged, and both counts can be right."""
        below = self.denominator(of)
        return ((below >= of.needs_at_least) | (np.isnan(below) & of.average)) & self.possible(of)

    def possible(self, of: Formula) -> NDArray[np.bool_]:
        """Where the two counts can both be right, as `Formula.possible` says of one LIVE."""
        return ~((self.numerator(of) > self.denominator(of)) & of.at_most_one)


def table(sessions: Sequence[Session], formulas: Iterable[Formula]) -> MetricTable:
    """The counts that `formulas` need, with orders (of the kind that each LIVE has) and hours always there."""
    formulas = tuple(formulas)
    names = {count for of in formulas for count in of.counts} | {"sku_orders", HOURS, "impressions"}
    columns = {
        name: np.array([_number(_count(session, name)) for session in sessions], dtype=np.float64)
        for name in sorted(names)
    }
    if any(of.per_order for of in formulas):
        columns[_ORDERS_GMV] = np.array([_number(session.orders_gmv) for session in sessions], dtype=np.float64)
    return MetricTable(tuple(sessions), columns)


def _count(session: Session, name: str) -> float | None:
    if name == HOURS:
        return session.hours
    return session.orders if name == "sku_orders" else session.counts.get(name)


def _number(count: float | None) -> float:
    number = usable(count)
    return float("nan") if number is None else number
