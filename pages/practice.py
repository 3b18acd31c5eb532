"""Practice a LIVE: choose a room, play it minute by minute, read its review."""

import streamlit as st

from playbook.language import _
from playbook.ui import entry
from playbook.ui.frame import shell
from playbook.ui.practice import page

entry.enter()
with shell.body():
    st.title(_("Practice a LIVE"), anchor=False)
    page.show()
