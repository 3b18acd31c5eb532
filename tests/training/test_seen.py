"""Lessons are read in short pieces with a picture to answer between them; what is right there is the review's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import playbook
from playbook.knowledge.lessons import Lesson, See
from playbook.report.charts.seen import metrics_to_click, minutes_to_drag
from playbook.training.reading import MOST, pieces, words
from playbook.training.seen import dragged_over, picture, pointed_at_metric

KNOWLEDGE = playbook.load()
LESSONS = list(KNOWLEDGE.lessons.values())


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda each: each.id)
def test_no_more_than_so_many_words_between_two_pictures(lesson: Lesson) -> None:
    parts = pieces(lesson.read)
    assert all(words(each) <= MOST for each in parts)
    assert len(lesson.see) >= max(1, len(parts) - 1)


@given(st.lists(st.text("ab ", min_size=1, max_size=200), max_size=8))
def test_nothing_of_a_reading_is_lost(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    assert " ".join(pieces(text, 10)).split() == text.split()


@pytest.mark.parametrize("seed", range(3))
def test_the_weak_metric_is_the_reviews(seed: int) -> None:
    found = picture(See(kind="weak", metric="ctor"), KNOWLEDGE, seed)
    below = [each for each in found.options if found.review.judgements[each].verdict == "below"]
    assert below == ["ctor"] == [each for each in found.options if pointed_at_metric(found, each)]
    chart = metrics_to_click(found.review, found.options, None).to_dict()
    assert [each["name"] for each in chart["params"]] == ["picked"]


def test_the_dip_is_the_reviews_and_dragging_need_not_be_exact() -> None:
    found = picture(See(kind="dip", metric="err"), KNOWLEDGE, 1)
    assert found.span is not None
    start, end = found.span
    assert (start, end) in {(each.start_minute, each.end_minute) for each in found.review.diagnosis.dips}
    assert dragged_over(found, (start - 3, end + 3)) and not dragged_over(found, (end, end + 20))
    assert not dragged_over(found, None)
    chart = minutes_to_drag(found.review, "err", found.span).to_dict()
    assert [each["name"] for each in chart["params"]] == ["band"]
