"""The products of one LIVE as a funnel plot: few clicks leave much to chance, so a league table would mislead."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from scipy.special import betaincinv

from playbook import formats
from playbook.diagnosis.findings import ProductRoom
from playbook.language import _

from . import axes
from .review import BAND_OPACITY, COLOURS, Chart
from .words import side

_NAMED = 8


def funnel_plot(room: ProductRoom, currency: str | None = None) -> Chart:
    """CTOR by product clicks; the band holds 95 % of products that sell like the room, by chance in orders alone.

    Products without clicks are left out. Names stand beside those with a role and the most clicked, where there is
    room; the rest show theirs when pointed at.
    """
    known = [each for each in room.products if each.ctor.value is not None and each.clicks]
    frame = pd.DataFrame(
        {
            "name": [each.name for each in known],
            "clicks": [each.clicks for each in known],
            "clicked": [formats.count(each.clicks) for each in known],
            "ctor": [each.ctor.value for each in known],
            "verdict": [each.ctor.verdict for each in known],
            "shown": [formats.percent(each.ctor.value) for each in known],
            "gmv": [formats.money(each.gmv, currency) for each in known],
            "side": [side(each.ctor.verdict) for each in known],
            "role": [bool(each.roles) for each in known],
        }
    )
    named = _readable(frame)
    x = alt.X("clicks:Q", title=_("product clicks"), axis=axes.axis((0.0, *frame["clicks"]), "number", grid=False))
    y_axis = axes.axis((0.0, *frame["ctor"]), "percent")
    y = alt.Y("ctor:Q", title=_("CTOR"), axis=y_axis)
    colour = alt.Color(
        "verdict:N",
        scale=alt.Scale(
            domain=["below", "usual", "above", "unknown"],
            range=[COLOURS["below"], COLOURS["grey"], COLOURS["above"], COLOURS["grey"]],
        ),
        legend=None,
    )
    shape = alt.Shape(
        "verdict:N",
        scale=alt.Scale(domain=["below", "usual", "above", "unknown"],
                        range=["triangle-down", "circle", "triangle-up", "circle"]),
        legend=None,
    )  # fmt: skip
    tip = [
        alt.Tooltip("name:N", title=_("product")),
        alt.Tooltip("clicked:N", title=_("product clicks")),
        alt.Tooltip("shown:N", title=_("CTOR")),
        alt.Tooltip("gmv:N", title=_("GMV")),
        alt.Tooltip("side:N", title=_("verdict")),
    ]
    dots = alt.Chart(frame).mark_point(filled=True, size=90, opacity=1).encode(
        x=x, y=y, color=colour, shape=shape, tooltip=tip
    )  # fmt: skip
    layers = [*_band(frame, room, x, y_axis), dots, *_names(named, x, y)]
    return alt.layer(*layers).properties(height=280).configure_view(stroke=None)


def _names(named: pd.DataFrame, x: alt.X, y: alt.Y) -> list[Chart]:
    """Beside the dots, in the right half on their left, so that none leaves the chart, also not on a phone."""
    text: dict[str, Any] = {"dy": -4, "limit": alt.ExprRef("min(170, width * 0.48)"), "color": COLOURS["grey"]}
    right = named["clicks"] > float(named["clicks"].max() or 0) / 2
    return [
        alt.Chart(named[~right]).mark_text(align="left", dx=8, **text).encode(x=x, y=y, text=alt.Text("name:N")),
        alt.Chart(named[right]).mark_text(align="right", dx=-8, **text).encode(x=x, y=y, text=alt.Text("name:N")),
    ]


def _readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows whose names do not run into each other: those with a role first, then the most clicked."""
    wide, tall = float(frame["clicks"].max() or 1), float(frame["ctor"].max() or 1)
    kept: list[int] = []
    for at in frame.sort_values(["role", "clicks"], ascending=False).index:
        near = [
            abs(frame["clicks"][at] - frame["clicks"][other]) < 0.35 * wide
            and abs(frame["ctor"][at] - frame["ctor"][other]) < 0.08 * tall
            for other in kept
        ]
        if not any(near) and len(kept) < _NAMED:
            kept.append(at)
    return frame.loc[kept]


def _band(frame: pd.DataFrame, room: ProductRoom, x: alt.X, axis: alt.Axis) -> list[Chart]:
    clicks = sum(each.clicks or 0 for each in room.products if each.orders is not None)
    orders = sum(each.orders or 0 for each in room.products if each.clicks is not None)
    if frame.empty or not clicks or not 0 < orders < clicks:
        return []
    rate = orders / clicks
    most = max(float(frame["clicks"].max()), 2.0)
    at = np.unique(np.round(np.geomspace(1, most * 1.15, 60)))
    low, high = (betaincinv(at * rate + 0.5, at * (1 - rate) + 0.5, tail) for tail in (0.025, 0.975))
    top = max(float(frame["ctor"].max()) * 1.2, rate * 2.2)
    data = pd.DataFrame({"clicks": at, "low": low, "high": np.minimum(high, top), "ctor": rate})
    grey = COLOURS["grey"]
    return [
        alt.Chart(data).mark_area(color=grey, opacity=BAND_OPACITY).encode(
            x=x, y=alt.Y("low:Q", title=_("CTOR"), axis=axis), y2=alt.Y2("high:Q")
        ),
        alt.Chart(data).mark_line(color=grey, strokeDash=[4, 3], strokeWidth=1.2).encode(x=x, y=alt.Y("ctor:Q")),
    ]  # fmt: skip
