"""The table of claims can be computed on any machine; here with a few of each."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from benchmarks import prove
from tests.conftest import ROOT

QUICK = prove.Counts(shops=1, rooms=1, tuning=1, running=1, plans=1, leaks=1, lists=1, seeds=2, drops=1, worlds=0)


@pytest.mark.parametrize("part", [prove._leak, prove._products, prove._drops])
def test_what_is_computed_stands_in_the_readme(part: prove.Part) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = list(part(QUICK, 1))
    assert len(rows) == 2
    assert all(f"| {what} |" in readme and re.search(r"\d", ours) for what, ours, _ in rows)


@pytest.mark.long
def test_the_table_is_printed_whole() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.prove", "--small"], cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    said = [row.split("|")[1].strip() for row in rows if not row.startswith("| ---")]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(said) == 20
    assert [each for each in said if f"| {each} |" not in readme] == [], "the README's table has every row"
    assert all(re.search(r"\d", row.split("|")[2]) for row in rows if not row.startswith("| ---"))
