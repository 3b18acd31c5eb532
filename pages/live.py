"""During a LIVE: totals noted every few minutes, what is weak now, what to pull, and the event pad."""

from playbook.ui import entry
from playbook.ui.frame import shell
from playbook.ui.live import page

entry.enter()
with shell.body():
    page.show()
