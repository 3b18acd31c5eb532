"""Charts of a LIVE while it runs: a metric so far against its usual at every minute."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from playbook import formats
from playbook.diagnosis.findings import Judgement
from playbook.knowledge.metrics import Metric
from playbook.language import _

from . import axes
from .review import BAND_OPACITY, COLOURS, Y_EXTENT, Chart, clock_axis


def so_far(course: Sequence[tuple[float, Judgement]], metric: Metric, currency: str | None) -> Chart:
    """The metric from the start up to each minute: the band is the usual range, the thin line the usual."""

    def text(number: float | None) -> str:
        return formats.value(number, metric.shown_as, currency)

    frame = pd.DataFrame(
        {
            "minute": [minute for minute, _judged in course],
            "value": [each.value for _minute, each in course],
            "usual": [each.usual for _minute, each in course],
            "low": [each.low for _minute, each in course],
            "high": [each.high for _minute, each in course],
            "at": [formats.clock(minute) for minute, _judged in course],
            "shown": [text(each.value) for _minute, each in course],
            "range": [formats.value_range(each.low, each.high, metric.shown_as, currency) for _minute, each in course],
        }
    )
    x = alt.X("minute:Q", axis=clock_axis(float(frame["minute"].max())))
    drawn = [number for _minute, each in course for number in (each.value, each.usual, each.low, each.high)]
    y_axis = axes.axis(
        drawn, metric.shown_as, currency, title=metric.short, minExtent=Y_EXTENT, maxExtent=Y_EXTENT
    )  # fmt: skip
    y = alt.Y("value:Q", axis=y_axis, scale=alt.Scale(zero=False))
    tip = [
        alt.Tooltip("at:N", title=_("into the LIVE")),
        alt.Tooltip("shown:N", title=_("{metric} so far", metric=metric.short)),
        alt.Tooltip("range:N", title=_("usual range")),
    ]
    base = alt.Chart(frame)
    grey, hue = COLOURS["grey"], COLOURS[metric.dimension]
    band = base.mark_area(color=grey, opacity=BAND_OPACITY).encode(
        x=x, y=alt.Y("low:Q", axis=y_axis, scale=alt.Scale(zero=False)), y2=alt.Y2("high:Q")
    )
    usual = base.mark_line(color=grey, strokeDash=[4, 3], strokeWidth=1.2).encode(x=x, y=alt.Y("usual:Q"))
    line = base.mark_line(color=hue, strokeWidth=2).encode(x=x, y=y)
    dots = base.mark_point(color=hue, filled=True, size=45, opacity=1).encode(x=x, y=y, tooltip=tip)
    return alt.layer(band, usual, line, dots).properties(height=170).configure_view(stroke=None)
