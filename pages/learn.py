"""Learn: what is due today, the course, drills, and for trainers the people."""

import streamlit as st

from playbook.ui import entry
from playbook.ui.files import loading
from playbook.ui.frame import shell
from playbook.ui.frame.escape import escape
from playbook.ui.learn import lesson, page

entry.enter()
with shell.body():
    knowledge = loading.knowledge()
    wanted = st.query_params.get("lesson")
    if wanted in knowledge.lessons:
        lesson.whole(knowledge.lessons[wanted], knowledge)
    else:
        if wanted:
            st.warning(escape(f"There is no lesson '{wanted}' in this playbook. Here is the whole course."))
        page.show(knowledge)
