"""Taking everything along, as a backup or as CSV, and putting it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playbook.language import N_
from playbook.store import aims, backup, csv_files, encode, people, queries, running_rows, shops, transcripts
from playbook.store.access import Role, every_shop, needs

from .base import Calls


@dataclass(frozen=True)
class CarryingCalls(Calls):
    """Backup, restore, export."""

    @needs(Role.owner, every_shop, noted=N_("made a backup"))
    def backup(self, path: Path | str, *, replace: bool = False) -> None:
        """Everything in one file, the trash included."""
        self._allowed()
        backup.backup(self.engine, Path(path), replace=replace)
        self._taken_along()

    @needs(Role.owner, every_shop, noted=N_("put a backup in place"))
    def restore(self, path: Path | str, *, replace: bool = False) -> Path | None:
        """Put a backup into this store, which must be empty unless `replace`; where what was here before is kept."""
        self._allowed()
        self.ticket.detail = Path(path).name
        return backup.restore(self.engine, Path(path), replace=replace, then=self._note)

    @needs(Role.coach, noted=N_("exported as CSV"))
    def export_csv(self, shop_id: str, path: Path | str, *, replace: bool = False) -> None:
        """Everything of a shop as CSV files in one zip, in the layouts of our templates."""
        with self._reading() as connection:
            owner = shops.one(connection, shop_id)
            marks = queries.marks(connection, shop_id)
            sessions = queries.sessions(connection, shop_id, parts=encode.KINDS, met=self.met)
            kept = {each.id: queries.versions(connection, shop_id, each.id) for each in sessions}
            benchmarks = shops.benchmarks(connection, shop_id)
            learners = people.listed(connection, shop_id)
            learnt = people.results(connection, shop_id), people.assignments(connection, shop_id)
            on_air = running_rows.tables(connection, owner)
            levels, wanted = aims.levels(connection, shop_id), aims.targets(connection, shop_id)
            spoken = transcripts.of_shop(connection, shop_id)
        with backup.new_file(Path(path), replace) as temporary:
            csv_files.write_zip(temporary, owner, sessions, marks, kept, benchmarks)
            csv_files.add_people(temporary, learners, *learnt)
            csv_files.add_running(temporary, on_air)
            csv_files.add_aims(temporary, levels, [*wanted.values()])
            csv_files.add_transcripts(temporary, spoken)
        self._taken_along()

    def _taken_along(self) -> None:
        """That a person took data along is noted; a backup by the clock, of whoever holds the database, is not."""
        if self.someone is not None:
            with self._writing():
                pass
