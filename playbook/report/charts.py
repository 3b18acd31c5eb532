"""Charts as plain functions that return Altair charts. They know no screen and compute no metric."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from .. import formats
from ..diagnosis.findings import Judgement, Leak
from ..knowledge.metrics import Metric
from ..pipeline import Review
from ..session import Event
from . import sentences

#: One hue a dimension, one for below, one for above, grey for the rest; mid tones that hold on light and dark.
COLOURS = {
    "reach": "#3b82f6",
    "engage": "#a855f7",
    "convert": "#0d9488",
    "below": "#ea580c",
    "above": "#65a30d",
    "grey": "#7c8799",
}
#: Altair's classes of charts differ by how they are combined; whoever shows them does not care.
Chart = Any
BAND_OPACITY = 0.22
FUNNEL = (("impressions", ""), ("views", "err"), ("product_clicks", "ctr"), ("sku_orders", "ctor"))


def colour(judgement: Judgement, metric: Metric) -> str:
    """Below and above have their own colour; everything else its dimension's."""
    return COLOURS.get(judgement.verdict, COLOURS[metric.dimension])


def band(review: Review, judgement: Judgement) -> Chart | None:
    """A metric against its usual: a band, small dots for past LIVEs, one large dot. None without a value."""
    metric = review.knowledge.metrics[judgement.metric]
    if judgement.value is None:
        return None
    currency = review.session.currency

    def text(number: float | None) -> str:
        return formats.value(number, metric.shown_as, currency)

    past = [each for each in judgement.past if each.value is not None][-20:]
    dots = pd.DataFrame(
        {
            "value": [each.value for each in past],
            "shown": [text(each.value) for each in past],
            "LIVE": [f"{sentences.day(each.start)}" for each in past],
        }
    )
    now = pd.DataFrame({"value": [judgement.value], "shown": [text(judgement.value)], "LIVE": ["this LIVE"]})
    span = [each for each in (judgement.low, judgement.high, judgement.value) if each is not None]
    span += [each.value for each in past if each.value is not None]
    low, high = min(span), max(span)
    margin = (high - low) * 0.06 or abs(high) * 0.1 or 1
    scale = alt.Scale(
        domain=[max(0, low - margin) if low >= 0 else low - margin, high + margin], nice=False, zero=False
    )
    axis = alt.Axis(
        title=None,
        tickCount=4,
        grid=False,
        domain=False,
        ticks=False,
        labelFlush=True,
        **_axis_format(metric, high),
    )
    x = alt.X("value:Q", scale=scale, axis=axis)
    tip = [alt.Tooltip("LIVE:N"), alt.Tooltip("shown:N", title=metric.short)]
    layers = []
    if judgement.low is not None and judgement.high is not None:
        usual = pd.DataFrame({"low": [judgement.low], "high": [judgement.high], "usual": [text(judgement.usual)]})
        usual["range"] = sentences.usual_range(review, judgement)
        layers.append(
            alt.Chart(usual)
            .mark_bar(height=16, cornerRadius=8, color=COLOURS["grey"], opacity=BAND_OPACITY)
            .encode(
                x=alt.X("low:Q", scale=scale, axis=axis),
                x2="high:Q",
                tooltip=[alt.Tooltip("usual:N"), alt.Tooltip("range:N", title="usual range")],
            )
        )
    layers.append(alt.Chart(dots).mark_circle(size=34, color=COLOURS["grey"], opacity=0.65).encode(x=x, tooltip=tip))
    layers.append(
        alt.Chart(now).mark_circle(size=190, color=colour(judgement, metric), opacity=1).encode(x=x, tooltip=tip)
    )
    return _bare(alt.layer(*layers).properties(height=44))


def _axis_format(metric: Metric, high: float) -> dict[str, Any]:
    if metric.shown_as == "percent":
        return {"format": ".1%" if high < 0.2 else ".0%"} if high >= 0.01 else {"format": ".2%"}
    return {"format": "~s"} if high >= 1000 else {"format": "~g"}


