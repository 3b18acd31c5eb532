"""What a drill draws: the metrics of a LIVE against their usual, without the review's colours or verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import altair as alt
import pandas as pd

from playbook.language import _
from playbook.pipeline import Review
from playbook.report.words import sentences

from . import axes
from .review import BAND_OPACITY, COLOURS, Chart

#: Earlier LIVEs drawn a metric, pixels a metric, and the widest a scale gets: a quarter to four times the usual.
_PAST, _ROW, _WIDEST = 20, 34, 4.0
#: The selection in which a picked metric stands.
PICKED = "picked"
_TIMES = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4]


def against_usual(review: Review, names: Sequence[str], with_range: bool, to_click: bool = False) -> Chart | None:
    """A row a metric: grey ticks for earlier LIVEs, one dot for this one, all as multiples of the usual.

    Half and double are as far from the usual as each other. `with_range` draws the band of ordinary LIVEs too; with
    `to_click` a click picks the metric (`PICKED`) by its id. None where no metric has a usual above zero.
    """
    rows = [row for name in names for row in _rows(review, name)]
    if not rows:
        return None
    table = pd.DataFrame(rows)
    furthest = max(_distance(each) for column in ("times", "until") for each in table.get(column, []) if each == each)
    widest = 2.0 ** min(max(0.5, 1.08 * furthest), log2(_WIDEST))
    scale = alt.Scale(type="log", domain=[1 / widest, widest], nice=False, clamp=True)
    times = [each for each in _TIMES if 1 / widest <= each <= widest]
    axis = alt.Axis(
        title=_("times the usual"),
        values=times,
        labelExpr=axes.multiples(times),
        grid=False,
    )
    y = alt.Y("metric:N", sort=None, title=None, axis=alt.Axis(labelLimit=180, domain=False, ticks=False))
    x = alt.X("times:Q", scale=scale, axis=axis)
    tip = [
        alt.Tooltip("metric:N", title=_("metric")),
        alt.Tooltip("LIVE:N", title="LIVE"),
        alt.Tooltip("shown:N", title=_("value")),
    ]
    layers = [alt.Chart(pd.DataFrame({"times": [1.0]})).mark_rule(color=COLOURS["grey"], strokeDash=[3, 3]).encode(x=x)]
    if with_range:
        bands = alt.Chart(table).transform_filter("datum.kind == 'range'")
        layers.append(
            bands.mark_bar(height=16, cornerRadius=8, color=COLOURS["grey"], opacity=BAND_OPACITY).encode(
                x=x,
                x2=alt.X2("until:Q"),
                y=y,
                tooltip=[alt.Tooltip("metric:N", title=_("metric")), alt.Tooltip("shown:N", title=_("usual range"))],
            )
        )
    past = alt.Chart(table).transform_filter("datum.kind == 'past'")
    layers.append(
        past.mark_tick(color=COLOURS["grey"], thickness=2, size=14, opacity=0.7).encode(x=x, y=y, tooltip=tip)
    )
    now = alt.Chart(table).transform_filter("datum.kind == 'now'")
    dots = now.mark_circle(color=COLOURS["reach"], size=150, opacity=1, cursor="pointer" if to_click else "default")
    dots = dots.encode(x=x, y=y, tooltip=tip)
    if to_click:
        dots = dots.add_params(alt.selection_point(name=PICKED, fields=["id"], on="click", nearest=True, empty=False))
    layers.append(dots)
    return alt.layer(*layers).properties(height=_ROW * table["metric"].nunique())


def _distance(times: float) -> float:
    return abs(log2(times)) if times > 0 else log2(_WIDEST)


def _rows(review: Review, name: str) -> list[dict[str, object]]:
    judged = review.judgements[name]
    if not judged.usual or judged.usual <= 0 or judged.value is None:
        return []
    usual, label = judged.usual, review.knowledge.metrics[name].short
    low = 1 / _WIDEST

    def row(kind: str, value: float, live: str) -> dict[str, object]:
        times = min(max(value / usual, low), _WIDEST)
        return {
            "id": name,
            "metric": label,
            "kind": kind,
            "times": times,
            "LIVE": live,
            "shown": sentences.value(review, judged, value),
        }

    rows = [
        row("past", each.value, sentences.day(each.start)) for each in judged.past[-_PAST:] if each.value is not None
    ]
    if judged.low is not None and judged.high is not None:
        until = min(max(judged.high / usual, low), _WIDEST)
        rows.append(row("range", judged.low, "") | {"until": until, "shown": sentences.usual_range(review, judged)})
    return [*rows, row("now", judged.value, _("this LIVE"))]
