"""S7: from a worst card one click to the LIVE in which the metric did best, with what was done then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from playbook.model.session import Event, Product
from playbook.ui.frame import shop
from playbook.ui.review import beside
from tests.diagnosis.shops import live

from .conftest import keyed, texts


def test_s7_what_was_sold_pinned_said_and_promoted_is_told_and_what_nobody_noted_too() -> None:
    logged = replace(
        live(0), host="Ana",
        products=(Product("1", "Wok", {"gmv": 10.0}), Product("2", "Pan", {"gmv": 90.0})),
        events=(Event("pin", 5.0, product="Pan"), Event("flash_sale", 20.0, 30.0, "20 pieces")),
    )  # fmt: skip
    assert beside.facts(logged, "went well") == [
        ("Host", "Ana"), ("Products", "Pan, Wok"), ("Pins", "0:05 pin: Pan"), ("Words", "none logged"),
        ("Promotions", "0:20 to 0:30 flash sale: 20 pieces"), ("Note", "went well"),
    ]  # fmt: skip
    bare = beside.facts(live(0))
    assert bare == [("Host", "not noted"), ("Products", "no product list"), ("Log", "nobody kept one")]


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 5, 14), "Its replay can be watched for 20 days more: note pins, words and promotions from it."),
        (date(2026, 6, 2), "Its replay can be watched for 1 day more: note pins, words and promotions from it."),
        (date(2026, 6, 3), ""), (date(2026, 5, 1), ""),
    ],
)  # fmt: skip
def test_a_log_is_asked_for_while_the_replay_lives(monkeypatch: pytest.MonkeyPatch, today: date, said: str) -> None:
    monkeypatch.setattr(shop, "today", lambda: today)
    assert beside.replay(live(0)) == said
    assert beside.replay(replace(live(0), events=(Event("pin", 5.0),))) == ""


def test_s7_one_click_on_a_worst_card_shows_both_lives(with_sample: Callable[[str], AppTest]) -> None:
    at = with_sample("fewer_came_in")
    at = keyed(at.button, "beside_err").click().run()
    assert not at.exception
    words = texts(at)
    assert "This LIVE" in words and "The best one" in words and "26 Oct" in words
    assert "Between two LIVEs it is often chance" in words


def test_a_first_live_has_none_beside_it(with_sample: Callable[[str], AppTest]) -> None:
    at = with_sample("first_live")
    assert not [each for each in at.button if each.key and each.key.startswith("beside_")]
