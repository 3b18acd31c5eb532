"""The router: page configuration, sidebar, and the page that was asked for."""

import streamlit as st

from playbook.ui import shell, state

st.set_page_config(page_title="LIVE Traffic Playbook", page_icon=":material/insights:", layout="wide")
state.ensure()
page = st.navigation(shell.pages())
shell.logo()
with shell.running():
    page.run()
