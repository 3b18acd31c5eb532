"""Review a LIVE: upload, pick, read. The landing page."""

import streamlit as st

from playbook.ui import files_bar, landing, loading, review_view, shell

shell.enter()
with shell.body():
    result = loading.reading()
    if result is None or not result.sessions:
        landing.welcome(result)
    else:
        files_bar.show(result)
        with st.container(key="review"):
            review_view.show(loading.current_review(result))
