"""The road of somebody whose LIVE has just ended, walked in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from .conftest import ROOT, settled

SAMPLE = ROOT / "data" / "samples" / "fewer_came_in"


def upload(page: Page, *paths: Path) -> None:
    """Upload and wait until the files are held: the review of an earlier LIVE may have stood there before."""
    page.locator('.st-key-upload input[type="file"]').set_input_files([str(path) for path in paths])
    expect(page.locator(".st-key-files_bar summary").first).to_contain_text(paths[-1].name, timeout=30_000)
    page.locator(".st-key-money_sentence").wait_for(timeout=20_000)
    settled(page)


def sample(page: Page, name: str = "fewer_came_in") -> None:
    """Open a sample, also when LIVEs are saved and the samples stand in the closed files bar."""
    settled(page)
    bar = page.locator(".st-key-files_bar summary").first
    if bar.count():
        bar.click()
    page.locator(f".st-key-sample_{name} button").first.click()


def test_upload_and_read_the_advice(page: Page) -> None:
    upload(page, *sorted(SAMPLE.iterdir()))
    expect(page.locator(".st-key-money_sentence h1")).to_contain_text("less than your usual LIVE")
    card = page.locator(".st-key-worst_err")
    expect(card).to_contain_text("Enter room rate")
    expect(card).to_contain_text("below usual")
    expect(page.locator(".st-key-recommendation_err_billboard")).to_contain_text("First step")
    expect(card.get_by_test_id("stVegaLiteChart")).to_be_visible()
    plot = card.locator("svg.marks path.background").first.evaluate("each => each.getBBox().height")
    assert plot >= 16, "the band has its whole height"


def test_a_sample_in_one_click_and_a_strategy_by_its_address(page: Page, address: str) -> None:
    sample(page)
    page.locator(".st-key-recommendation_err_billboard").wait_for()
    page.locator(".st-key-recommendation_err_billboard").get_by_role("link", name="Open the strategy").click()
    page.locator(".st-key-strategy_err_billboard").wait_for()
    expect(page).to_have_url(re.compile("strategy=err_billboard"))
    page.goto(f"{address}/strategies?strategy=follow_giveaway_task")
    expect(page.locator(".st-key-strategy_follow_giveaway_task h1")).to_be_visible()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Checklist to print", exact=True).click()
    assert "<!doctype html>" in Path(download.value.path()).read_text(encoding="utf-8")


def test_leaving_the_page_and_coming_back_loses_nothing(page: Page) -> None:
    upload(page, *sorted(SAMPLE.iterdir()))
    page.get_by_role("link", name="Strategies", exact=True).click()
    page.get_by_role("heading", name="Strategies").wait_for()
    page.get_by_role("link", name="Review a LIVE").click()
    expect(page.locator(".st-key-worst_err")).to_be_visible()


def test_a_file_that_is_no_export_is_answered_and_what_was_good_stays(page: Page, tmp_path: Path) -> None:
    wrong = tmp_path / "holiday.csv"
    wrong.write_bytes(bytes(range(256)) * 20)
    upload(page, *sorted(SAMPLE.iterdir()), wrong)
    expect(page.locator(".st-key-worst_err")).to_be_visible()
    expect(page.get_by_text("holiday.csv").first).to_be_visible()


def test_a_deep_link_to_a_page_shows_the_sidebar(newcomer: Page, address: str) -> None:
    newcomer.goto(f"{address}/data")
    newcomer.get_by_role("heading", name="Data", exact=True).wait_for()
    expect(newcomer.get_by_role("link", name="Review a LIVE")).to_be_visible()


def test_on_a_phone_nothing_is_wider_than_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sample(page)
    page.locator(".st-key-worst_err").wait_for()
    settled(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def test_the_report_is_one_file_that_opens_without_a_network(page: Page, tmp_path: Path) -> None:
    sample(page)
    page.get_by_role("button", name="Report", exact=True).wait_for()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Report", exact=True).click()
    report = tmp_path / "review.html"
    download.value.save_as(report)
    context = page.context.browser.new_context(offline=True)  # type: ignore[union-attr]
    opened = context.new_page()
    opened.goto(report.as_uri())
    expect(opened.get_by_role("heading", level=1)).to_contain_text("less than your usual LIVE")
    expect(opened.locator("svg").first).to_be_visible()
    context.close()
