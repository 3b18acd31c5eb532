"""Review a LIVE: upload, pick, read. The landing page."""

import streamlit as st

from playbook.ui.files import bar, landing, loading
from playbook.ui.frame import shell
from playbook.ui.review import after, page

shell.enter()
with shell.body():
    found = loading.lives()
    if not found.sessions:
        landing.welcome(found.reading)
    else:
        bar.show(found)
        with st.container(key="review"):
            review = loading.current_review(found)
            page.show(review)
            after.show(review, found)
