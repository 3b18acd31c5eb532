"""A trend in each real layout, with a log of events, reaches the page: the dip, what was going on, any two curves."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, Route, expect

from playbook.simulation.rooms import Fall, room

from .conftest import choose, open_list, settled
from .test_main_road import sample, upload

START = datetime(2026, 11, 14, 19, 0)
MINUTES = 120
TRAFFIC = ("impressions", "views", "product_impressions", "product_clicks")


@pytest.fixture(scope="module")
def trend() -> pd.DataFrame:
    """A LIVE in which entering halves from minute 60 to 90; GMV of 20 an order."""
    made = room(np.random.default_rng(8), 900, [Fall("err", 60, 90, 0.55)], minutes=MINUTES).trend
    return made.assign(
        gmv=made["sku_orders"] * 20.0, likes=made["views"], shares=1.0, product_impressions=made["views"]
    )


def sessions_csv(folder: Path, trend: pd.DataFrame) -> Path:
    counts = trend.drop(columns="minute").sum()
    head = ["session_id", "start", "minutes", "title", "currency", *counts.index]
    row = ["live-1", f"{START:%Y-%m-%d %H:%M}", str(MINUTES), "Evening", "USD", *(f"{each:g}" for each in counts)]
    path = folder / "sessions.csv"
    path.write_text(f"{','.join(head)}\n{','.join(row)}\n", encoding="utf-8")
    return path


def our_csv(folder: Path, trend: pd.DataFrame) -> Path:
    trend.to_csv(folder / "trend.csv", index=False)
    return folder / "trend.csv"


def trend_stat(folder: Path, trend: pd.DataFrame) -> Path:
    """Rows of five minutes by clock time, as the LIVE Center prints them."""
    rows = trend.groupby(trend["minute"] // 5).sum()
    columns = {
        "Attributed GMV": "gmv", "Attributed SKU orders": "sku_orders", "Views": "views",
        "Product Impressions": "product_impressions", "Product Clicks": "product_clicks", "Impressions": "impressions",
        "New followers": "new_followers", "Shares": "shares", "Comments": "comments", "Likes": "likes",
    }  # fmt: skip
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Time", *columns])
    for index, (_, row) in enumerate(rows.iterrows()):
        clock = f"{START + timedelta(minutes=5 * index):%H:%M}"
        sheet.append([clock, *(f"{row[name]:g}" for name in columns.values())])
    book.save(folder / "Trend Stat.xlsx")
    return folder / "Trend Stat.xlsx"


def api_json(folder: Path, trend: pd.DataFrame) -> Path:
    """One interval a minute, times in Unix seconds."""
    zero = int(START.replace(tzinfo=UTC).timestamp())
    intervals = [
        {
            "start_time": str(zero + 60 * int(row["minute"])),
            "end_time": str(zero + 60 * int(row["minute"]) + 60),
            "traffic": {
                name: int(row[name]) for name in ("impressions", "views", "product_impressions", "product_clicks")
            },
            "interactions": {name: int(row[name]) for name in ("comments", "likes", "shares", "new_followers")},
            "sales": {"gmv": {"amount": f"{row['gmv']:.2f}", "currency": "USD"}, "sku_orders": int(row["sku_orders"])},
        }
        for _, row in trend.iterrows()
    ]
    path = folder / "minutes.json"
    path.write_text(json.dumps({"code": 0, "data": {"performance": {"intervals": intervals}}}), encoding="utf-8")
    return path


@pytest.mark.parametrize("layout", [trend_stat, api_json, our_csv])
def test_a_trend_with_events_reaches_the_page(page: Page, tmp_path: Path, trend: pd.DataFrame, layout) -> None:
    events = tmp_path / "events.csv"
    events.write_text(
        "minute,type,detail,end,product,note\n12,pin,,58,Linen shirt,\n57,violation,misleading price,,,\n",
        encoding="utf-8",
    )
    upload(page, sessions_csv(tmp_path, trend), layout(tmp_path, trend), events)
    page.get_by_role("tab", name="Minute by minute").click()
    dip = page.locator(".st-key-dip_1")
    expect(dip).to_contain_text("Enter room rate, prolonged, 1:00 to 1:30")
    expect(dip).to_contain_text("violation 3 min before (misleading price)")
    expect(dip).to_contain_text("no product was pinned when it began")
    expect(page.locator(".st-key-curve").get_by_test_id("stVegaLiteChart")).to_be_visible()
    drawn = page.get_by_role("tabpanel", name="Minute by minute").get_by_test_id("stVegaLiteChart")
    expect(drawn).to_have_count(3)  # the two curves and the lane of events
    expect(drawn.locator(".marks")).to_have_count(3)
    left = "all => all.map(each => each.querySelector('path.background').getBoundingClientRect().x)"
    begins = drawn.locator(".marks").evaluate_all(left)
    assert max(begins) - min(begins) < 1, "one axis of time for all"
    settled(page)
    choose(page, "lower_curve", "GMV")


def test_a_list_stays_open_while_the_charts_below_are_drawn(page: Page) -> None:
    """The part of the app that draws charts comes only after the list was opened, as on a slow machine."""
    held: list[Route] = []
    page.route(re.compile("VegaLite"), lambda route: held.append(route))
    page.reload()
    settled(page)
    sample(page)
    page.get_by_role("tab", name="Minute by minute").click()
    page.locator(".st-key-lower_curve").wait_for()
    settled(page)
    box = open_list(page, "lower_curve")
    option = page.get_by_role("option", name="GMV", exact=True)
    expect(option).to_be_visible()
    drawn = page.get_by_role("tabpanel", name="Minute by minute").get_by_test_id("stVegaLiteChart").locator(".marks")
    assert held and not drawn.count()
    for each in held:
        each.continue_()
    expect(drawn).to_have_count(3)  # the two curves and the lane of events
    option.click(timeout=15_000)
    expect(box).to_have_value("GMV")
