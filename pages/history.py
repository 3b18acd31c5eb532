"""History: the weekly look, every LIVE, trends, repeat offenders at a glance, hours, hosts, two LIVEs side by side."""

import streamlit as st

from playbook.language import N_, _
from playbook.ui import entry
from playbook.ui.frame import boundary, shell, shop
from playbook.ui.history import account, hosts, lives, slots, weekly
from playbook.ui.review import compare

entry.enter()
with shell.body():
    st.title(_("History"), anchor=False)
    views = {
        N_("Weekly look"): weekly.show,
        N_("LIVEs"): lives.table,
        N_("Trends"): lives.trends,
        N_("Heat map"): lives.heat_map,
        N_("By hour and day"): slots.show,
        N_("Hosts"): hosts.show,
        N_("Account"): account.show,
        N_("Compare"): compare.show,
    }
    if st.query_params.get("history_tabs") == "All shops":  # where it stood before it had a page of its own
        shell.leave_for(shell.DESK)
    if shop.current() is None:
        lives.nothing_yet()
    else:
        boundary.tabs(views, "history_tabs")
