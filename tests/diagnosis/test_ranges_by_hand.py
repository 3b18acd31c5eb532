"""Ranges with their degrees of freedom, and edges: the first and last that count."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from playbook.diagnosis.baseline.history import past_of
from playbook.diagnosis.by_minute import events
from playbook.diagnosis.by_minute.minutes import on_grid
from playbook.diagnosis.by_minute.shape import _against
from playbook.diagnosis.findings import Drift
from playbook.stats.beta_binomial import ShrunkRate
from playbook.stats.scan import windows
from playbook.stats.sequential import interim_analyses
from tests.diagnosis.shops import METRICS, live


def test_the_usual_drift_is_the_range_of_one_more_student() -> None:
    logs = np.array([-0.2, 0.0, 0.1, 0.3])
    past = [Drift("err", float(np.expm1(each)), 0.0, 0.0, "stable") for each in logs]
    found = _against(past[1], past)
    reach = student.ppf(0.975, 3) * logs.std(ddof=1) * np.sqrt(1 + 1 / 4)
    assert (found.usual_low, found.usual_high) == pytest.approx((np.expm1(0.05 - reach), np.expm1(0.05 + reach)))


def test_pooled_changes_have_the_range_of_student(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four changes of equal error that agree less than it: the mean, its plain error, three degrees of freedom."""
    beyond = iter((0.1, 0.12, 0.11, 0.13))
    effect = SimpleNamespace(type="pin", metric="err")
    monkeypatch.setattr(events, "_measured", lambda *_: [(effect, SimpleNamespace(beyond=next(beyond), error=0.1))] * 1)
    lives = [SimpleNamespace(events=(1,), trend=1)] * 4
    (found,) = events.pooled(lives, METRICS)  # type: ignore[arg-type]
    reach = student.ppf(0.975, 3) * 0.1 / 2
    assert [found.low, found.high] == pytest.approx([0.115 - reach, 0.115 + reach])


def test_a_live_of_the_same_moment_is_not_in_its_own_past() -> None:
    one, twin, before = live(3), replace(live(3), id="twin"), live(2)
    assert [each.id for each in past_of(one, [before, twin, one]).sessions] == [before.id]


def test_a_row_at_the_end_of_a_live_is_no_minute_of_it() -> None:
    found = on_grid(pd.DataFrame({"minute": np.arange(11.0), "views": np.arange(11.0)}), 1.0, 10.0)
    assert found is not None and found.columns["views"].tolist() == list(range(10))


def test_the_last_window_is_tried() -> None:
    begin, end = windows(30, 1.0, 5)
    assert begin.min() == 5 and end.max() == 30
    assert {int(e - b) for b, e in zip(begin, end, strict=True) if e == 30} == {3, 4, 5, 6, 7, 8, 10, 12}


def test_a_rate_among_many_needs_more() -> None:
    found = ShrunkRate(0.1, 0.08, 0.015, 0.5)
    assert found.verdict(1) == "below" and found.verdict(2) == "usual"
    assert replace(found, under=0.5, over=0.015).verdict(1) == "above"


def test_the_first_interim_analysis_is_after_half_rounded_up() -> None:
    assert [interim_analyses(lives)[0].lives for lives in (1, 2, 3, 5, 6)] == [1, 1, 2, 3, 3]
