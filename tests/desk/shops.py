"""Made-up LIVEs, dated so that the last of them ends where a test wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from playbook.model.session import Session


def dated(lives: Sequence[Session], last: datetime, currency: str = "USD", shop: int = 0) -> list[Session]:
    """The LIVEs two days apart, the last one at `last`."""
    many = len(lives)
    return [
        replace(each, id=f"76{shop:04d}{index:013d}", start=last - timedelta(days=2 * (many - 1 - index)),
                title=f"LIVE {index}", currency=currency)
        for index, each in enumerate(lives)
    ]  # fmt: skip
