"""Whatever is typed into a strategy file, loading answers with complaints and never raises."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from playbook.authoring.check import check, run_examples
from playbook.knowledge.load import CONTENT, load

SOURCES = sorted(CONTENT.glob("strategies/*.yaml"))
ODD = [
    "",
    "null",
    "[]",
    "{}",
    "- x",
    "12:30",
    "1e9999",
    "0x10",
    "true",
    "15%",
    "-5",
    '"',
    "'",
    "{a: b}",
    "[[[",
    "*x",
    "&x y",
]
ODD += ["!x", "\t", "\x00", "é", "{err", "}{", "9" * 400, "x" * 5000, "- - - -", "? x", "| ", ">-", "%", "@", "<<: x"]


def mangled(rng: random.Random, text: str) -> str:
    """The text with one to three lines dropped, doubled, swapped, cut short, or given another value."""
    lines = text.splitlines()
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines))
        what = rng.randrange(6)
        if what == 0:
            lines[at] = ""
        elif what == 1:
            lines.insert(at, lines[at])
        elif what == 2:
            other = rng.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif what == 3:
            lines[at] = lines[at][: rng.randint(0, len(lines[at]))]
        elif what == 4:
            lines[at] = f"{lines[at].split(':')[0]}: {rng.choice(ODD)}"
        else:
            lines[at] = f"{' ' * rng.randint(0, 6)}{lines[at].strip()}"
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(6))
def test_mangled_files_never_raise(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    for number in range(40):
        source = rng.choice(SOURCES)
        (tmp_path / f"m{number}.yaml").write_text(mangled(rng, source.read_text(encoding="utf-8")), encoding="utf-8")
    knowledge = load(tmp_path)
    assert set(load().strategies) <= set(knowledge.strategies)
    assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in knowledge.problems)
    assert knowledge.problems == sorted(knowledge.problems)


@pytest.mark.parametrize("seed", range(2))
def test_what_still_loads_can_be_checked_and_tried(tmp_path: Path, seed: int) -> None:
    rng = random.Random(100 + seed)
    for source in rng.sample(SOURCES, 8):
        (tmp_path / source.name).write_text(mangled(rng, source.read_text(encoding="utf-8")), encoding="utf-8")
    problems, results = run_examples(tmp_path)
    assert set(problems) <= set(check(tmp_path))
    assert all(each.outcome for each in results)
