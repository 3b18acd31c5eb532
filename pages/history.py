"""History: the weekly look, every LIVE, trends, repeat offenders at a glance, two LIVEs side by side, all shops."""

import streamlit as st

from playbook.ui import boundary, compare_view, history_view, shell, shop, shops_view, weekly_view

shell.enter()
with shell.body():
    st.title("History", anchor=False)
    views = {
        "Weekly look": weekly_view.show,
        "LIVEs": history_view.table,
        "Trends": history_view.trends,
        "Heat map": history_view.heat_map,
        "Compare": compare_view.show,
        "All shops": shops_view.show,
    }
    if shop.current() is None:
        history_view.nothing_yet()
    else:
        boundary.tabs(views, "history_tabs")
