"""As `read_files` and `read_paths`, in a process of its own within limits."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from playbook.imports import reading
from playbook.imports.results import Failure, FilesRead, NothingToReview
from playbook.knowledge.exports import Profile
from playbook.language import _, current
from playbook.model.session import Session, UnusableFile

from . import pool
from .limits import Limits

#: Of several files those that go beyond the limits are looked for one by one, with half of the time that a reading
#: may take; after this many it is left at that.
_MOST_BAD = 3
Files = Sequence[tuple[str, bytes]]


class NotNow(UnusableFile):
    """Nothing is wrong with the files; the same may work a minute later."""


def read_files(
    files: Files, profiles: Mapping[str, Profile] | None = None, *, limits: Limits | None = None, **options: Any
) -> FilesRead:
    """As `read_files` of this package, whose options it takes.

    Files that cannot be read within the limits become failures, and the others are read without them. With
    PLAYBOOK_READ_HERE=1 in the environment the files are read in this process, without limits. Raises UnusableFile
    (NothingToReview) when nothing can be reviewed.
    """
    if os.environ.get("PLAYBOOK_READ_HERE") == "1":
        return reading.read_files(files, profiles, **options)
    held = limits or Limits()
    ask = partial(_asked, profiles=profiles, options=options, limits=held)
    try:
        return ask(files)
    except pool.WorkerEnded as ended:
        why = ended
    sizes = [len(content) for _unused, content in files]
    together = why.large and 2 * max(sizes) < sum(sizes)  # no single one is to blame
    bad = {} if together else _bad_ones(ask, files, held)
    good = [each for each in files if each[0] not in bad]
    if not bad or not good:
        raise _nothing(bad or {_names(files): _beyond(_names(files), held, why)})
    failures = tuple(Failure(name, message) for name, message in bad.items())
    try:
        return _with(ask(good), failures)
    except NothingToReview as error:
        raise NothingToReview("\n".join([*bad.values(), str(error)]), _with(error.reading, failures)) from None
    except pool.WorkerEnded as ended:
        raise _nothing({**bad, _names(good): _beyond(_names(good), held, ended)}) from None


def read_paths(
    paths: str | Path | Sequence[str | Path],
    profiles: Mapping[str, Profile] | None = None,
    *,
    limits: Limits | None = None,
    **options: Any,
) -> FilesRead:
    """As `read_paths` of this package: what is opened here is read there."""
    return reading.read_paths(paths, profiles, how=partial(read_files, limits=limits), **options)


def _asked(
    files: Files, *, profiles: Mapping[str, Profile] | None, options: dict[str, Any], limits: Limits
) -> FilesRead:
    every = reading.built_in_profiles() if profiles is None else profiles
    built_in = reading.built_in_profiles()
    question = {
        "names": [name for name, _content in files],
        "language": current(),
        "order": list(every),
        "profiles": {
            name: each.model_dump_json(by_alias=True) for name, each in every.items() if built_in.get(name) is not each
        },
        "options": {name: value for name, value in options.items() if name != "saved"},
        "saved": _plain_lives(options.get("saved", ())),
        "limits": [limits.memory, limits.seconds, limits.wall],
    }
    said, found = _told(question, files, limits)
    if "nothing" in said:
        raise NothingToReview(str(said["nothing"]), found)
    result: FilesRead = found
    return result


def read_rows(files: Files, *, limits: Limits | None = None) -> list[list[list[str]]]:
    """As `read_rows` of `playbook.imports.reading`. Raises UnusableFile, also beyond the limits."""
    if os.environ.get("PLAYBOOK_READ_HERE") == "1":
        return reading.read_rows(files)
    held = limits or Limits()
    question = {
        "names": [name for name, _content in files], "rows": True, "language": current(),
        "limits": [held.memory, held.seconds, held.wall],
    }  # fmt: skip
    try:
        said = _told(question, files, held)[0]
    except pool.WorkerEnded as ended:
        raise UnusableFile(_beyond(_names(files), held, ended)) from None
    rows = said.get("rows")
    if not isinstance(rows, list) or not all(isinstance(row, list) for sheet in rows for row in sheet):
        raise UnusableFile(_("{files}: could not be read. Save the sheet as CSV and try again.", files=_names(files)))
    return [[[str(cell) for cell in row] for row in sheet] for sheet in rows]


def _told(question: dict[str, Any], files: Files, limits: Limits) -> tuple[dict[str, Any], FilesRead]:
    """What a process of its own says. Raises UnusableFile, NotNow and pool.WorkerEnded."""
    try:
        with pool.worker() as worker:
            said, found = worker.ask(question, files, limits)
    except OSError as error:
        raise NotNow(
            _(
                "{files}: not read, because no process could be started for it ({why}). Close other "
                "programs and try again.",
                files=_names(files),
                why=error.strerror or error,
            )
        ) from None
    except pool.Busy:
        raise NotNow(
            _("{files}: not read, because other files are being read. Try again in a minute.", files=_names(files))
        ) from None
    if "unusable" in said:
        raise UnusableFile(str(said["unusable"]))
    if "mistake" in said:
        raise UnusableFile(
            _(
                "{files}: could not be read, by a mistake of this program ({kind}). Save the file as CSV "
                "and try again, and tell whoever looks after the program.",
                files=_names(files),
                kind=str(said["mistake"])[:40],
            )
        )
    return said, found


def _plain_lives(saved: Sequence[Session]) -> list[Any]:
    if not saved:
        return []
    from . import wire  # as in the pool

    return wire.plain_lives(saved)


def _bad_ones(ask: Any, files: Files, limits: Limits) -> dict[str, str]:
    """Which of several files go beyond the limits alone, with what to say of each."""
    bad: dict[str, str] = {}
    until = time.monotonic() + limits.wall / 2
    for name, content in files if len(files) > 1 else ():
        if len(bad) >= _MOST_BAD or time.monotonic() > until:
            break
        try:
            ask([(name, content)])
        except pool.WorkerEnded as ended:
            bad[name] = _beyond(name, limits, ended)
        except UnusableFile:
            pass
    return bad


def _with(found: FilesRead, failures: tuple[Failure, ...]) -> FilesRead:
    return replace(found, failures=(*failures, *found.failures))


def _nothing(messages: Mapping[str, str]) -> NothingToReview:
    failures = tuple(Failure(name, message) for name, message in messages.items())
    return NothingToReview("\n".join(messages.values()), FilesRead(failures=failures))


def _names(files: Files) -> str:
    names = list(dict.fromkeys(name for name, _content in files))
    listed, more = ", ".join(names[:5]), len(names) - 5
    return _("{listed} and {more} more", listed=listed, more=more) if more > 0 else listed


def _beyond(name: str, limits: Limits, ended: pool.WorkerEnded) -> str:
    if ended.large:
        return _(
            "{file}: has more LIVEs or rows than can be kept at once. Export fewer days, or give fewer files.",
            file=name,
        )
    return _(
        "{file}: could not be read within limits of {limits}, which no LIVE export needs. Check "
        "that it is the right file, export fewer days, or save the sheet as CSV.",
        file=name,
        limits=limits,
    )
