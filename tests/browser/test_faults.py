"""What browsers do in real evenings: reload, a second tab, the back button, a slow line, an upload that breaks off."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from playbook.store import Store

from .conftest import running, settled
from .test_main_road import SAMPLE, upload

FILES = sorted(SAMPLE.iterdir())


def test_a_reload_and_a_second_tab_show_the_saved_live(page: Page, address: str) -> None:
    upload(page, *FILES)
    expect(page.locator(".st-key-body")).to_contain_text("This LIVE in your records")
    sentence = page.locator(".st-key-money_sentence h1").inner_text()
    page.reload()
    settled(page)
    expect(page.locator(".st-key-money_sentence h1")).to_have_text(sentence)
    other = page.context.new_page()
    other.goto(address)
    settled(other)
    expect(other.locator(".st-key-money_sentence h1")).to_have_text(sentence)
    other.close()


def test_the_back_button_returns_to_the_review(page: Page) -> None:
    upload(page, *FILES)
    page.get_by_role("link", name="Strategies", exact=True).click()
    page.get_by_role("heading", name="Strategies").wait_for()
    page.go_back()
    expect(page.locator(".st-key-money_sentence h1")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="Strategies")).to_be_visible()


def test_a_download_that_cannot_be_made_is_said(browser: Browser, tmp_path: Path) -> None:
    """The database went away between the page and the click."""
    with Store.open(str(tmp_path / "playbook.db")) as store:
        store.create_shop("Linen")
    with running(tmp_path, tmp_path / "log") as url:
        for name in ("Backup", "Everything as CSV"):
            visitor = browser.new_page()
            visitor.goto(f"{url}/data?data_tabs=Keep+and+erase")
            settled(visitor)
            (tmp_path / "playbook.db").rename(tmp_path / "elsewhere.db")
            visitor.get_by_role("button", name=name, exact=True).click()
            expect(visitor.get_by_text("it is not there any more").first).to_be_visible()
            (tmp_path / "elsewhere.db").rename(tmp_path / "playbook.db")
            visitor.close()


def test_a_slow_line_only_takes_longer(page: Page) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 20_000},
    )
    upload(page, *FILES)
    expect(page.locator(".st-key-worst_err")).to_contain_text("below usual")


def test_an_upload_that_breaks_off_is_told_and_can_be_repeated(page: Page) -> None:
    page.route("**/_stcore/upload_file/**", lambda route: route.abort())
    page.locator('.st-key-upload input[type="file"]').set_input_files(str(FILES[0]))
    expect(page.locator(".st-key-upload")).to_contain_text("error", ignore_case=True)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.unroute("**/_stcore/upload_file/**")
    page.reload()
    settled(page)
    upload(page, *FILES)
    expect(page.locator(".st-key-worst_err")).to_be_visible()
