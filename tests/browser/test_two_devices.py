"""A laptop and a phone at one LIVE: each sees within three seconds what the other does, and loses nothing it types."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import App, settled
from .visitors import PHONE, Visitors

#: Seconds within which the other device shows it; what is drawn for the first time may take longer.
SEEN_WITHIN = 3.0


@pytest.fixture
def devices(visitors: Visitors, app: App) -> Iterator[tuple[Page, Page]]:
    """The page for the LIVE on a laptop and on a phone; there are two shops, and nothing is on air."""
    with app.emptied().store() as store:
        for name in ("Linen", "Pottery"):
            store.create_shop(name)
    with visitors.one() as at_home, visitors.one(**PHONE) as on_the_road:
        pages = at_home.new_page(), on_the_road.new_page()
        for each in pages:
            each.goto(f"{app.url}/live")
            settled(each)
        yield pages


def press(page: Page, key: str) -> None:
    """A button by its key; those of the pad by their kind. It waits for either: the pad comes after the clock."""
    kind = f'[class*="st-key-pad_taps"] button[data-kind="{key.removeprefix("pad_")}"]'
    button = page.locator(f'{kind}, [class*="st-key-{key}"] button').first
    button.scroll_into_view_if_needed()
    button.click()


def line(page: Page, words: str | re.Pattern[str]) -> Locator:
    """A line of the log, not the button of that name."""
    return page.get_by_test_id("stMarkdown").filter(has_text=words).first


@pytest.mark.parametrize("within", [60.0, pytest.param(SEEN_WITHIN, marks=pytest.mark.long)], ids=["seen", "soon"])
def test_two_devices_at_one_live_see_each_other(devices: tuple[Page, Page], app: App, within: float) -> None:
    laptop, phone = devices
    press(laptop, "pad_start")
    expect(phone.get_by_text("Time of the LIVE")).to_be_visible()

    views = laptop.get_by_role("textbox", name="Views", exact=True)
    views.fill("14")  # half a row, not sent
    press(phone, "pad_giveaway")
    expect(line(laptop, "Giveaway")).to_be_visible()
    press(laptop, "pad_pin")
    expect(line(phone, "Pin · computer")).to_be_visible()
    expect(line(laptop, "Giveaway · phone")).to_be_visible()
    expect(views).to_have_value("14")

    views.fill("1480")
    press(laptop, "save_totals")
    expect(phone.get_by_text("1 row noted")).to_be_visible()
    press(phone, "pad_undo")
    expect(line(laptop, "Pin · computer")).to_have_count(0)

    took = []
    for kind, words in (("ad", "Ad"), ("coupon", "Coupon"), ("script", "Script"), ("other", "Other"), ("pin", "Pin")):
        here, there = (laptop, phone) if len(took) % 2 else (phone, laptop)
        press(here, f"pad_{kind}")
        began = time.monotonic()
        expect(line(there, re.compile(rf":\d\d {words}\b"))).to_be_visible()
        took.append(time.monotonic() - began)

    with app.store() as store:
        live = store.running.listed(next(each.id for each in store.shops() if each.name == "Linen"))[0]
    assert [each.type for each in live.taps] == ["giveaway", "ad", "coupon", "script", "other", "pin"]
    assert [dict(each.counts) for each in live.rows] == [{"views": 1480.0}]

    phone.get_by_role("button", name="The LIVE is over").click()
    press(phone, "pad_stop")
    expect(laptop.get_by_text("on another device (phone)")).to_be_visible()
    assert sorted(took)[1] < within, took  # the time counts where little else runs; a busy machine delays some


@pytest.mark.long
def test_the_other_shop_begins_and_ends_its_own_live(devices: tuple[Page, Page]) -> None:
    laptop, phone = devices
    press(laptop, "pad_start")
    expect(laptop.get_by_text("Time of the LIVE")).to_be_visible()
    expect(phone.get_by_text("Time of the LIVE")).to_be_visible()
    phone.get_by_test_id("stExpandSidebarButton").click()
    phone.get_by_role("combobox", name="Shop").click()
    phone.get_by_role("option", name="Pottery", exact=True).click()
    settled(phone)
    expect(phone.get_by_text("Time of the LIVE")).to_have_count(0)
    press(laptop, "pad_violation")
    settled(laptop)
    expect(line(laptop, "Violation")).to_be_visible()
    expect(phone.get_by_test_id("stMarkdown").filter(has_text="Violation")).to_have_count(0)
    expect(laptop.get_by_text("Time of the LIVE")).to_be_visible()
