"""What the calls of the store have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection

from playbook.store.access import Guarded
from playbook.store.damage import Met


@dataclass(frozen=True)
class Calls(Guarded):
    """Some of the calls of a store. `met` remembers what readers met that was damaged."""

    met: Met = field(default_factory=Met, kw_only=True, repr=False, compare=False)

    def _write(self, change: Callable[[Connection], None]) -> None:
        with self._writing() as connection:
            change(connection)


def among(shop_id: str, seen: Collection[str] | None) -> bool:
    """Whether a shop is one of those that are seen; None stands for all."""
    return seen is None or shop_id in seen
