"""Whether a line was said: known answers in four languages, and what only looks like it."""

from __future__ import annotations

import random

import pytest

from benchmarks import said as benchmark
from playbook.model.transcript import Line
from playbook.said.speech import Speech

BETWEEN = [
    "good evening everybody", "this one is a hundred percent linen", "we ship from our own warehouse in two days",
    "let me show you the back", "the seams are double", "thank you for the hearts", "it holds about three litres",
    "somebody asked whether it shrinks", "we have five colours today", "as I said it has a warranty",
] * 6  # fmt: skip
PLANNED = "If you like what we show, follow us, and you hear when we are live again."


def speech(*said: str, every: float = 5.0) -> Speech:
    texts = [*BETWEEN[:30], *said, *BETWEEN[30:]]
    return Speech([Line(every * at, every * at + 4, text) for at, text in enumerate(texts)])


@pytest.mark.parametrize(
    "said",
    [
        (PLANNED,),
        (
            "so um if you like what we show",
            "follow us and you you hear when",
            "we are live again okay",
        ),  # over captions
        ("if you lik what we show folow us and you here when we are live agan",),  # heard wrong
        ("and you hear when we are live again, if you like what we show just follow us",),  # the other way round
    ],
)
def test_it_was_said(said: tuple[str, ...]) -> None:
    (found,) = speech(*said).sayings(PLANNED)
    assert found.first == 30
    assert found.minute == 150 / 60
    assert said[0] in found.words


@pytest.mark.parametrize(
    "said",
    [
        "if you like what we show tell your sister",
        "we followed the recipe and you hear nothing",
        "follow us",
        "when we are live again you hear the new price",
    ],
)
def test_what_looks_like_it_was_not(said: str) -> None:
    assert speech(said).sayings(PLANNED) == ()


def test_each_time_counts_once() -> None:
    found = speech(PLANNED, *BETWEEN[:10], PLANNED, PLANNED).sayings(PLANNED)
    assert [round(60 * each.minute) for each in found] == [150, 205]


def test_the_words_after_it_are_not_it_again() -> None:
    lines = [Line(0.0, 4.0, "good evening dear friends"), Line(25.0, 28.0, "okay"), Line(30.0, 34.0, "now")]
    assert len(Speech([*lines, *(Line(99.0 + at, 100.0 + at, text) for at, text in enumerate(BETWEEN))]).sayings(
        "Good evening, dear friends"
    )) == 1  # fmt: skip


def test_writing_without_blanks() -> None:
    thai = "ถ้าชอบ กดติดตามไว้นะคะ จะได้รู้เวลาที่เราไลฟ์ครั้งต่อไป"
    assert speech("เอ่อถ้าชอบกดติดตมไว้นะคะจะได้รู้เวลาที่เราไลฟ์ครั้งต่อไป").sayings(thai)
    assert not speech("ถ้าชอบเผ็ดก็เติมพริกเองได้เลย").sayings(thai)
    chinese = "喜欢的朋友点一下关注，下次开播会有通知"
    assert speech("喜欢的朋友点下关注下次开播有通知").sayings(chinese)
    assert not speech("喜欢的朋友可以看一下这个颜色").sayings(chinese)


@pytest.mark.parametrize("line", ["", "...", "!?"])
def test_a_line_without_words_is_nowhere(line: str) -> None:
    assert speech(PLANNED).sayings(line) == ()
    assert Speech(()).sayings(PLANNED) == ()


def test_search_has_every_word() -> None:
    found = speech("tap the card on the left", "the card is blue")
    assert found.search("card left") == (30,)
    assert found.search("CARD") == (30, 31)
    assert found.search("") == found.search("elephant") == ()


@pytest.mark.parametrize("language", benchmark.LANGUAGES)
def test_planted_lines_are_found_in_each_language(language: str) -> None:
    score = benchmark.Score()
    for index in range(3):
        made = benchmark.planted(language, benchmark.say(language), random.Random(f"9 {index}"), minutes=30)
        benchmark.score(made, score)
    assert score.precision >= 0.8
    assert score.recall >= 0.8
