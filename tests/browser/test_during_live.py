"""A whole simulated LIVE on the page for it: totals typed row by row, a mistake undone, a reload, a fall, the end."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import numpy as np
from playwright.sync_api import Page, expect

from playbook.simulation.rooms import Fall, room

from .conftest import settled

MINUTES, EVERY = 120, 10
FIELDS = {
    "impressions": "Impressions", "views": "Views", "product_clicks": "Product clicks", "sku_orders": "SKU orders",
    "comments": "Comments", "new_followers": "New followers",
}  # fmt: skip


def test_a_live_from_its_first_row_to_its_review(page: Page) -> None:
    sums = room(np.random.default_rng(302), 2500, (Fall("ctr", 60, 100, 0.6),), minutes=MINUTES).trend.cumsum()
    page.get_by_role("link", name="During a LIVE").click()
    page.get_by_role("spinbutton", name="It began, minutes ago").fill(str(MINUTES))
    page.get_by_role("spinbutton", name="It began, minutes ago").press("Enter")
    settled(page)
    page.get_by_role("button", name="Start", exact=True).click()
    began = expect_began(page)
    for number, minute in enumerate(range(EVERY, MINUTES + 1, EVERY), 1):
        type_row(page, began + timedelta(minutes=minute), {name: sums[name][minute - 1] for name in FIELDS})
        expect(page.get_by_text(f"{number} row{'s' if number > 1 else ''} noted")).to_be_visible()
        if minute == 30:
            tap_and_mistype(page, number)
        if minute == 50:
            page.reload()
            settled(page)
            expect(page.get_by_text("5 rows noted")).to_be_visible()
        if minute == 90:
            expect(page.locator(".st-key-alert_1")).to_contain_text("CTR has fallen since")
            pull = page.locator('[class*="st-key-pull_"]').first
            pull.get_by_role("button", name="Done, note it").click()
            expect(page.locator('[class*="st-key-pad_download"]')).to_be_visible()
    page.get_by_role("button", name="The LIVE is over").click()
    page.get_by_role("button", name="End and review").click()
    expect(page.locator(".st-key-money_sentence")).to_be_visible(timeout=30_000)
    page.get_by_role("tab", name="Minute by minute").click()
    expect(page.locator(".st-key-dip_1")).to_contain_text("LIVE click-through rate, prolonged")


def expect_began(page: Page) -> datetime:
    said = page.get_by_text(re.compile(r"began \d\d:\d\d")).first
    expect(said).to_be_visible()
    clock = re.search(r"(\d\d):(\d\d)", said.inner_text())
    assert clock
    now = datetime.now().astimezone().replace(tzinfo=None, second=0, microsecond=0)
    began = now.replace(hour=int(clock[1]), minute=int(clock[2]))
    return began if began <= now else began - timedelta(days=1)


def type_row(page: Page, at: datetime, numbers: dict[str, float]) -> None:
    form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="Save the row"))
    form.get_by_role("textbox", name="Time").fill(f"{at:%H:%M}")
    for name, value in numbers.items():
        form.get_by_role("textbox", name=FIELDS[name], exact=True).fill(f"{value:,.0f}")
    form.get_by_role("button", name="Save the row").click()
    settled(page)


def tap_and_mistype(page: Page, number: int) -> None:
    """A pin by its key; a row with a slip of the finger is refused; a wrong one that fits is undone."""
    page.locator('[class*="st-key-pad_taps"] button[data-kind="pin"]').click()
    settled(page)
    form = page.get_by_test_id("stForm").filter(has=page.get_by_role("button", name="Save the row"))
    form.get_by_role("textbox", name="Views", exact=True).fill("12")
    form.get_by_role("button", name="Save the row").click()
    expect(page.get_by_text("totals never fall")).to_be_visible()
    expect(form.get_by_role("textbox", name="Views", exact=True)).to_have_value("12")
    form.get_by_role("textbox", name="Views", exact=True).fill("99,999,999")
    form.get_by_role("button", name="Save the row").click()
    expect(page.get_by_text(f"{number + 1} rows noted")).to_be_visible()
    expect(form.get_by_role("textbox", name="Views", exact=True)).to_have_value("")
    page.get_by_role("button", name="Undo the last row").click()
    expect(page.get_by_text(f"{number} rows noted")).to_be_visible()
