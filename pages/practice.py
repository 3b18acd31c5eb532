"""Practice a LIVE: choose a room, play it minute by minute, read its review."""

import streamlit as st

from playbook.ui import entry
from playbook.ui.frame import shell
from playbook.ui.practice import page

entry.enter()
with shell.body():
    st.title("Practice a LIVE", anchor=False)
    page.show()
