"""Charts as plain functions that return Altair charts. They know no screen and compute no metric."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from playbook import formats
from playbook.diagnosis.findings import Dip, Judgement
from playbook.knowledge.event_words import event_words
from playbook.knowledge.metrics import Metric
from playbook.language import _, pgettext
from playbook.metrics.chains import funnel as funnel_counts
from playbook.model.session import Event
from playbook.pipeline import Review
from playbook.report.words import sentences

from . import axes
from .words import event_label, reached

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
#: The name under which a brushed stretch comes back.
BRUSH = "brush"
#: Width kept for the y axis of every panel, so that minutes stand below each other.
Y_EXTENT = 72
#: About this many characters fit the width of the event lane, on a wide screen and on a phone.
LANE_CHARACTERS, NARROW_CHARACTERS = 100, 44
#: A chart narrower than this stands on a phone.
NARROW = 480
#: Minutes of a LIVE as people and findings name them: 1:05.
CLOCK_LABELS = "floor(datum.value / 60) + ':' + format(datum.value % 60, '02')"


def colour(judgement: Judgement, metric: Metric) -> str:
    """Below and above have their own colour; everything else its dimension's."""
    return COLOURS.get(judgement.verdict, COLOURS[metric.dimension])


def band(review: Review, name: str) -> Chart | None:
    """A metric against its usual: a band, small dots for past LIVEs, one large dot. None without a value."""
    metric, judgement = review.knowledge.metrics[name], review.judgements[name]
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
    now = pd.DataFrame({"value": [judgement.value], "shown": [text(judgement.value)], "LIVE": [_("this LIVE")]})
    span = [each for each in (judgement.low, judgement.high, judgement.value) if each is not None]
    span += [each.value for each in past if each.value is not None]
    low, high = min(span), max(span)
    margin = (high - low) * 0.06 or abs(high) * 0.1 or 1
    marks = (max(0, low - margin) if low >= 0 else low - margin, high + margin)
    axis = axes.axis(
        marks, metric.shown_as, currency, title=None, grid=False, domain=False, ticks=False, labelFlush=True,
        labelPadding=8, labelOverlap=True,
    )  # fmt: skip
    scale = alt.Scale(domain=list(marks), nice=False, zero=False)
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
                x2=alt.X2("high:Q"),
                tooltip=[alt.Tooltip("usual:N", title=_("usual")), alt.Tooltip("range:N", title=_("usual range"))],
            )
        )
    layers.append(alt.Chart(dots).mark_circle(size=34, color=COLOURS["grey"], opacity=0.65).encode(x=x, tooltip=tip))
    layers.append(
        alt.Chart(now).mark_circle(size=190, color=colour(judgement, metric), opacity=1).encode(x=x, tooltip=tip)
    )
    # Streamlit's own padding would leave the band no height: its upper half was cut off at times.
    return _bare(alt.layer(*layers).properties(height=44, padding={"left": 0, "right": 0, "top": 0, "bottom": 2}))


def funnel(review: Review, ink: str) -> Chart | None:
    """From impressions to orders: bars by count, each with the rate that led to it; the weakest link marked."""
    worst = {each.metric for each in sentences.below(review)}
    rows = []
    for step in funnel_counts(review.knowledge.metrics):
        if step.fine:
            continue
        rate, name = step.rate or "", sentences.counted(review, step.count)
        number = review.session.counts.get(name)
        if number is None:
            continue
        judged = review.judgements.get(rate)
        line = formats.count(number)
        if judged and judged.value is not None:
            line += f"  ·  {reached(review, judged, step.verb)}"
        rows.append(
            {
                "step": review.knowledge.counts[name].label,
                "length": max(number, 0) ** 0.5,  # orders would vanish beside impressions on a plain scale
                "count": formats.count(number),
                "line": line,
                "kind": "below" if rate in worst else "usual",
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
            x=alt.X("length:Q", axis=None, scale=alt.Scale(nice=False)),
            color=alt.Color(
                "kind:N",
                legend=None,
                scale=alt.Scale(domain=["below", "usual"], range=[COLOURS["below"], COLOURS["reach"]]),
            ),
            tooltip=[
                alt.Tooltip("step:N", title=pgettext("of a funnel", "step")),
                alt.Tooltip("count:N", title=_("count")),
            ],
        )
    )
    name = (
        alt.Chart(frame)
        .mark_text(align="left", baseline="middle", dy=-9, fontWeight=600, color=ink)
        .encode(y=y, x=axes.fixed(0), text=alt.Text("step:N"))
    )
    line = (
        alt.Chart(frame)
        .mark_text(align="right", baseline="middle", dy=-9, color=COLOURS["grey"])
        .encode(y=y, x=axes.fixed("width"), text=alt.Text("line:N"))
    )
    return _bare(alt.layer(bars, name, line).properties(height=52 * len(rows)))


