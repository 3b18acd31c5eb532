"""A line that was said enters the shop's own strategies, and leaves them again."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.authoring.own_line import CONTENT, LineRefused, keep_line, take_back, with_line
from playbook.knowledge.load import load

STRATEGY = "follow_spoken_prompt"
BUILT_IN = CONTENT / "strategies" / f"{STRATEGY}.yaml"


def test_a_copy_of_the_strategy_has_one_line_more(tmp_path: Path) -> None:
    kept = keep_line(tmp_path, load(), STRATEGY, "id", 'Follow  ya: "besok" #baru')
    found = load(tmp_path)
    assert found.problems == []
    assert (found.strategies[STRATEGY].say or {})["id"][-1] == 'Follow ya: "besok" #baru'
    added = set(kept.path.read_text("utf-8").splitlines()) - set(BUILT_IN.read_text("utf-8").splitlines())
    assert len(added) == 1, "everything else is as it was"
    take_back(kept)
    assert not kept.path.exists()
    assert load(tmp_path).own == frozenset()


def test_a_second_line_and_a_new_language(tmp_path: Path) -> None:
    keep_line(tmp_path, load(), STRATEGY, "id", "Satu")
    kept = keep_line(tmp_path, load(tmp_path), STRATEGY, "ja", "Dua")
    say = load(tmp_path).strategies[STRATEGY].say or {}
    assert (say["id"][-1], say["ja"]) == ("Satu", ["Dua"])
    take_back(kept)
    say = load(tmp_path).strategies[STRATEGY].say or {}
    assert "ja" not in say and say["id"][-1] == "Satu"


def test_a_file_of_ones_own_is_changed_where_it_stands(tmp_path: Path) -> None:
    own = tmp_path / f"{STRATEGY}.yaml"
    own.write_text(BUILT_IN.read_text("utf-8").replace("title: Ask", "title: We ask"), "utf-8")
    keep_line(tmp_path, load(tmp_path), STRATEGY, "en", "Follow us today.")
    assert not (tmp_path / "strategies").exists()
    assert load(tmp_path).strategies[STRATEGY].title.startswith("We ask")
    assert (load(tmp_path).strategies[STRATEGY].say or {})["en"][-1] == "Follow us today."


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Hurry, only three left!", "would be switched off"),  # it presses, and nothing says what must be true
        ("While stocks last, follow us", "would be switched off"),
        ("", "1 to 300"),
        ("x" * 301, "1 to 300"),
        ("New here? Tap follow, we show the winter range on Thursday.", "has this line already"),
    ],
)
def test_what_may_not_be_said_is_refused_and_leaves_nothing(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(LineRefused, match=message):
        keep_line(tmp_path, load(), STRATEGY, "en", line)
    assert not list(tmp_path.rglob("*.yaml"))


def test_what_was_changed_meanwhile_is_not_taken_back(tmp_path: Path) -> None:
    kept = keep_line(tmp_path, load(), STRATEGY, "en", "Follow us today.")
    kept.path.write_text(kept.path.read_text("utf-8") + "# mine\n", "utf-8")
    with pytest.raises(LineRefused, match="changed meanwhile"):
        take_back(kept)
    assert kept.path.read_text("utf-8").endswith("# mine\n")


@pytest.mark.parametrize("path", sorted((CONTENT / "strategies").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_strategy_with_lines_takes_one(path: Path) -> None:
    text = path.read_text("utf-8")
    if "\nsay:" not in text:
        with pytest.raises(LineRefused, match="no lines to say"):
            with_line(text, "en", "One more")
        return
    for language in ("en", "zz"):
        rows = with_line(text, language, "One more").splitlines()
        assert '    - "One more"' in rows
        assert [each for each in rows if each not in ('    - "One more"', "  zz:")] == text.splitlines()
