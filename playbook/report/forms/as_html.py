"""A Review as one HTML file that opens without a network, now and in a year, and prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from playbook import formats
from playbook.pipeline import VERSION, Review
from playbook.plans.evidence import Evidence
from playbook.plans.outcomes import PlanOutcome
from playbook.plans.plan import Plan
from playbook.report.charts import svg
from playbook.report.words import dips, naming, opening, plans, products, sentences

from .page import rendered
from .tables import DIMENSIONS, PRODUCT_COLUMNS, any_market, metric_rows, product_rows

MONEY = "Where the money went"
#: Products that the report lists.
_SOLD = 8


def as_html(
    review: Review,
    made: date | None = None,
    plan: Plan | None = None,
    outcomes: Sequence[PlanOutcome] = (),
    evidence: Mapping[str, Evidence] | None = None,
    shop: str = "",
    note: str = "",
) -> str:
    """Sentence, charts, the worst metrics, verdicts on earlier plans, advice, the plan, all metrics, method.

    `shop` is its name where it is not that of the account in the export; `note` what was written about the LIVE.

    Every text of a file is escaped by the template engine and in `svg`. `made` is printed as the date of the report.
    `plan` is the change chosen for the next LIVE, `outcomes` what the LIVEs say of those before, `evidence` the
    shop's own tries by strategy id.
    """
    with formats.written_for(review.session.currency):
        return rendered(
            "review",
            review=review,
            about=naming.about(review.session, naming.shop_of(review.session, shop)),
            note=note.strip(),
            sold=sold(review),
            say=sentences,
            opening=opening,
            words=plans,
            weakest=[(each, review.judgements[each.metric]) for each in review.diagnosis.worst],
            tables=[(each, list(metric_rows(review, each))) for each in DIMENSIONS],
            market=any_market(review),
            charts=_charts(review),
            dips=review.diagnosis.dips,
            dip_words=dips,
            product_words=products,
            product_columns=PRODUCT_COLUMNS,
            product_table=list(product_rows(review)),
            money_heading=MONEY,
            band=svg.band,
            made=made,
            plan=plan,
            outcomes=[(each, _title(review, each)) for each in outcomes],
            evidence=evidence or {},
            product=_version(),
            schema=VERSION,
        )


def _charts(review: Review) -> list[tuple[str, Markup]]:
    """Heading and picture of what can be drawn."""
    session, found = review.session, review.diagnosis
    charts = [("From impressions to orders", svg.funnel(review))]
    if found.leak is not None:
        charts.append((MONEY, svg.leak(review, found.leak)))
    if session.trend is not None and session.trend_step:
        bands = [(each.start_minute, each.end_minute) for each in found.dips]
        charts.append(("The LIVE by minute", svg.trend(session.trend, session.trend_step, session.events, bands)))
    return [(heading, picture) for heading, picture in charts if picture]


def sold(review: Review) -> list[tuple[str, str, str, str]]:
    """Name, product clicks, orders and GMV of the products that sold most; none where GMV is not known of any."""
    known = [each for each in review.session.products if each.counts.get("gmv") is not None]
    first = sorted(known, key=lambda each: -(each.counts["gmv"] or 0.0))[:_SOLD]

    def shown(number: float | None) -> str:
        return "–" if number is None else formats.count(number)

    return [
        (
            each.name or each.product_id or "–",
            shown(each.counts.get("product_clicks")),
            shown(each.counts.get("sku_orders")),
            formats.money_short(each.counts["gmv"], review.session.currency),
        )
        for each in first
    ]


def _title(review: Review, outcome: PlanOutcome) -> str:
    strategy = review.knowledge.strategies.get(outcome.strategy)
    return outcome.strategy.replace("_", " ") if strategy is None else strategy.title


def _version() -> str:
    import playbook  # here: the package imports its pipeline, which imports reports when asked for one

    return playbook.__version__
