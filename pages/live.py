"""During a LIVE: totals noted every few minutes, what is weak now, what to pull, and the event pad."""

from playbook.ui import running_view, shell

shell.enter()
with shell.body():
    running_view.show()
