"""The model of one practice scenario: a made-up room, what may be wrong in it, what mends that, what is at hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from .lessons import Span
from .reader import ID, Document, Named, Problem, Strict, Words
from .references import unknown
from .strategies import Number, Percent, Text

#: What the seller can do in a practice LIVE.
ActionId = Literal[
    "pin", "unpin", "giveaway_follow", "giveaway_comment", "giveaway_watch", "giveaway_free", "flash_sale",
    "billboard", "coupon", "say_comment", "say_follow", "say_click", "say_answer", "urgency_true",
    "urgency_stretched", "ad", "host_change",
]  # fmt: skip
#: What a fault can weaken.
FaultMetric = Literal["impressions", "err", "avg_viewing_duration", "comment_rate", "follow_rate", "ctr", "ctor"]
Level = Literal["first", "middle", "hard"]


def _rate(value: float) -> float:
    if not 0 < value <= 0.95:
        raise ValueError("write a percentage above 0% and up to 95%")
    return value


Rate = Annotated[Percent, AfterValidator(_rate)]


class PracticeRates(Strict):
    """What is usual in this made-up room."""

    impressions_per_minute: Number = Field(ge=10, le=20_000)
    err: Rate
    viewing_seconds: Number = Field(ge=10, le=900, description="How long a view lasts on average.")
    comment_rate: Rate
    follow_rate: Rate
    share_rate: Rate
    like_rate: Rate
    ctr: Rate
    ctor: Rate


class PracticeProduct(Strict):
    """Something in the bag. 1 is ordinary; the seller is not shown `draws` and `sells`, only what comes of them."""

    name: Text
    price: Number = Field(gt=0)
    draws: Number = Field(1.0, ge=0.3, le=3, description="How readily it is opened, against the others.")
    sells: Number = Field(1.0, ge=0.3, le=3, description="How readily it is bought once opened.")


class Mend(Strict):
    """An action that takes away a part of a fault for a while, when it comes after the fault began."""

    action: ActionId
    takes_away: Rate
    minutes: int = Field(ge=1, le=180)


class Clues(Strict):
    """What tells a fault beside its number."""

    says: Words | None = Field(None, description="For the debrief: what was wrong, in a few words.")
    comments: list[Words] = Field(default_factory=list, description="What viewers write while it is not mended.")
    host: Words | None = Field(None, description="How the host seems while it is not mended.")


class Fault(Clues):
    """From `from_minute` on, for `lasts` minutes, the metric loses `depth`, except while something mends it."""

    metric: FaultMetric
    from_minute: int = Field(ge=0)
    depth: Rate
    lasts: int | None = Field(None, ge=5, description="Minutes; to the end where it is left out.")
    mended_by: list[Mend] = Field(min_length=1)

    def at_work(self, minute: int) -> bool:
        """Whether it weakens this minute, as long as nothing mends it."""
        return self.from_minute <= minute and (self.lasts is None or minute < self.from_minute + self.lasts)


class Cause(Clues):
    """Something that may go wrong in any room: one entry of content/causes.yaml."""

    metric: FaultMetric
    depth: Annotated[list[Rate], Field(min_length=2, max_length=2, description="The least and the most it takes.")]
    mended_by: list[Mend] = Field(min_length=1)


class Causes(Strict):
    """content/causes.yaml."""

    version: Literal[1]
    causes: dict[str, Cause]


class Trouble(Strict):
    """What a luck number draws: how many causes, when they begin, how long they last."""

    none: Percent = Field(description="How often nothing is wrong.")
    two: Percent = Field(description="How often two things are wrong; in the rest of the LIVEs it is one.")
    starts: Span = Field(description="First and last minute at which the first begins: 12-30.")
    lasts: Span = Field(description="Shortest and longest, in minutes: 35-50.")


class Budget(Strict):
    """How often each thing can be done in the LIVE."""

    prizes: int = Field(2, ge=0, le=20)
    discounts: int = Field(4, ge=0, le=20, description="Coupons and flash sales together.")
    ads: int = Field(2, ge=0, le=20)
    billboards: int = Field(3, ge=0, le=20, description="Pictures that were prepared.")
    hosts: int = Field(1, ge=0, le=20, description="How often somebody can take over.")


class Practice(Named):
    """One file of content/practice/."""

    id: str = Field(pattern=ID, description="The file's name without .yaml.")
    title: Words = Field(description="Shown before the LIVE, so it says nothing of what is wrong.")
    level: Level
    minutes: int = Field(ge=30, le=180)
    goal: Words = Field(description="What the person is asked to do, in one or two sentences.")
    currency: str = Field("USD", pattern=r"^[A-Z]{3}$")
    rates: PracticeRates
    products: list[PracticeProduct] = Field(min_length=2, max_length=8)
    pinned_at_start: bool = True
    faults: list[Fault] = Field(default_factory=list, description="What is wrong with every luck number.")
    causes: list[str | Cause] = Field(
        default_factory=list, description="What may be wrong: ids of causes.yaml, or whole causes. `draw` says how."
    )
    draw: Trouble | None = None
    violations: list[int] = Field(
        default_factory=list, description="Minutes at which a warning comes, whatever is done."
    )
    prize: Number = Field(gt=0, description="What one giveaway costs, in the currency.")
    ad: Number = Field(gt=0, description="What ten minutes of an ad cost.")
    budget: Budget = Field(default_factory=Budget)
    good_answer: list[Words] = Field(min_length=1, description="For the debrief: what would have been a good answer.")
    sources: list[Text] = Field(min_length=1)


def with_causes(practice: Practice, causes: dict[str, Cause]) -> Practice:
    """The scenario with each named cause in place of its id."""
    found = [causes[each] if isinstance(each, str) else each for each in practice.causes]
    return practice.model_copy(update={"causes": found})


def check_causes(causes: BaseModel, document: Document) -> Iterator[Problem]:
    """The least depth first."""
    for name, cause in getattr(causes, "causes", {}).items():
        if cause.depth[0] > cause.depth[1]:
            place: list[str | int] = ["causes", name, "depth"]
            yield document.at(place, f"causes, {name}, depth: write the smaller one first, like [40%, 55%]")


def check_practice(practice: Practice, document: Document, stem: str, causes: Collection[str]) -> Iterator[Problem]:
    """What the shape alone does not say: the file's name, minutes inside the LIVE, products told apart, causes."""
    if practice.id != stem:
        yield document.at(["id"], f"id: '{practice.id}' is not the file's name; call the file {practice.id}.yaml")
    for index, fault in enumerate(practice.faults):
        if fault.from_minute >= practice.minutes:
            place: list[str | int] = ["faults", index, "from_minute"]
            message = f"minute {fault.from_minute} is after the end of the LIVE at {practice.minutes}"
            yield document.at(place, f"faults, item {index + 1}, from_minute: {message}")
    for index, minute in enumerate(practice.violations):
        if not 0 <= minute < practice.minutes:
            message = f"minute {minute} is outside the LIVE of {practice.minutes} minutes"
            yield document.at(["violations", index], f"violations, item {index + 1}: {message}")
    names = [each.name for each in practice.products]
    for index, name in enumerate(names):
        if name in names[:index]:
            message = f"'{name}' is in the list twice; each product needs a name of its own"
            yield document.at(["products", index, "name"], f"products, item {index + 1}, name: {message}")
    yield from unknown(document, ["causes"], [each for each in practice.causes if isinstance(each, str)], "cause",
                        causes)  # fmt: skip
    yield from _check_draw(practice, document)


def _check_draw(practice: Practice, document: Document) -> Iterator[Problem]:
    draw = practice.draw
    if bool(practice.causes) != (draw is not None):
        yield document.at(
            ["causes" if practice.causes else "draw"], "causes and draw belong together; write both or none"
        )
    if draw is None:
        return
    if draw.none < 0 or draw.two < 0 or draw.none + draw.two > 1:
        yield document.at(["draw"], "draw: none and two are shares of all LIVEs; together they are at most 100%")
    if draw.starts[1] >= practice.minutes:
        message = f"minute {draw.starts[1]} is after the end of the LIVE at {practice.minutes}"
        yield document.at(["draw", "starts"], f"draw, starts: {message}")
