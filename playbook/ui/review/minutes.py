"""The minutes of a LIVE to read by oneself: curves and events, without the findings of a review."""

from __future__ import annotations

import streamlit as st

from playbook.pipeline import Review
from playbook.ui.frame import once
from playbook.ui.frame.drawing import draw

from . import trend as trend_view


def trend(review: Review, names: list[str], key: str, *, shaded: bool) -> None:
    """Curves over the minutes with the events below; dips shaded unless they are asked for."""
    if review.session.trend is None:
        st.caption("This sample has no minutes to draw.")
        return
    drawn, metrics = once.of(review, trend_view.columns), review.knowledge.metrics
    known = tuple(name for name in names if name in drawn)
    for index, panel in enumerate(once.of(review, trend_view.panels_of, known, shaded)):
        over = f"{metrics[known[index]].label} over" if index < len(known) else "Events over"
        words = f"{over} the minutes of the LIVE"
        draw(panel, f"{key}_{index}", words)
