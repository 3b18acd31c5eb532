"""Random nonsense, seeded: nothing crashes, nothing is NaN, and verdicts agree with the ranges shown."""

from __future__ import annotations

import dataclasses
import json
import math
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from playbook.diagnosis import Diagnosis, diagnose
from playbook.diagnosis.by_minute.dips import dips
from playbook.model.session import COUNTS, Session

from .shops import METRICS, said

_ODD = [-1.0, math.nan, math.inf, 1e308, 1e-308, 1e-12, 5e15]


def _count(rng: np.random.Generator) -> float | None:
    kind = rng.random()
    if kind < 0.1:
        return None
    if kind < 0.2:
        return 0.0
    return float(rng.choice(_ODD)) if kind < 0.25 else float(np.exp(rng.uniform(-2, 14)))


def _session(rng: np.random.Generator, index: int, tiny: bool) -> Session:
    names = (*COUNTS, "avg_viewing_seconds")
    start = datetime(2026, 1, 1) + timedelta(hours=int(rng.integers(0, 400)))
    return Session(
        str(index),
        {name: float(rng.integers(0, 3)) if tiny else _count(rng) for name in names},
        start=None if rng.random() < 0.1 else start,
        duration_minutes=rng.choice([None, 0.0, 5.0, 45.0, 120.0, 1e7]),
        currency=rng.choice([None, "USD", "VND"]),
        gmv_kind=rng.choice([None, "direct", "attributed"]),
        approximate=frozenset({"impressions"}) if rng.random() < 0.3 else frozenset(),
        running=bool(rng.random() < 0.1),
    )


def _check(found: Diagnosis) -> None:
    json.dumps(dataclasses.asdict(found), allow_nan=False, default=str)
    for judgement in found.judgements.values():
        value, usual, low, high = judgement.value, judgement.usual, judgement.low, judgement.high
        if usual is None or low is None or high is None:
            assert judgement.verdict == "unknown"
            continue
        assert low <= usual <= high
        if judgement.verdict != "unknown":
            assert value is not None
            expected = "below" if value < low else "above" if value > high else "usual"
            assert judgement.verdict == expected
    if found.leak is not None:
        cents = sum(round(part.amount * 100) for part in found.leak.parts)
        assert cents == round(found.leak.gmv * 100) - round(found.leak.usual_gmv * 100)


@pytest.mark.parametrize("seed", range(12))
def test_nonsense_never_crashes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(15):
        tiny = bool(rng.random() < 0.3)
        sessions = [_session(rng, i, tiny) for i in range(int(rng.integers(1, 25)))]
        _check(diagnose(sessions[-1], sessions[:-1], METRICS))


def test_a_trend_with_two_known_rows_is_too_little_to_search():
    """Found by the fuzzer: every known row was a burst against nothing."""
    unknown = [math.nan] * 18
    trend = pd.DataFrame(
        {"minute": np.arange(20) * 5.0, "impressions": [900.0, 980.0, *unknown], "views": [120.0, 138.0, *unknown]}
    )
    found, notes = dips(trend, 5.0, METRICS, 116.0)
    assert found == () and any("impressions" in note.lower() for note in said(notes))
