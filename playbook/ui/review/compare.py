"""Two LIVEs side by side, metric by metric."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.metrics.compute import compute
from playbook.model.session import Session
from playbook.report.forms.tables import DIMENSIONS
from playbook.report.words import sentences
from playbook.ui.files import loading
from playbook.ui.frame import keys
from playbook.ui.frame.escape import escape


def show() -> None:
    kept = loading.of_shop()
    newest = {each.id: each for each in reversed(kept.sessions)} if kept else {}
    if kept is None or len(newest) < 2:
        st.info("Two LIVEs are needed to compare.", icon=":material/compare_arrows:")
        return
    ids = list(newest)
    names = {each.id: f"{sentences.when(each)}{f' · {each.title}' if each.title else ''}" for each in newest.values()}
    name = names.__getitem__
    with st.grid(2, min_column_width=280):
        left = st.selectbox("One LIVE", ids, index=0, format_func=name, key=keys.of_shop("compare_left", kept.shop_id))
        right = st.selectbox(
            "and another", ids, index=1, format_func=name, key=keys.of_shop("compare_right", kept.shop_id)
        )
    both(newest[left], newest[right])


def both(one: Session, other: Session) -> None:
    metrics = loading.knowledge().metrics
    first, second = compute(one, metrics), compute(other, metrics)
    here, there = _columns(one, other)
    for dimension in DIMENSIONS:
        rows = []
        for name, metric in metrics.items():
            if metric.dimension != dimension:
                continue
            a, b = first[name].value, second[name].value
            rows.append(
                {
                    "Metric": metric.label,
                    "Difference": formats.change(a / b - 1) if a is not None and b else "–",
                    here: formats.value_short(a, metric.shown_as, one.currency) if a is not None else "–",
                    there: formats.value_short(b, metric.shown_as, other.currency) if b is not None else "–",
                }
            )
        st.markdown(f"**{dimension.capitalize()}**")
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, key=f"compare_{dimension}", alt=f"{dimension} metrics of two LIVEs"
        )
    st.caption(
        escape(
            f"Difference: {here} against {there}. Between two LIVEs it is often chance; Trends show what is ordinary."
        )
    )


def _columns(one: Session, other: Session) -> tuple[str, str]:
    """Headings by day, with the time where two LIVEs are of one day."""
    here, there = sentences.day(one.start), sentences.day(other.start)
    if here != there:
        return here, there
    clocks = [f"{here}, {each.start:%H:%M}" if each.start and not each.day_alone else here for each in (one, other)]
    return (clocks[0], clocks[1]) if clocks[0] != clocks[1] else ("the first", "the second")
