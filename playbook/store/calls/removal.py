"""What is damaged is set aside, what is deleted can be brought back for 30 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from playbook.language import N_
from playbook.store import importing, queries, trash
from playbook.store.access import Role, by_damage, every_shop, needs
from playbook.store.damage import Damage
from playbook.store.records import Trashed

from .base import Calls, among


@dataclass(frozen=True)
class RemovalCalls(Calls):
    """Set aside, delete, bring back, erase."""

    @needs(Role.viewer)
    def damage(self, shop_id: str) -> list[Damage]:
        """The rows of a shop that readers met and could not read, the earliest first."""
        if self.someone is not None:
            self._allowed()
        found = self.met.of_shop(shop_id)
        if not found:
            return []
        with self._reading() as connection:
            there = queries.names(connection, shop_id)
        return [each for each in found if each.session_id in there]

    @needs(Role.coach, by_damage, noted=N_("set aside what was damaged"))
    def set_aside(self, damage: Damage) -> None:
        """A damaged LIVE goes to the trash, where it stays for 30 days; a damaged part does not count any more."""
        self.ticket.detail = f"{damage.session_id}: {damage.part or 'the whole LIVE'}"
        with self._writing() as connection:
            key = queries.key_of(connection, damage.shop_id, damage.session_id)
            if damage.part is None:
                trash.delete_session(connection, damage.shop_id, damage.session_id, self.clock())
            else:
                importing.drop_parts(connection, key, [damage.part])
        self.met.forget(key)

    @needs(Role.coach, noted=N_("deleted a LIVE"))
    def delete_session(self, shop_id: str, session_id: str) -> None:
        self.ticket.detail = session_id
        self._write(lambda connection: trash.delete_session(connection, shop_id, session_id, self.clock()))

    @needs(Role.owner, noted=N_("deleted the shop"))
    def delete_shop(self, shop_id: str) -> None:
        self._write(lambda connection: trash.delete_shop(connection, shop_id, self.clock()))

    @needs(Role.owner, every_shop, noted=N_("deleted every shop"))
    def delete_everything(self) -> None:
        """Every shop with all its LIVEs."""
        self._write(lambda connection: trash.delete_everything(connection, self.clock()))

    @needs(Role.coach, noted=N_("brought a LIVE back"))
    def restore_session(self, shop_id: str, session_id: str) -> None:
        self.ticket.detail = session_id
        self._write(lambda connection: trash.restore_session(connection, shop_id, session_id))

    @needs(Role.owner, noted=N_("brought the shop back"))
    def restore_shop(self, shop_id: str) -> None:
        self._write(lambda connection: trash.restore_shop(connection, shop_id))

    @needs(None)
    def trash(self) -> list[Trashed]:
        """What can be brought back, the latest deleted first."""
        with self._reading() as connection:
            lives, every = self._seen(connection, Role.coach), self._seen(connection, Role.owner)
            found = trash.trash(connection)
        return [each for each in found if among(each.shop_id, every if each.session_id is None else lives)]

    @needs(Role.owner, every_shop, noted=N_("emptied the trash"))
    def empty_trash(self, until: datetime | None = None) -> None:
        """Erase for good what was deleted so far, or up to a moment: what a person saw before saying yes."""
        self._write(lambda connection: trash.erase(connection, until or self.clock()))
