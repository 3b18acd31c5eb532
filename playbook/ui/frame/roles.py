"""What the roles of a team are called, and what each may do, as people read it."""

from __future__ import annotations

from playbook.language import N_, _
from playbook.store.access import MEANINGS, Role

_NAMES = {
    Role.viewer: N_("viewer"), Role.host: N_("host"), Role.coach: N_("coach"), Role.owner: N_("owner"),
}  # fmt: skip


def name(role: Role) -> str:
    return _(_NAMES[role])


def meaning(role: Role) -> str:
    """What the role adds: `sees LIVEs, reviews and plans, and learns`."""
    return _(MEANINGS[role])
