"""The words above columns: each means one thing, in every language, and mistakes in the file are said."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from playbook.knowledge.column_words import BUILT_IN, MEANINGS, Language, built_in, load_headers, said

#: What a seller most likely counts.
COMMON = ("date", "impressions", "views", "product_clicks", "comments", "likes", "shares", "new_followers", "gmv")


@pytest.mark.parametrize("language", get_args(Language))
def test_every_language_has_words_for_what_sellers_count(language: str) -> None:
    words = built_in()
    for name in COMMON:
        own = words.columns[name].get(language) or []  # type: ignore[call-overload]
        same = language in ("fr", "it", "de", "ms") and name in ("date", "impressions", "gmv")  # as in English
        assert own or same, (language, name)
    assert language in words.doubtful["orders"].words


def test_every_word_is_read_as_what_it_is_listed_under() -> None:
    words = built_in()
    for name, by in words.columns.items():
        for listed in by.values():
            for text in listed:
                assert words.read(text).meaning == name, text  # type: ignore[union-attr]
                assert words.read(text.upper()).meaning == name, text  # type: ignore[union-attr]
    for doubt in words.doubtful.values():
        for listed in doubt.words.values():
            for text in listed:
                assert words.read(text).means == tuple(doubt.means), text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("header", "meaning", "currency", "scale"),
    [
        ("live_duration_min", "duration_minutes", None, 1), ("Length, h", "duration_hours", None, 1),
        ("gmv_usd", "gmv", "USD", 1), ("Omzet (juta Rp)", "gmv", "IDR", 1_000_000), ("Sales (RM)", "gmv", "MYR", 1),
        ("Total views", "views", None, 1), ("总观看次数", "views", None, 1), ("Views (x)", "views", None, 1),
        ("Avg watch (s)", "avg_viewing_seconds", None, 1), ("avg_watch_time (min)", "avg_viewing_seconds", None, 60),
        ("Comment rate (%)", "comment_rate", None, 1), ("Number of comments", "comments", None, 1),
    ],
)  # fmt: skip
def test_units_and_words_around_a_name(header: str, meaning: str, currency: str | None, scale: int) -> None:
    word = built_in().read(header)
    assert word is not None
    assert (word.meaning, word.currency, word.scale) == (meaning, currency, scale)


@pytest.mark.parametrize("header", ["", "Zeal", "Views per hour", "Video views", "Veiws", "GMV (min)", "Likes (USD) x"])
def test_nothing_is_matched_by_likeness(header: str) -> None:
    assert built_in().read(header) is None


def test_a_word_with_two_meanings_and_a_column_that_is_none_are_mistakes(tmp_path: Path) -> None:
    text = BUILT_IN.read_text(encoding="utf-8")
    path = tmp_path / "headers.yaml"
    path.write_text(text.replace("en: [Views, ", "en: [Likes, Views, ", 1), encoding="utf-8")
    headers, problems = load_headers(path)
    assert headers is None and "'likes' stands under views and under likes" in str(problems[0])
    path.write_text(text.replace("\n  shares:", "\n  sharez:", 1), encoding="utf-8")
    headers, problems = load_headers(path)
    assert headers is None and "not a column: sharez" in str(problems[0])


def test_every_meaning_has_words_for_a_person() -> None:
    assert all(said(meaning) and "_" not in said(meaning) for meaning in MEANINGS)
