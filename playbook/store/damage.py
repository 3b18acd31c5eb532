"""Rows that cannot be read back: passed over, remembered, and named, so that everything else stays usable."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from playbook.language import N_, _

from .errors import StoreError

#: What the decoders raise over bytes and texts that are not theirs.
UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    OverflowError,
    RecursionError,
    AttributeError,
    zlib.error,
    struct.error,
)


_PARTS = {
    "trend": N_("trend"), "products": N_("products"), "events": N_("events"), "channels": N_("channels"),
    "followers": N_("followers"),
}  # fmt: skip


@dataclass(frozen=True)
class Damage:
    """One row of a LIVE that cannot be read. `part` is trend, products, ..., or None: the totals themselves."""

    shop_id: str
    session_id: str
    start: datetime | None
    part: str | None = None

    def __str__(self) -> str:
        when = (
            _("of {start}", start=format(self.start, "%Y-%m-%d %H:%M")) if self.start else f"'{self.session_id[:60]}'"
        )
        if self.part is None:
            return _(
                "The LIVE {live} cannot be read: its row in the store is damaged, so it is left out. "
                "Upload its export again, or set it aside.",
                live=when,
            )
        return _(
            "The LIVE {live} is shown without its {part}: that row in the store is damaged. Upload the file again, "
            "or set the damaged part aside.",
            live=when,
            part=_(_PARTS.get(self.part, self.part)),
        )


class DamagedLiveError(StoreError):
    """The LIVE that was asked for cannot be read."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(str(damage))
        self.damage = damage


class Met:
    """The damage met by the readers of one store, by the LIVE's row and part; forgotten once it reads well again."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str | None], Damage] = {}
        self._lock = Lock()

    def add(self, key: str, damage: Damage) -> None:
        with self._lock:
            self._found[key, damage.part] = damage

    def well(self, key: str, part: str | None) -> None:
        if self._found:
            with self._lock:
                self._found.pop((key, part), None)

    def forget(self, key: str) -> None:
        """All of one LIVE: it was set aside or written anew."""
        with self._lock:
            self._found = {found: each for found, each in self._found.items() if found[0] != key}

    def of_shop(self, shop_id: str) -> list[Damage]:
        """The earliest first."""
        with self._lock:
            mine: Iterable[Damage] = [each for each in self._found.values() if each.shop_id == shop_id]
        return sorted(mine, key=lambda each: (each.start or datetime.min, each.session_id, each.part or ""))
