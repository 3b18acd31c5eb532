"""A screenshot dropped on the page on a phone: read, looked over, mended by keyboard, saved and taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from playbook.imports.screenshots import installed
from tests.imports.test_reading_pictures import a_dashboard

from .conftest import App

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not installed(), reason="the extra screenshots is not installed: requirements-screenshots.txt"),
]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_picture_becomes_a_live(browser: Browser, app: App, width: int) -> None:
    address = app.emptied().url
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(address)
    page.locator(".st-key-upload input[type=file]").set_input_files(
        [{"name": "screen.jpg", "mimeType": "image/jpeg", "buffer": a_dashboard()}]
    )
    views = page.locator("[class*='st-key-picture_number_views'] input")
    expect(views).to_have_value("4,970", timeout=120_000)
    expect(page.locator("[class*='st-key-picture_row_views'] img")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    views.press("Control+a")
    views.press_sequentially("4971")
    views.press("Tab")
    length = page.locator("[class*='st-key-picture_minutes'] input")
    length.fill("127")
    length.press("Tab")
    page.get_by_role("button", name="Save this LIVE").click()
    expect(page.locator("[class*='st-key-picture_number_views']")).to_have_count(0)
    with app.store() as store:
        (live,) = store.sessions(store.shops()[0].id)
    assert live.counts["views"] == 4971 and live.source is not None and live.source.profile == "screenshot"
    page.get_by_role("button", name=re.compile("Undo")).first.click()
    expect(page.locator(".st-key-upload")).to_be_visible()
    page.close()
