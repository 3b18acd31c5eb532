"""The model of one strategy file: when it applies, why, what to do, and the examples that test it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from .facts import Fact
from .metrics import Dimension
from .reader import ID, Named, Strict, Words, matching

Status = Literal["tested", "draft", "retired"]
Moment = Literal["before", "during", "after"]
Owner = Literal["host", "operations"]
State = Literal["below_usual", "not_below_usual", "above_usual", "low", "sliding", "chronic"]
Finding = Literal["violation", "dip", "channel", "followers", "product", "unused"]
#: What a product of the LIVE may be called, see `diagnosis/products.py`.
Role = Literal["leaks", "pin", "move_up", "not_clicked"]
#: What a log of events may hold that a person chooses to do.
Tool = Literal["pin", "flash_sale", "giveaway", "billboard", "coupon", "ad"]

#: States that call a metric weak; the others only say where to look.
WEAK: frozenset[str] = frozenset({"below_usual", "low", "sliding", "chronic"})

_JUDGED = ("usual", "low", "high", "gap")
#: What `because` may name of a metric, by the state its line of `when` asks for. "" is the value itself.
PLACEHOLDERS: dict[str, tuple[str, ...]] = {
    "below_usual": ("", *_JUDGED),
    "not_below_usual": ("", *_JUDGED),
    "above_usual": ("", *_JUDGED),
    "low": ("", *_JUDGED, "graded"),
    "sliding": ("recent", "earlier", "change", "sessions"),
    "chronic": ("benchmark", "below", "of"),
}
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

_PERCENT = re.compile(r"^[+-]?\d+(\.\d+)?%$")
_DAY = re.compile(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")
_WITHIN = re.compile(r"^(\d+ min|next LIVE|[2-9] LIVEs)$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Z]{2})?$")
#: No count of a LIVE comes near, and everything below can be reckoned with.
_LARGEST = 1e15
#: `50x9 30x5`: nine LIVEs at 50, then five at 30, oldest first.
SERIES = re.compile(r"^\d+(\.\d+)?(x[1-9]\d?)?( \d+(\.\d+)?(x[1-9]\d?)?)*$")


def _percent(value: Any) -> float:
    if not isinstance(value, str) or not _PERCENT.match(value):
        raise ValueError("write a percentage with its sign, like 15%")
    return float(value.removesuffix("%")) / 100


def _size(value: Any) -> float:
    size = _percent(value)
    if size <= 0:
        raise ValueError("write a size above 0%, like 15%; which way it goes is said by is")
    return size


def _number(value: Any) -> float:
    """A finite number written as such; a quoted one is text, and text is no count."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= _LARGEST:
        raise ValueError("write a plain number, without units or thousands signs")
    return float(value)


def _languages(value: dict[str, list[str]]) -> dict[str, list[str]]:
    wrong = [language for language in value if not _LANGUAGE.match(language)]
    if wrong:
        raise ValueError(f"'{wrong[0]}' is not a language code like en, id or pt-BR")
    if "en" not in value:
        raise ValueError("needs lines in English under en; other languages stand beside them")
    return value


Percent = Annotated[float, BeforeValidator(_percent), WithJsonSchema({"type": "string", "pattern": _PERCENT.pattern})]
Size = Annotated[float, BeforeValidator(_size), WithJsonSchema({"type": "string", "pattern": r"^\+?\d+(\.\d+)?%$"})]
Number = Annotated[float, BeforeValidator(_number)]
Day = Annotated[str, matching(_DAY, "write a day like 2026-11-20")]
Within = Annotated[str, matching(_WITHIN, "write a time like 15 min, next LIVE or 3 LIVEs")]
Series = Annotated[str, matching(SERIES, "write values of past LIVEs, oldest first, like 120x5 90x5", longest=200)]
Text = Annotated[str, Field(min_length=1)]
MetricId = Annotated[str, Field(json_schema_extra={"known": "metrics"})]
CountId = Annotated[str, Field(json_schema_extra={"known": "judged_counts"})]
ToolId = Annotated[str, Field(json_schema_extra={"known": "tools"})]
ScenarioId = Annotated[str, Field(json_schema_extra={"known": "scenarios"})]


