"""The exact words of complaints about strategy files, with their line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.knowledge.load import load

STRATEGY = """\
id: ask_twice
title: Ask twice
status: tested
dimension: engage
metrics: [comment_rate]
moment: [during]
tools: [live_manager]
owner: host
origin: field
changed: 2026-11-20
when:
  - {metric: comment_rate, is: below_usual, by_at_least: 15%}
because: "{comment_rate} against {comment_rate.usual}."
summary: Ask two questions instead of one.
do:
  - step: Ask one question
    minutes: 2
watch: {metric: comment_rate, within: 15 min, hope: +10%}
sources:
  - Own practice
tests:
  - name: half the comments
    usual: {views: 12000, comments: 900}
    session: {views: 12000, comments: 400}
    expect: fires
  - name: as usual
    usual: {views: 12000, comments: 900}
    session: {views: 12000, comments: 900}
    expect: silent
"""

CASES = [
    (
        "misspelt field",
        "by_at_least",
        "by_at_leest",
        "12:45: when, item 1, by_at_leest: not a known field; did you mean 'by_at_least'?",
    ),
    (
        "percentage without its sign",
        "15%",
        "15",
        "12:45: when, item 1, by_at_least: write a percentage with its sign, like 15% (found 15)",
    ),
    (
        "fraction instead of a percentage",
        "15%",
        "0.15",
        "12:45: when, item 1, by_at_least: write a percentage with its sign, like 15% (found 0.15)",
    ),
    (
        "unknown metric",
        "{metric: comment_rate, is",
        "{metric: coment_rate, is",
        "12:6: when, item 1, metric: no metric 'coment_rate'; did you mean 'comment_rate'?",
    ),
    (
        "a count that is not judged",
        "{metric: comment_rate, is",
        "{count: comments, is",
        "12:6: when, item 1, count: 'comments' is not judged by itself; counts that are: impressions, views, viewers, "
        "gmv, sku_orders",
    ),
    (
        "duplicate key",
        "owner: host",
        "owner: host\nowner: host",
        "9:1: owner: key written twice; the first is on line 8",
    ),
    ("missing key", "owner: host\n", "", "1:1: owner: is missing"),
    (
        "unquoted colon",
        "title: Ask twice",
        "title: Ask: twice",
        '2:11: a colon inside a text needs quotes: put the whole text in "..."',
    ),
    (
        "unknown tool",
        "live_manager",
        "live_manger",
        "7:9: tools, item 1: no tool 'live_manger'; did you mean 'live_manager'?",
    ),
    (
        "placeholder of another metric",
        "{comment_rate.usual}",
        "{err.usual}",
        "13:1: because: {err.usual} is not in when; known here: comment_rate, comment_rate.gap, "
        "comment_rate.high, "
        "comment_rate.low, comment_rate.usual",
    ),
    (
        "misspelt placeholder",
        "{comment_rate.usual}",
        "{comment_rate.usul}",
        "13:1: because: {comment_rate.usul} is not in when; did you mean 'comment_rate.usual'?",
    ),
    (
        "open brace",
        "{comment_rate.usual}",
        "{comment_rate.usual",
        "13:1: because: a brace without its partner; write {err} or {err.usual}",
    ),
    (
        "unknown word",
        "below_usual",
        "bellow_usual",
        "12:28: when, item 1, is: 'bellow_usual' is not one of: below_usual, not_below_usual, above_usual, low, "
        "sliding, chronic; did you mean 'below_usual'?",
    ),
    (
        "id is not the name",
        "id: ask_twice",
        "id: ask_thrice",
        "1:1: id: 'ask_thrice' is not the file's name; call the file ask_thrice.yaml",
    ),
    (
        "text where a list belongs",
        "[comment_rate]",
        "comment_rate",
        "5:1: metrics: write a list: one item a line, each after a dash (found 'comment_rate')",
    ),
    (
        "two subjects in one line",
        "{metric: comment_rate, is",
        "{metric: comment_rate, count: views, is",
        "12:5: when, item 1: name exactly one of metric, count and finding, like {metric: err, is: below_usual}",
    ),
    (
        "a comma in braces",
        "- step: Ask one question\n    minutes: 2",
        "- {step: Ask one question, not three}",
        "16:30: do, item 1, not three: not a known field; a comma inside {...} starts a new key: put "
        "the text in quotes",
    ),
    (
        "words for a number",
        "minutes: 2",
        "minutes: two",
        "17:5: do, item 1, minutes: write a plain number, without units or thousands signs (found 'two')",
    ),
    (
        "a vague time",
        "15 min",
        "soon",
        "18:31: watch.within: write a time like 15 min, next LIVE or 3 LIVEs (found 'soon')",
    ),
    (
        "a size below zero",
        "15%",
        "-15%",
        "12:45: when, item 1, by_at_least: write a size above 0%, like 15%; which way it goes is said by is "
        "(found '-15%')",
    ),
    (
        "a number without end",
        "comments: 400",
        "comments: 1e999",
        "24:29: tests, item 1, session.comments: write a plain number, without units or thousands signs "
        "(found '1e999')",
    ),
    (
        "a number in quotes",
        "comments: 400",
        'comments: "400"',
        "24:29: tests, item 1, session.comments: write a plain number, without units or thousands signs (found '400')",
    ),
    (
        "an unknown count",
        "session: {views: 12000, comments: 400}",
        "session: {views: 12000, coments: 400}",
        "24:29: tests, item 1, session: no count 'coments'; did you mean 'comments'?",
    ),
    (
        "a negative count",
        "comments: 400",
        "comments: -400",
        "24:29: tests, item 1, session.comments: is negative; a count is zero or more",
    ),
    ("an empty value", "owner: host", "owner:", "8:1: owner: write one of: host, operations"),
    (
        "a tab",
        "owner: host",
        "\towner: host",
        "8:1: tabs and stray signs (@, `, %) cannot start a value: indent with spaces, put the text in quotes",
    ),
    ("a tag", "owner: host", "owner: !host x", "8:8: tags (!name) are not used here; remove it"),
    ("a day in words", "2026-11-20", "last week", "10:1: changed: write a day like 2026-11-20 (found 'last week')"),
]


@pytest.mark.parametrize(("found", "typed", "message"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_complaint(tmp_path: Path, found: str, typed: str, message: str) -> None:
    assert found in STRATEGY
    (tmp_path / "ask_twice.yaml").write_text(STRATEGY.replace(found, typed, 1), encoding="utf-8")
    knowledge = load(tmp_path)
    assert [str(problem) for problem in knowledge.problems] == [f"ask_twice.yaml:{message}"]
    assert "ask_twice" not in knowledge.strategies


def test_the_file_itself_is_in_order(tmp_path: Path) -> None:
    (tmp_path / "ask_twice.yaml").write_text(STRATEGY, encoding="utf-8")
    knowledge = load(tmp_path)
    assert knowledge.problems == []
    assert knowledge.own == {"ask_twice"}


def test_all_complaints_are_collected_and_sorted(tmp_path: Path) -> None:
    text = STRATEGY.replace("live_manager", "live_manger").replace("[comment_rate]", "[coment_rate]")
    (tmp_path / "ask_twice.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "another.yaml").write_text("a: b: c", encoding="utf-8")
    problems = load(tmp_path).problems
    assert [(problem.file, problem.line) for problem in problems] == [
        ("another.yaml", 1), ("ask_twice.yaml", 5), ("ask_twice.yaml", 7)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("say", "complaint"),
    [
        ("  th: [แตะเพื่อร่วมลุ้น]", "say.th, item 1: 'ลุ้น' can be taken for a draw by chance; say how many win and how"),
        ("  pt-BR: [Hoje tem sorteio]", "say.pt-BR, item 1: 'sorteio' can be taken for a draw by chance"),
        ("  id: [Harga flash sekarang]", "say.id, item 1: 'Harga flash' presses the buyer; say under truth_required"),
    ],
)
def test_what_a_host_must_not_say_switches_the_strategy_off(tmp_path: Path, say: str, complaint: str) -> None:
    text = STRATEGY.replace("watch:", f"say:\n  en: [Two people win this set]\n{say}\nwatch:")
    (tmp_path / "ask_twice.yaml").write_text(text, encoding="utf-8")
    found = load(tmp_path)
    assert "ask_twice" not in found.strategies
    assert [complaint in each.message for each in found.problems] == [True]
