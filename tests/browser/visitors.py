"""Visitors of the app: each with a browser context that was emptied after the visitor before.

What a context has fetched and compiled of the app's scripts stays in it. A new one does that again, which takes some
three seconds of the processor, as long as the page that a test is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

#: A laptop. What fades and pulses while a page is drawn would take the processor as long again as drawing it.
LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
                  "Chrome/140.0 Mobile Safari/537.36",
}  # fmt: skip
#: What a page may leave in a browser besides cookies.
KEPT = "local_storage,indexeddb,service_workers,cache_storage"


class Visitors:
    """Contexts of one browser by their options, those that nobody uses.

    Each keeps its first tab: with its last tab a window closes, and every window draws a menu of Chromium's own.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._idle: dict[str, list[BrowserContext]] = {}

    @contextmanager
    def one(self, **options: Any) -> Iterator[BrowserContext]:
        """Somebody who was never here, at a laptop; options of a context change that. The pages close at the end."""
        wanted = {**LAPTOP, **options}
        idle = self._idle.setdefault(repr(sorted(wanted.items())), [])
        context = idle.pop() if idle else self.browser.new_context(**wanted)
        if not context.pages:
            context.new_page()
        opened: list[Page] = []

        def note(page: Page) -> None:
            opened.append(page)

        context.on("page", note)
        try:
            yield context
        finally:
            context.remove_listener("page", note)
            empty(context, opened)
            idle.append(context)


def empty(context: BrowserContext, opened: Sequence[Page]) -> None:
    """Close the pages that were opened, and forget what they left."""
    origins = {f"{part.scheme}://{part.netloc}" for each in opened if (part := urlsplit(each.url)).netloc}
    for each in opened:
        each.close()
    protocol = context.new_cdp_session(context.pages[0])
    for origin in origins:
        protocol.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": KEPT})
    protocol.detach()
    context.clear_cookies()
    context.clear_permissions()