class Condition(Strict):
    """One line of `when`: a metric or a count and its state, or a finding."""

    metric: MetricId | None = Field(None, description="A metric id. One of metric, count and finding.")
    count: CountId | None = Field(
        None, description="A count that is judged like a metric: impressions, views, viewers, gmv, sku_orders."
    )
    finding: Finding | None = Field(None, description="Something the review noticed besides metrics.")
    state: State | None = Field(
        None,
        alias="is",
        description="below_usual: under the range of your usual LIVEs. not_below_usual and above_usual: the same "
        "range. low: below it, or weaker evidence. sliding: the last five LIVEs against those before. chronic: "
        "below a typed-in benchmark again and again.",
    )
    by_at_least: Size | None = Field(None, description="The smallest difference that counts, with its sign: 15%.")
    kind: Literal["sudden", "prolonged", "known", "new"] | None = Field(
        None, description="For a finding: a sudden or prolonged dip, a known or new type of violation."
    )
    of: str | None = Field(
        None,
        description="For a finding: the metric of a dip, the channel, the audience; for a product its role (leaks, "
        "pin, move_up, not_clicked); for unused what the log of events does not have (pin, flash_sale, giveaway, "
        "billboard, coupon, ad).",
    )
    pinned: Literal["nothing", "something"] | None = Field(
        None, description="For a dip: whether a product was pinned when it began, as far as the log of events says."
    )
    after: Literal["violation", "unpin", "flash_sale", "giveaway", "ad", "host_change"] | None = Field(
        None, description="For a dip: what the log has shortly before it began."
    )

    @model_validator(mode="after")
    def _one_subject(self) -> Condition:
        named = [name for name in ("metric", "count", "finding") if getattr(self, name) is not None]
        if len(named) != 1:
            raise ValueError("name exactly one of metric, count and finding, like {metric: err, is: below_usual}")
        if self.finding != "dip" and (self.pinned is not None or self.after is not None):
            raise ValueError("pinned and after belong to finding: dip")
        if self.finding is None:
            if self.state is None:
                raise ValueError(f"say what the {named[0]} is, like is: below_usual")
            if self.kind is not None or self.of is not None:
                raise ValueError("kind and of belong to a finding")
            if self.by_at_least is not None and self.state in ("not_below_usual", "chronic"):
                raise ValueError(f"by_at_least says nothing with is: {self.state}; remove it")
        elif self.state is not None or self.by_at_least is not None:
            raise ValueError("is and by_at_least belong to a metric or a count")
        elif self.finding == "product" and self.of not in get_args(Role):
            raise ValueError(f"say under of what the product does: {', '.join(get_args(Role))}")
        elif self.finding == "unused" and self.of not in get_args(Tool):
            raise ValueError(f"say under of what was not used: {', '.join(get_args(Tool))}")
        return self

    @property
    def weak(self) -> bool:
        """Whether this line calls a metric or a count weak."""
        return self.state in WEAK

    def __str__(self) -> str:
        if self.finding:
            more = (self.of and f"of {self.of}", self.pinned and f"with {self.pinned} pinned",
                    self.after and f"after {self.after}")  # fmt: skip
            return " ".join(filter(None, ("finding", self.kind, self.finding, *more)))
        size = "" if self.by_at_least is None else f" by at least {self.by_at_least:.0%}"
        return f"{self.metric or self.count} is {self.state}{size}"


#: Longer than any LIVE, in minutes.
_LONGEST = 1440
_IN_WORDS: dict[Moment, str] = {"before": "before the LIVE", "during": "during the LIVE", "after": "after the LIVE"}


