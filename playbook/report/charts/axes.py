"""Axes whose numbers are written as the rest of the page writes them; a browser's own would be English."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

import altair as alt

from playbook import formats
from playbook.formats import ShownAs


def axis(values: Iterable[float | None], shown_as: ShownAs, currency: str | None = None, **more: Any) -> alt.Axis:
    """An axis for these values with about five marks; `more` goes to Altair as it is."""
    known = [each for each in values if each is not None and math.isfinite(each)]
    marks = ticks(min(known, default=0.0), max(known, default=1.0))
    step = marks[1] - marks[0] if len(marks) > 1 else abs(marks[0]) if marks else 1.0
    return alt.Axis(
        values=marks, labelExpr=_named(marks, [label(each, shown_as, step, currency) for each in marks]), **more
    )


def fixed(place: float | str) -> alt.XValue:
    """A place across a chart that no datum decides: pixels from the left, or `width`."""
    return alt.XValue(place)  # type: ignore[no-untyped-call]


def multiples(marks: list[float]) -> str:
    """The expression that writes multiples of one's own choice: `0,5`, `1`, `1,25`."""
    return _named(marks, [formats.multiple(each) for each in marks])


def _named(marks: list[float], words: list[str]) -> str:
    return f"{json.dumps(words, ensure_ascii=False)}[indexof({json.dumps(marks)}, datum.value)]"


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers from `low` to `high`: steps of 1, 2 or 5 times a power of ten, `about` of them or a few more."""
    if not high > low:
        return [low]
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 5, 10) if each * power >= rough * 0.75)
    digits = max(0, 1 - math.floor(math.log10(step)))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(each * step, digits) for each in range(first, last + 1)]


def label(value: float, shown_as: ShownAs, step: float, currency: str | None = None) -> str:
    """A mark as it is written beside the axis: in few characters, and no finer than the step between two marks."""
    if value == 0:
        return "0"
    if shown_as == "percent":
        return formats.percent_in(value, max(0, math.ceil(-math.log10(step * 100) - 1e-9)))
    if shown_as == "seconds":
        return formats.seconds(value)
    if shown_as == "money":
        return formats.money_short(value, currency)
    return formats.count_short(value)
