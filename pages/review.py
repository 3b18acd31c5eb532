"""Review a LIVE: upload, pick, read. The landing page."""

import streamlit as st

from playbook.ui import files_bar, landing, live_view, loading, review_view, shell

shell.enter()
with shell.body():
    found = loading.lives()
    if not found.sessions:
        landing.welcome(found.reading)
    else:
        files_bar.show(found)
        with st.container(key="review"):
            review = loading.current_review(found)
            review_view.show(review)
            live_view.show(review, found)
