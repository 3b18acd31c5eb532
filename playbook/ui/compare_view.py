"""Two LIVEs side by side, metric by metric."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from .. import formats
from ..metrics.compute import compute
from ..report import sentences
from ..report.tables import DIMENSIONS
from ..session import Session
from . import history_view, loading


def show() -> None:
    newest = history_view.saved()[::-1]
    if len(newest) < 2:
        st.info("Two LIVEs are needed to compare.", icon=":material/compare_arrows:")
        return
    ids = [each.id for each in newest]

    def name(session_id: str) -> str:
        session = newest[ids.index(session_id)]
        return f"{sentences.when(session)}{f' · {session.title}' if session.title else ''}"

    with st.grid(2, min_column_width=280):
        left = st.selectbox("One LIVE", ids, index=0, format_func=name, key="compare_left")
        right = st.selectbox("and another", ids, index=1, format_func=name, key="compare_right")
    both(newest[ids.index(left)], newest[ids.index(right)])


def both(one: Session, other: Session) -> None:
    metrics = loading.knowledge().metrics
    first, second = compute(one, metrics), compute(other, metrics)
    for dimension in DIMENSIONS:
        rows = []
        for name, metric in metrics.items():
            if metric.dimension != dimension:
                continue
            a, b = first[name].value, second[name].value
            rows.append(
                {
                    "Metric": metric.label,
                    "One": formats.value(a, metric.shown_as, one.currency) if a is not None else "–",
                    "The other": formats.value(b, metric.shown_as, other.currency) if b is not None else "–",
                    "Difference": formats.change(a / b - 1) if a is not None and b else "–",
                }
            )
        st.markdown(f"**{dimension.capitalize()}**")
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, key=f"compare_{dimension}", alt=f"{dimension} metrics of two LIVEs"
        )
    st.caption("A difference between two LIVEs is often chance. Trends show what is ordinary.")
