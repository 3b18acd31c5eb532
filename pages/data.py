"""Data: what was read, layouts to map, templates, the playbook's health, settings, people, backup and trash."""

import streamlit as st

from playbook.store.access import Role
from playbook.ui import entry
from playbook.ui.data import files_read, keep, playbook, settings, team
from playbook.ui.files import mapping
from playbook.ui.frame import boundary, rights, shell

entry.enter()
with shell.body():
    st.title("Data", anchor=False)
    views = {
        "What was read": files_read.what_was_read,
        "Map a layout": mapping.show,
        "Templates": files_read.templates,
        "Playbook": playbook.show,
        "Settings": settings.show,
        "Team": team.show,
        "Keep and erase": keep.show,
    }
    least = {"Playbook": Role.coach, "Team": Role.owner}
    views = {name: show for name, show in views.items() if rights.here(least.get(name, Role.viewer))}
    if not rights.may(Role.owner, None):  # a layout is known in every shop
        del views["Map a layout"]
    boundary.tabs(views, "data_tabs")
