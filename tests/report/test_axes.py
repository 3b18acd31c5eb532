"""Marks of an axis: round, few, and written as the page writes its numbers."""

from __future__ import annotations

import json

import pytest

from playbook import formats
from playbook.report.charts.axes import axis, label, multiples, ticks


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0, 2_000, [0, 500, 1000, 1500, 2000]),
        (0, 0.05, [0, 0.01, 0.02, 0.03, 0.04, 0.05]),
        (27, 62, [30, 40, 50, 60]),
        (0.033, 0.11, [0.04, 0.06, 0.08, 0.1]),
        (7, 7, [7]),
        (0, 3, [0, 1, 2, 3]),
    ],
)
def test_ticks(low: float, high: float, marks: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(marks)


def test_every_scale_gets_three_to_seven_marks_inside_it() -> None:
    for high in (1e-4, 0.013, 0.7, 1, 9.5, 61, 999, 12_345, 8.8e9):
        for low in (0.0, high / 3):
            found = ticks(low, high)
            assert 3 <= len(found) <= 7 and low - 1e-9 <= found[0] and found[-1] <= high * (1 + 1e-9)


@pytest.mark.parametrize(
    ("value", "shown_as", "step", "currency", "written"),
    [
        (60, "seconds", 20, None, "1 min"), (30, "seconds", 10, None, "30 s"), (0.0, "percent", 0.1, None, "0"),
        (0.05, "percent", 0.01, "IDR", "5%"), (0.025, "percent", 0.005, "IDR", "2,5%"),
        (0.003, "percent", 0.001, "USD", "0.3%"), (1500, "number", 500, "IDR", "1.500"),
        (52_500, "number", 500, "IDR", "52,5 rb"), (2_000_000, "money", 1e6, "IDR", "Rp 2 jt"),
        (0.5, "decimal", 0.5, "BRL", "0,5"),
    ],
)  # fmt: skip
def test_a_label_is_written_as_its_market_does(
    value: float, shown_as: formats.ShownAs, step: float, currency: str | None, written: str
) -> None:
    with formats.written_for(currency):
        assert label(value, shown_as, step, currency) == written


def test_no_two_marks_of_an_axis_read_alike_and_none_is_in_scientific_notation() -> None:
    for shown_as, high in (("seconds", 64.0), ("percent", 0.004), ("percent", 0.3), ("number", 2300), ("money", 9e5)):
        made = axis((0.0, high), shown_as, "IDR").to_dict()  # type: ignore[arg-type]
        written = json.loads(made["labelExpr"].split("[indexof")[0])
        assert len(set(written)) == len(written) == len(made["values"])
        assert not any("e+" in each or "e-" in each for each in written)


def test_marks_of_ones_own_choice_are_written_for_the_market() -> None:
    with formats.written_for("IDR"):
        assert json.loads(multiples([0.33, 0.5, 1, 1.25, 4]).split("]")[0] + "]") == ["0,33", "0,5", "1", "1,25", "4"]
