"""Facts: dated, sourced, of a market; what holds where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from playbook.authoring.lint import lint_strategy
from playbook.authoring.older import older_than
from playbook.knowledge.facts import Fact
from playbook.knowledge.load import CONTENT, load
from playbook.knowledge.markets import holds_in, language_of, market_of, unknown_markets

KNOWLEDGE = load()
FACTS = [
    *(fact for each in KNOWLEDGE.strategies.values() for fact in each.facts),
    *(fact for each in KNOWLEDGE.tools.values() for fact in each.facts),
    *(fact for each in KNOWLEDGE.violations.types.values() for fact in each.facts),
    *KNOWLEDGE.violations.standing,
    *(each.fact for each in KNOWLEDGE.violations.repeats),
]
WORDS = " ".join(f"{each.market}: {each.fact}" for each in FACTS)


def fact(**more: str) -> Fact:
    plain = {"fact": "x", "market": "US", "date": "2025-03-01", "sure": "read", "source": "A page"}
    return Fact.model_validate(plain | more)


def test_every_fact_says_when_it_was_stated_or_read_and_where() -> None:
    assert [each.fact for each in FACTS if each.since is None] == []
    assert [each.fact for each in FACTS if unknown_markets(each.market)] == []


def test_every_numbered_page_has_its_address_and_no_other_fact_has_an_invented_one() -> None:
    for each in FACTS:
        if "TikTok Shop Academy" in each.source:
            assert each.addresses, each.source
            assert all(address.startswith("https://seller-") for _, address in each.addresses)


@pytest.mark.parametrize(
    "words",
    [
        "Promotion Performance Score of 4", "under $500", "6 times in 90 days", "Creator Health Rating",
        "TH: The fastest to tap", "VN: The winners of a giveaway are drawn at random", "BR: A prize by draw",
        "it is not itself pinned", "official accounts only", "cannot be changed once it is made", "GMV Max",
        "bait pricing", "paused at most 3 times", "balance above -100 USD", "under 5,000 followers", "LIVE coupons",
        "LIVE Highlights", "Growth Center", "adds up with promotions of the platform", "fewer than 36 violation points",
        "appeal is possible within 30 days", "more than half of the screen",
    ],
)  # fmt: skip
def test_what_is_known_since_2026_is_said(words: str) -> None:
    assert words in WORDS


def test_nothing_says_product_performance_score() -> None:
    assert "product performance score" not in WORDS.casefold()


def test_nobody_reads_of_a_source_document() -> None:
    for path in CONTENT.rglob("*.yaml"):
        for text in _texts(yaml.safe_load(path.read_text(encoding="utf-8"))):
            assert "source document" not in text.casefold(), (path, text)


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return [node] if isinstance(node, str) else []


def test_addresses_come_from_page_numbers() -> None:
    source = "TikTok Shop Academy US 4581457528194817; TH 760145831888657"
    assert fact(source=source).addresses == (
        ("US 4581457528194817", "https://seller-us.tiktok.com/university/essay?knowledge_id=4581457528194817"),
        ("TH 760145831888657", "https://seller-th.tiktok.com/university/essay?knowledge_id=760145831888657&lang=en"),
    )
    assert fact(source="Own practice").addresses == ()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "www.example.org", 'https://x"y', "https://a b"])
def test_an_address_is_an_address(address: str) -> None:
    with pytest.raises(ValidationError, match="https://"):
        fact(address=address)


@pytest.mark.parametrize(
    ("typed", "currency", "code"),
    [
        ("Indonesia", None, "ID"), ("id", None, "ID"), ("U.K.", None, None), ("united  kingdom", None, "UK"),
        ("Viet Nam", None, "VN"), ("Brasil", "USD", "BR"), ("", "THB", "TH"), (None, "usd", None), ("my", None, "MY"),
        ("Atlantis", "IDR", "ID"),
    ],
)  # fmt: skip
def test_a_market_as_people_type_it(typed: str | None, currency: str | None, code: str | None) -> None:
    assert market_of(typed, currency) == code


def test_what_holds_where() -> None:
    assert holds_in("TH, VN", "VN") and not holds_in("TH, VN", "ID")
    assert holds_in("SEA", "PH") and not holds_in("SEA", "US") and not holds_in("EU", "UK")
    assert language_of("BR") == "pt-BR" and language_of(None) is None


def test_older_facts_are_listed_with_their_place(tmp_path: Path) -> None:
    text = (CONTENT / "strategies" / "share_reason.yaml").read_text(encoding="utf-8")
    old = text.replace('date: "2021"', 'date: "2026-05-01"').replace("share_reason", "ours")
    (tmp_path / "ours.yaml").write_text(old, encoding="utf-8")
    today = date(2026, 11, 27)
    (found,) = older_than(180, today, tmp_path)
    assert str(found).startswith("ours.yaml:")
    assert "stated 2026-05-01 (210 days ago), copy read 2026-11" in str(found)
    assert older_than(210, today, tmp_path) == []
    undated = old.replace('date: "2026-05-01"', "date: not shown").replace("    copy_read: 2026-11\n", "")
    (tmp_path / "ours.yaml").write_text(undated, encoding="utf-8")
    assert "no date is known" in str(older_than(9999, today, tmp_path)[0])


def test_the_built_in_list_has_tools_and_violations_too() -> None:
    files = {each.file for each in older_than(180, date(2026, 11, 27))}
    assert {"tools.yaml", "violations.yaml"} <= files
    assert any(each.startswith("strategies/") for each in files)


def test_a_market_that_nobody_has_is_a_complaint(tmp_path: Path) -> None:
    text = (CONTENT / "strategies" / "share_reason.yaml").read_text(encoding="utf-8")
    (tmp_path / "share_reason.yaml").write_text(text.replace("market: CN", "market: Asia"), encoding="utf-8")
    ours = load(tmp_path)
    (found,) = lint_strategy(ours.strategies["share_reason"], ours.documents["share_reason"])
    assert "facts, item 1, market: 'Asia' is no market; known: " in found.message
