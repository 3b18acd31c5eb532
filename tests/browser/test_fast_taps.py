"""Taps faster than the page is drawn: each is stored once, and the buttons never leave the page meanwhile."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page

from playbook.model.running import Tap
from playbook.ui.live.pad import BUTTONS

from .conftest import DATABASE, App, settled
from .visitors import Visitors

#: Milliseconds between two taps.
FASTEST, SLOWEST = 5, 120
PAD = '[class*="st-key-pad_taps"]'
#: Counts the moments in which the pad was not on the page, or was another one than before.
_WATCH = """pad => {
  const first = document.querySelector(pad);
  window.left = 0;
  let was = first;
  new MutationObserver(() => {
    const now = document.querySelector(pad);
    if (now !== was && now !== first) window.left += 1;
    was = now;
  }).observe(document.body, { subtree: true, childList: true });
}"""
#: Taps as fast as asked, in the page itself: a driver outside is slower. Returns how many found no button.
_TAP = """async ([pad, taps]) => {
  const find = (root, kind) => {
    const hit = root.querySelector(`button[data-kind="${kind}"]`);
    if (hit) return hit;
    for (const each of root.querySelectorAll('*')) {
      const inside = each.shadowRoot && find(each.shadowRoot, kind);
      if (inside) return inside;
    }
    return null;
  };
  let none = 0;
  for (const [kind, pause] of taps) {
    const box = document.querySelector(pad);
    const button = box && find(box, kind);
    if (button) button.click(); else none += 1;
    await new Promise(done => setTimeout(done, pause));
  }
  return none;
}"""


@pytest.fixture
def live(visitors: Visitors, app: App) -> Iterator[Page]:
    with app.emptied().store() as store:
        store.running.start(store.create_shop("Linen").id)
    with visitors.one(viewport={"width": 1280, "height": 720}) as context:
        page = context.new_page()
        page.goto(f"{app.url}/live")
        settled(page)
        page.locator(f'{PAD} button[data-kind="pin"]').wait_for()
        page.evaluate(_WATCH, PAD)
        yield page


def stored(app: App) -> list[Tap]:
    with app.store() as store:
        return list(store.running.listed(store.shops()[0].id)[0].taps)


def some_taps(number: int, seed: int) -> list[tuple[str, int]]:
    luck = random.Random(seed)
    return [(luck.choice(list(BUTTONS)), luck.randint(FASTEST, SLOWEST)) for _ in range(number)]


def wait_for(app: App, number: int, seconds: float = 40.0) -> list[Tap]:
    end = time.monotonic() + seconds
    while len(found := stored(app)) < number and time.monotonic() < end:
        time.sleep(0.2)
    return found


@pytest.mark.parametrize("number", [25, pytest.param(200, marks=pytest.mark.long)])
def test_every_fast_tap_is_stored_once(live: Page, app: App, number: int) -> None:
    taps = some_taps(number, seed=number)
    assert live.evaluate(_TAP, [PAD, taps]) == 0
    found = wait_for(app, number)
    live.wait_for_timeout(2500)  # what was confirmed is not sent again
    assert sorted(each.type for each in stored(app)) == sorted(kind for kind, _ in taps)
    assert len({each.id for each in found}) == number
    assert live.evaluate("left") == 0


@pytest.mark.long
def test_the_buttons_stay_while_the_store_is_busy(live: Page, app: App) -> None:
    """What is said then, and goes again, must not take their place."""
    taps = some_taps(60, seed=5)
    with closing(sqlite3.connect(app.home / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert live.evaluate(_TAP, [PAD, taps[:30]]) == 0
        live.get_by_test_id("stAlert").filter(has_text="Not saved yet").wait_for(timeout=60_000)
        assert live.evaluate(_TAP, [PAD, taps[30:]]) == 0
        other.execute("ROLLBACK")
    wait_for(app, len(taps))
    assert sorted(each.type for each in stored(app)) == sorted(kind for kind, _ in taps)
    assert live.evaluate("left") == 0
