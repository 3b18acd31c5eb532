"""Every page, with and without data, and reached in every way."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from .conftest import ROOT, fresh

PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
SAMPLE_NAMES = sorted(
    path.name for path in (ROOT / "data/samples").iterdir() if (path / "..").exists() and path.is_dir()
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_data(page: str) -> None:
    at = fresh().run().switch_page(f"pages/{page}").run()
    assert not at.exception
    assert at.title, "every page says what it is"


@pytest.mark.parametrize("page", PAGES)
def test_a_deep_link_to_a_fresh_server_still_goes_through_the_app(page: str) -> None:
    at = fresh().switch_page(f"pages/{page}").run()
    assert not at.exception
    assert at.session_state["uploaded_digests"] == {}  # app.py's own set-up ran


@pytest.mark.parametrize("sample", [name for name in SAMPLE_NAMES if name != "healthy"])
def test_every_sample_reaches_a_review(sample: str, with_sample: Callable[[str], AppTest]) -> None:
    at = with_sample(sample)
    assert not at.exception
    assert at.get_by_key("money_sentence")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_with_a_sample(page: str, with_sample: Callable[[str], AppTest]) -> None:
    at = with_sample("fewer_came_in").switch_page(f"pages/{page}").run()
    assert not at.exception


def test_what_is_loaded_for_good_is_not_looked_through_for_garbage_again(app: AppTest) -> None:
    """Streamlit collects after every run; with the whole playbook in sight that would take longer than the run."""
    assert gc.get_freeze_count() > 100_000
    before = gc.get_freeze_count()
    app.run()
    assert gc.get_freeze_count() <= before  # once, or what later becomes garbage would stay for ever
