"""Every refusal as a person reads it: dropped on the page, the sentence whole, once, and as it was written."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from playbook.imports import NothingToReview, read_files
from tests.refusals import every

from .conftest import settled

REFUSALS = every()


def drop(page: Page, name: str, data: bytes) -> None:
    page.locator(".st-key-upload input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.wait_for_timeout(600)  # until the upload has reached the server
    settled(page)


def read_on(page: Page) -> list[str]:
    """What the red boxes say; an icon is a word before it, and the title."""
    return [" ".join(each.split()) for each in page.locator('[data-testid="stAlert"]').all_inner_texts()]


def expected(name: str, data: bytes) -> tuple[str, bool]:
    with pytest.raises(NothingToReview) as error:
        read_files([(name, data)])
    return " ".join(str(error.value).split()), bool(error.value.reading.unknown)


@pytest.mark.long
@pytest.mark.parametrize("kind", REFUSALS)
def test_the_sentence_stands_on_the_page_as_it_was_written(page: Page, kind: str) -> None:
    name, data = REFUSALS[kind]
    said, mappable = expected(name, data)
    drop(page, name, data)
    if mappable:
        expect(page.locator(".st-key-unknown_0")).to_contain_text(f"{name} has a layout that is not known here yet.")
        assert read_on(page) == []
        return
    boxes = read_on(page)
    assert len(boxes) == 1 and boxes[0].endswith(said)


def test_a_refusal_goes_with_the_next_upload(page: Page) -> None:
    drop(page, *REFUSALS["picture"])
    expect(page.get_by_text("this is a picture, not a table")).to_have_count(1)
    drop(page, "lives.csv", b"start,impressions,views,sku_orders\n2026-08-01 19:00,90,40,3\n")
    expect(page.get_by_text("this is a picture, not a table")).to_have_count(0)
