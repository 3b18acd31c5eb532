"""Names and texts from files, people and knowledge files load nothing and lead nowhere, on any page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import hostile

from .conftest import running, settled
from .visitors import Visitors

#: Every page with each of its tabs, and one strategy and one lesson.
LOOKS = [
    "", "next_live", "live", "practice", "strategies?strategy=err_billboard", "learn?lesson=the_tools",
    *(f"history?history_tabs={each}" for each in ("LIVEs", "Trends", "Weekly+look", "Compare", "All+shops")),
    *(f"data?data_tabs={each}" for each in ("What+was+read", "Map+a+layout", "Templates", "Playbook", "Settings",
                                            "Keep+and+erase")),
    *(f"strategies?browse_tabs={each}" for each in ("Strategies", "Tools", "Where+to+look", "Routines")),
    *(f"learn?learn_tabs={each}" for each in ("Lessons", "Drills", "People")),
]  # fmt: skip
#: Pages that show numbers and names of ours only; they are looked at all the same.
WITHOUT = {
    *(f"history?history_tabs={each}" for each in ("Trends", "Weekly+look", "Compare")),
    *(f"data?data_tabs={each}" for each in ("What+was+read", "Templates", "Settings")),
}
#: Links that lead out of the app, and what only Markdown makes: icons and emoji of the text are none of ours.
OBEYED = """
() => [...document.querySelectorAll('a[href], img[src]')].map(each => each.href || each.src)
  .filter(each => /evil|mailto|127\\.0\\.0\\.1:PORT/.test(each))
  .concat([...document.querySelectorAll('.katex, [data-testid="stMain"] span[translate="no"]')]
    .filter(each => each.closest('.katex') || each.innerText === 'home').map(each => each.outerHTML.slice(0, 80)))
  .concat(document.body.innerText.includes('\\u{1F389}') ? ['an emoji'] : [])
"""


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on loopback, and the paths that it was asked for."""
    paths: list[str] = []

    class Trap(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Trap)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def spoilt(asked: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app in which every name and text is a trap."""
    home, own = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYBOOK_HOME", str(home))
        patch.setenv("PLAYBOOK_PATHS", str(own))
        hostile.lay(home, own, hostile.trap(asked[0]))
        with running(home, tmp_path_factory.mktemp("log") / "log") as url:
            yield url


@pytest.fixture(scope="module")
def visitor(visitors: Visitors) -> Iterator[Page]:
    with visitors.one() as context:
        yield context.new_page()


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_loaded_or_linked(look: str, spoilt: str, visitor: Page, asked: tuple[str, list[str]]) -> None:
    port = asked[0].rpartition(":")[2]
    visitor.goto(f"{spoilt}/{look}")
    settled(visitor)
    visitor.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(each => each.click())")
    settled(visitor)
    if look not in WITHOUT:  # the texts are on this page; a table draws its own a moment later
        visitor.get_by_text("evil.example").first.wait_for(state="attached", timeout=20_000)
    assert visitor.evaluate(OBEYED.replace("PORT", port)) == []
    assert not asked[1], "a page asked for a picture from elsewhere"
    assert not visitor.locator('[data-testid="stException"]').count()


def test_no_table_offers_a_csv_past_the_guard(spoilt: str, visitor: Page) -> None:
    visitor.goto(f"{spoilt}/history?history_tabs=LIVEs")
    settled(visitor)
    visitor.get_by_test_id("stDataFrame").first.hover()
    tools = visitor.get_by_test_id("stElementToolbar").first
    tools.get_by_role("button", name="Search").wait_for()
    unguarded = tools.locator('button[aria-label^="Download as CSV"]')
    assert unguarded.count() == 1, "Streamlit still calls it so"
    assert not unguarded.is_visible()


def test_the_trap_sees_what_is_loaded_and_linked(visitor: Page, asked: tuple[str, list[str]], tmp_path: Path) -> None:
    """A page that obeys, so that silence above means something."""
    address, paths = asked
    file = tmp_path / "page.html"
    file.write_text(f'<main data-testid="stMain"><img src="{address}/p.png"><a href="{address}/l">l</a>'
                    f'<span translate="no">home</span></main>')  # fmt: skip
    visitor.goto(file.as_uri())
    visitor.wait_for_timeout(300)
    assert len(visitor.evaluate(OBEYED.replace("PORT", address.rpartition(":")[2]))) == 3
    assert paths == ["/p.png"]
    paths.clear()
