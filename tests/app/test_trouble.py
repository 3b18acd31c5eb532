"""Trouble with the store: words in its place, the rest of the page stands, and it ends when its cause ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from playbook import userdata
from playbook.store import Store, StoreError

from .conftest import keyed, texts

PAGES = ["review", "next_live", "history", "live", "strategies", "learn", "practice", "data"]
HISTORY = ["Weekly look", "LIVEs", "Trends", "Heat map", "Compare", "All shops"]
#: A page that needs no store says what it says always.
WITHOUT_STORE = {
    "strategies": "Strategies",
    "learn": "Read a LIVE and act on it",
    "practice": "Practice a LIVE",
    "data": "Data",
}
DAMAGED = {
    "totals": "UPDATE version SET data = '{' WHERE live_id = (SELECT id FROM live ORDER BY start LIMIT 1 OFFSET 4)",
    "the latest": "UPDATE version SET data = '[]' WHERE live_id = (SELECT id FROM live ORDER BY start DESC LIMIT 1)",
    "all totals": "UPDATE version SET data = '{'",
    "all parts": "UPDATE part SET data = x'00'",
    "shop": "UPDATE shop SET timezone = 'Mars/Base', currency = '§', market = 'x', looked_at = 'never'",
    "moments": "UPDATE live SET start = 'yesterday', reviewed_at = 'x'",
    "a note": "UPDATE live SET note = char(1) || 'json:' || '\"\\ud800\"'",
    "creator": "UPDATE live SET creator = char(1) || 'json:{'",
    "times": "UPDATE version SET imported_at = 'x', exported_at = 'x'",
}
STOPPED = "the connection to the server was lost"


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """The database stops answering, or answers again. The store stays open."""
    fails = False
    plain = Store.shops

    def asked(self: Store) -> list[object]:
        if fails:
            raise StoreError(f"postgresql://seller@db/lives: {STOPPED}.")
        return plain(self)  # type: ignore[return-value]

    def switch(off: bool) -> None:
        nonlocal fails
        fails = off

    monkeypatch.setattr(Store, "shops", asked)
    return switch


def visit(at: AppTest, page: str) -> AppTest:
    return at.switch_page(f"pages/{page}.py").run()


@pytest.mark.parametrize("page", PAGES)
def test_a_stopped_database_is_said_and_ends_by_itself(
    remembered: AppTest, stopped: Callable[[bool], None], page: str
) -> None:
    at = visit(remembered.run(), page)
    before = texts(at)
    stopped(True)
    at.run()
    assert not at.exception
    assert STOPPED in texts(at).replace("\\", "")
    if page in WITHOUT_STORE:
        assert WITHOUT_STORE[page] in texts(at)
    stopped(False)
    at.run()
    assert not at.exception
    assert texts(at) == before


@pytest.mark.parametrize("page", PAGES)
def test_a_database_that_stops_in_the_middle_of_a_page(
    remembered: AppTest, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """Whatever of a shop is read fails, after its name could still be read."""
    at = visit(remembered.run(), page)

    def gone(*args: object, **kwargs: object) -> None:
        raise StoreError(f"postgresql://seller@db/lives: {STOPPED}.")

    for name in ("stamp", "sessions", "session", "history", "marks", "plans", "trainees", "results", "trash",
                 "overview", "benchmarks", "versions", "assignments"):  # fmt: skip
        monkeypatch.setattr(Store, name, gone)
    at.run()
    assert not at.exception
    monkeypatch.undo()
    at.run()
    assert not at.exception
    assert STOPPED not in texts(at).replace("\\", "")


@pytest.mark.parametrize("change", DAMAGED.values(), ids=DAMAGED)
def test_damaged_rows_cost_only_themselves(remembered: AppTest, change: str) -> None:
    with closing(sqlite3.connect(userdata.folder() / "playbook.db")) as raw, raw:
        assert raw.execute(change).rowcount > 0
    st.cache_resource.clear()  # another process has not read the LIVEs before
    at = remembered.run()
    for page in PAGES:
        visit(at, page)
        assert not at.exception, page
        if page == "history":
            for tab in HISTORY:
                at.query_params["history_tabs"] = tab
                at.run()
                assert not at.exception, tab


def test_a_damaged_live_is_set_aside_by_one_click(remembered: AppTest) -> None:
    with closing(sqlite3.connect(userdata.folder() / "playbook.db")) as raw, raw:
        raw.execute("UPDATE version SET data = '{' WHERE live_id = (SELECT id FROM live ORDER BY start LIMIT 1)")
    st.cache_resource.clear()  # another process has not read the LIVEs before
    at = remembered.run()
    assert "one damaged row" in texts(at)
    keyed(at.button, "set_aside_0").click().run()
    assert "one damaged row" not in texts(at)
    with Store.open() as store:
        assert len(store.trash()) == 1
