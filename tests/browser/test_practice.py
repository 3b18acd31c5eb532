"""A practice LIVE played at 60 times its speed, to its debrief and review."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .conftest import choose, settled


def test_played_to_its_review(newcomer: Page, address: str) -> None:
    newcomer.goto(f"{address}/practice?scenario=first_quiet_room")
    settled(newcomer)
    newcomer.locator(".st-key-practice_start").get_by_role("button").click()
    choose(newcomer, "practice_speed", "60 times")
    newcomer.locator(".st-key-practice_pin_1").get_by_role("button").click()
    newcomer.locator(".st-key-practice_billboard").get_by_role("button").click()
    newcomer.locator(".st-key-practice_say_click").get_by_role("button").click()
    expect(newcomer.get_by_text("Pointed at the pinned product")).to_be_visible()
    debrief = newcomer.locator(".st-key-practice_debrief")
    expect(newcomer.get_by_text("0:12").first).to_be_visible(timeout=60_000)  # twelve minutes in as many seconds
    newcomer.get_by_role("button", name="End the LIVE").click()
    expect(debrief).to_contain_text("The best way known, same luck")
    expect(debrief).to_contain_text("passed", ignore_case=True)
    expect(newcomer.locator(".st-key-practice_review .st-key-money_sentence")).to_be_visible()
    newcomer.locator(".st-key-practice_again").get_by_role("button").click()
    expect(newcomer.locator(".st-key-practice_pause").get_by_role("button")).to_be_visible()
