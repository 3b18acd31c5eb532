"""Words that need care."""

from __future__ import annotations

import pytest

from playbook.knowledge.words import causal, chance, objected, urgent


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Only three left in blue.", "Only three left"), ("Last chance for the set.", "Last chance"),
        ("The price ends at nine.", "price ends"), ("It ends at nine.", "ends at"),
        ("Hurry, friends.", "Hurry"), ("Stok terbatas ya.", "terbatas"),
        ("Só hoje por este preço.", "Só hoje"), ("Solo hoy a este precio.", "Solo hoy"),
        ("Chỉ còn mười cái.", "Chỉ còn"),
        ("เหลืออีกสิบชิ้น", "เหลืออีก"),
        ("The flash price is nineteen.", "flash price"),
        ("Preço relâmpago de dezenove.", "Preço relâmpago"), ("ราคาแฟลชสิบเก้าบาท", "ราคาแฟลช"),
        ("Harganya berlaku sampai jam sembilan.", "Harganya berlaku sampai"),
    ],
)  # fmt: skip
def test_urgency_is_heard(line: str, words: str) -> None:
    assert urgent(line) == words


@pytest.mark.parametrize("line", ["Follow us for the next LIVE.", "Which size do you wear?", "The left card shows it."])
def test_ordinary_lines_are_not_urgent(line: str) -> None:
    assert urgent(line) is None


def test_wording_the_platform_objects_to() -> None:
    assert objected("While stocks last.") == "While stocks last"
    assert objected("Our largest sale ever") == "largest sale"
    assert objected("We have forty pieces.") is None


def test_causal_claims() -> None:
    assert causal("ERR fell because of the pin.") == "because of"
    assert causal("A giveaway will lift follows.") == "will lift"
    assert causal("ERR fell around the same time.") is None


@pytest.mark.parametrize(
    ("line", "language", "words"),
    [
        ("แตะเพื่อร่วมลุ้นได้เลย", "th", "ลุ้น"), ("Participe do sorteio.", "pt-BR", "sorteio"),
        ("Vamos sortear três.", "pt", "sortear"), ("Stay for the lucky draw.", "en", "lucky draw"),
        ("A raffle at nine.", "en", "raffle"),
    ],
)  # fmt: skip
def test_words_for_a_draw_by_chance(line: str, language: str, words: str) -> None:
    assert chance(line, language) == words


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("คนที่กดรับเร็วที่สุดได้ของ", "th"), ("Toque no presente na tela.", "pt-BR"), ("Draw a line.", "en"),
        ("Giveaway bốc thăm lúc chín giờ.", "vi"),
    ],
)  # fmt: skip
def test_other_words_and_markets_where_winners_are_drawn_are_free(line: str, language: str) -> None:
    assert chance(line, language) is None
