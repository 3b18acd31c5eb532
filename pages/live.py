"""During a LIVE: an event pad, saved at every tap."""

import streamlit as st

from playbook.ui import pad_view, shell

shell.enter()
with shell.body():
    st.title("During a LIVE", anchor=False)
    pad_view.show()
