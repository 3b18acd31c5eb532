"""The model of content/metrics.yaml: counts, and the metrics computed from them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playbook.language.fields import Spoken

from .reader import Strict

Dimension = Literal["reach", "engage", "convert"]
Role = Literal["factor", "part", "volume", "outcome"]
ShownAs = Literal["percent", "number", "seconds", "money", "decimal"]
#: What people read, in their language.
Name = Annotated[str, Spoken()]


class Count(Strict):
    """A number the platform counted."""

    label: Name
    unit: str = Field(description="What one of them is, in the plural: times, people, orders. An amount is money.")
    plain: Name = Field(description="What is counted, in one sentence.")


class TrafficSlope(Strict):
    """What is expected of the slope of the metric's log on log impressions per hour, before any LIVE is seen."""

    mean: float = Field(description="Below 0 where people are colder when the LIVE is shown to more of them.")
    sd: float = Field(gt=0)


class ByMinute(Strict):
    """How a metric is followed inside a LIVE: dips, drifts, and what changed around events."""

    proportion: bool = Field(True, description="One unit below gives at most one above; false where it may give more.")
    course_sd: float = Field(0.04, gt=0, description="Sd of its slow course around its level, as a part of it.")
    warm_up: float = Field(0, ge=0, description="Minutes from the start until it has settled; not compared before.")
    takings: bool = Field(False, description="Money: read as a number of orders of the usual size.")
    around_events: bool = Field(False, description="Compared before and after each event of the log.")


class _Metric(Strict):
    label: Name
    short: Name = Field(description="The name in tight places: ERR, CTOR.")
    dimension: Dimension
    role: Role
    good: Literal["high", "low"] = "high"
    shown_as: ShownAs
    step: Annotated[str, Spoken("what people do")] = Field(
        description="What people do at this step, as it stands in a sentence: entering, ordering."
    )
    less: Name = Field(description="What is said when it is below usual, without a full stop.")
    more: Name = Field(description="What is said when it is above usual, without a full stop.")
    plain: Name = Field(description="The definition in one or two sentences of our own.")
    why: Name = Field(description="What it tells a seller.")
    platform_names: list[str] = Field(default_factory=list, description="How exports and screens call it.")
    remark: Name | None = None
    prior_spread: float | None = Field(
        None, gt=0, description="Expected sd of its log between LIVEs, before any is seen; left out: a wide one."
    )
    traffic_slope: TrafficSlope | None = Field(None, description="Left out: it does not depend on traffic.")
    by_minute: ByMinute | None = Field(None, description="Left out: it is not followed inside a LIVE.")
    of_products: bool = Field(False, description="It depends on which product is pitched.")
    steered_by: bool = Field(False, description="A volume that a seller steers by: slides count, and it needs advice.")
    moves_with: str | None = Field(None, description="Metrics with the same word here fall together as a rule.")
    costs_gmv: bool = Field(False, description="GMV falls by the same part when nothing else changes.")
    answered_under: list[str] = Field(
        default_factory=list, description="Metrics under which strategies answer it, where it has none of its own."
    )
    verb: Annotated[str, Spoken("what they did")] | None = Field(
        None, description="What those who went on did, behind the rate in the funnel: entered."
    )


class Ratio(_Metric):
    """numerator / denominator x times. `hours` is the length of the LIVE."""

    type: Literal["ratio"]
    numerator: str
    denominator: str
    times: int = 1
    at_most_one: bool = Field(
        False, description="Each unit below gives at most one above: more above is a mistake, and noise is binomial."
    )
    needs_at_least: float = Field(description="A smaller denominator is shown but not judged.")


class Average(_Metric):
    """A mean the platform prints and whose parts it does not: taken as it is."""

    type: Literal["average"]
    value: str
    weight: str
    needs_at_least: float


class Plain(_Metric):
    """A count shown as a metric."""

    type: Literal["count"]
    value: str


Metric = Annotated[Ratio | Average | Plain, Field(discriminator="type")]


class Metrics(Strict):
    """content/metrics.yaml."""

    version: Literal[1]
    counts: dict[str, Count]
    metrics: dict[str, Metric]
