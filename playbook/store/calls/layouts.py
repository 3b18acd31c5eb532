"""Layouts of files that people explained, for all shops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playbook.language import N_
from playbook.store import layouts
from playbook.store.access import Role, every_shop, needs

from .base import Calls


@dataclass(frozen=True)
class LayoutCalls(Calls):
    """Keep and forget mappings and answers."""

    @needs(None)
    def layouts(self) -> dict[str, str]:
        """The text of every saved column mapping, by its id."""
        with self._reading() as connection:
            return layouts.profiles(connection)

    @needs(Role.owner, every_shop, noted=N_("saved a layout of files"))
    def keep_layout(self, name: str, text: str) -> None:
        """Save a column mapping, in place of the one of this id."""
        self._write(lambda connection: layouts.keep_profile(connection, name, text))

    @needs(Role.owner, every_shop, noted=N_("forgot a layout of files"))
    def drop_layout(self, name: str) -> None:
        self._write(lambda connection: layouts.drop_profile(connection, name))

    @needs(None)
    def sheets(self) -> dict[str, dict[str, str]]:
        """What was said of sheets kept by hand: by layout, what each header means."""
        with self._reading() as connection:
            return layouts.sheets(connection)

    @needs(Role.owner, every_shop, noted=N_("saved answers about a sheet"))
    def keep_sheet(self, name: str, answers: Mapping[str, str]) -> None:
        """Save answers about one layout beside the others."""
        self._write(lambda connection: layouts.keep_sheet(connection, name, answers))

    @needs(Role.owner, every_shop, noted=N_("took layouts over from files"))
    def take_over_layouts(self, folder: str, kept: Mapping[str, str], said: Mapping[str, Mapping[str, str]]) -> None:
        """Take mappings and answers from files, once a folder; what is known here stays as it is."""
        with self._reading() as connection:
            if layouts.is_taken_over(connection, folder):
                return
        self._write(lambda connection: layouts.take_over(connection, folder, kept, said))
