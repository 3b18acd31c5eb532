"""A lesson with its quiz and a drill in a real browser; the progress is there after the server was started anew."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

import playbook
from playbook.knowledge.lessons import Lesson

from .conftest import choose, open_list, running, settled
from .test_remembering import tab
from .visitors import Visitors


def take(page: Page, lesson: Lesson) -> None:
    """Go through the quiz by what a person can see and press; any answer is handed in."""
    for index, question in enumerate(lesson.quiz):
        box = page.locator(f".st-key-q{index}_0_{lesson.id}")
        if question.kind in ("choice", "strategy"):
            box.get_by_role("radiogroup").locator("label").first.click()
        elif question.kind == "number":
            box.get_by_role("spinbutton").fill("5")
            box.get_by_role("spinbutton").press("Tab")
        elif question.kind == "order":
            places = page.locator(f'[class*="st-key-q{index}_0_{lesson.id}_"]')
            expect(places.first).to_be_visible()
            for place in range(places.count()):
                open_list(page, f"q{index}_0_{lesson.id}_{place}")
                page.get_by_role("option").nth(place).click()
                expect(page.get_by_role("option")).to_have_count(0)
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator(f".st-key-quiz_told_{lesson.id}")).to_be_visible()
        if index + 1 < len(lesson.quiz):
            page.get_by_role("button", name="Next question").click()
            expect(page.locator(f".st-key-quiz_{lesson.id}")).to_be_visible()


def test_a_lesson_and_a_drill_and_progress_that_lasts(visitors: Visitors, tmp_path: Path) -> None:
    lesson = playbook.load().lessons["what_traffic_is"]
    home = tmp_path / "home"
    with running(home, tmp_path / "first.log") as address, visitors.one() as context:
        page = context.new_page()
        page.goto(f"{address}/learn?lesson={lesson.id}")
        settled(page)
        expect(page.get_by_role("heading", name=lesson.title)).to_be_visible()
        take(page, lesson)
        outcome = page.locator(".st-key-quiz_outcome")
        expect(outcome).to_contain_text(re.compile("[0-4] of 4 right."))
        page.get_by_role("textbox", name="Your name").fill("Rani")
        page.get_by_role("button", name="Keep my progress").click()
        expect(page.locator(".st-key-keep_progress")).to_have_count(0)
        settled(page)

        page.goto(f"{address}/learn?learn_tabs=Drills")
        settled(page)
        page.get_by_role("button", name="Start a drill").click()
        form = page.locator(".st-key-drill")
        choose(page, "drill_metric_1", "Nothing stands out")
        form.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator(".st-key-drill_answer")).to_contain_text(re.compile("Right|Not right"))
        expect(page.get_by_text(re.compile(r"Level [1-5] of 5 · 1 done\."))).to_be_visible()
        same_browser = context.cookies()

    with running(home, tmp_path / "second.log") as address, visitors.one() as context:
        context.add_cookies([{**each} for each in same_browser])
        page = context.new_page()
        page.goto(f"{address}/learn")
        settled(page)
        expect(page.get_by_role("combobox", name="Who is learning")).to_have_value(re.compile("Rani"))
        expect(page.locator(f".st-key-lesson_{lesson.id}")).to_contain_text(re.compile("Passed, |Not yet, "))
        expect(page.get_by_text(re.compile("[01] of 12 lessons passed"))).to_be_visible()
        settled(page)
        tab(page, "People")
        expect(page.locator('[data-testid="stDataFrame"]').first).to_be_visible()
