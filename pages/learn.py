"""Learn: what is due today, the course, drills, and for trainers the people."""

import streamlit as st

from playbook.language import _
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
            said = _("There is no lesson '{lesson}' in this playbook. Here is the whole course.", lesson=wanted)
            st.warning(escape(said))
        page.show(knowledge)
