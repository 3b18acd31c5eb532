"""History: the weekly look, every LIVE, trends, repeat offenders at a glance, two LIVEs side by side, all shops."""

import streamlit as st

from playbook.ui import entry
from playbook.ui.frame import boundary, shell, shop
from playbook.ui.history import lives, shops, weekly
from playbook.ui.review import compare

entry.enter()
with shell.body():
    st.title("History", anchor=False)
    views = {
        "Weekly look": weekly.show,
        "LIVEs": lives.table,
        "Trends": lives.trends,
        "Heat map": lives.heat_map,
        "Compare": compare.show,
        "All shops": shops.show,
    }
    if shop.current() is None:
        lives.nothing_yet()
    else:
        boundary.tabs(views, "history_tabs")
