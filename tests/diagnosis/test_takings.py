"""Money by minute: orders of unequal size enter the noise, so a few large ones make no dip of the rest."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from playbook.diagnosis.by_minute.dips import dips, search
from playbook.diagnosis.by_minute.minutes import on_grid
from playbook.diagnosis.by_minute.takings import takings

from .shops import METRICS


def trend(orders_a_minute: np.ndarray, sd: float, seed: int) -> pd.DataFrame:
    """A room of steady views whose orders are worth 25 in the mean, log-normal with this sd of the log."""
    rng = np.random.default_rng(seed)
    orders = rng.poisson(orders_a_minute)
    gmv = [float((25 * np.exp(rng.normal(-(sd**2) / 2, sd, each))).sum()) for each in orders]
    minute = np.arange(len(orders), dtype=float)
    return pd.DataFrame({"minute": minute, "views": 300.0, "sku_orders": orders.astype(float), "gmv": gmv})


def money_dips(frame: pd.DataFrame) -> list:
    found, _ = dips(frame, 1.0, METRICS, float(len(frame)))
    return [each for each in found if each.metric in ("gmv", "watch_gpm")]


def test_one_order_is_worth_what_its_moments_say() -> None:
    frame = trend(np.full(600, 6.0), 0.8, 1)
    grid = on_grid(frame, 1.0, 600.0)
    assert grid is not None
    series = takings(grid, "watch_gpm", METRICS)
    assert series is not None and not series.proportion
    assert series.worth / 1000 == pytest.approx(25 * np.exp(0.64), rel=0.15)  # E[amount^2] / E[amount]
    assert series.rate(0, series.bins) == pytest.approx(1000 * frame["gmv"].sum() / frame["views"].sum())


def test_a_fall_of_money_is_found_with_what_it_was_worth() -> None:
    orders = np.full(150, 8.0)
    orders[70:100] *= 0.3
    found = {each.metric: each for each in money_dips(trend(orders, 0.8, 2))}
    assert set(found) == {"gmv", "watch_gpm"}
    dip = found["watch_gpm"]
    assert abs(dip.start_minute - 70) <= 8 and abs(dip.end_minute - 100) <= 8 and dip.low < 0.7 < dip.high
    assert dip.value is not None and dip.level is not None and dip.value < 0.5 * dip.level
    assert dip.level == pytest.approx(1000 * 25 * 8 / 300, rel=0.3)


def test_unequal_orders_make_no_dip() -> None:
    told = [money_dips(trend(np.full(150, rate), 1.0, seed)) for rate in (0.5, 3.0, 12.0) for seed in range(4)]
    assert sum(map(len, told)) <= 1


def test_without_orders_or_sales_money_is_not_searched() -> None:
    frame = trend(np.full(120, 5.0), 0.5, 3)
    assert on_grid(frame, 1.0, 120.0) is not None
    assert not money_dips(frame.drop(columns="sku_orders"))
    none = on_grid(frame.assign(gmv=0.0), 1.0, 120.0)
    assert none is not None and takings(none, "gmv", METRICS) is None
    few = on_grid(trend(np.full(120, 0.02), 0.5, 4), 1.0, 120.0)
    series = takings(few, "gmv", METRICS) if few else None
    assert series is None or search(series) is None
