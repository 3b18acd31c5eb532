"""Asks, moments and words that need care: counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from playbook.diagnosis.findings import Dip, Round
from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.model.transcript import Line
from playbook.said.asks import SHORT, asked, by_ten_minutes
from playbook.said.moments import best_minutes, moments
from playbook.said.planned import PlannedLine, around_sayings, language_of, lines_of, lines_said
from playbook.said.pressing import pressing
from playbook.said.speech import Speech

KNOWLEDGE = load()
STRATEGIES = tuple(KNOWLEDGE.strategies.values())


def said(*lines: tuple[float, str]) -> Speech:
    """Lines by minute."""
    return Speech([Line(60 * minute, 60 * minute + 4, text) for minute, text in sorted(lines)])


def live(**columns: list[float]) -> Session:
    size = len(next(iter(columns.values())))
    trend = pd.DataFrame({"minute": [float(at) for at in range(size)], **columns})
    return Session(id="1", counts={}, duration_minutes=float(size), trend=trend, trend_step=1.0)


@pytest.mark.parametrize(
    ("language", "kind", "text"),
    [(language, kind, phrase) for language, kinds in SHORT.items() for kind, each in kinds.items() for phrase in each],
)
def test_every_short_phrase_is_counted_for_its_kind_alone(language: str, kind: str, text: str) -> None:
    speech = said((1, f"ok {text} x"), (5, "1 2 3"))
    assert asked(speech, kind, language, ()) == (1.0,)
    assert not any(asked(speech, other, language, ()) for other in SHORT[language] if other != kind)


def test_asks_beside_their_metric() -> None:
    speech = said(
        (2, "please follow us"), (2.2, "follow us now"), (12, "tap follow"), (15, "we followed the recipe"), (25, "x")
    )
    minutes = asked(speech, "follow", "en", STRATEGIES)
    assert minutes == (2.0, 12.0), "two asks within some seconds are one; a word that only looks like it is none"
    session = live(views=[100.0] * 30, new_followers=[1.0] * 10 + [3.0] * 10 + [0.0] * 10)
    found = by_ten_minutes(minutes, "follow", session, KNOWLEDGE.metrics)
    assert [(each.minute, each.asks) for each in found] == [(0, 1), (10, 1), (20, 0)]
    assert [each.value for each in found] == pytest.approx([0.01, 0.03, 0.0])


def test_the_language_is_that_of_the_words() -> None:
    for language in ("en", "id", "pt-BR", "th", "vi", "es"):
        lines = lines_of(STRATEGIES, language)[:4]
        assert language_of(said(*enumerate(each.text for each in lines)), STRATEGIES) == language
    assert language_of(said((0, "1 2 3")), STRATEGIES) == "en"


def test_what_fits_two_lines_is_of_the_better_one() -> None:
    two = [PlannedLine("Three people get this blue set tonight"), PlannedLine("Three people get this red set tonight")]
    found = lines_said(said((3, "three people get this red set tonight"), (9, "x")), two)
    assert [len(each.sayings) for each in found] == [0, 1]


def test_what_was_seen_after_a_saying_has_a_rank() -> None:
    speech = said((30, "tap the card on the left to see all colours"), (60, "x"))
    views, clicks = [100.0] * 90, [10.0, 9.0, 11.0] * 10 + [20.0, 19.0, 21.0] * 20
    found = lines_said(speech, [PlannedLine("Tap the card on the left to see all colours.")])
    (effect,) = [
        each for each in around_sayings(live(views=views, product_clicks=clicks), found, KNOWLEDGE.metrics)
        if each.metric == "ctr"
    ]  # fmt: skip
    assert effect.minute == 30.0
    assert effect.change == pytest.approx(1.0, abs=0.1)
    assert 0 <= effect.larger_than <= effect.moments
    assert around_sayings(live(views=views), [], KNOWLEDGE.metrics) == ()


def test_the_best_minutes_and_the_words_before_them() -> None:
    gmv = [1.0] * 20 + [50.0] * 5 + [1.0] * 20
    session = live(gmv=gmv, views=[5.0] * 45)
    assert best_minutes(session) == ("gmv", 20.0)
    lines = [Line(60.0 * at, 60.0 * at + 1, f"line {at}") for at in range(45)]
    dip = Dip("err", 30, 40, "sudden", 0.5, 0.4, 0.6, 0.05, 0.1, 9.0)
    pitch = Round("Kettle", 5.0, 4.0, None, None, None, None, None, None, None, None)
    found = {each.kind: each for each in moments(lines, session, [dip], [pitch])}
    assert [each.text for each in found["best"].lines] == [f"line {at}" for at in range(15, 20)]
    assert [each.text for each in found["dip"].lines] == [f"line {at}" for at in range(25, 40)]
    assert [each.text for each in found["round"].lines] == [f"line {at}" for at in range(5, 9)]
    assert best_minutes(live(likes=[1.0] * 9)) is None


def test_words_that_press_and_what_must_be_true() -> None:
    strategy = next(each for each in STRATEGIES if each.truth_required and each.id == "follow_giveaway_task")
    line = (strategy.say or {})["en"][0]
    speech = said(
        (1, "we have only three"), (1.05, "left so hurry"), (5, "while stocks last"), (9, f"{line} hurry"), (20, "nice")
    )
    found = pressing(speech, "en", STRATEGIES)
    assert [(each.minute, each.kind, each.phrase.lower()) for each in found] == [
        (1.0, "urgent", "only three left"), (pytest.approx(1.05), "urgent", "hurry"),
        (5.0, "objected", "while stocks last"), (9.0, "urgent", "hurry"),
    ]  # fmt: skip
    assert [bool(each.true_first) for each in found] == [False, False, False, True]
