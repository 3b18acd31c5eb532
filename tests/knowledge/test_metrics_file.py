"""Complaints about metrics.yaml, in the place where the mistake stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.authoring.check import check
from playbook.knowledge.load import CONTENT, load

SHIPPED = (CONTENT / "metrics.yaml").read_text(encoding="utf-8")
ERR = SHIPPED[: SHIPPED.index("  err:\n")].count("\n") + 1


@pytest.mark.parametrize(
    ("found", "typed", "line", "message"),
    [
        (
            "    short: ERR\n",
            "    short: ERR\n    short: ERR\n",
            3,
            f"5: metrics.err.short: key written twice; the first is on line {ERR + 2}",
        ),
        (
            "    numerator: views\n    denominator: impressions\n",
            "    numerater: views\n    denominator: impressions\n",
            6,
            "5: metrics.err.numerater: not a known field; did you mean 'numerator'?",
        ),
        (
            "    denominator: impressions\n",
            "    denominator: impression\n",
            7,
            "5: metrics.err.denominator: no count 'impression'; did you mean 'impressions'?",
        ),
    ],
)
def test_complaint(tmp_path: Path, found: str, typed: str, line: int, message: str) -> None:
    assert found in SHIPPED
    (tmp_path / "metrics.yaml").write_text(SHIPPED.replace(found, typed, 1), encoding="utf-8")
    told = [str(problem) for problem in load(tmp_path).problems]
    assert f"metrics.yaml:{ERR + line}:{message}" in told


def test_a_copy_of_the_whole_content_is_in_order(tmp_path: Path) -> None:
    for path in CONTENT.rglob("*.yaml"):
        copy = tmp_path / path.relative_to(CONTENT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert check(tmp_path) == []  # the content itself: the step "knowledge files" of run.py test
