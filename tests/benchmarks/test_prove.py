"""The table of claims can be computed on any machine; here with a few of each."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.conftest import ROOT


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