def waterfall(review: Review, ink: str) -> Chart | None:
    """From the usual GMV to this LIVE's, one bar a factor; above each its name and its money, as in the funnel.

    None without a leak.
    """
    leak, currency = review.diagnosis.leak, review.session.currency
    if leak is None:
        return None
    rows = [_step(_("Usual LIVE"), 0, leak.usual_gmv, "total", formats.money_short(leak.usual_gmv, currency), "")]
    level = leak.usual_gmv
    for part in leak.parts:
        metric = review.knowledge.metrics[part.factor]
        name = f"{metric.step.capitalize()} ({metric.short})"
        low, high = formats.money_short(part.low, currency), formats.money_short(part.high, currency)
        sign = "+" if part.amount > 0 else "-" if part.amount < 0 else ""
        shown = sign + formats.money_short(abs(part.amount), currency)
        reach = pgettext("range of money", "{low} to {high}", low=low, high=high)
        kind = "brought" if part.amount >= 0 else "cost"
        rows.append(_step(name, level, level + part.amount, kind, shown, reach))
        level += part.amount
    rows.append(_step(_("This LIVE"), 0, leak.gmv, "total", formats.money_short(leak.gmv, currency), ""))
    frame = pd.DataFrame(rows)
    y = alt.Y("name:N", sort=frame["name"].tolist(), axis=None, scale=alt.Scale(paddingInner=0.0))
    top = float(frame[["from", "to"]].max().max())
    domain = [min(0.0, float(frame["to"].min())), top or 1]
    x = alt.X("from:Q", axis=None, scale=alt.Scale(domain=domain, nice=False))
    palette = alt.Scale(
        domain=["total", "brought", "cost"], range=[COLOURS["grey"], COLOURS["above"], COLOURS["below"]]
    )
    bars = (
        alt.Chart(frame)
        .mark_bar(height=12, cornerRadius=3, yOffset=8)
        .encode(
            y=y,
            x=x,
            x2=alt.X2("to:Q"),
            color=alt.Color("kind:N", scale=palette, legend=None),
            tooltip=[
                alt.Tooltip("name:N", title=pgettext("of a funnel", "step")),
                alt.Tooltip("shown:N", title=_("GMV")),
                alt.Tooltip("range:N", title=_("likely range")),
            ],
        )
    )
    names = (
        alt.Chart(frame)
        .mark_text(align="left", baseline="middle", dy=-8, color=ink)
        .encode(y=y, x=axes.fixed(0), text=alt.Text("name:N"))
    )
    amounts = (
        alt.Chart(frame)
        .mark_text(align="right", baseline="middle", dy=-8, fontWeight=600, color=ink)
        .encode(y=y, x=axes.fixed("width"), text=alt.Text("shown:N"))
    )
    return _bare(alt.layer(bars, names, amounts).properties(height=40 * len(rows)))


def _step(name: str, start: float, end: float, kind: str, shown: str, reach: str) -> dict[str, Any]:
    return {
        "name": name, "from": start, "to": end, "kind": kind, "shown": shown, "range": reach,
    }  # fmt: skip


def trend(
    frame: pd.DataFrame,
    step: float,
    events: Sequence[Event],
    dips: Sequence[Dip] = (),
    shown: Sequence[tuple[Metric, str]] = (),
    currency: str | None = None,
) -> list[Chart]:
    """Panels on one time axis: a curve for each of `shown` (metric and its column in `frame`), then the events.

    `frame` has `minute` and the columns; dips are shaded in every panel. The first panel carries the brush.
    Separate charts, because a concatenated one cannot fill the width of its container; y axes of one fixed extent
    keep the minutes below each other.
    """
    data = frame.copy()
    data["at"] = data["minute"].map(formats.clock)
    last = float(data["minute"].max()) + step
    panels: list[Chart] = []
    for metric, column in shown:
        brush = [] if panels else [alt.selection_interval(name=BRUSH, encodings=["x"])]
        panels.append(_curve(data, last, metric, column, dips, currency).add_params(*brush))
    if events:
        panels.append(_lane(events, last))
    return panels


def _minutes(last: float, *, shown: bool) -> alt.X:
    axis = clock_axis(last, _("time of the LIVE, h:mm")) if shown else None
    return alt.X("minute:Q", scale=alt.Scale(domain=[0, last], nice=False), axis=axis)


def clock_axis(last: float, title: str | None = None) -> alt.Axis:
    """An axis from the start of a LIVE to minute `last`, with marks where a clock has them."""
    step = next((each for each in (5, 10, 15, 20, 30, 60) if last / each <= 12), 120)
    marks = list(range(0, int(last) + 1, step))
    return alt.Axis(title=title, grid=False, values=marks, labelExpr=CLOCK_LABELS, labelOverlap=True)


