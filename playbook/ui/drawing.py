"""Charts on a page. Their height is held from the start, so that nothing moves when they are drawn."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ..report.charts import Chart


def draw(chart: Chart, key: str, alt: str) -> None:
    """A chart at its own height.

    Without a height Streamlit gives it none until it is drawn. What stands below then moves, the page scrolls to
    keep its place, and a menu that is open closes, as menus do when their page scrolls.
    """
    st.altair_chart(chart, key=key, alt=alt, height=chart.height)


def draw_to_select(chart: Chart, key: str, alt: str, selection: str) -> Any:
    """As `draw`; what is selected in the chart comes back, and selecting draws the page anew."""
    return st.altair_chart(
        chart, key=key, alt=alt, height=chart.height, on_select="rerun", selection_mode=selection
    )  # fmt: skip
