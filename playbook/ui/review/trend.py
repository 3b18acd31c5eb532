"""Inside the LIVE: two curves on one time axis, dips shaded, events below; a brushed stretch against the rest."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from playbook import formats, remarks
from playbook.diagnosis.findings import Dip, EventEffect
from playbook.knowledge.metrics import Metric
from playbook.metrics.compute import from_trend
from playbook.pipeline import Review
from playbook.report.charts import review as charts
from playbook.report.words import dips as words
from playbook.ui.frame import once
from playbook.ui.frame.drawing import Drawing, draw, draw_to_select, drawing
from playbook.ui.frame.escape import escape
from playbook.ui.strategies import card
from playbook.ui.strategies import violations as violation

from . import events

#: What can be drawn over the minutes; the first two that are known are shown at first.
CHOICES = ("gmv", "watch_gpm", "err", "impressions", "views", "ctr", "ctor", "comment_rate", "follow_rate")
WARM_UP = "The first 15 to 30 minutes of the enter room rate are a warm-up: read them apart from the rest."


def show(review: Review) -> None:
    frame, step = review.session.trend, review.session.trend_step or 1.0
    if frame is None or len(frame) < 2:
        st.caption("The trend has too few rows to draw.")
        return
    drawn = once.of(review, columns)
    metrics = review.knowledge.metrics
    known = [name for name in CHOICES if name in drawn and drawn[name].notna().any()]
    with st.grid(2, min_column_width=220):
        upper = st.selectbox("Upper curve", known, index=0, key="upper_curve",
                             format_func=lambda name: metrics[name].label)  # fmt: skip
        lower = st.selectbox("Lower curve", known, index=min(1, len(known) - 1), key="lower_curve",
                             format_func=lambda name: metrics[name].label)  # fmt: skip
    panels = once.of(review, panels_of, tuple(dict.fromkeys((upper, lower))))
    dips_found = formats.several(len(review.diagnosis.dips), "dip")
    event = draw_to_select(
        panels[0], "curve", f"{metrics[upper].label} over the minutes of the LIVE; {dips_found}", charts.BRUSH
    )
    for index, panel in enumerate(panels[1:]):
        draw(panel, f"trend_{index}", "A second curve, or the events, on the same minutes")
    stretch(review, frame, step, event)
    if "err" in (upper, lower):
        st.caption(WARM_UP)
    dips(review)
    violations(review)
    course(review)
    effects(review)


def panels_of(review: Review, names: tuple[str, ...], shaded: bool = True) -> list[Drawing]:
    """A curve for each of the names, then the events, all on the minutes of the LIVE; dips shaded if wanted."""
    metrics, session = review.knowledge.metrics, review.session
    shown = [(metrics[name], name) for name in names]
    dips = review.diagnosis.dips if shaded else ()
    drawn = once.of(review, columns)
    made = charts.trend(drawn, session.trend_step or 1.0, session.events, dips, shown, session.currency)
    return [drawing(each) for each in made]


def columns(review: Review) -> pd.DataFrame:
    """The trend with a column for each metric that its counts give, row by row."""
    frame = review.session.trend
    if frame is None:
        return pd.DataFrame({"minute": []})
    made = {"minute": frame["minute"]}
    for name in CHOICES:
        metric = review.knowledge.metrics[name]
        if metric.type == "ratio" and {metric.numerator, metric.denominator} <= set(frame):
            below = frame[metric.denominator].where(frame[metric.denominator] > 0)
            made[name] = frame[metric.numerator] / below * metric.times
        elif metric.type == "count" and metric.value in frame:
            made[name] = frame[metric.value]
    return pd.DataFrame(made)


def stretch(review: Review, frame: pd.DataFrame, step: float, event: object) -> None:
    """Totals and rates of a brushed stretch against the rest of the LIVE, and the events in it."""
    picked = _picked(event)
    if picked is None:
        st.caption("Drag over the upper curve to compare a stretch with the rest of the LIVE.")
        return
    start, end = picked
    inside = frame["minute"].between(start, end - step / 2)
    if not inside.any() or inside.all():
        return
    metrics = review.knowledge.metrics
    here, rest = (from_trend(frame[rows], metrics, step) for rows in (inside, ~inside))
    rows = []
    for name, metric in metrics.items():
        one, other = here[name].value, rest[name].value
        if metric.type != "ratio" or one is None or other is None:
            continue
        rows.append(
            {
                "Metric": metric.label,
                "This stretch": formats.value(one, metric.shown_as, review.session.currency),
                "The rest": formats.value(other, metric.shown_as, review.session.currency),
                "Difference": formats.change(one / other - 1) if other else "–",
            }
        )
    st.markdown(f"**{formats.clock(start)} to {formats.clock(end)}** against the rest of the LIVE")
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="stretch", alt="The stretch against the rest of the LIVE")
    near = [each for each in review.session.events if start - 5 <= each.minute <= end]
    if near:
        words = ", ".join(f"{each.type.replace('_', ' ')} at {formats.clock(each.minute)}" for each in near)
        st.caption(escape(f"Around the same time: {words}."))


def _picked(event: object) -> tuple[float, float] | None:
    chosen = getattr(event, "selection", {}).get(charts.BRUSH) if event is not None else None
    span = chosen.get("minute") if chosen else None
    return (float(span[0]), float(span[1])) if span else None


def dips(review: Review) -> None:
    """Each dip with the events around it and what to ask."""
    found = review.diagnosis.dips
    st.markdown(f"**{formats.several(len(found), 'dip')}**" if found else "**No dip stands out from chance.**")
    for number, each in enumerate(found, 1):
        with st.container(border=True, key=f"dip_{number}"):
            dip(review, each)
            events.log(review.session, number, each.start_minute)


def dip(review: Review, each: Dip) -> None:
    metric: Metric = review.knowledge.metrics[each.metric]
    currency = review.session.currency
    st.markdown(f":red[:material/trending_down: **{escape(words.sentence(each, review.knowledge.metrics))}**]")
    if each.value is not None and each.level is not None:
        now, level = (formats.value(value, metric.shown_as, currency) for value in (each.value, each.level))
        st.caption(escape(f"{now} in these minutes; the LIVE's own level around them was {level}."))
    if perhaps := words.perhaps_product(each, metric):
        st.caption(escape(f"{perhaps} Note your pins, and the next review allows for them."))
    for line in words.known(each):
        st.markdown(escape(line))
    if each.questions:
        st.markdown("\n".join(f"- {escape(remarks.question(asked))}" for asked in each.questions))


def violations(review: Review) -> None:
    """Each violation of the log: seen before or new, what impressions and ERR did around it, the rule, what to do."""
    for number, each in enumerate(review.diagnosis.violations, 1):
        with st.container(border=True, key=f"violation_{number}"):
            words = f"{each.type or 'violation'}, {formats.clock(each.minute)}"
            st.markdown(f":orange[:material/gpp_maybe: **{escape(words[:1].upper() + words[1:])}**]")
            violation_lines = [violation.known(each), violation.about(each, review.knowledge)]
            violation_lines += violation.counted(each, review.session.start, review.knowledge)
            st.caption(escape(" ".join(filter(None, violation_lines))))
            for change in each.changes:
                label = review.knowledge.metrics[change.metric].label
                rank = "" if change.larger_than is None else (
                    f", larger than at {change.larger_than} of {change.moments} ordinary moments"
                )  # fmt: skip
                st.markdown(
                    escape(
                        f"{label} in the ten minutes after it: {formats.change(change.change)} "
                        f"(range {formats.change(change.low)} to {formats.change(change.high)}){rank}"
                    )
                )
            strategy = review.knowledge.strategies.get(f"violation_{each.kind or 'new'}_type")
            if strategy is not None:
                card.open_link(strategy, strategy.title)
            violation.rules(each, strategy, review.knowledge)


def course(review: Review) -> None:
    """How the LIVE went on the whole."""
    shape = review.diagnosis.shape
    if shape is None:
        return
    metrics = review.knowledge.metrics
    moved = [each for each in (*shape.drifts, *([shape.startup] if shape.startup else [])) if each.course != "stable"]
    lines = []
    for each in moved:
        where = (
            "in the first half hour against the rest" if each is shape.startup else "from the first third to the last"
        )
        verb = "fell" if each.course == "falls" else "rose"
        usual = f"; usual {formats.change(each.usual)}" if each.usual is not None else ""
        by = formats.change_size(each.change)
        lines.append(f"{metrics[each.metric].label} {verb} by {by} {where}{usual}")
    if shape.divergence:
        lines.append(remarks.reading(shape.divergence))
    if lines:
        st.markdown("**The course of the LIVE**")
        st.markdown("\n".join(f"- {escape(line)}" for line in lines))


def effects(review: Review) -> None:
    """What was seen after each event, against ordinary moments of the same LIVE."""
    found = review.diagnosis.event_effects
    if found:
        with st.expander("What was seen after each event", icon=":material/event_note:"):
            st.caption(
                "Ten minutes after against ten before. Many events are tapped because numbers fall, and low numbers "
                "rise again by themselves: so the rank counts only what goes beyond the course expected from the "
                "minutes before, against moments at which nothing happens."
            )
            st.dataframe(_effects(review, found), hide_index=True, key="effects", alt="Changes around events")
    pooled = review.diagnosis.pooled_effects
    if pooled:
        with st.expander("Over your LIVEs, by kind of event", icon=":material/stacked_line_chart:"):
            metrics = review.knowledge.metrics
            frame = pd.DataFrame(
                {
                    "Event": each.type.replace("_", " "),
                    "Metric": metrics[each.metric].short,
                    "Events": each.events,
                    "LIVEs": each.lives,
                    "Beyond ordinary": formats.change(each.change),
                    "Range": f"{formats.change(each.low)} to {formats.change(each.high)}",
                }
                for each in pooled
            )
            st.dataframe(frame, hide_index=True, key="pooled_effects", alt="Changes by kind of event over your LIVEs")


def _effects(review: Review, found: Sequence[EventEffect]) -> pd.DataFrame:
    metrics = review.knowledge.metrics
    return pd.DataFrame(
        {
            "At": formats.clock(each.minute),
            "Metric": metrics[each.metric].short,
            "Change": formats.change(each.change),
            "Event": ": ".join(filter(None, (each.type.replace("_", " "), each.product or each.detail))),
            "Range": f"{formats.change(each.low)} to {formats.change(each.high)}",
            "Larger than": f"{each.larger_than} of {each.moments} moments" if each.larger_than is not None else "–",
        }
        for each in found
    )