class At(Strict):
    """When a step is done. Only `moment`, `minute` and `every` are computed with; `words` are shown as they stand."""

    moment: Moment = Field(description="before, during or after the LIVE.")
    minute: Annotated[int, Field(ge=-_LONGEST, le=_LONGEST)] | None = Field(
        None, description="Minute of the LIVE from which it is done; below 0 counted back from the end: -10."
    )
    every: Annotated[int, Field(ge=1, le=_LONGEST)] | None = Field(
        None, description="Again every so many minutes, from minute on where one is given."
    )
    words: Words | None = Field(None, description="What people read instead, like: in each pitch.")

    @model_validator(mode="after")
    def _minutes_are_of_the_live(self) -> At:
        if self.moment != "during" and (self.minute is not None or self.every is not None):
            raise ValueError("minute and every belong to moment: during")
        return self

    def __str__(self) -> str:
        if self.words is not None:
            return self.words
        if self.every is None and self.minute is None:
            return _IN_WORDS[self.moment]
        often = "" if self.every is None else f"every {self.every} minutes"
        return " ".join(filter(None, (often, self._since(alone=not often))))

    def _since(self, alone: bool) -> str:
        if self.minute is None:
            return ""
        if self.minute < 0:
            return f"in the last {-self.minute} minutes"
        if self.minute == 0 and alone:
            return "at the start"
        return f"minute {self.minute}" if alone else f"from minute {self.minute}"

    def minutes_in(self, duration: float) -> tuple[float, ...]:
        """The minutes of a LIVE of `duration` minutes at which it is done, in order; empty where none is named.

        What would lie outside the LIVE is left out; what is counted back from the end begins at 0 in a shorter LIVE.
        """
        first = self.every if self.minute is None else self.minute
        if first is None:
            return ()
        first = max(int(duration) + first, 0) if first < 0 else first
        return tuple(map(float, range(first, math.ceil(duration), self.every or math.ceil(duration) or 1)))


class Step(Strict):
    """Something to do, in the order in which to do it."""

    RENAMED: ClassVar[Mapping[str, str]] = {
        "timing": "is now called at; write at: {moment: during, minute: 0, words: in the first minutes}, where moment "
        "is before, during or after, minute may be left out, and words are only shown"
    }

    step: Words = Field(description="One thing to do, as an instruction.")
    minutes: Number | None = Field(None, gt=0, description="How long it takes.")
    at: At | None = Field(None, description="When it is done; left out: at the first moment of the strategy.")

    @property
    def small_print(self) -> str:
        """When it is done and how long it takes, as far as that is known: `at the start · 5 min`."""
        when, takes = self.at and str(self.at), self.minutes and f"{self.minutes:g} min"
        return " · ".join(each for each in (when, takes) if each)


class Watch(Strict):
    """How to see whether it helped."""

    metric: MetricId
    within: Within = Field(description="15 min, next LIVE or 3 LIVEs.")
    hope: Percent = Field(description="The change worth having: +10%.")


class Happened(Strict):
    """An event of an example's LIVE."""

    type: Literal["pin", "unpin", "flash_sale", "giveaway", "billboard", "coupon", "ad", "violation", "other"]
    minute: float = Field(ge=0)
    detail: Text | None = Field(None, description="For a violation: its type.")


UsualAndNow = Annotated[list[Percent], Field(min_length=2, max_length=2)]


class Example(Strict):
    """A LIVE and what came before it, and whether the strategy should fire."""

    name: Text
    usual: dict[str, Number] = Field(
        description="Counts of an ordinary LIVE of this seller; hours is its length.",
        json_schema_extra={"known_keys": "counts"},
    )
    session: dict[str, Number] = Field(
        description="Counts of the LIVE that is judged; what is left out is as usual.",
        json_schema_extra={"known_keys": "counts"},
    )
    history: dict[str, Series] = Field(
        default_factory=dict,
        description="Counts of past LIVEs, oldest first: 120x5 90x5.",
        json_schema_extra={"known_keys": "counts"},
    )
    benchmarks: dict[str, Percent] = Field(
        default_factory=dict,
        description="A market figure, with its sign: 8%.",
        json_schema_extra={"known_keys": "metrics"},
    )
    trend: dict[str, Series] = Field(
        default_factory=dict, description="Counts of the judged LIVE minute by minute: 300x60 120x20 300x40."
    )
    events: list[Happened] = Field(default_factory=list, description="What happened in the judged LIVE.")
    past_events: list[Happened] = Field(default_factory=list, description="What happened in each LIVE before.")
    channels: dict[str, UsualAndNow] = Field(
        default_factory=dict, description="Shares of views by channel, usually and in this LIVE: [6%, 2%]."
    )
    audiences: dict[str, UsualAndNow] = Field(
        default_factory=dict, description="Shares of views of existing followers and others, usually and now."
    )
    products: dict[str, dict[str, Number]] = Field(
        default_factory=dict,
        description="Products of the judged LIVE by name: product_impressions, product_clicks, sku_orders, gmv.",
    )
    expect: Literal["fires", "silent"]
    because_contains: list[Text] = Field(default_factory=list)