def _curve(
    data: pd.DataFrame, last: float, metric: Metric, column: str, dips: Sequence[Dip], currency: str | None
) -> Chart:
    """A stepped area, since each row of the trend is a stretch of minutes, over the shaded dips."""
    top = float(data[column].max())
    axis = axes.axis(
        (0.0, top), metric.shown_as, currency, minExtent=Y_EXTENT, maxExtent=Y_EXTENT, title=metric.short
    )  # fmt: skip
    closing = data.tail(1).assign(minute=last)  # a step needs an end
    drawn = pd.concat([data, closing]).assign(
        shown=lambda each: [formats.value(value, metric.shown_as, currency) for value in each[column]]
    )
    tint = COLOURS[metric.dimension]
    area = (
        alt.Chart(drawn)
        .mark_area(color=tint, opacity=0.25, line={"color": tint}, interpolate="step-after")
        .encode(
            x=_minutes(last, shown=True),
            y=alt.Y(f"{column}:Q", axis=axis),
            tooltip=[
                alt.Tooltip("at:N", title=pgettext("minute of a LIVE", "offset")),
                alt.Tooltip("shown:N", title=metric.short),
            ],
        )
    )
    return alt.layer(*_shades(dips, last), area).properties(height=190)


def _shades(dips: Sequence[Dip], last: float) -> list[Chart]:
    if not dips:
        return []
    frame = pd.DataFrame({"minute": [each.start_minute for each in dips], "end": [each.end_minute for each in dips]})
    shade: Chart = alt.Chart(frame).mark_rect(color=COLOURS["below"], opacity=0.16)
    return [shade.encode(x=_minutes(last, shown=True), x2=alt.X2("end:Q"))]


def _lane(events: Sequence[Event], last: float) -> Chart:
    """Events under the curves; one that would touch the label before it goes a row down.

    On a phone only the kind of an event is written out; the rest is in its tooltip and in the table of events.
    """
    rows: list[dict[str, Any]] = []
    taken: list[float] = []  # where each row's last label ends, in minutes
    for event in sorted(events, key=lambda each: each.minute):
        label = event_label(event)
        row = next((index for index, end in enumerate(taken) if end <= event.minute), len(taken))
        kind = event_words(event.type)
        room = max((len(label) + 3) / LANE_CHARACTERS, (len(kind) + 3) / NARROW_CHARACTERS)
        end = max(event.minute + last * room, event.end_minute or 0)
        taken[row : row + 1] = [end]
        rows.append(
            {
                "minute": event.minute, "end": event.end_minute or event.minute, "row": row,
                "label": label, "kind": kind, "at": formats.clock(event.minute), "note": event.note or "",
                "flip": event.minute > last * 0.75,
            }
        )  # fmt: skip
    axis = alt.Axis(
        labels=False, ticks=False, domain=False, minExtent=Y_EXTENT, maxExtent=Y_EXTENT, title=_("Events"),
    )  # fmt: skip
    frame = pd.DataFrame(rows)
    base = (
        alt.Chart(frame)
        .transform_calculate(written=f"width < {NARROW} ? datum.kind : datum.label")
        .encode(
            x=_minutes(last, shown=False),
            y=alt.Y("row:O", axis=axis),
            tooltip=[
                alt.Tooltip("label:N", title=_("label")),
                alt.Tooltip("at:N", title=pgettext("minute of a LIVE", "at")),
                alt.Tooltip("note:N", title=_("note")),
            ],
        )
    )
    layers: list[Chart] = [
        base.mark_rule(strokeWidth=14, opacity=0.18, color=COLOURS["grey"]).encode(x2=alt.X2("end:Q")),
        base.mark_point(shape="triangle-down", filled=True, size=70, color=COLOURS["grey"], opacity=1),
    ]
    left: Chart = base.transform_filter("!datum.flip").mark_text(align="left", dx=8, fontSize=12, color=COLOURS["grey"])
    right: Chart = base.transform_filter("datum.flip").mark_text(
        align="right", dx=-8, fontSize=12, color=COLOURS["grey"]
    )
    layers += [
        left.encode(text=alt.Text("written:N")),
        right.encode(text=alt.Text("written:N")),
    ]  # stay inside at the right edge
    # Room for the word at the side, also with one row; Streamlit's own padding would take it.
    return alt.layer(*layers).properties(height=max(24 * len(taken) + 8, 54), padding={"bottom": 4})


def _bare(chart: Chart) -> Chart:
    return chart.configure_view(stroke=None)
