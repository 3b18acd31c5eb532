"""The shape of a LIVE: drift against its first third and the shop's usual, start-up, parting of two metrics."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from playbook.diagnosis.by_minute.shape import shape
from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.report.words.notes import READINGS
from playbook.simulation.rooms import room

DEFINED = load().metrics


def live(seed: int, bend: dict[str, tuple[float, float]] | None = None, minutes: int = 180) -> Session:
    """A quiet LIVE; `bend` multiplies counts by a line from the first figure to the second."""
    trend = room(np.random.default_rng(seed), 2_000, 0, minutes).trend
    for name, (start, end) in (bend or {}).items():
        trend[name] = (trend[name] * np.linspace(start, end, minutes)).round()
    return Session(
        f"live {seed}",
        {},
        start=datetime(2026, 4, 1, 19) + timedelta(days=seed),
        duration_minutes=float(minutes),
        trend=trend,
        trend_step=1.0,
    )


def drift_of(session: Session, metric: str, past: list[Session] | None = None):  # type: ignore[no-untyped-def]
    found = shape(session, past or [], DEFINED)
    assert found is not None
    return next(each for each in found.drifts if each.metric == metric)


def test_a_falling_rate_falls_and_a_rising_one_rises() -> None:
    assert drift_of(live(1, {"product_clicks": (1.4, 0.5)}), "ctr").course == "falls"
    assert drift_of(live(1, {"product_clicks": (0.5, 1.4)}), "ctr").course == "rises"
    assert drift_of(live(1, {"product_clicks": (1.4, 0.5)}), "ctr").high < 0


def test_quiet_rates_are_mostly_stable() -> None:
    courses = [drift_of(live(seed), metric).course for seed in range(25) for metric in ("err", "ctr", "comment_rate")]
    assert courses.count("stable") >= 0.88 * len(courses)


def test_a_fall_that_every_live_has_is_usual() -> None:
    falls = {"comments": (1.3, 0.5)}
    past = [live(seed, falls) for seed in range(2, 8)]
    usual = drift_of(live(1, falls), "comment_rate", past)
    assert (usual.course, usual.verdict, usual.lives) == ("falls", "usual", 6)
    assert usual.usual_low <= usual.change <= usual.usual_high
    assert drift_of(live(1, {"comments": (1.6, 0.1)}), "comment_rate", past).verdict == "below"
    assert drift_of(live(1, falls), "comment_rate", past[:2]).verdict == "unknown"


def test_err_that_starts_low_for_this_shop_is_told() -> None:
    def started(seed: int, first: float) -> Session:
        session = live(seed)
        assert session.trend is not None
        session.trend.loc[:29, "views"] = (session.trend.loc[30:, "views"].mean() * first * np.ones(30)).round()
        session.trend.loc[:29, "impressions"] = session.trend.loc[30:, "impressions"].mean()
        return session

    past = [started(seed, 1.0) for seed in range(2, 9)]
    low, plain = shape(started(1, 0.4), past, DEFINED), shape(started(1, 1.0), past, DEFINED)
    assert low is not None and low.startup is not None and low.startup.verdict == "below"
    assert low.startup.change == pytest.approx(-0.6, abs=0.1)
    assert plain is not None and plain.startup is not None and plain.startup.verdict == "usual"


def test_impressions_and_err_that_part() -> None:
    parted = shape(live(1, {"impressions": (0.4, 2.0)}), [], DEFINED)
    assert parted is not None
    assert parted.divergence == "shown_more_entered_less"
    assert READINGS[parted.divergence].startswith("The LIVE was shown more")
    assert parted.together is not None and parted.together[0] < -0.5
    calm = shape(live(1), [], DEFINED)
    assert calm is not None and calm.divergence is None


@pytest.mark.parametrize("words", READINGS.values())
def test_readings_claim_no_cause(words: str) -> None:
    assert "because" not in words and "caused" not in words and "!" not in words


def test_trends_that_say_nothing() -> None:
    assert shape(Session("x", {}), [], DEFINED) is None
    short = shape(live(1, minutes=20), [], DEFINED)
    assert short is not None and short.drifts == () and short.startup is None
    empty = Session("x", {}, trend=pd.DataFrame({"minute": range(90), "views": 0.0}), trend_step=1.0)
    found = shape(empty, [], DEFINED)
    assert found is not None and found.drifts == () and found.together is None
