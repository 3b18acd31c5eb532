"""A metric definition reduced to the two numbers that make its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from playbook.knowledge.metrics import Average, Metric, Ratio
from playbook.model.session import ORDERS, Session

#: The one denominator that is not a count: the length of the LIVE.
HOURS = "hours"


@dataclass(frozen=True)
class Formula:
    """value = numerator / denominator x times; without a denominator the numerator is the value.

    `average` marks a printed mean: the numerator is the mean itself and the denominator only its weight. `at_most_one`:
    each unit below gives at most one above, so that counting noise is binomial. `prior_spread` and `traffic_slope`
    (mean, sd) are those of metrics.yaml.
    """

    numerator: str
    denominator: str | None
    times: int = 1
    average: bool = False
    needs_at_least: float = 0.0
    at_most_one: bool = False
    prior_spread: float | None = None
    traffic_slope: tuple[float, float] | None = None

    def possible(self, above: float, below: float) -> bool:
        """Whether the two counts can both be right: where each below gives at most one above, no more above."""
        return not self.at_most_one or above <= below

    def is_approximate(self, session: Session) -> bool:
        """Whether one of its counts was derived in this LIVE."""
        orders = ORDERS.get(session.orders_kind or "", "sku_orders")
        return any((orders if name == "sku_orders" else name) in session.approximate for name in self.counts)

    @property
    def money(self) -> bool:
        return self.numerator.startswith("gmv")

    @property
    def of_orders(self) -> bool:
        """Whether it counts orders, of which exports print several kinds."""
        return "sku_orders" in self.counts

    @property
    def per_order(self) -> bool:
        """Whether it is money for an order, so that both must be of one kind."""
        return self.money and self.denominator == "sku_orders"

    @property
    def counts(self) -> tuple[str, ...]:
        """The counts it is made of, `hours` included. `sku_orders` stands for whichever orders a LIVE has."""
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)


class _Priors(TypedDict):
    prior_spread: float | None
    traffic_slope: tuple[float, float] | None


def formula(metric: Metric) -> Formula:
    """The formula of one metric of metrics.yaml."""
    slope = (metric.traffic_slope.mean, metric.traffic_slope.sd) if metric.traffic_slope else None
    priors: _Priors = {"prior_spread": metric.prior_spread, "traffic_slope": slope}
    if isinstance(metric, Ratio):
        return Formula(
            metric.numerator,
            metric.denominator,
            metric.times,
            False,
            metric.needs_at_least,
            metric.at_most_one,
            **priors,
        )
    if isinstance(metric, Average):
        return Formula(metric.value, metric.weight, 1, True, metric.needs_at_least, **priors)
    return Formula(metric.value, None, **priors)


def formulas(metrics: Mapping[str, Metric]) -> dict[str, Formula]:
    """The formula of every metric, in the same order."""
    return {name: formula(metric) for name, metric in metrics.items()}
