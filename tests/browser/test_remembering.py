"""What a second evening looks like: a second upload, the history, the weekly look, delete and undo."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from .conftest import ROOT, settled
from .test_main_road import upload

EXPORT = next((ROOT / "data" / "samples" / "fewer_came_in").glob("Creator-Live-Performance*.xlsx"))


@pytest.fixture
def first_week(tmp_path: Path) -> Path:
    """The same export as it was some LIVEs earlier: without its two newest rows."""
    book = load_workbook(EXPORT)
    sheet = book.active
    assert sheet is not None
    sheet.delete_rows(4, 2)
    path = tmp_path / "Creator-Live-Performance_20261102080000.xlsx"
    book.save(path)
    return path


def open_page(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    settled(page)


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    settled(page)


def test_two_uploads_history_weekly_look_delete_and_undo(page: Page, first_week: Path, address: str) -> None:
    upload(page, first_week)
    expect(page.get_by_role("combobox", name="Shop")).to_have_value("My shop")
    page.goto(address)  # as if the tab had been closed
    page.locator(".st-key-money_sentence").wait_for()
    settled(page)

    page.locator(".st-key-files_bar").get_by_text("Add the export of a new LIVE").click()
    upload(page, EXPORT)
    expect(page.locator(".st-key-worst_err")).to_contain_text("below usual", timeout=20_000)

    open_page(page, "History")
    tab(page, "LIVEs")
    expect(page.get_by_text("15 of 15 LIVEs")).to_be_visible()
    tab(page, "Heat map")
    expect(page.get_by_text("Most often below its usual: enter room rate")).to_be_visible()
    tab(page, "Weekly look")
    expect(page.locator(".st-key-weekly")).to_contain_text("7 days")

    open_page(page, "Review a LIVE")
    page.get_by_role("button", name="Delete this LIVE").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    # What stays is waited for; a toast goes by itself.
    latest = page.get_by_role("combobox", name="LIVE")
    expect(latest).to_have_value(re.compile("4 Nov 2026"), timeout=20_000)
    settled(page)
    open_page(page, "History")
    tab(page, "LIVEs")
    expect(page.get_by_text("14 of 14 LIVEs")).to_be_visible()
    open_page(page, "Data")
    tab(page, "Keep and erase")
    expect(page.get_by_role("heading", name="Trash")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_role("heading", name="Trash")).to_have_count(0, timeout=20_000)
    settled(page)
    open_page(page, "History")
    tab(page, "LIVEs")
    expect(page.get_by_text("15 of 15 LIVEs")).to_be_visible()


def test_a_backup_can_be_downloaded(page: Page) -> None:
    open_page(page, "Data")
    tab(page, "Keep and erase")
    with page.expect_download() as download:
        page.get_by_role("button", name="Backup", exact=True).click()
    assert Path(download.value.path()).read_bytes().startswith(b"SQLite format 3")
