"""Data: what was read, layouts to map, templates, the playbook's health, settings, people, backup and trash."""

import streamlit as st

from playbook.language import N_, _
from playbook.store.access import Role
from playbook.ui import entry
from playbook.ui.data import files_read, keep, playbook, settings, team
from playbook.ui.files import mapping
from playbook.ui.frame import boundary, rights, shell

entry.enter()
with shell.body():
    st.title(_("Data"), anchor=False)
    views = {
        N_("What was read"): files_read.what_was_read,
        N_("Map a layout"): mapping.show,
        N_("Templates"): files_read.templates,
        N_("Playbook"): playbook.show,
        N_("Settings"): settings.show,
        N_("Team"): team.show,
        N_("Keep and erase"): keep.show,
    }
    least = {N_("Playbook"): Role.coach, N_("Team"): Role.owner}
    views = {name: show for name, show in views.items() if rights.here(least.get(name, Role.viewer))}
    if not rights.may(Role.owner, None):  # a layout is known in every shop
        del views["Map a layout"]
    boundary.tabs(views, "data_tabs")
