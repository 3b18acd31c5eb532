"""Findings are data; their sentences stand in one place, one for each kind that the code can note."""

from __future__ import annotations

import ast
from pathlib import Path

from playbook import remarks
from playbook.advice import grounds
from playbook.diagnosis.findings import note
from tests.conftest import ROOT


def noted(folder: Path) -> set[str]:
    """The kinds that calls of `note(...)` name."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py")]
    return {
        ast.literal_eval(node.args[0])
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "note"
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_kind_that_is_noted_has_its_words_and_no_other_has() -> None:
    assert noted(ROOT / "playbook" / "diagnosis") == {*remarks.NOTED, *remarks._QUESTIONS}
    assert noted(ROOT / "playbook" / "advice") == {*grounds._PLAIN, *grounds._OF_A_METRIC, *grounds._FOUND, "dip"}


def test_one_and_several_lives() -> None:
    assert [remarks.sentence(note("other_currency", lives=number)) for number in (1, 2)] == [
        "1 LIVE in another currency left out of the usual.", "2 LIVEs in another currency left out of the usual.",
    ]  # fmt: skip
    assert remarks.sentence(note("other_gmv", lives=1, other="attributed", kind="direct")).startswith(
        "1 earlier LIVE shows "
    )
    assert [remarks.sentence(note("no_usual", needed=3, known=known)).split(". ")[1] for known in (0, 1, 2)] == [
        "There is none yet: export the last 28 days to get a history.",
        "There is 1: export the last 28 days to get a history.",
        "There are 2: export the last 28 days to get a history.",
    ]


def test_with_and_without_ads() -> None:
    assert remarks.sentence(note("ads_left_out", lives=1, ads=False)) == (
        "This LIVE ran without ads: 1 earlier LIVE with ads left out of the usual."
    )
    assert "LIVE ran with ads, and 2 earlier LIVEs without ads stand" in remarks.sentence(
        note("ads_mixed", lives=2, ads=True, needed=3)
    )


def test_names_are_listed() -> None:
    assert remarks.sentence(note("not_searched", metrics=["CTR", "CTOR", "Share rate"])).endswith(
        ": CTR, CTOR and Share rate."
    )
    assert remarks.sentence(note("mixed_kinds", metrics=["CTR", "CTOR"])).endswith(": CTR, CTOR.")
