"""How much of a LIVE was noted, in words."""

from __future__ import annotations

from playbook import formats
from playbook.language import ngettext
from playbook.model.running import RunningLive


def rows(live: RunningLive) -> str:
    """`3 rows`: totals noted."""
    number = len(live.rows)
    return ngettext("{number} row", "{number} rows", number, number=formats.count(number))


def events(live: RunningLive) -> str:
    """`5 events`: things tapped, without the taps that end one."""
    number = len(live.spans())
    return ngettext("{number} event", "{number} events", number, number=formats.count(number))
