"""Every LIVE of a shop: a table to sort and open, trends with their usual band, a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from ..diagnosis.over_time import OverTime, over_time
from ..metrics.compute import compute
from ..report import history_charts, sentences
from ..session import Session
from . import loading, shop, state
from .drawing import draw
from .escape import escape

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LENGTHS = {"under 1 h": (0, 60), "1 to 2 h": (60, 120), "2 to 4 h": (120, 240), "over 4 h": (240, 10**9)}
HOURS = {
    "morning": range(5, 12),
    "afternoon": range(12, 17),
    "evening": range(17, 22),
    "night": (*range(22, 24), *range(5)),
}
SHOWN = (20, 30, 60)
TABLE_METRICS = ("err", "comment_rate", "follow_rate", "ctr", "ctor", "gmv_per_hour")


@dataclass(frozen=True)
class Filter:
    """Which LIVEs to look at; an empty choice lets all through."""

    days: Sequence[str]
    hours: Sequence[str]
    lengths: Sequence[str]
    hosts: Sequence[str]

    def __call__(self, session: Session) -> bool:
        start, minutes = session.start, session.duration_minutes
        if self.days and (start is None or DAYS[start.weekday()] not in self.days):
            return False
        if self.hours and (start is None or not any(start.hour in HOURS[each] for each in self.hours)):
            return False
        if self.lengths and (
            minutes is None or not any(LENGTHS[each][0] <= minutes < LENGTHS[each][1] for each in self.lengths)
        ):
            return False
        return not self.hosts or session.host in self.hosts


def nothing_yet() -> None:
    message = shop.trouble()
    if message:
        st.error(escape(message), icon=":material/database_off:")
        return
    st.info(
        "No LIVE is saved yet. Upload an export on the review page: every LIVE in it is remembered here.",
        icon=":material/history:",
    )
    st.page_link("pages/review.py", label="Go to the review page", icon=":material/arrow_forward:")


def saved() -> list[Session]:
    """All LIVEs of the shop, totals only, oldest first."""
    opened, owner = shop.store(), shop.current()
    return opened.sessions(owner.id) if opened and owner else []


def filters(sessions: Sequence[Session], key: str) -> Filter:
    """Weekday, time of day, length, host; closed until wanted."""
    hosts = sorted({each.host for each in sessions if each.host})
    with st.popover("Filter", icon=":material/filter_list:"):
        days = st.pills("Weekday", DAYS, selection_mode="multi", key=f"{key}_days")
        hours = st.pills("Start", list(HOURS), selection_mode="multi", key=f"{key}_hours")
        lengths = st.pills("Length", list(LENGTHS), selection_mode="multi", key=f"{key}_lengths")
        chosen = st.pills("Host", hosts, selection_mode="multi", key=f"{key}_hosts") if hosts else []
    return Filter(days or (), hours or (), lengths or (), chosen or ())


def table() -> None:
    """Newest first; a row opens its review."""
    sessions = saved()
    kept = filters(sessions, "table")
    shown = [each for each in reversed(sessions) if kept(each)]
    opened, owner = shop.store(), shop.current()
    marks = opened.marks(owner.id) if opened and owner else {}
    st.caption(f"{len(shown)} of {len(sessions)} LIVEs. Select a row to open its review.")
    metrics = loading.knowledge().metrics
    wanted = {name: metrics[name] for name in TABLE_METRICS if name in metrics}
    kinds = {each.gmv_kind for each in shown if each.gmv_kind}
    rows = []
    for each in shown:
        values = compute(each, wanted)
        mark = marks.get(each.id)
        row: dict[str, object] = {
            "Start": each.start,
            "Title": each.title or "",
            "Host": each.host or "",
            "Minutes": each.duration_minutes,
            "Impressions": each.counts["impressions"],
            "Views": each.counts["views"],
            "GMV": each.counts["gmv"],
        }
        if len(kinds) > 1:
            row["GMV is"] = each.gmv_kind or ""
        for name, metric in wanted.items():
            value = values[name].value
            row[metric.short] = None if value is None else value * 100 if metric.shown_as == "percent" else value
        row["Looked at"] = bool(mark and mark.reviewed_at)
        row["Note"] = (mark.note if mark else None) or ""
        rows.append(row)
    whole = st.column_config.NumberColumn(format="localized")
    share = st.column_config.NumberColumn(format="%.2f%%")
    config: dict[str, Any] = {
        "Start": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm"),
        "Minutes": st.column_config.NumberColumn(format="%d"),
        "Impressions": whole, "Views": whole, "GMV": whole,
        "Looked at": st.column_config.CheckboxColumn(),
    }  # fmt: skip
    config |= {metric.short: share if metric.shown_as == "percent" else whole for metric in wanted.values()}
    event = st.dataframe(
        pd.DataFrame(rows), hide_index=True, key="history_table", on_select="rerun", selection_mode="single-row",
        column_config=config, height=520, alt="LIVEs of this shop, newest first",
    )  # fmt: skip
    picked = event["selection"]["rows"]
    if picked:
        open_review(shown[picked[0]])


def open_review(session: Session) -> None:
    """Leave for the review page with this LIVE chosen."""
    state.hold(())
    st.session_state[state.CHOSEN] = session.id
    st.switch_page("pages/review.py")


def judged(sessions: Sequence[Session], kept: Filter, last: int) -> OverTime:
    """The last LIVEs that pass the filter, each judged by all that preceded it."""
    found = over_time(sessions, loading.knowledge().metrics, last if kept == Filter((), (), (), ()) else last * 3)
    places = [place for place, each in enumerate(found.sessions) if kept(each)][-last:]
    return OverTime(
        tuple(found.sessions[place] for place in places),
        {name: tuple(points[place] for place in places) for name, points in found.points.items()},
    )


def trends() -> None:
    """Control charts: a metric LIVE by LIVE in its usual band."""
    metrics = loading.knowledge().metrics
    sessions = saved()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = st.multiselect(
            "Metrics", list(metrics), default=["err", "ctr", "ctor", "gmv_per_hour"], key="trend_metrics",
            format_func=lambda name: metrics[name].label, width=520,
        )  # fmt: skip
        last = st.segmented_control("LIVEs", SHOWN, default=SHOWN[1], required=True, key="trend_last")
        kept = filters(sessions, "trends")
    found = judged(sessions, kept, last or SHOWN[1])
    if not found.sessions:
        st.info("No LIVE passes this filter.", icon=":material/filter_list_off:")
        return
    st.caption("The grey band is the usual range as it was known before each LIVE. Triangles lie outside it.")
    for name in names:
        st.markdown(f"**{metrics[name].label}**")
        chart = history_charts.control_chart(found, metrics[name], name)
        if chart is None:
            st.caption("Not known from these exports.")
            continue
        if history_charts.mixed_gmv(found, metrics[name]):
            st.caption(":material/call_split: GMV is direct in some of these LIVEs and attributed in others.")
        low = sum(point.verdict == "below" for point in found.points[name])
        draw(
            chart, f"control_{name}",
            f"{metrics[name].label} over {len(found.sessions)} LIVEs; {low} below the usual range",
        )  # fmt: skip


def heat_map() -> None:
    """All factor metrics by LIVE: a repeat offender is a row of the same colour."""
    metrics = loading.knowledge().metrics
    sessions = saved()
    kept = filters(sessions, "heat")
    found = judged(sessions, kept, SHOWN[1])
    if not found.sessions:
        st.info("No LIVE passes this filter.", icon=":material/filter_list_off:")
        return
    names = [
        name
        for name, metric in metrics.items()
        if metric.role in ("factor", "outcome") and any(point.value is not None for point in found.points[name])
    ]
    worst = max(names, key=lambda name: sum(point.verdict == "below" for point in found.points[name]))
    times = sum(point.verdict == "below" for point in found.points[worst])
    line = f"Most often below its usual: {metrics[worst].label.lower()}, in {times} of {len(found.sessions)} LIVEs."
    st.markdown(line if times else "No metric fell below its usual in these LIVEs.")
    draw(history_charts.heat_map(found, metrics, names), "heat_map", line)
    st.caption(f"From {sentences.day(found.sessions[0].start)} to {sentences.day(found.sessions[-1].start)}.")
