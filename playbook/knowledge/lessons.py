"""The model of one lesson: what it teaches, a sample to look at, and a quiz whose answers the engine can check."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from playbook.language.fields import Spoken

from .metrics import Dimension
from .reader import ID, Named, Strict, Words
from .strategies import Happened, MetricId, Number, Percent, Size, Text, UsualAndNow

Level = Literal["new", "growing", "seasoned"]
StrategyId = Annotated[str, Field(json_schema_extra={"known": "strategies"})]
About = Literal[
    "worst", "verdict", "status", "dimension", "leak", "course", "dip_kind", "dip_event", "value", "usual", "count",
    "worst_first", "steps", "share",
]  # fmt: skip

#: What a check needs to know besides what it is about.
NEEDS_METRIC: frozenset[str] = frozenset(
    {"verdict", "status", "dimension", "course", "dip_kind", "dip_event", "value", "usual"}
)
#: Which checks compute an answer of which kind of question.
CHECKS: dict[str, frozenset[str]] = {
    "choice": frozenset(
        {"worst", "verdict", "status", "dimension", "leak", "course", "dip_kind", "dip_event", "share"}
    ),
    "number": frozenset({"value", "usual", "count"}),
    "order": frozenset({"worst_first", "steps"}),
}
_AGAIN = "The same point asked in other words, with an answer of its own: one of them is drawn each time."
_SPAN = re.compile(r"^(\d{1,4})-(\d{1,4})$")
_PERCENT = re.compile(r"^[+-]?\d+(\.\d+)?%$")


def _span(value: Any) -> tuple[int, int]:
    match = _SPAN.match(value) if isinstance(value, str) else None
    if match is None or int(match[1]) >= int(match[2]):
        raise ValueError("write the first and the last minute, like 41-63")
    return int(match[1]), int(match[2])


def _amount(value: Any) -> float:
    if isinstance(value, str) and _PERCENT.match(value):
        return float(value.removesuffix("%")) / 100
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= 1e15:
        raise ValueError("write a plain number, or a percentage with its sign, like 12.5 or 12%")
    return float(value)


Span = Annotated[tuple[int, int], BeforeValidator(_span), WithJsonSchema({"type": "string", "pattern": _SPAN.pattern})]
Amount = Annotated[
    float,
    BeforeValidator(_amount),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": _PERCENT.pattern}]}),
]


class Check(Strict):
    """What the review of the lesson's sample must say for an answer to be right."""

    about: About = Field(description="What is looked up in the review of the sample.")
    metric: MetricId | None = None
    count: str | None = Field(None, description="For count: which one.", json_schema_extra={"known": "counts"})

    name: Text | None = Field(None, description="For share: the channel or the audience.")

    @model_validator(mode="after")
    def _complete(self) -> Check:
        if self.about in NEEDS_METRIC and self.metric is None:
            raise ValueError(f"about: {self.about} needs a metric, like metric: err")
        if self.about == "count" and self.count is None:
            raise ValueError("about: count needs a count, like count: views")
        if self.about == "share" and self.name is None:
            raise ValueError("about: share needs the name of a channel or an audience, like name: following")
        return self


class _Question(Strict):
    ask: Words
    why: Words = Field(description="The reason for the answer, shown after it was given.")


def _check_fits(kind: str, check: Check | None) -> None:
    if check is not None and check.about not in CHECKS[kind]:
        raise ValueError(f"a {kind} question is checked about one of: {', '.join(sorted(CHECKS[kind]))}")


class AskedChoice(_Question):
    """A question and its choices."""

    choices: list[Words] = Field(min_length=2, max_length=6)
    right: Words

    @model_validator(mode="after")
    def _right(self) -> Self:
        if self.right not in self.choices:
            raise ValueError("right is not one of the choices; copy it letter by letter")
        if len(set(self.choices)) < len(self.choices):
            raise ValueError("a choice stands there twice")
        return self


class Choice(AskedChoice):
    """One right answer among several."""

    kind: Literal["choice"]
    check: Check | None = None
    again: list[AskedChoice] = Field(default_factory=list, max_length=20, description=_AGAIN)

    @model_validator(mode="after")
    def _checked(self) -> Choice:
        _check_fits("choice", self.check)
        return self


class NumberAnswer(_Question):
    """A number, right within a tolerance."""

    kind: Literal["number"]
    unit: Literal["percent", "seconds", "money", "number"] = "number"
    right: Amount = Field(description="A plain number, or with its sign: 12.1%.")
    tolerance: Amount = Field(description="How far off is still right, in the same unit.", ge=0)
    check: Check | None = None

    @model_validator(mode="after")
    def _signed(self) -> NumberAnswer:
        if self.unit == "percent" and max(abs(self.right), self.tolerance) > 1:
            raise ValueError("with unit: percent write right and tolerance with the sign, like 12% and 0.5%")
        _check_fits("number", self.check)
        return self


class MarkDip(_Question):
    """A stretch of minutes on the trend of the sample; the review's own dip of that metric must be there."""

    kind: Literal["dip"]
    metric: MetricId
    right: Span = Field(description="First and last minute of the dip: 41-63.")


class PickStrategy(_Question):
    """The one strategy among several that the review of the sample recommends."""

    kind: Literal["strategy"]
    choices: list[StrategyId] = Field(min_length=2, max_length=5)
    right: StrategyId

    @model_validator(mode="after")
    def _right(self) -> PickStrategy:
        if self.right not in self.choices:
            raise ValueError("right is not one of the choices; copy it letter by letter")
        return self


