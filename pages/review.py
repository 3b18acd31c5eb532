"""Review a LIVE: upload, pick, read. The landing page."""

import streamlit as st

from playbook.ui import files_bar, landing, live_view, loading, review_view, shell, which_live

shell.enter()
with shell.body():
    which_live.adopt()
    found = loading.lives()
    which_live.in_address(found)
    if which_live.missing(found):
        which_live.say_missing(found)
    if not found.sessions:
        landing.welcome(found.reading)
    elif not which_live.missing(found):
        files_bar.show(found)
        with st.container(key="review"):
            review = loading.current_review(found)
            review_view.show(review)
            live_view.show(review, found)
