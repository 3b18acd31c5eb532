"""Two people with a sign-in, an invitation and a link to one review, against a provider on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from playbook.store import Store
from playbook.store.access import Role
from tests.store.lives import full

from . import provider as providers
from .conftest import app_port, served, settled
from .visitors import Visitors

SHOP, OTHER = "Dana's shop", "Quiet shop"
ANA = {"sub": "1", "email": "ana@example.com", "email_verified": True, "name": "Ana"}
BOB = {"sub": "2", "email": "bob@example.com", "email_verified": False, "name": "Bob"}


@dataclass
class Team:
    """The running app with its provider and its store, which the test may open beside it."""

    url: str
    provider: providers.Provider
    store: Store
    shop_id: str


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    folder = tmp_path_factory.mktemp("team")
    home = folder / "home"
    home.mkdir()
    port = app_port()
    url = f"http://127.0.0.1:{port}"
    with providers.provided() as provider, Store.open(str(home / "playbook.db")) as store:
        shop = store.create_shop(SHOP, timezone="Asia/Jakarta", currency="USD")
        store.create_shop(OTHER)
        store.apply(store.plan_import(shop.id, [full(index) for index in range(9)]))
        store.team.give("Ana@Example.com", Role.owner, None)
        secrets = folder / "secrets.toml"
        secrets.write_text(providers.secrets_of(provider, url))
        with served(home, folder / "log", f"--secrets.files={secrets}", port=port):
            yield Team(url, provider, store, shop.id)


@pytest.fixture
def visit(visitors: Visitors) -> Iterator[Callable[[], Page]]:
    """Another browser each time."""
    with ExitStack() as visits:
        yield lambda: visits.enter_context(visitors.one()).new_page()


def come_in(page: Page, team: Team, account: dict[str, object]) -> None:
    """Through the provider and back."""
    team.provider.account = dict(account)
    page.locator(".st-key-sign_in button").click()
    page.wait_for_url(f"{team.url}/**")
    settled(page)


def words(page: Page) -> str:
    """What stands on the page, in its boxes too."""
    typed = page.eval_on_selector_all("input", "each => each.map(one => one.value).join(' ')")
    shown = page.locator('[data-testid="stApp"]').inner_text()
    return f"{shown} {typed}"


def test_nobody_sees_anything_before_they_have_signed_in(team: Team, visit: Callable[[], Page]) -> None:
    page = visit()
    for path in ("", "history", "data?data_tabs=Keep+and+erase", "live", "learn"):
        page.goto(f"{team.url}/{path}")
        settled(page)
        said = words(page)
        assert "Sign in" in said and SHOP not in said and OTHER not in said, path
        assert not page.locator('[data-testid="stFileUploader"], [data-testid="stSidebarNav"] a').count(), path


def test_an_owner_invites_and_the_invited_one_sees_that_shop_only(team: Team, visit: Callable[[], Page]) -> None:
    owner, guest = visit(), visit()
    owner.goto(team.url)
    settled(owner)
    come_in(owner, team, ANA)
    expect(owner.get_by_text("Signed in as ana")).to_be_visible()
    assert SHOP in words(owner)

    owner.goto(f"{team.url}/data?data_tabs=Team")
    settled(owner)
    owner.get_by_role("button", name="Invite", exact=True).click()
    settled(owner)
    link = owner.locator('[data-testid="stCode"]').first.inner_text().strip()
    assert link.startswith(f"{team.url}/?invite=")

    guest.goto(link)
    settled(guest)
    assert f"You are invited as viewer of {SHOP}." in words(guest)
    come_in(guest, team, BOB)
    assert "only an invitation lets you in" in words(guest)
    guest.get_by_role("button", name="Join").click()
    expect(guest.get_by_text("Signed in as bob")).to_be_visible()
    settled(guest)
    assert OTHER not in words(guest)
    guest.goto(f"{team.url}/data")
    settled(guest)
    assert not guest.get_by_role("tab", name="Team").count()

    again = visit()
    again.goto(link)
    settled(again)
    assert "not good any more" in words(again)

    assert [(each.who, each.what) for each in team.store.team.audit(None)][:2] == [
        ("the app (no sign-in)", "joined"), ("Ana@Example.com", "invited"),
    ]  # fmt: skip
    team.store.team.take("bob@example.com", team.shop_id)
    guest.get_by_role("link", name="History").click()
    expect(guest.get_by_text("You have no role here yet")).to_be_visible()


@pytest.mark.parametrize(
    ("claims", "forged", "said"),
    [
        ({**ANA, "sub": "9", "email_verified": False}, False, "You have no role here yet"),
        ({**ANA, "sub": "9"}, False, "You have no role here yet"),  # the address is bound to another account by now
        (ANA, True, "This is a team's LIVE Traffic Playbook"),
    ],
)
@pytest.mark.long
def test_no_account_becomes_somebody_else(
    team: Team, visit: Callable[[], Page], claims: dict[str, object], forged: bool, said: str
) -> None:
    page = visit()
    if team.store.team.members(None)[0].signed_in is False:
        page.goto(team.url)
        settled(page)
        come_in(page, team, ANA)
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_timeout(1000)
    team.provider.forged = forged
    try:
        page = visit()
        page.goto(team.url)
        settled(page)
        come_in(page, team, claims)
        assert said in words(page) and SHOP not in words(page)
    finally:
        team.provider.forged = False


def test_a_link_shows_one_review_and_nothing_else(team: Team, visit: Callable[[], Page], tmp_path: Path) -> None:
    code = team.store.links.make(team.shop_id, full(8).id)
    page = visit()
    page.goto(f"{team.url}/?shared={code}")
    settled(page)
    page.locator(".st-key-headline").wait_for(timeout=60_000)
    assert "to read until" in words(page)
    assert SHOP not in page.locator('[data-testid="stSidebar"]').all_inner_texts()
    assert not page.get_by_text("This LIVE in your records").count()
    assert not page.locator('[data-testid="stFileUploader"], [data-testid="stSidebarNav"] a').count()
    page.goto(f"{team.url}/history?shared={code}")
    settled(page)
    assert page.locator(".st-key-headline").count() and not page.locator(".st-key-history_tabs").count()

    team.store.links.withdraw(team.store.links.listed(team.shop_id)[0].id)
    page.reload()
    settled(page)
    assert "This link shows nothing" in words(page) and not page.locator(".st-key-headline").count()
