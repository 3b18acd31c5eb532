"""Learn: what is due today, the course, drills, and for trainers the people."""

import streamlit as st

from playbook.ui import learn_view, lesson_view, loading, shell
from playbook.ui.escape import escape

shell.enter()
with shell.body():
    knowledge = loading.knowledge()
    wanted = st.query_params.get("lesson")
    if wanted in knowledge.lessons:
        lesson_view.whole(knowledge.lessons[wanted], knowledge)
    else:
        if wanted:
            st.warning(escape(f"There is no lesson '{wanted}' in this playbook. Here is the whole course."))
        learn_view.show(knowledge)
