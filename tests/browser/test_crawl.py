"""Everything that can be clicked is clicked, in a store with two shops: no page may answer with an exception."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Error as Unclickable
from playwright.sync_api import Page, expect

from .conftest import App, choose, settled
from .visitors import Visitors
from .worlds import two_shops

#: The review is at the address of a shop; without one, somebody with two shops lands on all of them.
PAGES = ["?shop={shop}", "shops", "next_live", "history", "live", "strategies", "learn", "practice", "data"]
#: The practice room runs on a clock, so its clicks take long; tests of its own play it.
QUICK = [each for each in PAGES if each != "practice"]
#: Lists what can be clicked, with what a person reads on it; toolbars of tables and charts are Streamlit's own.
LISTED = """
() => {
  const wanted = 'button, summary, a[data-testid="stPageLink-NavLink"], [role="tab"], [role="radio"], '
    + '[role="combobox"]';
  const out = [];
  for (const each of document.querySelectorAll(wanted)) {
    const box = each.getBoundingClientRect();
    if (!box.width || !box.height || each.disabled || each.closest('[data-testid="stElementToolbar"]')) continue;
    if (each.closest('header, [data-testid="stSidebarNav"], [data-testid="stToast"]')) continue;
    if (each.closest('[data-testid="stFileUploader"], .st-key-sign_out')) continue;
    const holder = each.closest('[class*="st-key-"]');
    const found = holder && [...holder.classList].find(one => one.startsWith('st-key-'));
    const key = (found || '').replace(/[0-9a-f]{32}.*$/, '');
    const words = (each.innerText || each.getAttribute('aria-label') || '').split('\\n').pop().slice(0, 60);
    const side = each.closest('[data-testid="stSidebar"]') ? 'side' : 'main';
    const name = [each.getAttribute('role') || each.tagName, key, words, side].join('|');
    each.setAttribute('data-crawl', name);
    out.push(name);
  }
  return out;
}
"""


@pytest.fixture(scope="module")
def linen(app: App) -> str:
    """The id of the first of two shops, each with its LIVEs, trends, products and events."""
    with app.emptied().store() as store:
        return two_shops(store)["Linen"]


@pytest.fixture(scope="module")
def filled(app: App, linen: str) -> str:
    """The address of an app with both shops."""
    assert linen
    return app.url


@pytest.fixture
def visitor(visitors: Visitors) -> Iterator[Page]:
    with visitors.one() as context:
        yield context.new_page()


def no_exception(page: Page, did: str) -> None:
    settled(page)
    boxes = page.get_by_test_id("stException")
    assert boxes.count() == 0, f"{did}: {boxes.first.inner_text()[:600]}"


def sort_of(name: str) -> str:
    """Cards of one sort differ in their title and number: one of each is enough for the quick crawl."""
    role, key, words, side = name.split("|")
    common = r"(strategy|lesson|today|recommendation|worst|dip|scenario|choose|sample|template|steps|feel|switch)_.*"
    if role != "tab" and key not in ("", "st-key-body"):
        words = ""
    return "|".join((role, re.sub(common, r"\1", key), re.sub(r"[\d:]+", "0", words), side))


def is_quick(name: str) -> bool:
    """Lists and choices among values are left to the long crawl; so are downloads, which change no page."""
    return not name.startswith(("combobox", "radio")) and not re.search("download|template_|_csv|_chat|_json", name)


def is_a_look(name: str) -> bool:
    """Tabs and what unfolds in place: each part of a page is seen once."""
    return name.startswith(("tab", "SUMMARY"))


def anything(name: str) -> bool:
    return True


def crawl(
    page: Page,
    address: str,
    done: set[str],
    wanted: Callable[[str], bool] = anything,
    sort: Callable[[str], str] = str,
    between: Callable[[int], object] = lambda _clicked: None,
) -> int:
    """Click what is wanted at an address and in all that it opens; what leads away is clicked and left again.

    Of what `sort` calls the same, one is clicked. `between` is done after each click, with the number of clicks so far.
    """
    page.goto(address)
    no_exception(page, address)
    home = page.url.split("?")[0].rstrip("/")
    clicked = 0
    while True:
        left = [each for each in page.evaluate(LISTED) if wanted(each) and sort(each) not in done]
        if not left:
            return clicked
        name = left[0]
        done.add(sort(name))
        try:
            one = page.locator(f"[data-crawl={quoted(name)}]").first
            if name.startswith("combobox"):
                one.click(timeout=2000)
                page.keyboard.press("ArrowDown")
                page.keyboard.press("Enter")
            else:
                one.click(timeout=2000)
        except Unclickable:  # behind a menu that the click before opened
            page.keyboard.press("Escape")
            continue
        clicked += 1
        no_exception(page, f"{address}: {name}")
        between(clicked)
        if page.url.split("?")[0].rstrip("/") != home:
            page.goto(address)
            settled(page)


def at(url: str, name: str, shop: str) -> str:
    """The address of a page of PAGES."""
    return f"{url}/{name.format(shop=shop)}"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def test_no_page_tab_or_part_raises(visitor: Page, filled: str, linen: str) -> None:
    done: set[str] = set()
    clicked = sum(crawl(visitor, at(filled, name, linen), done, is_a_look, sort_of) for name in QUICK)
    assert clicked >= 12, "the crawl finds what can be opened"
    assert any("st-key-review" in each or "funnel" in each for each in done), done


@pytest.mark.long
def test_no_sort_of_click_raises(visitor: Page, filled: str, linen: str) -> None:
    done: set[str] = set()
    clicked = sum(crawl(visitor, at(filled, name, linen), done, is_quick, sort_of) for name in QUICK)
    assert clicked > 50, "the crawl finds what can be clicked"


@pytest.mark.long
@pytest.mark.parametrize("name", PAGES, ids=lambda name: name.partition("=")[0].strip("?"))
@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["wide", "phone"])
def test_no_click_of_all_raises(visitor: Page, filled: str, linen: str, name: str, size: tuple[int, int]) -> None:
    visitor.set_viewport_size({"width": size[0], "height": size[1]})
    assert crawl(visitor, at(filled, name, linen), set())


def test_a_row_of_the_history_opens_its_review(visitor: Page, filled: str) -> None:
    visitor.goto(f"{filled}/history?history_tabs=LIVEs")
    settled(visitor)
    table = visitor.locator('[class*="st-key-history_table"] [data-testid="stDataFrameResizable"]')
    table.wait_for()
    visitor.wait_for_timeout(500)
    table.click(position={"x": 18, "y": 90})
    visitor.locator(".st-key-money_sentence").wait_for(timeout=20_000)
    no_exception(visitor, "a row of the history")
    assert "history_tabs" not in visitor.url
    expect(visitor.get_by_role("combobox", name="LIVE")).not_to_have_value(re.compile("still running"))


def test_the_weekly_look_opens_a_review(visitor: Page, filled: str) -> None:
    visitor.goto(f"{filled}/history?history_tabs=Weekly+look")
    settled(visitor)
    button = visitor.get_by_role("button", name="Open the review").first
    if not button.count():
        pytest.skip("every long LIVE was opened by the crawl before")
    button.click()
    visitor.locator(".st-key-money_sentence").wait_for(timeout=20_000)
    no_exception(visitor, "open the review")


def test_a_form_of_one_shop_is_not_carried_into_the_next(visitor: Page, filled: str) -> None:
    visitor.goto(f"{filled}/data?data_tabs=Keep+and+erase")
    settled(visitor)
    name = visitor.get_by_label("Name", exact=True)
    expect(name).to_have_value(re.compile("Linen|Pottery"))  # drawn before it is filled, where much else runs
    first = name.input_value()
    name.fill("Typed and not saved")
    name.press("Tab")  # leaving the box draws the page anew, which would close the list of shops
    settled(visitor)
    other = "Pottery" if first == "Linen" else "Linen"
    choose(visitor, "shop_picker", other)
    settled(visitor)
    expect(name).to_have_value(other)
    visitor.get_by_role("button", name="Save", exact=True).click()
    settled(visitor)
    expect(visitor.get_by_role("combobox", name="Shop")).to_have_value(other)
    visitor.get_by_role("combobox", name="Shop").click()
    expect(visitor.get_by_role("option")).to_have_text(["Linen", "Pottery"])
