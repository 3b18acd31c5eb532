"""All shops: which of them need somebody, the week of each, what is to be done, and tidying up."""

import streamlit as st

from playbook.language import N_, _
from playbook.ui import entry
from playbook.ui.desk import page, tidy, todo, week
from playbook.ui.frame import boundary, shell

entry.enter()
with shell.body():
    st.title(_("All shops"), anchor=False)
    views = {N_("Now"): page.show, N_("The week"): week.show, N_("To do"): todo.show, N_("Tidy up"): tidy.show}
    boundary.tabs(views, "shops_tabs")
