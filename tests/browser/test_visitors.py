"""A visitor finds nothing of the one before, also where both have the same browser context."""

from __future__ import annotations

from playwright.sync_api import Page

from .visitors import Visitors

LEFT = "[document.cookie.match(/kept=./), localStorage.getItem('kept'), sessionStorage.getItem('kept')].join('|')"


def come(page: Page, url: str) -> str:
    """What a page of the app finds in its browser."""
    page.goto(f"{url}/_stcore/health")
    found: str = page.evaluate(LEFT)
    return found


def test_a_visitor_finds_nothing_of_the_one_before(visitors: Visitors, address: str) -> None:
    nobody = "||"
    with visitors.one() as first:
        page = first.new_page()
        assert come(page, address) == nobody
        page.evaluate("document.cookie = 'kept=1'; localStorage.kept = '2'; sessionStorage.kept = '3'")
        assert come(page, address) == "kept=1|2|3"
        with visitors.one() as beside:
            assert beside is not first and come(beside.new_page(), address) == nobody
        page.close()
    with visitors.one() as again, visitors.one() as another:
        assert first in (again, another), "the context is used once more"
        assert [come(each.new_page(), address) for each in (again, another)] == [nobody, nobody]
