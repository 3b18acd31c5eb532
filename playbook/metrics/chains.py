"""Which metrics multiply to GMV, and which counts lie on the way: read out of the formulas of metrics.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playbook.knowledge.metrics import Metric, Plain, Ratio

GMV = "gmv"


@dataclass(frozen=True)
class FunnelCount:
    """A count on the way from being shown to ordering, the rate that leads to it, and that rate's verb.

    `rate` is None for the first. `fine`: only a finer link leads to it, so that a short funnel goes without.
    """

    count: str
    rate: str | None
    verb: str
    fine: bool


def gmv_chains(metrics: Mapping[str, Metric]) -> tuple[tuple[str, ...], ...]:
    """Every chain of metrics whose product is GMV (GPMs counted for one, not for a thousand), the finest first.

    A chain begins with a count of reach; each ratio after it counts what the one before it gave.
    """
    found = [
        chain
        for name, metric in metrics.items()
        if isinstance(metric, Plain) and metric.dimension == "reach"
        for chain in _onward((name,), metric.value, metrics)
    ]
    return tuple(sorted(found, key=lambda chain: -len(chain)))


def _onward(chain: tuple[str, ...], count: str, metrics: Mapping[str, Metric]) -> Iterator[tuple[str, ...]]:
    if count == GMV:
        yield chain
        return
    for name, metric in metrics.items():
        if isinstance(metric, Ratio) and metric.denominator == count and name not in chain:
            yield from _onward((*chain, name), metric.numerator, metrics)


def counts_of(chain: tuple[str, ...], metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    """The counts that a chain's metrics count, in its order: impressions, views, product clicks ..."""
    return tuple(count_of(metrics[name]) for name in chain)


def count_of(metric: Metric) -> str:
    """The count above the line, or the count that the metric is."""
    return metric.numerator if isinstance(metric, Ratio) else metric.value


def funnel(metrics: Mapping[str, Metric]) -> tuple[FunnelCount, ...]:
    """The counts of the finest chain up to the orders, each with the factor that leads to it, else the finer link."""
    finest = next(iter(gmv_chains(metrics)), ())
    counts = [each for each in counts_of(finest, metrics) if each != GMV]
    found = []
    for place, count in enumerate(counts):
        rates = [
            (metric.role != "factor", name)
            for name, metric in metrics.items()
            if isinstance(metric, Ratio) and metric.numerator == count and metric.denominator in counts[:place]
        ]
        fine, rate = min(rates, default=(False, None))
        found.append(FunnelCount(count, rate, (metrics[rate].verb or "") if rate else "", fine))
    return tuple(found)
