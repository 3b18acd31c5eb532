"""The model of content/metrics.yaml: counts, and the metrics computed from them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .reader import Strict

Dimension = Literal["reach", "engage", "convert"]
Role = Literal["factor", "part", "volume", "outcome"]
ShownAs = Literal["percent", "number", "seconds", "money", "decimal"]


class Count(Strict):
    """A number the platform counted."""

    label: str
    unit: str = Field(description="What one of them is, in the plural: times, people, orders.")
    plain: str = Field(description="What is counted, in one sentence.")


class _Metric(Strict):
    label: str
    short: str = Field(description="The name in tight places: ERR, CTOR.")
    dimension: Dimension
    role: Role
    good: Literal["high", "low"] = "high"
    shown_as: ShownAs
    step: str = Field(description="What people do at this step, as it stands in a sentence: entering, ordering.")
    less: str = Field(description="What is said when it is below usual, without a full stop.")
    more: str = Field(description="What is said when it is above usual, without a full stop.")
    plain: str = Field(description="The definition in one or two sentences of our own.")
    why: str = Field(description="What it tells a seller.")
    platform_names: list[str] = Field(default_factory=list, description="How exports and screens call it.")
    remark: str | None = None


class Ratio(_Metric):
    """numerator / denominator x times. `hours` is the length of the LIVE."""

    type: Literal["ratio"]
    numerator: str
    denominator: str
    times: int = 1
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
