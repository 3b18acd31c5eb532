"""Strategies: search and filter, one on a page of its own; tools, scenarios and routines."""

import streamlit as st

from playbook.ui import browse, loading, shell, strategy_view
from playbook.ui.escape import escape

shell.enter()
with shell.body():
    knowledge = loading.knowledge()
    wanted = st.query_params.get("strategy")
    if wanted in knowledge.strategies:
        strategy_view.whole(knowledge.strategies[wanted], knowledge)
    else:
        if wanted:
            st.warning(escape(f"There is no strategy '{wanted}' in this playbook. Here are all of them."))
        browse.show(knowledge)
