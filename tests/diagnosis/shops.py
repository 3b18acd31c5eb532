"""Small hand-made shops for the tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from playbook.diagnosis.findings import Note
from playbook.knowledge.metrics import Metric, Metrics
from playbook.knowledge.reader import read
from playbook.model.session import Session
from playbook.report.words.notes import sentence

_MODEL, _, _PROBLEMS = read(Path(__file__).parents[2] / "playbook/content/metrics.yaml", Metrics)
assert _MODEL is not None, _PROBLEMS
METRICS: dict[str, Metric] = _MODEL.metrics
FACTORS = [name for name, metric in METRICS.items() if metric.role == "factor"]
STEADY = {
    "impressions": 40_000.0, "views": 5_000.0, "viewers": 4_200.0, "product_impressions": 9_000.0,
    "product_clicks": 640.0, "sku_orders": 48.0, "gmv": 960.0, "comments": 410.0, "new_followers": 50.0,
    "shares": 20.0, "likes": 6_000.0, "avg_viewing_seconds": 45.0,
}  # fmt: skip


def said(notes: Iterable[Note]) -> tuple[str, ...]:
    """Notes as the sentences that people read."""
    return tuple(sentence(each) for each in notes)


def live(index: int = 0, minutes: float | None = 120.0, **counts: float | None) -> Session:
    """The same ordinary LIVE every second day, but for `counts`."""
    start = datetime(2026, 5, 4, 19, 0) + timedelta(days=2 * index)
    return Session(
        f"live-{index}", STEADY | counts, title=f"LIVE {index}", start=start, duration_minutes=minutes,
        currency="USD", gmv_kind="direct",
    )  # fmt: skip


def wobbly(number: int, sd: float, seed: int = 0) -> list[Session]:
    """LIVEs whose every count varies by `sd` of its log, all at least one."""
    rng = np.random.default_rng(seed)
    return [
        live(i, **{n: max(round(v * np.exp(rng.normal(0, sd)), 2), 1.0) for n, v in STEADY.items()})
        for i in range(number)
    ]


def changed(session: Session, **counts: float | None) -> Session:
    return replace(session, counts=dict(session.counts) | counts)
