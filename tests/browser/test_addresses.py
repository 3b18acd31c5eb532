"""Reload, back, a second tab and a link sent to a colleague show the same shop, LIVE, tab and filter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import App, choose, settled
from .visitors import Visitors
from .worlds import two_shops


@pytest.fixture(scope="module")
def ids(app: App) -> dict[str, str]:
    """Two shops with LIVEs, by name."""
    with app.emptied().store() as store:
        return two_shops(store)


@pytest.fixture(scope="module")
def served(app: App, ids: dict[str, str]) -> str:
    assert ids
    return app.url


@pytest.fixture
def visitor(visitors: Visitors) -> Iterator[BrowserContext]:
    with visitors.one() as context:
        yield context


def go(page: Page, address: str) -> Page:
    page.goto(address)
    settled(page)
    return page


def asked(page: Page, name: str) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get(name, [])


def shop_of(page: Page) -> str:
    return page.get_by_role("combobox", name="Shop").input_value()


def test_shop_and_live_of_an_address_in_two_tabs_after_reload_and_back(
    visitor: BrowserContext, visitors: Visitors, served: str, ids: dict[str, str]
) -> None:
    page = go(visitor.new_page(), f"{served}/?shop={ids['Linen']}")
    assert shop_of(page) == "Linen" and asked(page, "shop") == [ids["Linen"]]
    latest = asked(page, "live")
    assert latest, "also the latest LIVE has an address: tomorrow it is another"

    box = page.locator(".st-key-live_picker").get_by_role("combobox")
    box.click()
    page.get_by_role("option").nth(3).click()
    settled(page)
    older, title = asked(page, "live"), box.input_value()
    assert older != latest

    other = go(visitor.new_page(), f"{served}/?shop={ids['Linen']}")
    choose(other, "shop_picker", "Pottery")
    settled(other)
    assert asked(other, "shop") == [ids["Pottery"]]
    other.get_by_role("link", name="History", exact=True).click()
    settled(other)
    assert asked(other, "shop") == [ids["Pottery"]], "a page keeps the shop in its address"

    page.reload()
    settled(page)
    assert (shop_of(page), asked(page, "live")) == ("Linen", older), "the other tab chose for itself"
    expect(page.locator(".st-key-live_picker").get_by_role("combobox")).to_have_value(title)

    with visitors.one() as colleague:
        theirs = go(colleague.new_page(), page.url)
        assert shop_of(theirs) == "Linen"
        expect(theirs.locator(".st-key-live_picker").get_by_role("combobox")).to_have_value(title)
        theirs_too = go(colleague.new_page(), other.url)
        assert shop_of(theirs_too) == "Pottery"

    other.go_back()
    settled(other)
    assert "history" not in other.url and shop_of(other) == "Pottery", "one step back is one page"
    other.go_back()
    settled(other)
    assert shop_of(other) == "Linen" and asked(other, "shop") == [ids["Linen"]]
    other.go_forward()
    settled(other)
    assert shop_of(other) == "Pottery"
    page.go_back()
    settled(page)
    assert asked(page, "live") == latest


@pytest.mark.long
def test_tab_and_filter_stand_in_the_address(visitor: BrowserContext, served: str, ids: dict[str, str]) -> None:
    page = go(visitor.new_page(), f"{served}/history?history_tabs=LIVEs")
    page.get_by_role("button", name="Filter").first.click()
    page.get_by_test_id("stPopoverBody").get_by_text("evening", exact=True).click()
    settled(page)
    assert asked(page, "start") == ["evening"] and asked(page, "history_tabs") == ["LIVEs"]
    said = page.get_by_text(re.compile(r"\d+ of \d+ LIVEs")).first.inner_text()
    again = go(visitor.new_page(), page.url)
    expect(again.get_by_text(said)).to_be_visible()
    page.go_back()
    settled(page)
    assert asked(page, "start") == []
    all_of = page.get_by_text(re.compile(r"\d+ of \d+ LIVEs")).first.inner_text()
    there, every = re.findall(r"\d+", all_of)[:2]
    assert there == every, "back takes the filter off"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?shop=ffffffffffffffffffffffffffffffff", "The shop of this address is not there"),
        ("/history?shop=**x**", "The shop of this address is not there"),
        ("/?shop=LINEN&live=nope", "There is no LIVE 'nope' in Linen."),
        ("/history?shop=LINEN&history_tabs=Nope", "There is no tab 'Nope' here. There are: Weekly look, LIVEs,"),
        ("/history?shop=LINEN&history_tabs=LIVEs&weekday=Caturday", "the address asks for 'Caturday'"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    visitor: BrowserContext, served: str, ids: dict[str, str], address: str, said: str
) -> None:
    page = go(visitor.new_page(), served + address.replace("LINEN", ids["Linen"]))
    expect(page.get_by_text(said)).to_be_visible()
    assert page.get_by_test_id("stException").count() == 0
    if "not there" in said or "no LIVE" in said:
        expect(page.locator(".st-key-money_sentence")).to_have_count(0)
        page.reload()
        settled(page)
        expect(page.get_by_text(said)).to_be_visible()
        page.locator(".st-key-shop_gone button, .st-key-live_missing button").last.click()
        settled(page)
        expect(page.get_by_text(said)).to_have_count(0)
        assert asked(page, "shop")[0] in ids.values() and "nope" not in asked(page, "live")


@pytest.mark.long
def test_a_live_in_the_trash_comes_back_from_its_address(
    visitor: BrowserContext, served: str, app: App, ids: dict[str, str]
) -> None:
    with app.store() as store:
        session = store.sessions(ids["Pottery"])[1]
        store.delete_session(ids["Pottery"], session.id)
    page = go(visitor.new_page(), f"{served}/?shop={ids['Pottery']}&live={session.id}")
    page.get_by_role("button", name="It is in the trash: bring it back").click()
    settled(page)
    expect(page.locator(".st-key-money_sentence")).to_be_visible()
    assert asked(page, "live") == [session.id]


def test_the_link_is_copied(visitor: BrowserContext, served: str) -> None:
    visitor.grant_permissions(["clipboard-read", "clipboard-write"])
    page = go(visitor.new_page(), f"{served}/history?history_tabs=LIVEs")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("The link to this page is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert asked(page, "shop") and asked(page, "history_tabs") == ["LIVEs"]
