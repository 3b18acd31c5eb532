"""A made-up LIVE as a question shows it: its numbers and the usual, without a verdict."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.pipeline import Review
from playbook.report.charts import drills as charts
from playbook.report.words import sentences
from playbook.ui.frame.drawing import draw, drawing_of

COUNTS = ("impressions", "views", "product_impressions", "product_clicks", "sku_orders", "comments", "new_followers",
          "shares", "likes")  # fmt: skip
BAND = "Dot: this LIVE. Ticks: earlier LIVEs. Band: 95% of ordinary LIVEs."


def counts(review: Review, key: str) -> None:
    """Every count of the LIVE, so that the right two have to be found."""
    known = review.knowledge.counts
    rows = [
        {"Count": known[name].label, "This LIVE": formats.count(review.session.counts[name])}
        for name in COUNTS
        if name in known and review.session.counts.get(name) is not None
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key=f"{key}_counts", width=360, alt="Counts of a LIVE")


def numbers(review: Review, names: Sequence[str], key: str) -> None:
    """Metrics of the LIVE beside their usual and its range."""
    st.caption(f"{formats.count(review.session.counts['views'])} views, {review.diagnosis.history_sessions:d} LIVEs "
               f"before it. {BAND}")  # fmt: skip
    drawing = drawing_of(review, charts.against_usual, tuple(names), True)
    if drawing is not None:
        draw(drawing, f"{key}_strips", "Each metric of the LIVE and of earlier ones, times its usual")
    rows = [
        {
            "Metric": review.knowledge.metrics[name].label,
            "This LIVE": sentences.value(review, review.judgements[name]),
            "Usual range": sentences.usual_range(review, review.judgements[name]),
        }
        for name in names
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key=f"{key}_numbers", alt="Metrics of a LIVE beside their usual")
