"""During a LIVE: totals noted every few minutes, what is weak now, what to pull, and the event pad."""

import streamlit as st

from playbook.ui.frame import shell
from playbook.ui.live import page

shell.enter()
with shell.body():
    st.title("During a LIVE", anchor=False)
    page.show()
