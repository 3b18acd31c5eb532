"""What is remembered: shops, their LIVEs with every export of them, notes. One SQLite file, or PostgreSQL by URL."""

from __future__ import annotations

from .errors import StoreError
from .records import (
    ImportPlan,
    Mark,
    OtherCreator,
    Placed,
    Shop,
    ShopBenchmark,
    ShopLine,
    Trashed,
    Version,
    differences,
)
from .store import Store

__all__ = [
    "ImportPlan", "Mark", "OtherCreator", "Placed", "Shop", "ShopBenchmark", "ShopLine", "Store", "StoreError",
    "Trashed", "Version", "differences",
]  # fmt: skip
