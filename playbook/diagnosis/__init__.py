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
    More,
    PastValue,
    Slide,
    Story,
    Weakness,
    WhatIf,
)

__all__ = [
    "Benchmark", "BestSession", "Chronic", "Diagnosis", "Judgement", "Leak", "LeakPart", "More", "PastValue",
    "Slide", "Story", "Weakness", "WhatIf", "diagnose",
]  # fmt: skip
