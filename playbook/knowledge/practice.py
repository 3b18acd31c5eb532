"""The model of one practice scenario: a made-up room with planted faults, what mends them, what a good answer is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from .reader import ID, Document, Named, Problem, Strict
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
    """An action that takes away a part of a fault for a while."""

    action: ActionId
    takes_away: Rate
    minutes: int = Field(ge=1, le=180)


class Fault(Strict):
    """From `from_minute` on the metric loses `depth`, except while something mends it."""

    metric: FaultMetric
    from_minute: int = Field(ge=0)
    depth: Rate
    mended_by: list[Mend] = Field(min_length=1)


class Practice(Named):
    """One file of content/practice/."""

    id: str = Field(pattern=ID, description="The file's name without .yaml.")
    title: Text
    level: Level
    minutes: int = Field(ge=30, le=180)
    goal: Text = Field(description="What the person is asked to do, in one or two sentences.")
    currency: str = Field("USD", pattern=r"^[A-Z]{3}$")
    rates: PracticeRates
    products: list[PracticeProduct] = Field(min_length=2, max_length=8)
    pinned_at_start: bool = True
    faults: list[Fault] = Field(default_factory=list)
    violations: list[int] = Field(
        default_factory=list, description="Minutes at which a warning comes, whatever is done."
    )
    prize: Number = Field(gt=0, description="What one giveaway costs, in the currency.")
    ad: Number = Field(gt=0, description="What ten minutes of an ad cost.")
    good_answer: list[Text] = Field(min_length=1, description="For the debrief: what would have been a good answer.")
    sources: list[Text] = Field(min_length=1)


def check_practice(practice: Practice, document: Document, stem: str) -> Iterator[Problem]:
    """What the shape alone does not say: the file's name, minutes inside the LIVE, products told apart."""
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
