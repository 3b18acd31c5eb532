"""Groups beside each other: slots with their ranges, and the funnel plot of hosts."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd
from scipy.stats import norm

from playbook import formats
from playbook.diagnosis.over_lives.hosts import ALPHA, HostRate
from playbook.diagnosis.over_lives.slots import Slot
from playbook.language import _

from .review import COLOURS, Chart

_PERCENT = "format(datum.value, '+.0%')"
#: So far the picture reaches at least on either side.
_LEAST = 0.2


def slot_chart(found: Sequence[Slot], order: Sequence[str]) -> Chart | None:
    """A dot and a range for each slot; the line at nought is an average of the others. None with fewer than two."""
    if len(found) < 2:
        return None
    frame = pd.DataFrame(
        {
            "slot": [each.label for each in found],
            "low": [each.low for each in found],
            "change": [each.change for each in found],
            "high": [each.high for each in found],
            "said": [_against(each) for each in found],
            "lives": [formats.lives(each.lives) for each in found],
            "kind": ["better" if each.better else "not sure" for each in found],
        }
    )  # fmt: skip
    y = alt.Y("slot:N", sort=list(order), title=None, axis=alt.Axis(ticks=False, domain=False))
    reach = max(_LEAST, *(abs(each.low) for each in found), *(abs(each.high) for each in found))
    x = alt.X("change:Q", title=_("GMV an hour against the other slots"), scale=alt.Scale(domain=[-reach, reach]),
              axis=alt.Axis(labelExpr=_PERCENT, tickCount=5))  # fmt: skip
    colour = alt.Color("kind:N", legend=None, scale=alt.Scale(domain=["better", "not sure"],
                                                              range=[COLOURS["above"], COLOURS["grey"]]))  # fmt: skip
    tip = [
        alt.Tooltip("slot:N", title=_("slot")),
        alt.Tooltip("lives:N", title=_("lives")),
        alt.Tooltip("said:N", title=_("against the others")),
    ]
    base = alt.Chart(frame)
    rule = (
        alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(color=COLOURS["grey"], strokeDash=[3, 3]).encode(x=alt.X("x:Q"))
    )
    line = base.mark_rule(strokeWidth=3, opacity=0.5).encode(y=y, x=alt.X("low:Q"), x2=alt.X2("high:Q"), color=colour)
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        y=y, x=x, color=colour, tooltip=tip,
        shape=alt.Shape("kind:N", legend=None, scale=alt.Scale(domain=["better", "not sure"],
                                                               range=["triangle-up", "circle"])),
    )  # fmt: skip
    return alt.layer(rule, line, dots).properties(height=34 * len(found) + 50).configure_view(stroke=None)


def _against(each: Slot) -> str:
    """`+12% (-3% to +29%)`."""
    change, low, high = (formats.change(value) for value in (each.change, each.low, each.high))
    return _("{change} ({low} to {high})", change=change, low=low, high=high)


def funnel_plot(found: Sequence[HostRate], tests: int) -> Chart | None:
    """Each host against the others, by how much is known of them; inside the funnel a difference may be luck."""
    if len(found) < 2:
        return None
    precision = np.array([1.0 / max(each.error, 1e-9) for each in found])
    frame = pd.DataFrame(
        {
            "host": [each.host for each in found],
            "known": precision,
            "plain": [float(np.expm1(each.plain)) for each in found],
            "lives": [formats.lives(each.lives) for each in found],
            "rate": [formats.percent(each.rate) for each in found],
            "kind": [each.verdict for each in found],
        }
    )
    limit = float(norm.isf(ALPHA / (2 * max(tests, 1) * len(found))))
    steps = np.linspace(precision.min() * 0.7, precision.max() * 1.2, 40)
    funnel = pd.DataFrame({"known": steps, "low": np.expm1(-limit / steps), "high": np.expm1(limit / steps)})
    x = alt.X("known:Q", title=_("How much is known of the host"), axis=alt.Axis(labels=False, ticks=False),
              scale=alt.Scale(domain=[float(steps[0]), float(steps[-1])], zero=False))  # fmt: skip
    y = alt.Y("plain:Q", title=_("against the other hosts"), axis=alt.Axis(labelExpr=_PERCENT, tickCount=5))
    band = (
        alt.Chart(funnel)
        .mark_area(color=COLOURS["grey"], opacity=0.15)
        .encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    )
    middle = (
        alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(color=COLOURS["grey"], strokeDash=[3, 3]).encode(y=alt.Y("y:Q"))
    )
    scale = alt.Scale(domain=["below", "usual", "above"], range=[COLOURS["below"], COLOURS["grey"], COLOURS["above"]])
    base = alt.Chart(frame)
    dots = base.mark_point(filled=True, size=120, opacity=1).encode(
        x=x, y=y, color=alt.Color("kind:N", legend=None, scale=scale),
        shape=alt.Shape("kind:N", legend=None, scale=alt.Scale(
            domain=["below", "usual", "above"], range=["triangle-down", "circle", "triangle-up"])),
        tooltip=[alt.Tooltip("host:N", title=_("host")), alt.Tooltip("lives:N", title=_("lives")),
                 alt.Tooltip("rate:N", title=_("own rate"))],
    )  # fmt: skip
    names = base.mark_text(align="left", dx=9, color=COLOURS["grey"]).encode(x=x, y=y, text=alt.Text("host:N"))
    return alt.layer(band, middle, dots, names).properties(height=240).configure_view(stroke=None)
