"""The minutes of a LIVE to read by oneself: curves and events, without the findings of a review."""

from __future__ import annotations

from typing import Any

import streamlit as st

from playbook.pipeline import Review
from playbook.report.charts import review as charts
from playbook.ui.frame import once
from playbook.ui.frame.drawing import draw, draw_to_select

from . import trend as trend_view


def trend(review: Review, names: list[str], key: str, *, shaded: bool, to_drag: bool = False) -> tuple[int, int] | None:
    """Curves over the minutes with the events below; dips shaded unless they are asked for.

    With `to_drag` the minutes that were dragged over in the first curve, None where none were.
    """
    if review.session.trend is None:
        st.caption("This sample has no minutes to draw.")
        return None
    drawn, metrics = once.of(review, trend_view.columns), review.knowledge.metrics
    known = tuple(name for name in names if name in drawn)
    marked = None
    for index, panel in enumerate(once.of(review, trend_view.panels_of, known, shaded)):
        over = f"{metrics[known[index]].label} over" if index < len(known) else "Events over"
        words = f"{over} the minutes of the LIVE"
        if to_drag and index == 0 and known:
            marked = _dragged(draw_to_select(panel, f"{key}_{index}", words, charts.BRUSH), review)
        else:
            draw(panel, f"{key}_{index}", words)
    return marked


def _dragged(event: Any, review: Review) -> tuple[int, int] | None:
    span = (event or {}).get("selection", {}).get(charts.BRUSH, {}).get("minute")
    last = int(review.session.duration_minutes or 1)
    return (max(0, round(span[0])), min(last, round(span[1]))) if span and len(span) == 2 else None
