"""During a LIVE: totals noted every few minutes, what is weak now, what to pull, and the event pad."""

import streamlit as st

from playbook.ui import running_view, shell

shell.enter()
with shell.body():
    st.title("During a LIVE", anchor=False)
    running_view.show()
