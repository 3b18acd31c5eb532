"""S21: a market figure that somebody typed, and a product's own past, stand beside the number wherever it is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playbook.diagnosis.findings import Benchmark, ProductFound, ProductRate, ProductRoom
from playbook.knowledge.load import load
from playbook.pipeline import Review, review
from playbook.report.forms.as_html import as_html
from playbook.report.forms.as_markdown import as_markdown
from playbook.report.forms.as_text import as_text
from playbook.report.words import products, sentences
from tests.diagnosis.shops import live, wobbly

KNOWLEDGE = load()
TYPED = [Benchmark("err", 0.2, "LIVE Dashboard", "2026-05-01"), Benchmark("ctor", 0.06, "Seller Center", "2026-05-01")]


def reviewed(benchmarks: list[Benchmark] = TYPED) -> Review:
    return review(live(20, views=2_500.0), wobbly(20, 0.05), KNOWLEDGE, benchmarks)


def rate(value: float, verdict: str = "usual", room: float = 0.05) -> ProductRate:
    return ProductRate("ctor", value, value / 2, value * 2, value, room, verdict)  # type: ignore[arg-type]


def product(name: str, pinned: bool | None, before: ProductRate | None) -> ProductFound:
    return ProductFound(
        None, name, 1e4, 300.0, 9.0, 90.0, 10.0, 10.0, pinned, rate(0.03), rate(0.03), rate(0.03), before
    )


def test_a_market_figure_stands_beside_its_metric() -> None:
    found = reviewed()
    said = sentences.market(found, found.judgements["err"])
    assert said == "market 20.0% (LIVE Dashboard, 2026-05-01), 69% below it"
    assert sentences.market(found, found.judgements["follow_rate"]) == ""
    for form in (as_text, as_markdown, as_html):
        words = form(found)
        assert "market 20.0%" in " ".join(words.split()) and "69% below it" in words
    metrics = {each["id"]: each for each in found.to_dict()["metrics"]}
    assert metrics["err"]["benchmark"] == {
        "metric": "err", "value": 0.2, "source": "LIVE Dashboard", "date": "2026-05-01",
    }  # fmt: skip
    assert metrics["follow_rate"]["benchmark"] is None


def test_without_a_typed_figure_no_column_and_no_word_of_a_market() -> None:
    found = reviewed([])
    for form in (as_text, as_markdown, as_html):
        assert "arket " not in form(found).replace("market's", "")


@pytest.mark.parametrize("value", [0.0625, 0.06251])
def test_the_same_is_said_to_be_the_same(value: float) -> None:
    found = reviewed([Benchmark("err", value, "me", "")])
    assert sentences.market(found, found.judgements["err"]).endswith("(me), the same")


def test_products_are_held_against_their_own_past_pinned_ones_first() -> None:
    room = ProductRoom(
        (product("Cup", False, rate(0.03, "below")), product("Wok", True, rate(0.03, "below", 0.04)),
         product("Pan", None, rate(0.03)), product("New", True, None)), 1e4, 10.0,
    )  # fmt: skip
    assert [each.name for each in products.in_order(room)] == ["Wok", "New", "Cup", "Pan"]
    assert [products.own_past(each) for each in room.products] == ["5.0%, now below", "4.0%, now below", "5.0%", "–"]
    assert products.changed(room) == [
        "Wok (pinned): CTOR 3.0%, 4.0% in its own earlier LIVEs.", "Cup: CTOR 3.0%, 5.0% in its own earlier LIVEs.",
    ]  # fmt: skip
    found = reviewed()
    told = replace(found, diagnosis=replace(found.diagnosis, products=room))
    assert products.market(told) == "Market: CTOR 6.0% (Seller Center, 2026-05-01)."
    for form in (as_text, as_markdown, as_html):
        words = " ".join(form(told).replace("\\", "").split())
        assert "Wok (pinned): CTOR 3.0%, 4.0% in its own earlier LIVEs." in words
        assert "Market: CTOR 6.0% (Seller Center, 2026-05-01)." in words
