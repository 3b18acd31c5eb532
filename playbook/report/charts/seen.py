"""Pictures to answer in: click the metric, drag over the minutes."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from playbook.diagnosis.by_minute.minutes import parts
from playbook.language import _
from playbook.pipeline import Review

from .review import BAND_OPACITY, CLOCK_LABELS, COLOURS, Chart

#: Minutes that are taken together in the curve, and pixels a metric.
_STEP, _ROW = 5, 34


def metrics_to_click(review: Review, names: Sequence[str], right: str | None) -> Chart:
    """A row a metric: the band of ordinary LIVEs and a dot for this one, times the usual; `right` is marked."""
    rows = []
    for name in names:
        judged, metric = review.judgements[name], review.knowledge.metrics[name]
        if judged.value is None or not judged.usual or judged.low is None or judged.high is None:
            continue
        rows.append(
            {
                "id": name,
                "metric": metric.label,
                "times": judged.value / judged.usual,
                "low": judged.low / judged.usual,
                "high": judged.high / judged.usual,
                "state": "right" if name == right else "dot",
            }
        )
    table = pd.DataFrame(rows)
    picked = alt.selection_point(name="picked", fields=["id"], on="click", nearest=True, empty=False)
    y = alt.Y("metric:N", sort=None, title=None, axis=alt.Axis(labelLimit=180, domain=False, ticks=False))
    x = alt.X("low:Q", scale=alt.Scale(zero=False), axis=alt.Axis(title=_("times the usual"), grid=False))
    band = alt.Chart(table).mark_bar(height=16, cornerRadius=8, color=COLOURS["grey"], opacity=BAND_OPACITY)
    scale = alt.Scale(domain=["dot", "right"], range=[COLOURS["reach"], COLOURS["below"]])
    dots = (
        alt.Chart(table)
        .mark_circle(size=190, opacity=1, cursor="pointer")
        .encode(
            x=alt.X("times:Q"),
            y=y,
            color=alt.Color("state:N", scale=scale, legend=None),
            tooltip=[alt.Tooltip("metric:N", title=_("metric"))],
        )
        .add_params(picked)
    )
    return alt.layer(band.encode(x=x, x2=alt.X2("high:Q"), y=y), dots).properties(height=_ROW * max(1, len(rows)))


def minutes_to_drag(review: Review, metric: str, right: tuple[float, float] | None) -> Chart:
    """A rate over the LIVE, five minutes a point, to drag a band over; `right` is shaded."""
    trend = review.session.trend
    assert trend is not None
    hits, base = parts(review.knowledge.metrics[metric])
    bins = trend["minute"] // _STEP * _STEP
    total = trend.groupby(bins).sum(numeric_only=True)
    rate = total[hits] / total[base] if base else total[hits] / _STEP
    table = pd.DataFrame({"minute": total.index + _STEP / 2, "rate": rate.to_numpy()})
    last = float(review.session.duration_minutes or 1)
    axis = alt.Axis(labelExpr=CLOCK_LABELS, grid=False, tickCount=8)
    x = alt.X("minute:Q", title=None, scale=alt.Scale(domain=[0, last], nice=False), axis=axis)
    form = alt.Axis(format="~%" if base else "~s", tickCount=5)
    band = alt.selection_interval(name="band", encodings=["x"])
    y = alt.Y("rate:Q", title=None, axis=form)
    line = alt.Chart(table).mark_line(point=True, color=COLOURS["reach"]).encode(x=x, y=y).add_params(band)
    if right is None:
        return line.properties(height=200)
    shade = pd.DataFrame([{"minute": right[0], "end": right[1]}])
    shaded = alt.Chart(shade).mark_rect(color=COLOURS["below"], opacity=BAND_OPACITY).encode(x=x, x2=alt.X2("end:Q"))
    return alt.layer(shaded, line).properties(height=200)
