"""What the built-in knowledge says: complete, careful with words, in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from playbook.authoring.lint import lint_coverage, lint_strategy
from playbook.knowledge.load import CONTENT, load
from playbook.knowledge.reader import PlainLoader
from playbook.knowledge.strategies import Strategy
from playbook.knowledge.words import causal, chance, objected, urgent

KNOWLEDGE = load()
FILES = sorted(
    [*CONTENT.glob("strategies/*.yaml"), *(CONTENT / f"{n}.yaml" for n in ("tools", "scenarios", "routines"))]
)
STRATEGIES = pytest.mark.parametrize("strategy", KNOWLEDGE.strategies.values(), ids=lambda each: each.id)


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from texts(item)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_plain_words_only(path: Path) -> None:
    for text in texts(yaml.load(path.read_text(encoding="utf-8"), PlainLoader)):
        assert "!" not in text, text
        assert causal(text) is None, text


@STRATEGIES
def test_no_lint(strategy: Strategy) -> None:
    assert list(lint_strategy(strategy, KNOWLEDGE.documents[strategy.id])) == []


def test_every_ranked_metric_has_an_answer_of_its_own() -> None:
    assert list(lint_coverage(KNOWLEDGE)) == []


def test_coverage_names_the_metric_that_nobody_answers(tmp_path: Path) -> None:
    text = (CONTENT / "strategies" / "share_reason.yaml").read_text(encoding="utf-8")
    (tmp_path / "share_reason.yaml").write_text(text.replace("status: tested", "status: draft"), encoding="utf-8")
    found = list(lint_coverage(load(tmp_path)))
    assert [problem.message for problem in found] == [
        "metrics.share_rate: no tested strategy has only this line in when: metric share_rate, is below_usual"
    ]
    assert found[0].file == "metrics.yaml"
    assert found[0].line > 1


@STRATEGIES
def test_urgent_lines_come_with_their_condition(strategy: Strategy) -> None:
    for lines in (strategy.say or {}).values():
        for line in lines:
            assert objected(line) is None
            assert strategy.truth_required or urgent(line) is None


@STRATEGIES
def test_no_words_can_be_taken_for_a_draw(strategy: Strategy) -> None:
    for language, lines in (strategy.say or {}).items():
        for line in lines:
            assert chance(line, language) is None, line


@STRATEGIES
def test_thai_words_serve_hosts_of_both_genders(strategy: Strategy) -> None:
    for line in (strategy.say or {}).get("th", ()):
        assert not re.search("ค่ะ|คะ", line) or "ครับ" in line, line


@STRATEGIES
def test_a_giveaway_says_how_many_win_and_how(strategy: Strategy) -> None:
    if strategy.say is None or "live_giveaways" not in strategy.tools or strategy.metrics[0] == "views":
        return
    steps = " ".join(each.step for each in strategy.do)
    assert "how many win" in steps and "how the winners are chosen" in steps
    assert any("chosen as was said" in each for each in strategy.truth_required)


def test_words_that_a_tired_reader_must_look_up_are_gone() -> None:
    for path in FILES:
        for text in texts(yaml.load(path.read_text(encoding="utf-8"), PlainLoader)):
            assert not re.search(r"\bdear ones\b|\ba buyer\b|\bof itself\b|\blarger than at\b", text), text


@STRATEGIES
def test_titles_are_short_and_say_what_to_do(strategy: Strategy) -> None:
    assert len(strategy.title) <= 80
    assert not strategy.title.endswith(".")
    assert strategy.metrics
    assert KNOWLEDGE.metrics[strategy.metrics[0]].dimension == strategy.dimension


def test_the_source_document_is_covered() -> None:
    """One entry for each piece of advice of the source document, and at least as many strategies."""
    wanted = {
        "err": 2, "avg_viewing_duration": 3, "follow_rate": 2, "comment_rate": 3, "ctr": 3, "ctor": 2,
        "gmv_per_hour": 1,
    }  # fmt: skip
    for metric, number in wanted.items():
        named = [
            each for each in KNOWLEDGE.strategies.values()
            if each.origin == "source_document" and each.status == "tested" and each.metrics[0] == metric
        ]  # fmt: skip
        assert len(named) >= number, metric
    drafts = {each.id for each in KNOWLEDGE.strategies.values() if any(line.finding for line in each.when)}
    assert {
        "violation_known_type", "violation_new_type", "dip_sudden_entrance", "dip_prolonged_entrance",
        "follower_growth_giveaway", "follower_live_event",
    } <= drafts  # fmt: skip


def test_where_the_source_is_silent_it_is_said() -> None:
    for name in ("share_reason", "like_goal", "impressions_event_and_teasers"):
        assert KNOWLEDGE.strategies[name].origin == "field"


def test_hosts_find_lines_in_their_language() -> None:
    languages = {language for each in KNOWLEDGE.strategies.values() for language in each.say or {}}
    assert {"en", "id", "pt-BR", "es", "vi", "th"} <= languages


def test_every_tool_and_scenario_is_used_by_a_strategy() -> None:
    tools = {tool for each in KNOWLEDGE.strategies.values() for tool in each.tools}
    scenarios = {scenario for each in KNOWLEDGE.strategies.values() for scenario in each.scenarios}
    assert tools == set(KNOWLEDGE.tools)
    assert scenarios == set(KNOWLEDGE.scenarios)


WITH_SCHEMA = sorted([*CONTENT.glob("strategies/*.yaml"), *CONTENT.glob("exports/*.yaml")])


@pytest.mark.parametrize("path", WITH_SCHEMA, ids=lambda path: path.stem)
def test_each_file_names_the_schema_for_editors(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found is not None
    assert (path.parent / found[1]).is_file()
