"""The pictures of the documentation, taken from the running app: `python docs/make_pictures.py`."""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import chromium  # noqa: E402
from tests.browser.conftest import READY, running  # noqa: E402
from tests.imports.test_reading_pictures import a_dashboard  # noqa: E402

SAID = ("good evening everybody", "if you like what we show follow us", "and you hear when we are live again",
        "this is the linen shirt", "hurry only three left")  # fmt: skip


def main() -> None:
    home = Path(tempfile.mkdtemp())
    with running(home, home / "server.log") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 1500}, base_url=address)
        page.goto("/")
        page.wait_for_selector(READY)
        page.locator(".st-key-sample_fewer_came_in button").click()
        page.locator(".st-key-recommendation_err_billboard").wait_for()
        take(page, "review")
        page.goto("/strategies?strategy=follow_giveaway_task")
        page.locator(".st-key-strategy_follow_giveaway_task").wait_for()
        take(page, "strategy")
        more(page)
        browser.close()


def more(page: Page) -> None:
    """The pages of the guide, each in a state in which something is to be seen."""
    page.set_viewport_size({"width": 1180, "height": 1000})
    page.goto("/")
    page.wait_for_selector(READY)
    page.locator(".st-key-sample_fewer_came_in button").first.click()
    page.get_by_role("tab", name="Minute by minute").click()
    take(page, "minutes", ".st-key-detail_tabs")
    page.goto("/")
    page.wait_for_selector(READY)
    page.locator(".st-key-sample_looked_did_not_buy button").first.click()
    page.get_by_role("tab", name="Products").click()
    take(page, "products", ".st-key-detail_tabs")
    upload_history(page)
    lay_words(page)
    page.goto("/next_live")
    take(page, "next_live")
    page.goto("/history")
    take(page, "history")
    page.goto("/learn")
    take(page, "learn")
    page.goto("/practice?scenario=weekday_evening")
    page.wait_for_selector(READY)
    page.locator(".st-key-practice_start button").click()
    page.wait_for_timeout(20_000)  # ten minutes of the LIVE at thirty times
    page.get_by_role("button", name="Pause").click()
    take(page, "practice")
    page.goto("/live")
    page.wait_for_selector(READY)
    note_totals(page)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    take(page, "during")
    drop_picture(page)


def lay_words(page: Page) -> None:
    """Captions beside the LIVE that was just read."""
    page.get_by_role("tab", name="What was said").click()
    page.wait_for_selector(READY)
    cues = [
        f"00:{minute:02d}:{5 * at:02d},000 --> 00:{minute:02d}:{5 * at + 4:02d},500\n{text}\n"
        for minute in range(2, 58, 9)
        for at, text in enumerate(SAID)
    ]
    captions = {"name": "replay.srt", "mimeType": "text/plain", "buffer": "\n".join(cues).encode()}
    page.locator('[class*="st-key-said_file"] input[type="file"]').set_input_files([captions])
    page.get_by_role("button", name="Lay it beside the LIVE").click()
    page.get_by_role("button", name="Keep these times").click()
    page.get_by_text("Do the times fit?").wait_for(state="detached")
    page.get_by_test_id("stToast").wait_for(state="detached")
    page.get_by_text("Was it said?").evaluate("heading => heading.scrollIntoView()")
    take(page, "said")


def drop_picture(page: Page) -> None:
    """A picture of a dashboard whose numbers wait to be confirmed. Needs the extra `screenshots`."""
    page.goto("/")
    page.wait_for_selector(READY)
    screen = {"name": "screen.jpg", "mimeType": "image/jpeg", "buffer": a_dashboard()}
    page.locator('.st-key-upload input[type="file"]').set_input_files([screen])
    page.locator("[class*='st-key-picture_number_views'] input").wait_for(timeout=120_000)
    page.set_viewport_size({"width": 1180, "height": 2400})
    take(page, "from_picture", ".st-key-pictures")


def upload_history(page: Page) -> None:
    """The sample as files of a shop, so that the pages on what is remembered have something to show."""
    page.goto("/")
    page.wait_for_selector(READY)
    files = sorted((ROOT / "data" / "samples" / "fewer_came_in").iterdir())
    page.locator('.st-key-upload input[type="file"]').set_input_files([str(each) for each in files])
    page.locator(".st-key-money_sentence").wait_for()
    page.wait_for_timeout(2000)


def note_totals(page: Page) -> None:
    """A LIVE of an hour with a row every ten minutes; clicks fall after half an hour."""
    page.get_by_role("spinbutton", name="It began, minutes ago").fill("60")
    page.get_by_role("spinbutton", name="It began, minutes ago").press("Enter")
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_timeout(1500)
    began = datetime.now() - timedelta(minutes=60)  # noqa: DTZ005
    for number in range(1, 7):
        clicks = 420 * min(number, 3) + 120 * max(number - 3, 0)
        row = {"Time": f"{began + timedelta(minutes=10 * number):%H:%M}", "Impressions": str(21_000 * number),
               "Views": str(2_900 * number), "Product clicks": str(clicks), "SKU orders": str(clicks // 12),
               "Comments": str(290 * number), "New followers": str(34 * number)}  # fmt: skip
        for label, value in row.items():
            page.get_by_role("textbox", name=label, exact=True).fill(value)
        page.get_by_role("button", name="Save the row").click()
        page.wait_for_timeout(1500)


def take(page: Page, name: str, part: str | None = None) -> None:
    page.wait_for_selector(READY)
    page.wait_for_timeout(1500)  # charts draw after the script has ended
    page.mouse.move(0, 0)
    path = ROOT / "docs" / "images" / f"{name}.png"
    if part is None:
        page.screenshot(path=path)
    else:
        page.locator(part).screenshot(path=path)


if __name__ == "__main__":
    main()
