"""How far the clock of a transcript lies from that of its LIVE: known answers, and when nothing is said."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import pytest

from playbook.model.session import Event, Session
from playbook.model.transcript import Line
from playbook.said.clock import by_names, offset

NAMES = {"Verano linen shirt": "the verano shirt", "Kettle Brisa 1.7 l": "our brisa kettle", "Night serum Alba": "alba"}
#: Seconds of the LIVE, at uneven distances.
PINNED = [100, 330, 611, 825, 1130, 1400, 1777, 2040, 2390, 2600]


def told(shift: float, sd: float = 0.0, every: int = 1) -> tuple[list[Line], list[Event]]:
    """Products named when they are pinned, on a clock that is `shift` seconds behind the LIVE's."""
    dice, names = random.Random(4), list(NAMES)
    lines = [Line(float(at), at + 2.0, "this is a hundred percent cotton") for at in range(0, 2700, 9)]
    pins = []
    for index, at in enumerate(PINNED):
        name = names[index % 3]
        pins.append(Event("pin", (at // every * every) / 60, product=name))
        lines.append(Line(at - shift + dice.gauss(0, sd), at - shift + 2, f"look at {NAMES[name]} now"))
        lines.append(
            Line(at - shift + 70 + 10 * index, at - shift + 90, f"{NAMES[names[(index + 1) % 3]]} comes later")
        )
    return sorted(lines, key=lambda each: each.begin), pins


@pytest.mark.parametrize("shift", [-400.0, -12.5, 0.0, 7.0, 1800.0])
def test_the_sign_and_the_seconds_are_found(shift: float) -> None:
    lines, pins = told(shift, sd=1.0)
    found = by_names(lines, pins)
    assert found is not None and found.how == "names"
    assert found.seconds == pytest.approx(shift, abs=2.0)
    assert (found.pins, found.of) == (9, 10), "the last was named shortly before, so not anew"
    assert found.spread is not None and found.spread < 1


def test_a_log_of_whole_minutes_says_it_less_exactly() -> None:
    lines, pins = told(300.0, every=60)
    found = by_names(lines, pins)
    assert found is not None
    assert found.seconds == pytest.approx(300.0, abs=40.0)
    assert found.spread is not None and found.spread > 3


def test_too_few_pins_or_two_times_as_good_say_nothing() -> None:
    lines, pins = told(0.0)
    assert by_names(lines, pins[:2]) is None
    assert by_names(lines, []) is None
    twice = [*lines, *(replace(each, begin=each.begin + 500, end=each.end + 500) for each in lines)]
    assert by_names(sorted(twice, key=lambda each: each.begin), pins) is None
    assert by_names([Line(1.0, 2.0, "hello")], pins) is None


def live(start: datetime | None, events: tuple[Event, ...] = ()) -> Session:
    return Session(id="1", counts={}, start=start, duration_minutes=120.0, events=events)


@pytest.mark.parametrize(
    ("start", "first", "expected"),
    [
        (datetime(2026, 8, 1, 19, 0), 19 * 3600 + 30.0, ("clock", -19 * 3600.0)),
        (datetime(2026, 8, 1, 23, 30), 24 * 3600 + 60.0, ("clock", -23.5 * 3600)),  # read past midnight
        (datetime(2026, 8, 1, 19, 0), 30.0, ("none", 0.0)),
        (datetime(2026, 8, 1, 19, 0), 9 * 3600.0, ("none", 0.0)),  # of another time of the day
        (None, 19 * 3600.0, ("none", 0.0)),
    ],
)
def test_times_of_the_day_are_set_against_the_start(
    start: datetime | None, first: float, expected: tuple[str, float]
) -> None:
    found = offset([Line(first, first + 2, "good evening"), Line(first + 60, first + 62, "all")], live(start))
    assert (found.how, found.seconds) == expected


def test_names_stand_above_the_clock() -> None:
    lines, pins = told(-19 * 3600.0 + 600)
    found = offset(lines, live(datetime(2026, 8, 1, 19, 0), tuple(pins)))
    assert found.how in ("clock", "none")  # beyond six hours nothing is looked for
    lines, pins = told(600.0)
    assert offset(lines, live(None, tuple(pins))).how == "names"
