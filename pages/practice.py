"""Practice a LIVE: choose a room, play it minute by minute, read its review."""

import streamlit as st

from playbook.ui import practice_view, shell

shell.enter()
with shell.body():
    st.title("Practice a LIVE", anchor=False)
    practice_view.show()
