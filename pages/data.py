"""Data: what was read, layouts to map, templates, the playbook's health, settings, people, backup and trash."""

import streamlit as st

from playbook.store.access import Role
from playbook.ui import (
    boundary,
    data_view,
    keep_view,
    mapping_view,
    playbook_view,
    rights,
    settings_view,
    shell,
    team_view,
)

shell.enter()
with shell.body():
    st.title("Data", anchor=False)
    views = {
        "What was read": data_view.what_was_read,
        "Map a layout": mapping_view.show,
        "Templates": data_view.templates,
        "Playbook": playbook_view.show,
        "Settings": settings_view.show,
        "Team": team_view.show,
        "Keep and erase": keep_view.show,
    }
    least = {"Map a layout": Role.coach, "Playbook": Role.coach, "Settings": Role.coach, "Team": Role.owner}
    views = {name: show for name, show in views.items() if rights.here(least.get(name, Role.viewer))}
    boundary.tabs(views, "data_tabs")
