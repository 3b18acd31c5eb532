"""`--language`: in which language a command speaks. It may stand anywhere, and is read before anything is said."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from playbook.language import SOURCE, catalogs
from playbook.language.pseudo import PSEUDO


class UnknownLanguage(Exception):  # noqa: N818 - the text says what is wrong, in words for a person
    """There is no catalog of the language that was asked for."""


def add(parser: argparse.ArgumentParser) -> None:
    """The option, for the help."""
    parser.add_argument(
        "--language", metavar="CODE", help=f"the language to speak, like id or pt_BR ({catalogs.AT_FIRST})"
    )


def chosen(words: Sequence[str]) -> tuple[str, list[str]]:
    """The code of the language and the other words. An unfinished one may be asked for. Raises UnknownLanguage."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add(early)
    found, rest = early.parse_known_args(words)
    known = [*catalogs.languages(), PSEUDO]
    if found.language:
        code = catalogs.best(found.language, known)
        if code is None:
            raise UnknownLanguage(f"--language: no language '{found.language}'. There are: {', '.join(known[:-1])}.")
        return code, rest
    return catalogs.best(os.environ.get(catalogs.AT_FIRST), known) or SOURCE, rest
