"""The minutes of a LIVE to read by oneself: curves and events, without the findings of a review."""

from __future__ import annotations

import streamlit as st

from ..pipeline import Review
from ..report import charts
from . import trend_view
from .drawing import draw


def trend(review: Review, names: list[str], key: str, *, shaded: bool) -> None:
    """Curves over the minutes with the events below; dips shaded unless they are asked for."""
    frame, step = review.session.trend, review.session.trend_step or 1.0
    if frame is None:
        st.caption("This sample has no minutes to draw.")
        return
    drawn = trend_view.columns(review, frame)
    shown = [(review.knowledge.metrics[name], name) for name in names if name in drawn]
    dips = review.diagnosis.dips if shaded else ()
    panels = charts.trend(drawn, step, review.session.events, dips, shown, review.session.currency)
    for index, panel in enumerate(panels):
        words = f"{shown[index][0].label} over the minutes of the LIVE" if index < len(shown) else "Events of the LIVE"
        draw(panel, f"{key}_{index}", words)
