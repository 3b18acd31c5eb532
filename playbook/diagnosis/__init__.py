"""Session and history to findings."""

from __future__ import annotations

from .diagnose import diagnose
from .findings import (
    Benchmark,
    BestSession,
    Chronic,
    Diagnosis,
    Judgement,
    Leak,
    LeakPart,
    PastValue,
    Slide,
    Story,
    Weakness,
)

__all__ = [
    "Benchmark", "BestSession", "Chronic", "Diagnosis", "Judgement", "Leak", "LeakPart", "PastValue", "Slide",
    "Story", "Weakness", "diagnose",
]  # fmt: skip
