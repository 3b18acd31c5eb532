"""The language of a visit: chosen by its person, at first the browser's, kept, the same in every run."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from playbook.language import catalogs
from playbook.language.pseudo import pseudo
from playbook.store.access import Role
from playbook.ui.frame import browser, speech

from .conftest import fresh, texts
from .test_sign_in import here, let_in, shop  # noqa: F401 - fixtures

PICKER = "language_picker"


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every language is offered, finished or not, and the one that nobody speaks."""
    monkeypatch.setenv(catalogs.TRIED, "all,en_XA")


def of_browser(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "of_browser", lambda: wanted)


def spoken(at: AppTest) -> str:
    return str(at.selectbox(key=PICKER).value)


def test_there_is_no_choice_while_no_other_language_is_finished(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(catalogs, "PLACE", tmp_path)
    assert PICKER not in [each.key for each in fresh().run().selectbox]


@pytest.mark.usefixtures("tried")
def test_at_first_it_is_the_browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    of_browser("id-ID", monkeypatch)
    assert spoken(fresh().run()) == "id"
    of_browser("ja-JP", monkeypatch)
    assert spoken(fresh().run()) == "en"
    monkeypatch.setenv(catalogs.AT_FIRST, "vi")
    assert spoken(fresh().run()) == "vi"


@pytest.mark.usefixtures("tried")
def test_a_choice_counts_at_once_is_kept_in_the_browser_and_keeps_what_was_typed(cookies: dict[str, str]) -> None:
    at = fresh().run()
    before = texts(at)
    at.selectbox(key=PICKER).select("en_XA").run()
    assert not at.exception and spoken(at) == "en_XA"
    assert cookies[browser.LANGUAGE] == "en_XA" and spoken(fresh().run()) == "en_XA"
    at.selectbox(key=PICKER).select("en").run()
    assert texts(at) == before and spoken(fresh().run()) == "en"


@pytest.mark.usefixtures("tried")
def test_a_cookie_that_is_no_language_is_not_believed(cookies: dict[str, str]) -> None:
    for wrong in ("../../etc/passwd", "xx", "<script>", "a" * 32):
        cookies[browser.LANGUAGE] = wrong
        assert spoken(fresh().run()) == "en"


@pytest.mark.usefixtures("tried", "shop")
def test_with_a_sign_in_the_choice_is_the_persons(here: dict, cookies: dict[str, str]) -> None:  # noqa: F811
    let_in(Role.owner, None)
    at = fresh().run()
    at.selectbox(key=PICKER).select("en_XA").run()
    assert not at.exception
    cookies.clear()  # another computer
    assert spoken(fresh().run()) == "en_XA"


@pytest.mark.usefixtures("tried")
def test_navigation_and_metrics_are_in_the_language_of_the_visit(cookies: dict[str, str]) -> None:
    cookies[browser.LANGUAGE] = "en_XA"
    at = fresh().run().button(key="sample_fewer_came_in").click().run()
    assert not at.exception
    assert "Éñţéŕ ŕööɱ ŕåţé" in texts(at) or "Ƒéŵéŕ þéöþļé çåɱé îñ" in texts(at)


@pytest.mark.usefixtures("tried")
def test_two_visitors_at_once_each_read_their_own(cookies: dict[str, str]) -> None:
    one, other = fresh(), fresh()
    one.run().selectbox(key=PICKER).select("en_XA").run()
    cookies.clear()
    other.run()
    assert (spoken(one.run()), spoken(other.run())) == ("en_XA", "en")


def test_asking_for_the_language_ends_no_callback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit ends a callback that looks into the session while the next click waits: a refusal would go unsaid."""

    class NextClickWaits:
        def to_dict(self) -> dict[str, str]:
            return {speech._SPOKEN: "id"}

        def __getattr__(self, name: str) -> None:
            raise AssertionError(f"{name} ends the callback")

    monkeypatch.setattr(speech, "st", SimpleNamespace(session_state=NextClickWaits()))
    monkeypatch.setattr(speech, "get_script_run_ctx", lambda **_: object())
    assert speech._of_visit() == "id"


def test_outside_of_a_visit_nobody_is_asked() -> None:
    assert speech._of_visit() is None


@pytest.mark.usefixtures("tried")
def test_a_tab_is_named_in_english_by_a_link_and_stays_open_in_another_language(cookies: dict[str, str]) -> None:
    at = fresh().switch_page("pages/data.py")
    at.query_params["data_tabs"] = "Settings"
    at.run()
    assert not at.exception and at.multiselect
    at.selectbox(key=PICKER).select("en_XA").run()
    assert not at.exception and at.multiselect and not at.warning
    later = fresh().switch_page("pages/data.py")
    later.query_params["data_tabs"] = "Settings"
    later.run()
    assert spoken(later) == cookies[browser.LANGUAGE] == "en_XA"
    assert not later.exception and later.multiselect and not later.warning
    assert later.session_state["data_tabs"] != "Settings"
    at.selectbox(key=PICKER).select("en").run()
    assert at.session_state["data_tabs"] == "Settings"


@pytest.mark.usefixtures("tried")
def test_two_who_upload_the_same_file_each_read_why_in_their_language(cookies: dict[str, str]) -> None:
    """Files are read in a process of its own, and what was read is kept: neither takes a language along."""
    plain = "this is a PDF, not a table"
    spoken_by_nobody = pseudo(plain).removeprefix("[").partition(" ~")[0]
    one, other = fresh(), fresh()
    one.run().selectbox(key=PICKER).select("en_XA").run()
    cookies.clear()
    other.run()
    for at in (one, other):
        at.file_uploader(key="upload").upload("list.pdf", b"%PDF-1.7").run()
        assert not at.exception
    assert spoken_by_nobody in texts(one) and plain not in texts(one)
    assert plain in texts(other) and spoken_by_nobody not in texts(other)
    assert plain in texts(one.selectbox(key=PICKER).select("en").run())
