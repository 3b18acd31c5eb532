"""A transcript beside a LIVE in a real browser: given, its clock settled, searched, taken away; and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import settled
from .test_main_road import upload
from .test_remembering import EXPORT

pytestmark = pytest.mark.long

FOLLOW = "If you like what we show, follow us, and you hear when we are live again."


@pytest.fixture
def captions(tmp_path: Path) -> Path:
    said = ["good evening everybody", "if you like what we show follow us", "and you hear when we are live again",
            "this is linen", "hurry only three left", "<img src=x onerror=alert(1)> **bold**"]  # fmt: skip
    cues = [
        f"{5 * minute + at}\n00:{minute:02d}:{5 * at:02d},000 --> 00:{minute:02d}:{5 * at + 4:02d},500\n{text}\n"
        for minute in range(2, 58, 9)
        for at, text in enumerate(said)
    ]
    path = tmp_path / "replay.srt"
    path.write_text("\n".join(cues), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_what_was_said_is_laid_beside_the_live(page: Page, captions: Path, width: int) -> None:
    upload(page, EXPORT)
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("tab", name="What was said").click()
    expect(page.get_by_text("What was said, beside the minutes.")).to_be_visible()
    settled(page)
    page.locator('[class*="st-key-said_file"] input[type="file"]').set_input_files(str(captions))
    page.get_by_role("button", name="Lay it beside the LIVE").click()
    expect(page.get_by_text("replay.srt: 42 lines")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Do the times fit?")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Keep these times").click()
    expect(page.get_by_text("Do the times fit?")).to_have_count(0)
    expect(page.get_by_text("asked to follow 7 times")).to_be_visible()
    expect(page.get_by_text("presses for time or stock").first).to_be_visible()
    box = page.get_by_role("textbox", name="Search what was said")
    box.fill("bold")
    box.press("Enter")
    expect(page.get_by_text("7 lines have these words.")).to_be_visible()
    assert page.locator(".st-key-said_hits img").count() == 0
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_text("Another file").click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("What was said, beside the minutes.")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("replay.srt: 42 lines")).to_be_visible()
