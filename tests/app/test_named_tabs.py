"""Tabs keep their ids in addresses and in code, whatever they are called."""

from __future__ import annotations

import pytest

from .conftest import fresh


@pytest.fixture(autouse=True)
def _accented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_TRY_LANGUAGES", "en_XA")
    monkeypatch.setenv("PLAYBOOK_LANGUAGE", "en_XA")


def test_an_id_in_an_address_opens_its_tab_in_another_language() -> None:
    at = fresh().run().switch_page("pages/learn.py")
    at.query_params["learn_tabs"] = "Drills"
    assert at.run().button(key="drill_start").label.startswith("[")


def test_a_tab_that_code_opens_is_named_by_its_id() -> None:
    at = fresh().run().switch_page("pages/learn.py").run()
    at.session_state["learn_tabs"] = "Drills"
    assert at.run().button(key="drill_start")
