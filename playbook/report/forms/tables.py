"""The metrics of a review as rows of text: what every form of the review shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook import formats
from playbook.diagnosis.findings import Judgement, ProductRate
from playbook.pipeline import Review
from playbook.report.words import products, sentences

DIMENSIONS = ("reach", "engage", "convert")
NOTHING = "–"


@dataclass(frozen=True)
class MetricRow:
    """One metric in words and numbers; `judgement` for whoever draws it."""

    label: str
    value: str
    usual: str
    range: str
    verdict: str
    market: str
    judgement: Judgement


#: The columns of `product_rows`.
PRODUCT_COLUMNS = ("Product", "Shown", "Clicks", "Orders", "Product CTR", "CTOR", "CTOR before", "GMV", "Pinned")
_PINNED = {True: "yes", False: "no", None: NOTHING}


def product_rows(review: Review) -> Iterator[tuple[str, ...]]:
    """The products of a LIVE in words and numbers, pinned ones first; nothing without a product list."""
    room = review.diagnosis.products
    for each in products.in_order(room) if room else ():
        yield (
            each.name, *(NOTHING if number is None else formats.count(number) for number in (
                each.impressions, each.clicks, each.orders)),
            product_rate(each.ctr), product_rate(each.ctor), products.own_past(each),
            formats.money(each.gmv, review.session.currency) if each.gmv is not None else NOTHING,
            _PINNED[each.pinned],
        )  # fmt: skip


def product_rate(rate: ProductRate) -> str:
    """`4.4% (3.1–6.0%)`, or a dash."""
    if rate.value is None:
        return NOTHING
    return f"{formats.percent(rate.value)} ({formats.value_range(rate.low, rate.high, 'percent')})"


def any_market(review: Review) -> bool:
    """Whether somebody typed a market figure for a metric of this review."""
    return any(each.benchmark is not None for each in review.judgements.values())


def metric_rows(review: Review, dimension: str) -> Iterator[MetricRow]:
    """The metrics of a dimension in the order of metrics.yaml."""
    for name, judged in review.judgements.items():
        metric = review.knowledge.metrics[name]
        if metric.dimension != dimension:
            continue
        verdict = sentences.verdict(judged.verdict)
        if judged.verdict == "unknown":
            verdict = sentences.short_reason(judged)
        yield MetricRow(
            label=metric.label,
            value=sentences.value(review, judged) if judged.value is not None else NOTHING,
            usual=sentences.value(review, judged, judged.usual) if judged.usual is not None else NOTHING,
            range=sentences.usual_range(review, judged) if judged.low is not None else NOTHING,
            verdict=verdict,
            market=NOTHING if judged.benchmark is None else sentences.value(review, judged, judged.benchmark.value),
            judgement=judged,
        )
