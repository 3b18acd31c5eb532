"""No violation of ours that axe-core finds, on any page, light and dark.

`axe/` holds axe-core 4.14.1 as published, with its licences: a development tool that is no part of the product.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .conftest import settled
from .test_main_road import sample

pytestmark = pytest.mark.long
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
#: What others draw and we cannot name: Streamlit's drop zone, the points in its small charts, the brush of Vega.
NOT_OURS = (
    ("presentation-role-conflict", 'data-testid="stFileUploaderDropzone"'),
    ("svg-img-alt", "metric_chart_"),
    ("svg-img-alt", "brush_brush"),
)  # fmt: skip
FOUND = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(rule =>
    rule.nodes.map(node => [rule.id, node.html, (node.any[0] || node.all[0] || node.none[0] || {}).message]))"""
PAGES = ("next_live", "history", "live", "strategies", "learn", "practice", "data", "strategies?strategy=err_billboard")


def violations(page: Page) -> list[str]:
    """Rule, element and reason of everything found on the page as it stands."""
    settled(page)
    page.add_script_tag(content=AXE)
    found: list[Any] = page.evaluate(FOUND)
    return [
        f"{rule}: {html[:120]}: {why}"
        for rule, html, why in found
        if not any(rule == known and part in html for known, part in NOT_OURS)
    ]


def opened(browser: Browser, address: str, scheme: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True).new_page()  # type: ignore[arg-type]
    page.goto(address)
    settled(page)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation(browser: Browser, address: str, scheme: str) -> None:
    page = opened(browser, address, scheme)
    assert violations(page) == []
    sample(page)
    page.locator(".st-key-worst_err").wait_for()
    assert violations(page) == [], "the review"
    for tab in ("Minute by minute", "Products"):
        page.get_by_role("tab", name=tab).click()
        assert violations(page) == [], tab
    for each in PAGES:
        page.goto(f"{address}/{each}")
        assert violations(page) == [], each
    page.context.close()
