"""When a step is done: the moment, the minutes, and words that are only shown."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from playbook.knowledge.load import CONTENT, load
from playbook.knowledge.reader import parse_text, validate
from playbook.knowledge.strategies import At, Step, Strategy
from tests.advice.build import strategy

WHEN = [{"metric": "err", "is": "below_usual"}]


@pytest.mark.parametrize(
    ("at", "minutes", "words"),
    [
        (At(moment="before"), (), "before the LIVE"),
        (At(moment="during"), (), "during the LIVE"),
        (At(moment="during", minute=0), (0.0,), "at the start"),
        (At(moment="during", minute=25), (25.0,), "minute 25"),
        (At(moment="during", minute=59), (59.0,), "minute 59"),
        (At(moment="during", minute=60), (), "minute 60"),
        (At(moment="during", minute=-10), (50.0,), "in the last 10 minutes"),
        (At(moment="during", minute=-90), (0.0,), "in the last 90 minutes"),
        (At(moment="during", every=20), (20.0, 40.0), "every 20 minutes"),
        (At(moment="during", minute=5, every=20), (5.0, 25.0, 45.0), "every 20 minutes from minute 5"),
        (At(moment="during", minute=-10, every=5), (50.0, 55.0), "every 5 minutes in the last 10 minutes"),
        (At(moment="during", minute=0, words="first of all"), (0.0,), "first of all"),
    ],
)
def test_which_minutes_of_an_hour_and_how_it_reads(at: At, minutes: tuple[float, ...], words: str) -> None:
    assert (at.minutes_in(60.0), str(at)) == (minutes, words)


def test_a_live_of_half_a_minute_more_has_that_minute_too() -> None:
    assert At(moment="during", minute=60).minutes_in(60.5) == (60.0,)
    assert At(moment="during", every=1).minutes_in(0.0) == ()


def test_nothing_is_read_out_of_the_words() -> None:
    """Before, `prior to going live` meant during the LIVE, and `the first minute of the dip` the LIVE's minute 0."""
    at = At(moment="before", words="every 20 minutes during the LIVE")
    assert at.minutes_in(60.0) == () and strategy("x", WHEN, do=[{"step": "a", "at": at}]).steps_at("during") == ()
    assert At(moment="during", words="in the first minute of the dip").minutes_in(60.0) == ()


@pytest.mark.parametrize("wrong", [{"minute": 5}, {"every": 5}])
def test_minutes_belong_to_the_live(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="minute and every belong to moment: during"):
        At(moment="before", **wrong)


def test_without_at_the_strategy_decides() -> None:
    def moment(*moments: str) -> str:
        known = strategy("x", WHEN, moment=list(moments))
        return known.moment_of(known.do[0])

    assert (moment("after"), moment("before", "during"), moment("before", "after")) == ("after", "during", "before")


def test_the_small_print_says_what_is_known() -> None:
    both = Step(step="x", minutes=5, at=At(moment="during", minute=0))
    assert (both.small_print, Step(step="x", minutes=2.5).small_print, Step(step="x").small_print) == (
        "at the start · 5 min", "2.5 min", "",
    )  # fmt: skip


def test_timing_is_complained_of_at_its_line_with_what_to_write() -> None:
    text = (CONTENT / "strategies" / "err_pinned_set.yaml").read_text(encoding="utf-8")
    old = text.replace("at: {moment: during, minute: 0}", "timing: minute 0")
    line = old[: old.index("timing: minute 0")].count("\n") + 1
    document, _ = parse_text(old, "mine.yaml")
    assert document is not None
    found, problems = validate(document, Strategy)
    assert found is None
    assert [str(each) for each in problems] == [
        f"mine.yaml:{line}:5: do, item 2, timing: is now called at; write at: {{moment: during, minute: 0, "
        "words: in the first minutes}, where moment is before, during or after, minute may be left out, and words "
        "are only shown"
    ]


def test_no_built_in_step_of_another_evening_lands_in_this_live() -> None:
    for each in load().strategies.values():
        for step in each.steps_at("during"):
            assert "days before" not in step.small_print and "the next LIVE" not in step.small_print
