"""Browsing the strategies in a real browser: two taps on a phone, by keyboard alone, and by its address."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_s34_on_a_phone_two_taps_lead_from_the_picture_to_the_first_step(newcomer: Page, address: str) -> None:
    newcomer.set_viewport_size({"width": 390, "height": 844})
    newcomer.goto(f"{address}/strategies")
    newcomer.locator(".st-key-step_following button").click()
    row = newcomer.locator(".st-key-strategy_follow_spoken_prompt summary")
    expect(newcomer).to_have_url(re.compile("step=following"))
    expect(newcomer.locator(".st-key-step_entering")).to_have_count(0)
    expect(row).to_be_in_viewport()
    row.click()
    expect(newcomer.locator(".st-key-strategy_follow_spoken_prompt")).to_contain_text("First step")
    newcomer.reload()
    expect(row).to_be_visible()
    expect(newcomer.locator(".st-key-step_entering")).to_have_count(0)


def test_strategies_by_keyboard_alone_and_a_search_in_the_address(newcomer: Page, address: str) -> None:
    newcomer.goto(f"{address}/strategies")
    newcomer.locator(".st-key-step_sharing button").focus()
    newcomer.keyboard.press("Enter")
    expect(newcomer.locator(".st-key-step_entering")).to_have_count(0)
    row = newcomer.locator(".st-key-strategy_share_reason summary")
    row.focus()
    newcomer.keyboard.press("Enter")
    expect(newcomer.locator(".st-key-strategy_share_reason")).to_contain_text("First step")
    newcomer.locator(".st-key-all_steps button").focus()
    newcomer.keyboard.press("Enter")
    expect(newcomer.locator(".st-key-step_entering")).to_have_count(1)  # drawn anew: the box is the one that stays
    newcomer.locator(".st-key-search input").fill("nobody follows")
    expect(newcomer).to_have_url(re.compile("search=nobody"))
    expect(newcomer.get_by_test_id("stExpander").first).to_contain_text(re.compile("follow", re.IGNORECASE))
