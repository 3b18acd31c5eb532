"""What became of each file of a drop, in the same words on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.language import N_, _, ngettext
from playbook.model.session import Session

from .results import FilesRead

#: What a file holds, by its kind.
HOLDS = {
    "trend": N_("one LIVE over time"), "products": N_("products of one LIVE"), "events": N_("events of one LIVE"),
    "channels": N_("channels of one LIVE"), "followers": N_("followers of one LIVE"),
}  # fmt: skip


def joined(reading: FilesRead) -> list[str]:
    """Of each trend, product or other file the LIVE on which it was laid."""
    lives: Mapping[str, Session] = {live.id: live for live in (*reading.sessions, *reading.joined)}
    return [
        _joined(each.name, each.kind, lives[each.home])
        for each in reading.files
        if each.home is not None and each.home in lives and each.kind in HOLDS and (len(lives) > 1 or reading.joined)
    ]


def lists(reading: FilesRead) -> list[str]:
    """Of each list of LIVEs how many it has, where several files came together."""
    if len(reading.files) < 2:
        return []
    return [_list(each.name, each.rows) for each in reading.files if each.kind == "sessions"]


def unclear(reading: FilesRead) -> list[str]:
    """The files that were laid nowhere since they do not show which LIVE they are of."""
    failed = {each.name for each in reading.failures}
    return [each.file for each in reading.questions if each.about == "which_live" and each.file in failed]


def _joined(file: str, kind: str, live: Session) -> str:
    """The LIVE by its start, by its id where it has none."""
    holds = _(HOLDS[kind])
    if live.began is None:
        return _("{file}: {holds}, joined to the LIVE {live}.", file=file, holds=holds, live=live.id)
    return _("{file}: {holds}, joined to the LIVE of {start}.", file=file, holds=holds, start=live.began)


def _list(file: str, rows: int) -> str:
    count = f"{rows:,}"
    return ngettext(
        "{file}: a list of {count} LIVE, read.", "{file}: a list of {count} LIVEs, read.", rows, file=file, count=count
    )