def funnel(review: Review) -> Chart | None:
    """From impressions to orders: bars by count, each with the rate that led to it; the weakest link marked."""
    worst = {each.metric for each in sentences.below(review)}
    rows = []
    for name, rate in FUNNEL:
        number = review.session.counts[name]
        if number is None:
            continue
        judged = review.judgements.get(rate)
        verb = {"err": "entered", "ctr": "clicked", "ctor": "ordered"}.get(rate, "")
        line = formats.count(number)
        if judged and judged.value is not None:
            line += f"  ·  {sentences.value(review, judged)} {verb}"
            if judged.usual is not None:
                line += f", usual {sentences.value(review, judged, judged.usual)}"
        rows.append(
            {
                "step": review.knowledge.counts[name].label,
                "length": max(number, 0) ** 0.5,  # orders would vanish beside impressions on a plain scale
                "count": formats.count(number),
                "line": line,
                "kind": "below usual" if rate in worst else "as usual",
            }
        )
    if len(rows) < 2:
        return None
    frame = pd.DataFrame(rows)
    order = frame["step"].tolist()
    y = alt.Y("step:N", sort=order, axis=None, scale=alt.Scale(paddingInner=0.0))
    bars = (
        alt.Chart(frame)
        .mark_bar(height=14, cornerRadius=3, yOffset=9)
        .encode(
            y=y,
            x=alt.X("length:Q", axis=None),
            color=alt.Color(
                "kind:N",
                legend=None,
                scale=alt.Scale(domain=["below usual", "as usual"], range=[COLOURS["below"], COLOURS["reach"]]),
            ),
            tooltip=[alt.Tooltip("step:N"), alt.Tooltip("count:N")],
        )
    )
    name = (
        alt.Chart(frame)
        .mark_text(align="left", baseline="middle", dy=-9, fontWeight=600)
        .encode(y=y, x=alt.value(0), text="step:N")
    )
    line = (
        alt.Chart(frame)
        .mark_text(align="right", baseline="middle", dy=-9, color=COLOURS["grey"])
        .encode(y=y, x=alt.value("width"), text="line:N")
    )
    return _bare(alt.layer(bars, name, line).properties(height=52 * len(rows)))


def waterfall(review: Review, leak: Leak) -> Chart:
    """From the usual GMV to this LIVE's, one bar a factor; names on the left, money on the right."""
    currency = review.session.currency
    rows = [_step("Usual LIVE", 0, leak.usual_gmv, "total", formats.money_short(leak.usual_gmv, currency), "")]
    level = leak.usual_gmv
    for part in leak.parts:
        metric = review.knowledge.metrics[part.factor]
        name = f"{metric.step.capitalize()} ({metric.short})"
        sign = "+" if part.amount > 0 else "−" if part.amount < 0 else ""
        shown = sign + formats.money_short(abs(part.amount), currency)
        reach = f"{formats.money_short(part.low, currency)} to {formats.money_short(part.high, currency)}"
        kind = "brought" if part.amount >= 0 else "cost"
        rows.append(_step(name, level, level + part.amount, kind, shown, reach))
        level += part.amount
    rows.append(_step("This LIVE", 0, leak.gmv, "total", formats.money_short(leak.gmv, currency), ""))
    frame = pd.DataFrame(rows)
    y = alt.Y(
        "name:N",
        sort=frame["name"].tolist(),
        axis=alt.Axis(title=None, labelLimit=220, domain=False, ticks=False, labelPadding=8),
    )
    top = float(frame[["from", "to"]].max().max()) * 1.22
    x = alt.X("from:Q", axis=None, scale=alt.Scale(domain=[min(0.0, float(frame["to"].min())), top or 1]))
    palette = alt.Scale(
        domain=["total", "brought", "cost"], range=[COLOURS["grey"], COLOURS["above"], COLOURS["below"]]
    )
    bars = (
        alt.Chart(frame)
        .mark_bar(height=18, cornerRadius=3)
        .encode(
            y=y,
            x=x,
            x2="to:Q",
            color=alt.Color("kind:N", scale=palette, legend=None),
            tooltip=[alt.Tooltip("name:N", title="Step"), alt.Tooltip("shown:N"), alt.Tooltip("range:N")],
        )
    )
    labels = (
        alt.Chart(frame)
        .mark_text(align="left", baseline="middle", dx=6, fontWeight=600)
        .encode(y=y, x=alt.X("edge:Q", axis=None), text="shown:N")
    )
    return _bare(alt.layer(bars, labels).properties(height=30 * len(rows)))


def _step(name: str, start: float, end: float, kind: str, shown: str, reach: str) -> dict[str, Any]:
    return {
        "name": name, "from": start, "to": end, "edge": max(start, end), "kind": kind, "shown": shown, "range": reach,
    }  # fmt: skip


