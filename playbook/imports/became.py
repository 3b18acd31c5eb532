"""What became of each file of a drop, in the same words on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.model.session import Session

from .results import FilesRead

#: What a file holds, by its kind.
HOLDS = {
    "trend": "one LIVE over time", "products": "products of one LIVE", "events": "events of one LIVE",
    "channels": "channels of one LIVE", "followers": "followers of one LIVE",
}  # fmt: skip


def joined(reading: FilesRead) -> list[str]:
    """Of each trend, product or other file the LIVE on which it was laid."""
    lives: Mapping[str, Session] = {live.id: live for live in (*reading.sessions, *reading.joined)}
    return [
        f"{each.name}: {HOLDS[each.kind]}, joined to the LIVE {called(lives[each.home])}."
        for each in reading.files
        if each.home is not None and each.home in lives and each.kind in HOLDS and (len(lives) > 1 or reading.joined)
    ]


def lists(reading: FilesRead) -> list[str]:
    """Of each list of LIVEs how many it has, where several files came together."""
    if len(reading.files) < 2:
        return []
    return [
        f"{each.name}: a list of {each.rows:,} {'LIVE' if each.rows == 1 else 'LIVEs'}, read."
        for each in reading.files
        if each.kind == "sessions"
    ]


def unclear(reading: FilesRead) -> list[str]:
    """The files that were laid nowhere since they do not show which LIVE they are of."""
    failed = {each.name for each in reading.failures}
    return [each.file for each in reading.questions if each.about == "which_live" and each.file in failed]


def called(live: Session) -> str:
    """`of 2026-08-01 19:00`, or the id of a LIVE without a start."""
    return live.id if live.began is None else f"of {live.began}"
