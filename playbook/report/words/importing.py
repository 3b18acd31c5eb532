"""What became of the LIVEs of an import, in the same words on the page and in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook import formats

if TYPE_CHECKING:
    from playbook.store.records import ImportPlan


def outcome(done: ImportPlan) -> str:
    """`4 new LIVEs, 2 LIVEs with updated figures, 31 LIVEs already there and unchanged.`"""
    groups = (
        (done.updated, "with updated figures"),
        (done.joined, "with new parts, such as a trend or products"),
        (done.confirmed, "already there, with the same figures in a later export or a new part"),
        (done.older, "from an older export, so the newer figures stay"),
        (done.unchanged, "already there and unchanged"),
        (done.trashed, "in the trash, updated there and not brought back"),
    )
    said = [formats.several(len(done.new), "new LIVE")] if done.new else []
    said += [f"{formats.several(len(group), 'LIVE')} {words}" for group, words in groups if group]
    return f"{', '.join(said)}." if said else "nothing to save."