class AskedOrder(_Question):
    """A question and its steps in the right order."""

    right: list[Words] = Field(min_length=3, max_length=6)

    @model_validator(mode="after")
    def _different(self) -> Self:
        if len(set(self.right)) < len(self.right):
            raise ValueError("a step stands there twice")
        return self


class Order(AskedOrder):
    """Steps to put in order; `right` is the right order, shown shuffled."""

    kind: Literal["order"]
    check: Check | None = None
    again: list[AskedOrder] = Field(default_factory=list, max_length=20, description=_AGAIN)

    @model_validator(mode="after")
    def _checked(self) -> Order:
        _check_fits("order", self.check)
        return self


Question = Annotated[Choice | NumberAnswer | MarkDip | PickStrategy | Order, Field(discriminator="kind")]


class FileSample(Strict):
    """Exports that come with the program."""

    kind: Literal["files"]
    folder: str = Field(pattern=ID, description="A folder of data/samples.")


class ShopSample(Strict):
    """A made-up shop; the last LIVE is the one to look at."""

    kind: Literal["shop"]
    seed: int = Field(ge=0)
    sessions: int = Field(10, ge=2, le=40, description="LIVEs in all, the last one included.")
    impressions: Number = Field(60_000, ge=500, le=1_000_000, description="A LIVE, about.")
    left: dict[MetricId, Size] = Field(
        default_factory=dict, description="What is left of a rate in the last LIVE: {ctr: 55%}."
    )
    also_in: list[int] = Field(
        default_factory=list, description="Earlier LIVEs, counted from 1, with the same cut: a repeat offender."
    )
    channels: dict[str, UsualAndNow] = Field(
        default_factory=dict, description="Shares of views by channel, usually and in the last LIVE: [6%, 2%]."
    )
    audiences: dict[str, UsualAndNow] = Field(default_factory=dict, description="The same by audience.")


class PlantedFall(Strict):
    """A stretch in which a metric of the made-up room loses a part of itself."""

    metric: Literal["impressions", "err", "ctr", "ctor", "follow_rate", "comment_rate"]
    minutes: Span
    lost: Size


class RoomSample(Strict):
    """A made-up LIVE minute by minute."""

    kind: Literal["room"]
    seed: int = Field(ge=0)
    minutes: int = Field(120, ge=60, le=300)
    per_minute: Number = Field(300, ge=10, le=5000, description="Impressions a minute, about.")
    falls: list[PlantedFall] = Field(default_factory=list)
    events: list[Happened] = Field(default_factory=list)


Sample = Annotated[FileSample | ShopSample | RoomSample, Field(discriminator="kind")]


class WorkedExample(Strict):
    """What to see in the sample, beside a drawing of it."""

    show: Literal["worst", "funnel", "money", "trend", "numbers", "channels"]
    metrics: list[MetricId] = Field(default_factory=list, description="For trend: one or two. For numbers: which.")
    text: Words


class See(Strict):
    """A picture inside the reading that is answered by pointing at it: a weak metric to click, a dip to drag over."""

    kind: Literal["weak", "dip"]
    metric: Literal["err", "comment_rate", "follow_rate", "share_rate", "like_rate", "ctr", "ctor", "impressions"]

    @model_validator(mode="after")
    def _drawable(self) -> See:
        if self.kind == "dip" and self.metric in ("share_rate", "like_rate"):
            raise ValueError("a dip is drawn in impressions, err, ctr, ctor, comment_rate or follow_rate")
        if self.kind == "weak" and self.metric == "impressions":
            raise ValueError("impressions are no rate; use kind: dip, or a rate")
        return self


class Lesson(Named):
    """One lesson."""

    id: str = Field(pattern=ID, description="Permanent, and the file's name: results and links use it.")
    title: Words
    level: Level
    minutes: int = Field(ge=1, le=30, description="About how long it takes.")
    order: int = Field(ge=0, le=1000, description="Its place in the course.")
    teaches: list[MetricId] = Field(default_factory=list)
    dimension: Dimension | None = None
    strategies: list[StrategyId] = Field(default_factory=list, description="What to use it with; linked both ways.")
    goal: Words = Field(description="What a person can do afterwards.")
    read: Annotated[Text, Spoken(paragraphs=True)] = Field(description="The reading, Markdown in short paragraphs.")
    see: list[See] = Field(
        default_factory=list, description="Pictures to answer, one between two pieces of the reading."
    )
    feel: list[MetricId] = Field(default_factory=list, description="Metrics to feel with sliders.")
    sample: Sample
    example: WorkedExample
    tries: list[Words] = Field(min_length=1, description="Things to do on one's own LIVE.")
    quiz: list[Question] = Field(min_length=3, max_length=6)
    pass_mark: Percent

    @model_validator(mode="after")
    def _sensible(self) -> Lesson:
        if not 0 < self.pass_mark <= 1:
            raise ValueError("pass_mark lies between 1% and 100%")
        drawn = self.sample.kind != "shop"
        if not drawn and (self.example.show == "trend" or any(each.kind == "dip" for each in self.quiz)):
            raise ValueError("a made-up shop has no minutes; use a sample of kind room or files")
        return self
