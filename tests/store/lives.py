"""Small made-up LIVEs for the tests of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from playbook.model.session import Event, Product, Session, Slice, Source

FIRST = datetime(2026, 8, 1, 19, 0)


def live(index: int = 0, *, exported: datetime | None = None, room: bool = True, **counts: float | None) -> Session:
    start = FIRST + timedelta(days=index)
    return Session(
        id=f"7600000000000{index:06d}" if room else start.isoformat(timespec="minutes"),
        counts={"impressions": 40_000.0, "views": 5_000.0, "gmv": 990.5, "gmv_direct": 990.5} | counts,
        title=f"LIVE {index}",
        start=start,
        duration_minutes=152.5,
        currency="USD",
        exported_at=exported,
        gmv_kind="direct",
        reported={"err": 0.1205},
        source=Source("list.xlsx", "creator_live_b3", 4 + index),
    )


def full(index: int = 0, **changes: Any) -> Session:
    """With every part."""
    minutes = [float(minute) for minute in range(120)]
    columns = {
        "minute": minutes,
        "views": [30 + minute % 7 for minute in minutes],
        "gmv": [minute / 8 for minute in minutes],
        "likes": [float("nan")] * len(minutes),
    }
    parts: dict[str, Any] = {
        "trend": pd.DataFrame(columns),
        "trend_step": 1.0,
        "products": (Product("1730000000000000001", "Linen shirt", {"gmv": 396.1, "sku_orders": None}, 22.0, 15.5),),
        "events": (
            Event("pin", 12.0, 27.0, None, "Linen shirt", "first pitch"),
            Event("violation", 40.0, detail="price"),
        ),
        "channels": (Slice("for_you", {"views": 4_000.0}, {"gmv": 0.66}), Slice("inbox", {"views": 12.0})),
        "followers": (Slice("existing", {"views": 610.0, "gmv": None}),),
    }
    return replace(live(index), **parts | changes)
