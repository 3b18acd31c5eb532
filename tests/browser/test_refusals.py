"""Every refusal as a person reads it: dropped on the page, the sentence whole, once, and as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from playbook.imports import NothingToReview, read_files
from playbook.ui.files.landing import MAX_MEGABYTES
from playbook.ui.frame.state import MOST_FILES
from tests.refusals import LIST, asked, every, together

from .conftest import served, settled
from .failing_reader import TOLD

REFUSALS, ASKED, TOGETHER = every(), asked(), together()
# On the page a picture is no refusal: its numbers are read (test_pictures.py).
del REFUSALS["picture"], TOGETHER["a picture beside"]


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    payloads: list[FilePayload] = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files
    ]
    page.locator(".st-key-upload input[type=file]").set_input_files(payloads)
    page.wait_for_timeout(600)  # until the upload has reached the server
    settled(page)


def read_on(page: Page) -> list[str]:
    """What the red boxes say; an icon is a word before it, and the title."""
    return [" ".join(each.split()) for each in page.locator('[data-testid="stAlert"]').all_inner_texts()]


def expected(name: str, data: bytes) -> tuple[str, bool]:
    with pytest.raises(NothingToReview) as error:
        read_files([(name, data)], sure_only=True)
    return " ".join(str(error.value).split()), bool(error.value.reading.unknown)


@pytest.mark.long
@pytest.mark.parametrize("kind", REFUSALS)
def test_the_sentence_stands_on_the_page_as_it_was_written(page: Page, kind: str) -> None:
    name, data = REFUSALS[kind]
    said, mappable = expected(name, data)
    drop(page, (name, data))
    if mappable:
        expect(page.locator(".st-key-unknown_0")).to_contain_text(f"{name} has a layout that is not known here yet.")
        assert read_on(page) == []
        return
    boxes = read_on(page)
    assert len(boxes) == 1 and boxes[0].endswith(said)


@pytest.mark.long
@pytest.mark.parametrize("kind", ASKED)
def test_a_question_stands_in_place_of_a_refusal(page: Page, kind: str) -> None:
    said, _ = expected(*ASKED[kind])
    drop(page, ASKED[kind])
    asking = page.locator('[class*="st-key-rows_"]').filter(has=page.get_by_role("button")).first
    expect(asking).to_contain_text(said)
    assert read_on(page) == []


@pytest.mark.long
@pytest.mark.parametrize("kind", TOGETHER)
def test_what_is_refused_beside_what_is_read(page: Page, kind: str) -> None:
    (failure,) = read_files(TOGETHER[kind]).failures
    drop(page, *TOGETHER[kind])
    expect(page.locator('[data-testid="stAlert"]').filter(has_text=failure.message)).to_have_count(1)


@pytest.mark.long
def test_a_reader_that_ends_is_one_sentence(browser: Browser, tmp_path: Path) -> None:
    """Too slow, too much, busy, out of processes, a mistake of ours: the page says it and goes on."""
    with served(tmp_path, tmp_path / "log", before="tests.browser.failing_reader") as (_, url):
        page = browser.new_page()
        page.goto(url)
        for name, said in TOLD.items():
            settled(page)
            drop(page, (f"{name}.csv", LIST))
            boxes = read_on(page)
            assert len(boxes) == 1 and boxes[0].endswith(said), boxes
            page.reload()
        page.close()


@pytest.mark.long
def test_more_files_and_bytes_than_a_visit_holds(page: Page, tmp_path: Path) -> None:
    drop(page, *((f"{at:03d}.csv", LIST + b"%d,2026-08-02 19:00,9,4,3\n" % at) for at in range(MOST_FILES + 1)))
    said = f"200.csv: not taken. One visit holds 60 MB and {MOST_FILES} files. Put the files away that are read"
    expect(page.locator('[data-testid="stAlert"]').filter(has_text=said)).to_have_count(1)
    large = tmp_path / "large.csv"
    large.write_bytes(LIST + b" " * (MAX_MEGABYTES * 1_050_000))
    page.locator(".st-key-upload input[type=file]").set_input_files(large)
    expect(page.get_by_text(f"File must be {MAX_MEGABYTES}.0MB or smaller.")).to_have_count(1)


def test_a_refusal_goes_with_the_next_upload(page: Page) -> None:
    drop(page, REFUSALS["PDF"])
    expect(page.get_by_text("this is a PDF, not a table")).to_have_count(1)
    drop(page, ("lives.csv", LIST))
    expect(page.get_by_text("this is a PDF, not a table")).to_have_count(0)
