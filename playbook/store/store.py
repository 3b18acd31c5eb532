"""The store as screens and the command line use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from playbook.language import _

from . import audit, backup, links, running, team, trash
from .access import Guarded, Reader, RefusedError, Role, Someone, needs
from .calls.aims import AimCalls
from .calls.carrying import CarryingCalls
from .calls.desk import DeskCalls
from .calls.imports import ImportCalls
from .calls.layouts import LayoutCalls
from .calls.learners import LearnerCalls
from .calls.lives import LiveCalls
from .calls.preferences import PreferenceCalls
from .calls.removal import RemovalCalls
from .calls.shelf import ShelfCalls
from .calls.shops import ShopCalls
from .calls.transcripts import TranscriptCalls
from .engine import address, connect, reading, spoken, writing
from .errors import StoreError
from .migrate import bring_up

G = TypeVar("G", bound=Guarded)


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Store(
    ShopCalls, AimCalls, ImportCalls, LiveCalls, ShelfCalls, LearnerCalls, LayoutCalls, PreferenceCalls, RemovalCalls,
    CarryingCalls, DeskCalls, TranscriptCalls,
):  # fmt: skip
    """Shops and their LIVEs. Made by `Store.open`; safe to use from several threads.

    Every call is one transaction: all or nothing, also when the program is killed in it. Whatever cannot be done
    raises StoreError with words for a person. Moments that the store makes are in UTC; starts and export times are
    the shop's wall clock, as in a Session. As it is opened it may do everything; `acting_as` gives one that may do
    what a person may.
    """

    @classmethod
    def open(
        cls,
        url: str | None = None,
        *,
        create: bool = True,
        clock: Callable[[], datetime] = utc_now,
        who: str = audit.NO_SIGN_IN,
    ) -> Store:
        """The store at `url` (a file, sqlite:///... or postgresql://...), else PLAYBOOK_DB, else the user's own file.

        A new file gets its tables, an older schema is brought up to date, and what was deleted more than 30 days
        ago is erased, once two openings on different days agree on that. With `create=False` a file that does not
        exist is an error. `who` is what the audit list says of what is done without a person.
        """
        found = address(url)
        where = spoken(found)
        engine = connect(found, create=create)
        store = cls(engine, where, clock, who=who)
        try:
            bring_up(engine)
            if engine.dialect.name == "sqlite":
                backup.sweep(Path(str(found.database)).parent)
            with reading(engine) as connection:
                untidy = trash.untidy(connection, clock())
            if untidy:
                with writing(engine) as connection:
                    trash.tidy(connection, clock())
        except StoreError:
            engine.dispose()
            raise
        return store

    def acting_as(self, person: Someone) -> Store:
        """The same store, each call of which is held to what the person may do. Raises RefusedError for such a one."""
        if self.someone is not None:
            raise RefusedError(_("This store acts for a person already, and cannot become another one's."))
        return replace(self, someone=person)

    @needs(Role.viewer)
    def reader(self, shop_id: str) -> Store:
        """The same store for looking at this shop alone: for what is kept for all who may see it."""
        with self._reading():
            return replace(self, someone=Reader(shop_id), _ticket=None)

    @property
    def team(self) -> team.Team:
        """Who may come in, and who changed what."""
        return self._as(team.Team)

    @property
    def links(self) -> links.ReviewLinks:
        """Links that show one review."""
        return self._as(links.ReviewLinks)

    @property
    def running(self) -> running.RunningLives:
        """LIVEs on air: their taps and totals, row by row."""
        return self._as(running.RunningLives)

    def _as(self, kind: type[G]) -> G:
        return kind(self.engine, self.where, self.clock, who=self.who, someone=self.someone)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
