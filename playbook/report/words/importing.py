"""What became of the LIVEs of an import, in the same words on the page and in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import formats
from playbook.language import NN_, _, ngettext

if TYPE_CHECKING:
    from playbook.store.records import ImportPlan


_GROUPS = {
    "new": NN_("{count} new LIVE", "{count} new LIVEs"),
    "updated": NN_("{count} LIVE with updated figures", "{count} LIVEs with updated figures"),
    "joined": NN_(
        "{count} LIVE with new parts, such as a trend or products",
        "{count} LIVEs with new parts, such as a trend or products",
    ),
    "confirmed": NN_(
        "{count} LIVE already there, with the same figures in a later export or a new part",
        "{count} LIVEs already there, with the same figures in a later export or a new part",
    ),
    "older": NN_(
        "{count} LIVE from an older export, so the newer figures stay",
        "{count} LIVEs from an older export, so the newer figures stay",
    ),
    "unchanged": NN_("{count} LIVE already there and unchanged", "{count} LIVEs already there and unchanged"),
    "trashed": NN_(
        "{count} LIVE in the trash, updated there and not brought back",
        "{count} LIVEs in the trash, updated there and not brought back",
    ),
}


def outcome(done: ImportPlan) -> str:
    """`4 new LIVEs, 2 LIVEs with updated figures, 31 LIVEs already there and unchanged.`"""
    groups = {name: getattr(done, name) for name in _GROUPS}
    said = [
        ngettext(*_GROUPS[name], len(group), count=formats.count(len(group))) for name, group in groups.items() if group
    ]
    return f"{', '.join(said)}." if said else _("nothing to save.")
