"""Review a LIVE: upload, pick, read. The landing page."""

import streamlit as st

from playbook.ui import entry
from playbook.ui.files import bar, landing, loading, which_live
from playbook.ui.frame import shell
from playbook.ui.review import after, page

entry.enter()
with shell.body():
    which_live.adopt()
    found = loading.lives()
    which_live.in_address(found)
    if which_live.missing(found):
        which_live.say_missing(found)
    if not found.sessions:
        landing.welcome(found.reading)
    elif not which_live.missing(found):
        bar.show(found)
        with st.container(key="review"):
            review = loading.current_review(found)
            page.show(review)
            after.show(review, found)
