"""tools.yaml, scenarios.yaml and routines.yaml: what they name must exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.knowledge.load import load

TOOL = """\
version: 1
tools:
  light:
    label: Light
    what: A lamp.
    use_for: [light]
    where: Here.
    moment: [before]
    metrics: [{metric}]
    sources: [x]
"""
SCENARIO = """\
version: 1
scenarios:
  dark:
    label: Dark
    question: Why?
    moment: [after]
    tools: [{tool}]
    where:
      - place: Here
        look_for: Light
    ask: [why]
    sources: [x]
"""
ROUTINE = """\
version: 1
routines:
  late:
    label: Night
    when: At night
    every: live
    moment: after
    steps:
      - do: Look
      - do: Look again
        tool: {tool}
        metrics: [{metric}]
    sources: [x]
"""


@pytest.mark.parametrize(
    ("name", "text", "complaints"),
    [
        ("tools", TOOL.format(metric="err"), []),
        (
            "tools",
            TOOL.format(metric="er"),
            ["tools.yaml:9:15: tools.light.metrics, item 1: no metric 'er'; did you mean 'err'?"],
        ),
        ("scenarios", SCENARIO.format(tool="live_pin"), []),
        (
            "scenarios",
            SCENARIO.format(tool="live_pins"),
            ["scenarios.yaml:7:13: scenarios.dark.tools, item 1: no tool 'live_pins'; did you mean 'live_pin'?"],
        ),
        ("routines", ROUTINE.format(tool="live_pin", metric="err"), []),
        (
            "routines",
            ROUTINE.format(tool="live_pim", metric="eer"),
            [
                "routines.yaml:11:9: routines.late.steps, item 2, tool: no tool 'live_pim'; did you mean 'live_pin'?",
                "routines.yaml:12:19: routines.late.steps, item 2, metrics, item 1: "
                "no metric 'eer'; did you mean 'err'?",
            ],
        ),
    ],
)
def test_references(tmp_path: Path, name: str, text: str, complaints: list[str]) -> None:
    (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    knowledge = load(tmp_path)
    assert [str(problem) for problem in knowledge.problems] == complaints
    added = set(getattr(knowledge, name)) - set(getattr(load(), name))
    assert bool(added) is not bool(complaints)
