"""The crawl through apps in other states: on a server, one that stops, with damaged rows, with a sign-in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from .conftest import settled
from .test_crawl import PAGES, at, crawl, is_quick, no_exception, sort_of
from .visitors import Visitors
from .worlds import WORLDS, World

#: After so many clicks a server that stops does so, and after as many more it is there again.
TURN = 4
LOOKS = {"wide, light": ((1280, 900), "light"), "phone, dark": ((390, 844), "dark")}


@pytest.fixture(scope="module", params=WORLDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with WORLDS[request.param](tmp_path_factory.mktemp("world")) as made:
        yield made


@pytest.fixture(params=LOOKS)
def visitor(request: pytest.FixtureRequest, visitors: Visitors, world: World) -> Iterator[Page]:
    (width, height), scheme = LOOKS[request.param]
    with visitors.one(viewport={"width": width, "height": height}, color_scheme=scheme) as context:
        page = context.new_page()
        world.enter(page)
        yield page


@pytest.mark.long
def test_no_click_raises(world: World, visitor: Page) -> None:
    done: set[str] = set()
    clicked, off = 0, False

    def turn(number: int) -> None:
        """The server stops or is back."""
        nonlocal off
        if world.database is not None and number % TURN == 0:
            (world.database.start if off else world.database.stop)()
            off = not off

    for name in PAGES:
        clicked += crawl(visitor, at(world.url, name, world.shop), done, is_quick, sort_of, between=turn)
        if off and world.database is not None:
            world.database.start()
            off = False
    print(f"{clicked} clicks")
    assert clicked > 40, "the crawl finds what can be clicked"
    for name in PAGES:  # what was broken on the way is whole again
        visitor.goto(at(world.url, name, world.shop))
        no_exception(visitor, name)
        settled(visitor)
        assert not visitor.get_by_text("LIVEs cannot be remembered").count(), name
