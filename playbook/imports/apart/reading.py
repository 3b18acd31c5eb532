"""As `read_files` and `read_paths`, in a process of its own within limits."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ...knowledge.exports import Profile
from ...session import UnusableFile
from .. import reading
from ..results import Failure, NothingToReview, Reading
from . import pool
from .limits import Limits

#: Of several files those that go beyond the limits are looked for one by one; after so many it is left at that.
_MOST_BAD = 3
Files = Sequence[tuple[str, bytes]]


class NotNow(UnusableFile):
    """Nothing is wrong with the files; the same may work a minute later."""


def read_files(
    files: Files, profiles: Mapping[str, Profile] | None = None, *, limits: Limits | None = None, **options: Any
) -> Reading:
    """As `read_files` of this package, whose options it takes.

    Files that cannot be read within the limits become failures, and the others are read without them. With
    PLAYBOOK_READ_HERE=1 in the environment the files are read in this process, without limits. Raises UnusableFile
    (NothingToReview) when nothing can be reviewed.
    """
    if os.environ.get("PLAYBOOK_READ_HERE") == "1":
        return reading.read_files(files, profiles, **options)
    ask = partial(_asked, profiles=profiles, options=options, limits=limits or Limits())
    try:
        return ask(files)
    except pool.Ended:
        pass
    bad: dict[str, str] = {}
    for name, content in files if len(files) > 1 else ():
        if len(bad) < _MOST_BAD and _ends(ask, name, content):
            bad[name] = _beyond(name, limits or Limits())
    good = [each for each in files if each[0] not in bad]
    failures = tuple(Failure(name, message) for name, message in bad.items())
    try:
        return _with(ask(good), failures) if bad and good else _nothing(files, failures, limits or Limits())
    except NothingToReview as error:
        raise NothingToReview("\n".join([*bad.values(), str(error)]), _with(error.reading, failures)) from None
    except pool.Ended:
        return _nothing(good, failures, limits or Limits())


def read_paths(
    paths: str | Path | Sequence[str | Path],
    profiles: Mapping[str, Profile] | None = None,
    *,
    limits: Limits | None = None,
    **options: Any,
) -> Reading:
    """As `read_paths` of this package: what is opened here is read there."""
    return reading.read_paths(paths, profiles, how=partial(read_files, limits=limits), **options)


def _asked(files: Files, *, profiles: Mapping[str, Profile] | None, options: dict[str, Any], limits: Limits) -> Reading:
    every = reading.built_in_profiles() if profiles is None else profiles
    built_in = reading.built_in_profiles()
    question = {
        "names": [name for name, _ in files],
        "order": list(every),
        "profiles": {
            name: each.model_dump_json(by_alias=True) for name, each in every.items() if built_in.get(name) is not each
        },
        "options": options,
        "limits": [limits.memory, limits.seconds, limits.wall],
    }
    try:
        with pool.worker() as worker:
            said, found = worker.ask(question, files, limits)
    except OSError as error:
        raise NotNow(
            f"{_names(files)}: not read, because no process could be started for it ({error.strerror or error}). Close "
            "other programs and try again."
        ) from None
    except pool.Busy:
        raise NotNow(f"{_names(files)}: not read, because other files are being read. Try again in a minute.") from None
    if "nothing" in said:
        raise NothingToReview(str(said["nothing"]), found)
    if "unusable" in said:
        raise UnusableFile(str(said["unusable"]))
    if "mistake" in said:
        raise UnusableFile(
            f"{_names(files)}: could not be read, by a mistake of this program ({str(said['mistake'])[:40]}). Save the "
            "file as CSV and try again, and tell whoever looks after the program."
        )
    result: Reading = found
    return result


def _ends(ask: Any, name: str, content: bytes) -> bool:
    try:
        ask([(name, content)])
    except pool.Ended:
        return True
    except UnusableFile:
        pass
    return False


def _with(found: Reading, failures: tuple[Failure, ...]) -> Reading:
    return replace(found, failures=(*failures, *found.failures))


def _nothing(files: Files, failures: tuple[Failure, ...], limits: Limits) -> Reading:
    """What is left when the files together go beyond the limits."""
    told = failures or (Failure(_names(files), _beyond(_names(files), limits)),)
    raise NothingToReview("\n".join(each.message for each in told), Reading(failures=told))


def _names(files: Files) -> str:
    names = list(dict.fromkeys(name for name, _ in files))
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _beyond(name: str, limits: Limits) -> str:
    return (
        f"{name}: could not be read within limits of {limits}, which no LIVE export needs. Check that it is the right "
        "file, export fewer days, or save the sheet as CSV."
    )
