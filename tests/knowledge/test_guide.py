"""docs/strategies.md names everything that a strategy file may hold."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from playbook.knowledge.facts import Fact, Sure
from playbook.knowledge.strategies import PLACEHOLDERS, Finding, State, Strategy

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "strategies.md").read_text(encoding="utf-8")
WORDS = [
    *Strategy.model_fields,
    *(each for each in Fact.model_fields if each != "fact"),
    *get_args(State),
    *get_args(Finding),
    *get_args(Sure),
]
PARTS = {part for parts in PLACEHOLDERS.values() for part in parts if part}


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_explained(word: str) -> None:
    assert f"`{word}`" in GUIDE or f": {word}`" in GUIDE


@pytest.mark.parametrize("part", sorted(PARTS))
def test_every_placeholder_is_explained(part: str) -> None:
    assert f"{{err.{part}}}" in GUIDE
