"""What a seller types finds the right strategy in the first rows: symptoms, metrics in any language, tools, titles."""

from __future__ import annotations

import pytest

from playbook.knowledge.load import load
from playbook.knowledge.search import Index, index_of

#: Plain complaints in words that no file has as a whole, and what must stand among the first three rows.
SYMPTOMS = {
    "nobody is following me": {"follow_spoken_prompt", "follow_giveaway_task"},
    "my chat is dead": {"comment_ask_questions"},
    "viewers leave again after seconds": {"duration_periodic_giveaways", "duration_announce_next"},
    "lots of clicks but no orders": {"ctor_answer_doubts", "product_looked_at_not_bought", "ctor_honest_urgency"},
    "they don't tap my products": {"ctr_direct_to_pin", "ctr_always_a_pin"},
    "people just scroll past my stream": {"err_billboard"},
    "traffic vanished suddenly": {"dip_impressions_sudden"},
    "TikTok gave me a warning": {"violation_new_type", "dip_after_violation"},
    "everything is too expensive for them": {"ctor_usual_order_value"},
    "hardly anybody shares": {"share_reason"},
}
LANGUAGES = {
    "Tingkat komentar": "comment_ask_questions",
    "อัตราการติดตาม": "follow_spoken_prompt",
    "关注率": "follow_giveaway_task",
    "Tỷ lệ chia sẻ": "share_reason",
    "Taxa de comentários": "comment_ask_questions",
    "nadie sigue": "follow_spoken_prompt",
}


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(load())


def first(index: Index, text: str, rows: int) -> list[str]:
    return [each.strategy for each in index.find(text)[:rows]]


@pytest.mark.parametrize("text", SYMPTOMS)
def test_s29_a_plain_symptom_finds_its_strategy_in_the_first_rows(index: Index, text: str) -> None:
    assert SYMPTOMS[text] & set(first(index, text, 3))


@pytest.mark.parametrize("text", LANGUAGES)
def test_a_metric_is_found_by_its_name_in_other_languages(index: Index, text: str) -> None:
    assert LANGUAGES[text] in first(index, text, 5)


def test_every_symptom_finds_its_own_strategy(index: Index) -> None:
    for strategy in load().strategies.values():
        assert strategy.symptoms, f"{strategy.id}: write what a seller says who needs it"
        for said in strategy.symptoms:
            assert strategy.id in first(index, said, 4), said


def test_a_tool_a_title_and_half_a_word(index: Index) -> None:
    assert first(index, "billboard", 1) == ["err_billboard"]
    assert "follower_live_event" in first(index, "LIVE Events", 2)
    assert "follow_giveaway_task" in first(index, "givea", 12)
    assert first(index, "Set a shared goal for likes", 1) == ["like_goal"]


def test_nothing_typed_is_everything_and_nonsense_nothing(index: Index) -> None:
    assert len(index.find("  ")) == len(index.places)
    assert index.find("zzzz") == []
    assert index.find("x" * 100_000) == []
