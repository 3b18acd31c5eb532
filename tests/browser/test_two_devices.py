"""A laptop and a phone at one LIVE: each sees within three seconds what the other does, and loses nothing it types."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from playbook.store.store import Store

from .conftest import running, settled

#: Seconds within which the other device shows it, and how much longer two busy cores may take.
SEEN_WITHIN, SLOW = 3.0, 2.0
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("two_devices")


@pytest.fixture(scope="module")
def shops(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app with two shops."""
    with Store.open(str(home / "playbook.db")) as store:
        for name in ("Linen", "Pottery"):
            store.create_shop(name)
    with running(home, tmp_path_factory.mktemp("log") / "log") as url:
        yield url


@pytest.fixture
def devices(browser: Browser, shops: str) -> Iterator[tuple[Page, Page]]:
    """The page for the LIVE on a laptop and on a phone."""
    contexts = [
        browser.new_context(viewport={"width": 1280, "height": 900}),
        browser.new_context(viewport={"width": 390, "height": 844}, user_agent=PHONE, has_touch=True, is_mobile=True),
    ]
    pages = [each.new_page() for each in contexts]
    for each in pages:
        each.goto(f"{shops}/live")
        settled(each)
    yield pages[0], pages[1]
    for each in contexts:
        each.close()


def press(page: Page, key: str) -> None:
    button = page.locator(f'[class*="st-key-{key}"] button').first
    button.scroll_into_view_if_needed()
    button.click()


def seen(there: Locator, since: float) -> float:
    """How long it took until the other device showed it."""
    expect(there).to_be_visible(timeout=(SEEN_WITHIN + SLOW) * 1000)
    return time.monotonic() - since


def test_two_devices_at_one_live_see_each_other(devices: tuple[Page, Page], home: Path) -> None:
    laptop, phone = devices
    took = []

    press(laptop, "pad_start")
    began = time.monotonic()
    took.append(seen(phone.get_by_text("Time of the LIVE"), began))

    views = laptop.get_by_role("textbox", name="Views", exact=True)
    views.fill("14")  # half a row, not sent
    press(phone, "pad_giveaway")
    began = time.monotonic()
    took.append(seen(laptop.get_by_text("Giveaway", exact=False).locator("visible=true").last, began))
    expect(laptop.get_by_text("Giveaway · phone")).to_have_count(0)  # one device so far: not named
    expect(views).to_have_value("14")

    press(laptop, "pad_pin")
    began = time.monotonic()
    took.append(seen(phone.get_by_text("Pin · computer"), began))
    expect(laptop.get_by_text("Giveaway · phone")).to_be_visible()
    expect(views).to_have_value("14")

    views.fill("1480")
    press(laptop, "save_totals")
    began = time.monotonic()
    took.append(seen(phone.get_by_text("1 row noted"), began))

    press(phone, "pad_undo")
    began = time.monotonic()
    expect(laptop.get_by_text("Pin · computer")).to_have_count(0, timeout=(SEEN_WITHIN + SLOW) * 1000)
    took.append(time.monotonic() - began)

    with Store.open(str(home / "playbook.db")) as store:
        (live,) = store.running.listed(next(each.id for each in store.shops() if each.name == "Linen"))
    assert [each.type for each in live.taps] == ["giveaway"]
    assert [dict(each.counts) for each in live.rows] == [{"views": 1480.0}]

    phone.get_by_role("button", name="The LIVE is over").click()
    press(phone, "pad_stop")
    expect(laptop.get_by_text("on another device (phone)")).to_be_visible(timeout=(SEEN_WITHIN + SLOW) * 1000)
    assert sorted(took)[len(took) // 2] < SEEN_WITHIN, took


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
    expect(phone.get_by_text("Violation")).to_have_count(0)
    expect(laptop.get_by_text("Time of the LIVE")).to_be_visible()
