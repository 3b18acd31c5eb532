"""Review, plan, next LIVE, verdict: the road of one change in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from .conftest import settled
from .test_main_road import upload
from .test_remembering import EXPORT, open_page


@pytest.fixture
def next_week(tmp_path: Path) -> Path:
    """The same export with one LIVE more, three days later."""
    book = load_workbook(EXPORT)
    sheet = book.active
    assert sheet is not None
    row = [cell.value for cell in sheet[5]]
    row[0] = "7600000000000099999"
    row[2], row[3] = "2026-11-10 19:05:00", "2026-11-10 21:31:00"
    sheet.insert_rows(4)
    for place, value in enumerate(row, 1):
        sheet.cell(4, place, value)
    path = tmp_path / "Creator-Live-Performance_20261111080000.xlsx"
    book.save(path)
    return path


def test_review_plan_next_live_verdict(page: Page, next_week: Path, address: str) -> None:
    upload(page, EXPORT)
    expect(page.locator(".st-key-recommendation_err_billboard")).to_be_visible()
    open_page(page, "Next LIVE")
    page.locator(".st-key-candidate_err_billboard").get_by_role("button", name="Choose for every LIVE").click()
    card = page.locator(".st-key-plan_card")
    expect(card).to_contain_text("hoped: ERR up by")
    expect(card).to_contain_text("there was no LIVE since")
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Run sheet", exact=True).click()
    assert "<!doctype html>" in Path(download.value.path()).read_text(encoding="utf-8").lower()

    page.goto(address)
    page.locator(".st-key-money_sentence").wait_for()
    settled(page)
    page.locator(".st-key-files_bar summary").first.click()
    page.locator('.st-key-upload input[type="file"]').set_input_files(str(next_week))
    expect(page.get_by_role("combobox", name="LIVE")).to_have_value(re.compile("10 Nov 2026"), timeout=20_000)

    open_page(page, "Next LIVE")
    expect(card).to_contain_text("Was it done on Tue 10 Nov 2026")
    card.get_by_role("button", name="No", exact=True).click()
    expect(card).to_contain_text("Not done in 1 LIVE since")
    card.get_by_role("button", name="Close with this verdict").click()
    expect(page.get_by_role("heading", name="Tried before")).to_be_visible()
