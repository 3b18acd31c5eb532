"""During a LIVE at a glance: on a laptop everything to do stands above 720 pixels, on a phone the inputs come first."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, FloatRect, Page, expect

from .conftest import App, settled
from .visitors import PHONE, Visitors

PARTS = ("row", "taps", "weak")


def boxes(page: Page) -> list[FloatRect]:
    found = [page.locator(f".st-key-live_{each}").bounding_box() for each in PARTS]
    there = [each for each in found if each]
    assert len(there) == len(PARTS)
    return there


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(f"{url}/live")
    settled(page)
    expect(page.locator('[class*="st-key-pad_taps"] button[data-kind="pin"]')).to_be_visible()
    return page


def test_what_to_do_stands_in_sight(visitors: Visitors, app: App) -> None:
    with app.emptied().store() as store:
        store.running.start(store.create_shop("Linen").id)
    with visitors.one(viewport={"width": 1280, "height": 720}) as context:
        laptop = opened(context, app.url)
        assert [each for each in boxes(laptop) if each["y"] + each["height"] > 720] == []
        assert laptop.locator("kbd").first.is_visible()
    with visitors.one(**PHONE) as context:
        phone = opened(context, app.url)
        tops = [each["y"] for each in boxes(phone)]
        assert tops == sorted(tops), "the inputs and the taps come before what is weak"
        assert all(each["x"] >= 0 and each["x"] + each["width"] <= 390 for each in boxes(phone))
        assert not phone.locator("kbd").first.is_visible()