def trend(frame: pd.DataFrame, step: float, events: Sequence[Event]) -> Chart:
    """Impressions and ERR (or views where impressions are unknown) over the LIVE, events as a lane under them."""
    data = frame.copy()
    data["end"] = data["minute"] + step
    data["at"] = data["minute"].map(formats.clock)
    last = float(data["end"].max())
    x = alt.X(
        "minute:Q",
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(title="minutes of the LIVE", format="d", grid=False, tickMinStep=10),
    )
    panels: list[Chart] = []
    if {"impressions", "views"} <= set(data):
        data["err"] = data["views"] / data["impressions"].where(data["impressions"] > 0)
        panels.append(_line(data, x, "err", "ERR", ".0%", COLOURS["below"]))
    for name, title in (("impressions", "Impressions"), ("views", "Views"), ("product_clicks", "Product clicks")):
        if name in data and data[name].notna().any() and len(panels) < 2:
            panels.append(_area(data, x, name, title))
    if events:
        panels.append(_lane(events, last))
    return alt.vconcat(*panels, spacing=6).resolve_scale(x="shared").configure_view(stroke=None)


def _line(data: pd.DataFrame, x: alt.X, name: str, title: str, form: str, tint: str) -> Chart:
    return (
        alt.Chart(data)
        .mark_line(color=tint, strokeWidth=2, interpolate="step-after")
        .encode(
            x=x.copy(deep=False),
            y=alt.Y(f"{name}:Q", title=title, axis=alt.Axis(format=form, tickCount=4)),
            tooltip=[alt.Tooltip("at:N", title="offset"), alt.Tooltip(f"{name}:Q", title=title, format=form)],
        )
        .properties(height=150, width="container")
    )


def _area(data: pd.DataFrame, x: alt.X, name: str, title: str) -> Chart:
    return (
        alt.Chart(data)
        .mark_area(color=COLOURS["reach"], opacity=0.35, line={"color": COLOURS["reach"]}, interpolate="step-after")
        .encode(
            x=x.copy(deep=False),
            y=alt.Y(f"{name}:Q", title=title, axis=alt.Axis(format="~s", tickCount=4)),
            tooltip=[alt.Tooltip("at:N", title="offset"), alt.Tooltip(f"{name}:Q", title=title, format=",")],
        )
        .properties(height=110, width="container")
    )


def _lane(events: Sequence[Event], last: float) -> Chart:
    """Events under the curves; one that would touch the label before it goes a row down."""
    rows: list[dict[str, Any]] = []
    taken: list[float] = []  # where each row's last label ends
    for event in sorted(events, key=lambda each: each.minute):
        label = event.type.replace("_", " ") + (
            f": {event.product or event.detail}" if event.product or event.detail else ""
        )
        label = label if len(label) <= 26 else label[:25] + "…"
        width = last * (len(label) + 3) / 130  # about 130 characters fit the chart's width
        row = next((index for index, end in enumerate(taken) if end <= event.minute), len(taken))
        taken[row : row + 1] = [event.minute + width]
        rows.append(
            {
                "minute": event.minute, "end": event.end_minute or event.minute, "row": row, "label": label,
                "at": formats.clock(event.minute), "note": event.note or "",
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    frame["flip"] = frame["minute"] > last * 0.8  # near the right edge the label goes to the left of its mark
    x = alt.X("minute:Q", scale=alt.Scale(domain=[0, last], nice=False), axis=None)
    y = alt.Y("row:O", axis=None)
    base = alt.Chart(frame).encode(x=x, y=y, tooltip=["label:N", "at:N", "note:N"])
    marks = base.mark_point(shape="triangle-down", filled=True, size=60, color=COLOURS["grey"])
    spans = base.mark_rule(strokeWidth=3, opacity=0.3, color=COLOURS["grey"]).encode(x2="end:Q")
    right = (
        base.transform_filter("!datum.flip")
        .mark_text(align="left", dx=8, fontSize=11, color=COLOURS["grey"])
        .encode(text="label:N")
    )
    left = (
        base.transform_filter("datum.flip")
        .mark_text(align="right", dx=-8, fontSize=11, color=COLOURS["grey"])
        .encode(text="label:N")
    )
    return alt.layer(spans, marks, right, left).properties(height=22 * len(taken), width="container")


def _bare(chart: Chart) -> Chart:
    return chart.configure_view(stroke=None)
