"""Data: what was read, layouts to map, templates, the playbook's health, settings, backup and trash."""

import streamlit as st

from playbook.ui import boundary, data_view, keep_view, mapping_view, playbook_view, settings_view, shell

shell.enter()
with shell.body():
    st.title("Data", anchor=False)
    views = {
        "What was read": data_view.what_was_read,
        "Map a layout": mapping_view.show,
        "Templates": data_view.templates,
        "Playbook": playbook_view.show,
        "Settings": settings_view.show,
        "Keep and erase": keep_view.show,
    }
    boundary.tabs(views, "data_tabs")
