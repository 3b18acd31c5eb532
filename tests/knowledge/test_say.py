"""Lines for a host stand in every language of the markets, and hold what the platform asks of them."""

from __future__ import annotations

import re

import pytest

from playbook.knowledge.load import load
from playbook.knowledge.words import chance, objected, urgent

LANGUAGES = ["en", "id", "pt-BR", "es", "vi", "th", "ms", "zh"]
SPOKEN = {name: each for name, each in load().strategies.items() if each.say}


@pytest.mark.parametrize("name", SPOKEN)
def test_every_line_stands_in_every_language(name: str) -> None:
    said = SPOKEN[name].say or {}
    assert list(said) == LANGUAGES
    assert {len(lines) for lines in said.values()} == {len(said["en"])}
    every = [line for lines in said.values() for line in lines]
    assert len(every) == len(set(every)) and not any("!" in line or "！" in line for line in every)
    assert all(re.search("[\u0e00-\u0e7f]", line) for line in said["th"])
    assert all(re.search("[\u4e00-\u9fff]", line) for line in said["zh"])


@pytest.mark.parametrize("name", SPOKEN)
def test_no_line_is_forbidden_or_says_who_speaks(name: str) -> None:
    """A Thai particle or pronoun says whether the host is a man or a woman, which nobody knows here."""
    strategy = SPOKEN[name]
    for language, lines in (strategy.say or {}).items():
        for line in lines:
            assert objected(line) is None and chance(line, language) is None
            assert urgent(line) is None or strategy.truth_required
    assert not any(re.search("ค่ะ|คะ|ครับ|ผม|ดิฉัน", line) for line in (strategy.say or {})["th"])


def test_what_a_host_owns_is_said() -> None:
    assert {name for name, each in load().strategies.items() if each.owner == "host"} <= SPOKEN.keys()


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Buruan, stok terbatas.", "id"), ("Cepat-cepat, stok terhad.", "ms"), ("Hampir habis.", "ms"),
        ("Corre que é o último.", "pt-BR"), ("Apúrate, quedan pocos.", "es"), ("Nhanh tay, sắp hết rồi.", "vi"),
        ("รีบกดเลย ของใกล้หมด", "th"), ("最后三件，手慢无", "zh"), ("只剩五件", "zh"), ("这个价格到十点", "zh"),
        ("Harganya hingga pukul sembilan.", "ms"),
    ],
)  # fmt: skip
def test_hurry_is_noticed_in_each_language(line: str, language: str) -> None:
    assert urgent(line), language


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Kita undi tiga pemenang.", "id"), ("Cabutan bertuah malam ini.", "ms"), ("Vamos sortear dois.", "pt-BR"),
        ("Hoy hay sorteo.", "es"), ("ร่วมลุ้นกันเลย", "th"), ("九点抽奖", "zh"),
        ("A lucky draw at nine.", "en"),
    ],
)  # fmt: skip
def test_a_draw_by_chance_is_noticed_where_winners_are_not_drawn(line: str, language: str) -> None:
    assert chance(line, language)