class Strategy(Named):
    """One strategy: what it is, when, why, what to do, how we know, tests."""

    id: str = Field(pattern=ID, description="Permanent, and the file's name: saved plans and links use it.")
    title: Words = Field(description="The action, for the person who will do it.")
    status: Status = Field(description="tested: recommended. draft: shown only. retired: kept for old plans.")
    dimension: Dimension
    metrics: list[MetricId] = Field(min_length=1, description="What it is meant to help, the main one first.")
    scenarios: list[ScenarioId] = Field(default_factory=list)
    moment: list[Moment] = Field(min_length=1, description="When it is done: before, during, after the LIVE.")
    tools: list[ToolId] = Field(default_factory=list)
    owner: Owner
    origin: Literal["source_document", "field"] = Field(
        description="source_document: TikTok's LIVE Traffic Playbook advises it. field: it comes from elsewhere."
    )
    order: int = Field(50, ge=0, le=100, description="Among equals the smaller comes first.")
    changed: Day

    when: list[Condition] = Field(min_length=1, description="Every line must hold.")
    symptoms: list[Words] = Field(
        default_factory=list, description="What a seller says who needs it, in plain words: nobody follows."
    )
    because: Words = Field(description="The reason in the seller's numbers: {err}, {err.usual}, {err.gap} ...")
    also: Words | None = Field(
        None, description="A sentence after because, with numbers of any metric; said where all of them are known."
    )
    summary: Words
    do: list[Step] = Field(min_length=1)
    say: Annotated[dict[str, list[Text]], AfterValidator(_languages)] | None = Field(
        None, description="Lines the host can say, by language: en, id, pt-BR ..."
    )
    truth_required: list[Words] = Field(
        default_factory=list, description="What must be true before an urgent line may be said."
    )
    facts: list[Fact] = Field(default_factory=list)
    watch: Watch
    not_when: list[Words] = Field(default_factory=list, description="When to leave it, in words.")
    sources: list[Text] = Field(min_length=1)
    tests: list[Example] = Field(default_factory=list)

    @property
    def first_step(self) -> str:
        return self.do[0].step

    def moment_of(self, step: Step) -> Moment:
        """When one of its steps is done: as the step says, else during the LIVE if the strategy is for then."""
        if step.at is not None:
            return step.at.moment
        return "during" if "during" in self.moment else self.moment[0]

    def steps_at(self, moment: Moment) -> tuple[Step, ...]:
        """The steps done before, during or after the LIVE, in their order."""
        return tuple(step for step in self.do if self.moment_of(step) == moment)

    @property
    def next_step(self) -> tuple[str, bool]:
        """The first step that can be done once a LIVE is over, True; else the first step, False: in the next LIVE."""
        outside = [step for step in self.do if self.moment_of(step) != "during"]
        return (outside[0].step, True) if outside else (self.first_step, False)

    @property
    def minutes(self) -> float | None:
        """What all steps take, where each says how long; None when none does."""
        known = [step.minutes for step in self.do if step.minutes is not None]
        return sum(known) if known else None

    @property
    def answers(self) -> tuple[str, ...]:
        """Metrics and counts that a line of `when` calls weak, in its order."""
        named = [line.metric or line.count or "" for line in self.when if line.weak]
        return tuple(dict.fromkeys(name for name in named if name))
