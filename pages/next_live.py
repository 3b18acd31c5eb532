"""The next LIVE: did the last change work, which one change comes next, run sheet and routines."""

import streamlit as st

from playbook.language import _
from playbook.ui import entry
from playbook.ui.frame import shell
from playbook.ui.next_live import page

entry.enter()
with shell.body():
    st.title(_("Next LIVE"), anchor=False)
    page.show()
