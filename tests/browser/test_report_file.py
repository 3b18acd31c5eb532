"""The report file in a real browser: no network, nothing asked for, and it prints."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from playbook.report.forms.as_html import as_html
from playbook.report.forms.run_sheet import run_sheet, run_sheet_html
from tests.report.build import KNOWLEDGE, planned, reviewed

A4_CONTENT = 1123 - 2 * 53  # pixels at 96 dpi, margins of 14 mm off


def test_it_opens_offline_asks_for_nothing_and_prints(browser: Browser, tmp_path: Path) -> None:
    found = reviewed(hostile=False)
    plan = planned(found, hostile=False)
    files = {
        "report": as_html(found, date(2026, 6, 2), plan),
        "sheet": run_sheet_html(run_sheet(KNOWLEDGE, plan), KNOWLEDGE),
    }
    context = browser.new_context(offline=True, viewport={"width": 380, "height": 800})
    asked: list[str] = []
    wrong: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for name, html in files.items():
        path = tmp_path / f"{name}.html"
        path.write_text(html, encoding="utf-8")
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 380, "no sideways scrolling on a phone"
        printed = page.pdf(format="A4")
        assert 1 <= len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= 8
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 688, "height": 1000})
        heights = page.evaluate("[...document.querySelectorAll('.card, figure, tr')].map(e => e.offsetHeight)")
        assert max(heights) < A4_CONTENT, "whatever must not be torn fits on a page"
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 380, "height": 800})
    context.close()
    assert not wrong and {url.split(":")[0] for url in asked} == {"file"}
