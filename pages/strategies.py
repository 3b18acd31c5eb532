"""Strategies: search and filter, one on a page of its own; tools, scenarios and routines."""

import streamlit as st

from playbook.language import _
from playbook.ui import entry
from playbook.ui.files import loading
from playbook.ui.frame import shell
from playbook.ui.frame.escape import escape
from playbook.ui.strategies import card, page

entry.enter()
with shell.body():
    knowledge = loading.knowledge()
    wanted = st.query_params.get("strategy")
    if wanted in knowledge.strategies:
        card.whole(knowledge.strategies[wanted], knowledge)
    else:
        if wanted:
            said = _("There is no strategy '{strategy}' in this playbook. Here are all of them.", strategy=wanted)
            st.warning(escape(said))
        page.show(knowledge)
