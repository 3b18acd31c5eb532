"""Which type a notice is of, in the words that people write."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from playbook.knowledge.load import load
from playbook.knowledge.violations import Matcher, distance

MATCHER = load().matcher
SPELLINGS = yaml.safe_load(
    (Path(__file__).parents[1] / "fixtures" / "violations" / "spellings.yaml").read_text(encoding="utf-8")
)


def test_spellings_of_seven_languages_name_their_type() -> None:
    pairs = [(kind, str(text)) for kind, texts in SPELLINGS.items() for text in texts]
    assert len(pairs) > 250
    wrong = [
        (kind, text, found)
        for kind, text in pairs
        if (found := MATCHER.type_of(text)) != (None if kind == "none" else kind)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Misleading content", "klaim berlebihan", True),
        ("misleading price", "misleading content", False),
        ("Low quality", "low qualty", True),
        ("low quality", "ภาพนิ่ง", False),
        ("neighbours complained", "Neighbors  Complaned", True),
        ("neighbours complained", "wrong tax setting", False),
        ("copyright", "neighbours complained", False),
        ("", "copyright", False),
        (None, None, False),
    ],
)
def test_whether_two_notices_are_of_one_type(one: str | None, other: str | None, same: bool) -> None:
    assert MATCHER.same(one, other) is same
    assert MATCHER.same(other, one) is same


def test_a_type_may_be_named_by_its_id_and_its_label() -> None:
    for name, kind in load().violations.types.items():
        assert MATCHER.type_of(name) == name
        assert MATCHER.type_of(kind.label) == name


def test_without_types_only_the_spelling_counts() -> None:
    bare = Matcher({})
    assert bare.same("Low  Quality", "low quality") and not bare.same("low quality", "baixa qualidade")


def test_a_long_text_is_read_in_part_and_an_empty_one_is_no_type() -> None:
    assert MATCHER.type_of("copyright " + "x " * 10_000) == "copyright"
    assert MATCHER.type_of("...") is None and MATCHER.key("  ") is None


def test_distance_counts_a_swap_once() -> None:
    assert (distance("", "abc"), distance("abcd", "abdc"), distance("kitten", "sitting")) == (3, 1, 3)


def test_ones_own_types_are_laid_over(tmp_path: Path) -> None:
    (tmp_path / "violations.yaml").write_text(
        "version: 1\ntypes:\n  shoes:\n    label: Shoes on the table\n    plain: x\n    words: {en: [shoes table]}\n",
        encoding="utf-8",
    )
    ours = load(tmp_path)
    assert ours.problems == []
    assert ours.matcher.type_of("Shoes put on a table") == "shoes"
    assert ours.matcher.type_of("copyright") == "copyright"
    assert ours.violations.where and ours.violations.repeats


def test_a_mistake_in_ones_own_types_is_named_and_the_rest_stands(tmp_path: Path) -> None:
    (tmp_path / "violations.yaml").write_text("version: 1\ntypes:\n  shoes: {labl: x}\n", encoding="utf-8")
    ours = load(tmp_path)
    assert any(each.file == "violations.yaml" for each in ours.problems)
    assert ours.matcher.type_of("copyright") == "copyright"
