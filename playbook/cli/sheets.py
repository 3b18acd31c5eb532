"""Sheets kept by hand on the command line: what a person can say of them, and how they were understood."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from playbook.language import _
from playbook.model.session import UnusableFile

from .words import say

if TYPE_CHECKING:
    from playbook.imports import FileReading
    from playbook.knowledge.exports import Profile
    from playbook.store import Store


def options(command: argparse.ArgumentParser) -> None:
    """What can be said of a sheet kept by hand."""
    command.add_argument(
        "--column", metavar="HEADER=MEANING", action="append", default=[],
        help="what a column of your own sheet means, like Orders=sku_orders; kept takes it out. May be repeated",
    )  # fmt: skip
    command.add_argument(
        "--rows", choices=("oldest", "newest", "yes", "no"),
        help="of your own sheet without dates or impressions: which LIVE stands first, or whether the rows are LIVEs",
    )  # fmt: skip


def answers(given_options: argparse.Namespace) -> dict[str, dict[str, str]]:
    """The answers given with --column and --rows, for whichever layout has such a column."""
    from playbook.imports.own.sheet import ANY, LIVES, NEWEST, NO, OLDEST
    from playbook.knowledge.column_words import MEANINGS

    given: dict[str, str] = {}
    for each in given_options.column:
        header, _unused, meaning = each.rpartition("=")
        if not header or meaning not in MEANINGS:
            raise UnusableFile(
                _(
                    "--column {typed}: write the header, an equals sign and one of these: {known}.",
                    typed=each,
                    known=", ".join(MEANINGS),
                )
            )
        given[header] = meaning
    if given_options.rows:
        given["rows"] = {"oldest": OLDEST, "newest": NEWEST, "yes": LIVES, "no": NO}[given_options.rows]
    return {ANY: given} if given else {}


def layouts(
    options: argparse.Namespace, store: Store | None
) -> tuple[dict[str, Profile], dict[str, Mapping[str, str]]]:
    """Profiles and answers about sheets: those kept in the store, else on this machine, and those given here over them.

    What is wrong in a folder of --profiles is printed. Raises UnusableFile for an answer that is none, and StoreError.
    """
    from playbook import kept_layouts
    from playbook.knowledge.exports import load_profiles

    given = answers(options)
    kept = kept_layouts.of_files() if store is None else kept_layouts.of_store(store)
    for problem in load_profiles(options.profiles)[1] if options.profiles else []:
        say(_("{problem} (this file is switched off)", problem=problem))
    return kept_layouts.with_own(kept, options.profiles), {**kept.sheets, **given}


def understood(files: Sequence[FileReading]) -> list[str]:
    """How the columns of sheets kept by hand were understood, one line each."""
    from playbook.imports.own.sheet import names_of

    lines = []
    for file in files:
        if file.layout is not None:
            lines.append(
                _(
                    "{file}: a sheet of your own, read like this (change a line with --column HEADER=MEANING):",
                    file=file.name,
                )
            )
            lines += [f"  {line}" for line in names_of(file.understood)]
            lines += ["  " + _("{column}: not read", column=header) for header in file.unread]
    return lines
