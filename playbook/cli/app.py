"""`playbook app`: the app in this process, from the tree or from an installed wheel.

Streamlit's own options are passed on; `--paths` and `--try-languages` are ours and take every word up to the next
option.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

from playbook import places
from playbook.language import SOURCE, _
from playbook.language.catalogs import AT_FIRST, TRIED


class WrongPaths(Exception):  # noqa: N818 - the text says what is wrong, in words for a person
    """`--paths` names no folder that the pages could read."""


def main(options: Sequence[str], language: str = SOURCE) -> int:
    """Open the app; comes back when it is stopped. 2 when `--paths` is wrong. `language` is for who did not choose."""
    try:
        tried, rest = named_after("--try-languages", list(options))
        folders, rest = named_folders(rest)
    except WrongPaths as error:
        print(error, file=sys.stderr)
        return 2
    if folders:
        os.environ["PLAYBOOK_PATHS"] = os.pathsep.join(folders)
    if tried:
        os.environ[TRIED] = ",".join(tried)
    if language != SOURCE:
        os.environ[AT_FIRST] = language
    sys.argv = ["streamlit", "run", str(places.APP), *rest]
    try:
        runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
    except KeyboardInterrupt:
        return 0
    return 0


def named_after(option: str, options: list[str]) -> tuple[list[str], list[str]]:
    """The words after an option of ours, up to the next option, and the other options."""
    if option not in options:
        return [], options
    at = options.index(option)
    end = next((i for i in range(at + 1, len(options)) if options[i].startswith("-")), len(options))
    return options[at + 1 : end], options[:at] + options[end:]


def named_folders(options: Sequence[str]) -> tuple[list[str], list[str]]:
    """The folders after `--paths`, in full, and the other options. Raises WrongPaths."""
    if "--paths" not in options:
        return [], list(options)
    named, rest = named_after("--paths", list(options))
    if not named:
        raise WrongPaths(_("--paths: name at least one folder whose files the pages may read, like --paths ~/LIVE"))
    for each in named:
        if not Path(each).expanduser().is_dir():
            raise WrongPaths(_("--paths: there is no folder {typed}. Make it first, or check its name.", typed=each))
        if os.pathsep in each:
            raise WrongPaths(
                _(
                    "--paths: {typed} has a '{sign}' in its name, which lists of folders cannot hold. Rename it.",
                    typed=each,
                    sign=os.pathsep,
                )
            )
    return [str(Path(each).expanduser().absolute()) for each in named], rest
