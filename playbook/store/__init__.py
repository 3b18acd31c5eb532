"""What is remembered: shops, their LIVEs with every export of them, notes. One SQLite file, or PostgreSQL by URL."""

from __future__ import annotations

from .errors import StoreError
from .records import (
    Act,
    Assignment,
    ImportPlan,
    LearningResult,
    Mark,
    OtherCreator,
    PlacedLive,
    Shop,
    ShopBenchmark,
    ShopLine,
    Trainee,
    Trashed,
    Version,
    differences,
)
from .store import Store

__all__ = [
    "Act",
    "Assignment",
    "ImportPlan",
    "LearningResult",
    "Mark",
    "OtherCreator",
    "PlacedLive",
    "Shop",
    "ShopBenchmark",
    "ShopLine",
    "Store",
    "StoreError",
    "Trainee",
    "Trashed",
    "Version",
    "differences",
]  # fmt: skip
