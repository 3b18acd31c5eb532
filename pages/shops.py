"""All shops: which of them need somebody, the week of each, what is to be done, and tidying up."""

import streamlit as st

from playbook.ui import entry
from playbook.ui.desk import page, tidy, todo, week
from playbook.ui.frame import boundary, shell

entry.enter()
with shell.body():
    st.title("All shops", anchor=False)
    views = {"Now": page.show, "The week": week.show, "To do": todo.show, "Tidy up": tidy.show}
    boundary.tabs(views, "shops_tabs")
