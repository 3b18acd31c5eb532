"""What a person chose for themselves, and leave to change what is one for all who use this server."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, insert, select

from playbook.language import N_, _
from playbook.store.access import Person, Role, every_shop, needs
from playbook.store.errors import StaleError
from playbook.store.schema import person, preference

from .base import Calls

T = TypeVar("T")


@dataclass(frozen=True)
class PreferenceCalls(Calls):
    """One row a person; settings of the machine stand in a file, which only an owner of every shop may change."""

    @needs(None)
    def preferences(self) -> dict[str, Any]:
        """What the person of this store chose, plain JSON values by name; nothing without a person."""
        if not isinstance(self.someone, Person):
            return {}
        with self._reading() as connection:
            return _kept(connection, self.someone.id)

    @needs(None)
    def prefer(self, changes: Mapping[str, Any], *, seen: Mapping[str, Any]) -> None:
        """Keep choices beside the others. `seen` is what was shown: raises StaleError where the same person changed
        one of them elsewhere meanwhile. Nothing happens without a person, or for one who was removed.
        """
        if not isinstance(self.someone, Person):
            return
        who = self.someone.id
        with self._writing() as connection:
            if connection.execute(select(person.c.id).where(person.c.id == who)).first() is None:
                return
            before = _kept(connection, who)
            if any(name in before and before[name] not in (seen.get(name), value) for name, value in changes.items()):
                raise StaleError(_("Not saved: you changed this elsewhere meanwhile. It is shown as it is now."))
            connection.execute(delete(preference).where(preference.c.person_id == who))
            text = json.dumps({**before, **changes}, ensure_ascii=False, allow_nan=False)
            connection.execute(insert(preference), [{"person_id": who, "data": text}])

    @needs(Role.owner, every_shop, noted=N_("changed settings of the server"))
    def change_machine(self, what: str, change: Callable[[], T]) -> T:
        """Do something to what is one for all who use this server, and note it; nothing where the person may not."""
        with self._writing():
            self.ticket.detail = what
            return change()


def _kept(connection: Connection, person_id: str) -> dict[str, Any]:
    """Nothing where the row is damaged."""
    text = connection.execute(select(preference.c.data).where(preference.c.person_id == person_id)).scalar()
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
