"""Shares of channels and audiences against the shop's own earlier ones."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from playbook.diagnosis.findings import Share, Verdict
from playbook.diagnosis.parts.channels import _holm, shares
from playbook.model.session import Session, Slice

START = datetime(2026, 8, 1, 19)


def live(day: int, views: float | None = 5000, **channels: float) -> Session:
    parts = tuple(Slice(name, {}, {"views": share}) for name, share in channels.items())
    return Session(f"s{day}", {"views": views}, start=START + timedelta(days=day), channels=parts)


def test_a_share_that_fell_to_half_is_below_and_one_within_its_ups_and_downs_is_not() -> None:
    rng = np.random.default_rng(4)
    past = [live(day, inbox=0.05 * np.exp(rng.normal(0, 0.1)), for_you=0.8) for day in range(12)]
    found = {each.name: each for each in shares(live(20, inbox=0.015, for_you=0.81), past)}
    assert found["inbox"].verdict == "below" and found["for_you"].verdict == "usual"
    inbox = found["inbox"]
    assert inbox.low is not None and inbox.usual is not None and 0 < inbox.share < inbox.low < inbox.usual


def test_counts_become_shares_of_their_sum() -> None:
    audiences = (Slice("existing", {"views": 300}), Slice("none", {"views": 900}))
    session = Session("a", {}, start=START, followers=audiences)
    assert {each.name: each.share for each in shares(session, [])} == {"existing": 0.25, "none": 0.75}


def test_no_share_of_a_sum_in_which_one_part_is_unknown() -> None:
    channels = (Slice("for_you", {"views": 300, "gmv": 50.5}), Slice("search", {"views": 100, "gmv": None}))
    session = Session("a", {}, start=START, channels=channels)
    assert [(each.name, each.of, each.share) for each in shares(session, [])] == [
        ("for_you", "views", 0.75), ("search", "views", 0.25),
    ]  # fmt: skip


def test_without_three_earlier_shares_it_is_unknown_with_a_reason() -> None:
    found = shares(live(9, inbox=0.01), [live(1, inbox=0.05), live(2)])[0]
    assert (found.verdict, found.usual) == ("unknown", None)
    assert found.reason == "no usual yet: it needs 3 earlier LIVEs with this share, 1 so far"


def test_ranges_hold_about_what_they_say() -> None:
    rng = np.random.default_rng(7)
    outside = tried = 0
    for _ in range(400):
        level, spread, many = rng.uniform(0.02, 0.6), rng.uniform(0.15, 0.5), int(rng.integers(4, 25))
        odds = np.log(level / (1 - level)) + rng.normal(0, spread, many + 1)
        values = 1 / (1 + np.exp(-odds))
        past = [live(day, None, search=float(value)) for day, value in enumerate(values[:-1])]
        found = shares(live(99, None, search=float(values[-1])), past)[0]
        tried += 1
        outside += found.verdict != "usual"
    assert 0.02 < outside / tried < 0.09


@given(some.lists(some.floats(-1, 2, allow_nan=False), max_size=9), some.floats(0, 1))
def test_whatever_is_typed_gives_finite_numbers_or_none(typed: list[float], now: float) -> None:
    past = [live(day, other=value) for day, value in enumerate(typed)]
    for each in shares(live(99, other=now), past):
        for number in (each.usual, each.low, each.high):
            assert number is None or 0 <= number <= 1


def test_the_same_share_every_time_still_has_a_range() -> None:
    found = shares(live(9, inbox=0.04), [live(day, inbox=0.04) for day in range(5)])[0]
    assert found.verdict == "usual" and found.low is not None and found.low < 0.04
    assert found.usual == pytest.approx(0.04)


def judged(name: str, verdict: Verdict) -> Share:
    return Share("channel", name, "views", 0.1, 0.2, 0.15, 0.25, verdict, 9)


@pytest.mark.parametrize(
    ("values", "stand"),
    [
        ((0.01, 0.03, 0.2), (True, False, False)),  # 3 x 0.01 and then 2 x 0.03, which is over 5 %
        ((0.02, 0.04), (True, True)),  # 2 x 0.02, 1 x 0.04
        ((0.03, 0.04), (False, False)),  # the smallest does not stand, so none does
        ((0.05,), (True,)),
    ],
)
def test_verdicts_stand_as_holm_allows(values: tuple[float, ...], stand: tuple[bool, ...]) -> None:
    told = _holm([(judged(str(value), "below"), value) for value in values])
    assert tuple(each.verdict == "below" for each in told) == stand
    assert all((each.reason is None) == kept for each, kept in zip(told, stand, strict=True))
    unknown = _holm([(judged("a", "below"), 0.04), (judged("b", "unknown"), 0.9)])
    assert unknown[0].verdict == "below", "what cannot be judged is not counted among those looked at"
