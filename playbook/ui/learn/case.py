"""A made-up LIVE as a question shows it: its numbers and the usual, without a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.language import N_, _, ngettext
from playbook.pipeline import Review
from playbook.report.charts import drills as charts
from playbook.report.words import sentences
from playbook.ui.frame.drawing import draw, draw_to_select, drawing_of
from playbook.ui.review.after import CHANNEL_WORDS

COUNTS = ("impressions", "views", "product_impressions", "product_clicks", "sku_orders", "comments", "new_followers",
          "shares", "likes")  # fmt: skip
BAND = N_("Dot: this LIVE. Ticks: earlier LIVEs. Band: 95% of ordinary LIVEs.")


def counts(review: Review, key: str) -> None:
    """Every count of the LIVE, so that the right two have to be found."""
    known = review.knowledge.counts
    rows = [
        {_("Count"): known[name].label, _("This LIVE"): formats.count(review.session.counts[name])}
        for name in COUNTS
        if name in known and review.session.counts.get(name) is not None
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key=f"{key}_counts", width=360, alt=_("Counts of a LIVE"))


def behind(review: Review) -> str:
    """How much the numbers rest on: `8,214 views, 9 LIVEs before it`."""
    views, lives = formats.count(review.session.counts["views"]), review.diagnosis.history_sessions
    return ngettext(
        "{views} views, {n} LIVE before it", "{views} views, {n} LIVEs before it", lives, views=views, n=lives
    )


def numbers(review: Review, names: Sequence[str], key: str, *, to_click: bool = False) -> str | None:
    """Metrics of the LIVE beside their usual and its range; the metric that was clicked just now, where one may be."""
    st.caption(f"{behind(review)}. {_(BAND)}")
    picked = strips(review, names, f"{key}_strips", with_range=True, to_click=to_click)
    rows = [
        {
            _("Metric"): review.knowledge.metrics[name].label,
            _("This LIVE"): sentences.value(review, review.judgements[name]),
            _("Usual range"): sentences.usual_range(review, review.judgements[name]),
        }
        for name in names
    ]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, key=f"{key}_numbers", alt=_("Metrics of a LIVE beside their usual")
    )
    return picked


def strips(review: Review, names: Sequence[str], key: str, *, with_range: bool, to_click: bool) -> str | None:
    """Each metric times its usual, as dots; the metric that was clicked just now."""
    made = drawing_of(review, charts.against_usual, tuple(names), with_range, to_click)
    words = _("Each metric of the LIVE and of earlier ones, times its usual")
    if made is None:
        return None
    if not to_click:
        draw(made, key, words)
        return None
    event = draw_to_select(made, key, words, charts.PICKED)
    points = (event or {}).get("selection", {}).get(charts.PICKED, [])
    picked: str | None = fresh(points[0].get("id") if points else None, key)
    return picked


def fresh(picked: Any, key: str) -> Any:
    """What was picked in a chart in this run; None where it was picked before, so that a later answer stands."""
    before = st.session_state.get(f"{key}_before")
    st.session_state[f"{key}_before"] = picked
    return picked if picked is not None and picked != before else None


def shares(review: Review, key: str) -> None:
    """Shares of the channels beside their usual, without a verdict."""
    rows = [
        {
            _("Channel"): _(CHANNEL_WORDS[each.name]) if each.name in CHANNEL_WORDS else each.name,
            _("This LIVE"): formats.percent(each.share),
            _("Usual range"): formats.value_range(each.low, each.high, "percent") if each.low is not None else "–",
        }
        for each in review.diagnosis.channels
        if each.part == "channel" and each.of == "views"
    ]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, key=f"{key}_shares", alt=_("Shares of channels beside their usual")
    )
