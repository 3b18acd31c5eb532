"""Open on a phone, on 127.0.0.2: a code before anything is drawn, two devices at one LIVE, an end with the LIVE."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from playbook.model.running import RunningLive
from playbook.processes import Process
from playbook.store.store import Store
from playbook.ui.phone import child, door, starting

from .conftest import READY, served, settled
from .visitors import PHONE, Visitors

ADDRESS = "127.0.0.2"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLAYBOOK_PHONE_ADDRESS", ADDRESS)
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    with Store.open(str(tmp_path / "playbook.db")) as store:
        store.running.start(store.create_shop("Linen").id)
    return tmp_path


@pytest.fixture
def phone(visitors: Visitors) -> Iterator[Page]:
    with visitors.one(**PHONE) as context:
        yield context.new_page()


@pytest.fixture
def laptop(visitors: Visitors) -> Iterator[Page]:
    with visitors.one(viewport={"width": 1280, "height": 720}) as context:
        yield context.new_page()


def the_live(home: Path) -> RunningLive:
    with Store.open(str(home / "playbook.db")) as store:
        return store.running.listed(store.shops()[0].id)[0]


def opened(laptop: Page, app: str) -> tuple[str, str]:
    """The address and the code that the laptop shows."""
    laptop.goto(f"{app}/live")
    settled(laptop)
    laptop.get_by_role("button", name="Open on a phone").click()
    laptop.get_by_role("button", name="Open it", exact=True).click()
    code = laptop.locator(".st-key-phone_code_shown").get_by_test_id("stCode")
    expect(code).to_have_text(re.compile(r"^\d{6}$"))
    shown = code.inner_text()
    said = laptop.get_by_test_id("stPopoverBody").inner_text()
    url = re.search(rf"http://{re.escape(ADDRESS)}:\d+", said)
    assert url and laptop.get_by_test_id("stPopoverBody").locator("img").count() == 1
    laptop.keyboard.press("Escape")
    return url[0], shown


def until(what: object, seconds: float = 60.0) -> None:
    assert callable(what)
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to pass in time"
        time.sleep(0.1)


def come(phone: Page, url: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    until(lambda: starting.answers(host, int(port)))
    phone.goto(url)
    phone.wait_for_selector(READY, timeout=30_000)


def type_code(phone: Page, code: str) -> None:
    phone.get_by_label("Code", exact=True).fill(code)
    phone.get_by_role("button", name="Open the LIVE").click()


def tap(page: Page, label: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{label}")).first.click()


@contextmanager
def at_the_door(home: Path, phone: Page) -> Iterator[Process]:
    """The phone's process alone, with the code 123456, and the phone on its page."""
    live = the_live(home)
    port = starting.free_port(ADDRESS)
    told = {"code": "123456", "shop": live.shop_id, "live": live.id, "db": None, "address": ADDRESS, "port": port,
            "person": None}  # fmt: skip
    process = starting.start(told)
    try:
        come(phone, f"http://{ADDRESS}:{port}")
        yield process
    finally:
        starting.stop(process)
        process.wait(20)


def test_nothing_is_drawn_before_the_code(phone: Page, home: Path) -> None:
    """A quick look at the process alone."""
    with at_the_door(home, phone):
        assert "Linen" not in phone.content() and phone.get_by_text("Time of the LIVE").count() == 0
        type_code(phone, "123456")
        expect(phone.get_by_text("Time of the LIVE")).to_be_visible()


@pytest.mark.long
def test_a_phone_comes_in_by_the_code_and_both_see_each_other(laptop: Page, phone: Page, home: Path) -> None:
    with served(home, home / "log") as (_, app):
        url, code = opened(laptop, app)
        port = int(url.rsplit(":", 1)[1])
        come(phone, url)
        assert "Linen" not in phone.content() and phone.get_by_text("Time of the LIVE").count() == 0
        wrong = f"{(int(code) + 1) % 10**6:06d}"
        type_code(phone, wrong)
        expect(phone.get_by_text("This is not the code")).to_be_visible()
        type_code(phone, code)
        too_soon = phone.get_by_text("Wait 2 seconds")
        expect(too_soon.or_(phone.get_by_text("Time of the LIVE"))).to_be_visible()
        if too_soon.count():
            phone.wait_for_timeout(2100)
            type_code(phone, code)
        expect(phone.get_by_text("Time of the LIVE")).to_be_visible()
        settled(phone)
        phone.reload()
        expect(phone.get_by_text("Time of the LIVE")).to_be_visible()
        settled(phone)
        boxes = [phone.locator(f".st-key-live_{name}").bounding_box() for name in ("row", "taps", "weak")]
        tops = [each["y"] for each in boxes if each]
        assert tops == sorted(tops) and len(tops) == 3, "the inputs and the taps come first"
        assert "Ctrl" not in phone.locator(".st-key-live_taps").inner_text()
        assert not phone.locator("kbd").first.is_visible()

        took = []
        for here, there, label in ((phone, laptop, "Giveaway"), (laptop, phone, "Coupon"), (phone, laptop, "Ad")):
            began = time.monotonic()
            tap(here, label)
            expect(there.get_by_test_id("stMarkdown").filter(has_text=label).first).to_be_visible()
            took.append(time.monotonic() - began)
        print("seen after", [round(each, 1) for each in took])
        assert [each.type for each in the_live(home).taps] == ["giveaway", "coupon", "ad"]
        assert sorted(took)[1] < 3.0, took

        laptop.get_by_role("button", name="The LIVE is over").click()
        laptop.locator('[class*="st-key-pad_stop"] button').click()
        expect(phone.get_by_text("The LIVE is over", exact=True)).to_be_visible()
        until(lambda: not starting.answers(ADDRESS, port))


@pytest.mark.long
def test_killing_the_app_ends_the_page_of_the_phone(laptop: Page, home: Path) -> None:
    with served(home, home / "log") as (server, app):
        url, _ = opened(laptop, app)
        port = int(url.rsplit(":", 1)[1])
        until(lambda: starting.answers(ADDRESS, port))
        os.kill(server.pid, signal.SIGKILL)
        until(lambda: not starting.answers(ADDRESS, port))


@pytest.mark.long
def test_wrong_codes_end_the_offer(phone: Page, home: Path) -> None:
    with at_the_door(home, phone) as process:
        for place in range(door.MOST_WRONG):
            phone.wait_for_timeout(door.PACE * 1000 + 100)
            type_code(phone, f"00000{place}")
            words = "Too many wrong codes" if place == door.MOST_WRONG - 1 else "This is not the code"
            expect(phone.get_by_text(words)).to_be_visible()
        assert "Linen" not in phone.content()
        assert process.wait(20) == child.TOO_MANY_WRONG
