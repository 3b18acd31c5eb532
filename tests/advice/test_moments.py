"""Words of timing, put into the evening."""

from __future__ import annotations

import pytest

from playbook.advice.moments import minutes_of, moment_of
from playbook.knowledge.load import load


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("before the LIVE", "before"), ("before the next LIVE", "before"), ("two to three days before", "before"),
        ("a day and an hour before", "before"), ("next LIVE", "before"), ("after the LIVE", "after"),
        ("within a day", "after"), ("right after it", "after"), ("every week", "after"),
        ("before each round", "during"), ("after 10 minutes of the dip", "during"), ("within 3 minutes", "during"),
        ("in each pitch", "during"), ("every 20 minutes", "during"),
    ],
)  # fmt: skip
def test_which_part_of_the_evening(words: str, moment: str) -> None:
    assert moment_of(words, ["before", "during", "after"]) == moment


def test_without_words_the_strategy_decides() -> None:
    assert moment_of(None, ["after"]) == "after"
    assert moment_of(None, ["before", "during"]) == "during"
    assert moment_of("", []) == "during"


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("minute 25", (25.0,)), ("minute 0", (0.0,)), ("at the start", (0.0,)), ("in the first minutes", (0.0,)),
        ("in the first half hour", (0.0,)), ("within 3 minutes", (0.0,)), ("every 20 minutes", (20.0, 40.0)),
        ("in the last 10 minutes", (50.0,)), ("minute 70", ()), ("with each new round", ()), (None, ()),
    ],
)  # fmt: skip
def test_which_minutes_of_an_hour(words: str | None, minutes: tuple[float, ...]) -> None:
    assert minutes_of(words, 60.0) == minutes


def test_no_built_in_step_that_names_another_evening_lands_in_this_one() -> None:
    for strategy in load().strategies.values():
        for step in strategy.do:
            if moment_of(step.timing, strategy.moment) == "during":
                assert "days before" not in (step.timing or "") and "the next LIVE" not in (step.timing or "")
