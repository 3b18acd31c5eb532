"""Data: what was read, layouts to map, templates, the playbook's health, settings, backup and trash."""

import streamlit as st

from playbook.ui.data import files_read, keep, playbook, settings
from playbook.ui.files import mapping
from playbook.ui.frame import boundary, shell

shell.enter()
with shell.body():
    st.title("Data", anchor=False)
    views = {
        "What was read": files_read.what_was_read,
        "Map a layout": mapping.show,
        "Templates": files_read.templates,
        "Playbook": playbook.show,
        "Settings": settings.show,
        "Keep and erase": keep.show,
    }
    boundary.tabs(views, "data_tabs")
