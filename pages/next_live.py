"""The next LIVE: did the last change work, which one change comes next, run sheet and routines."""

import streamlit as st

from playbook.ui import next_view, shell

shell.enter()
with shell.body():
    st.title("Next LIVE", anchor=False)
    next_view.show()
