"""The examples inside strategy files, and the lints that need them."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.authoring.check import check, run_examples
from playbook.authoring.examples import ExampleResult, past_of, run_all, unfold
from playbook.cli.main import main
from playbook.knowledge.load import CONTENT, load
from playbook.knowledge.strategies import Example
from tests.advice.standin import judge

BILLBOARD = (CONTENT / "strategies" / "err_billboard.yaml").read_text(encoding="utf-8")
#: The stand-in judges metrics only; examples about dips, events and channels run through the engine elsewhere.
RESULTS = [
    each
    for each in run_all(load(), judge=judge)
    if not any(line.finding for line in load().strategies[each.strategy].when)
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda each: f"{each.strategy} / {each.name}")
def test_built_in(result: ExampleResult) -> None:
    """With a plain stand-in: examples have cuts that any sensible diagnosis sees."""
    assert result.passed, str(result)


def test_check_of_the_built_in_content() -> None:
    assert check(None, judge) == []


def write(folder: Path, text: str, name: str = "ours") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(text.replace("id: err_billboard", f"id: {name}"), encoding="utf-8")
    return path


def test_a_wrong_expectation_names_both_numbers_and_the_line_that_decided(tmp_path: Path) -> None:
    write(tmp_path, BILLBOARD.replace("views: 3300", "views: 6000"))
    problems, results = run_examples(tmp_path, judge)
    assert problems == []
    failed = [str(each) for each in results if not each.passed]
    assert failed == [
        "ours.yaml:70: ours / almost half as many people come in: expected fires, was silent; when, item 1 "
        "(err is below_usual by at least 5%): this LIVE 14.7%, usual 15.1%, range 12.1–18.2% (-3%): usual"
    ]
    assert next(str(each) for each in results if each.passed).endswith("ok")


def test_only_the_own_strategies_run(tmp_path: Path) -> None:
    path = write(tmp_path, BILLBOARD)
    write(tmp_path, BILLBOARD, "second")
    assert {each.strategy for each in run_examples(tmp_path, judge)[1]} == {"ours", "second"}
    assert {each.strategy for each in run_examples(path, judge)[1]} == {"ours"}


def test_words_of_the_reason_may_be_expected(tmp_path: Path) -> None:
    write(tmp_path, BILLBOARD.replace('["8.1%"]', '["9.9%"]'))
    (failed,) = [each for each in run_examples(tmp_path, judge)[1] if not each.passed]
    assert failed.outcome == "fires with other words"
    assert failed.detail.startswith("because does not contain '9.9%': 8.1% of the times your LIVE was shown")


def test_a_line_that_no_example_tests_is_found(tmp_path: Path) -> None:
    more = "by_at_least: 5%}\n  - {metric: ctr, is: not_below_usual}"
    text = BILLBOARD.replace("by_at_least: 5%}", more).replace("views: ", "product_clicks: 800, views: ")
    write(tmp_path, text)
    assert [str(each) for each in check(tmp_path, judge)] == [
        "ours.yaml:17:5: when, item 2: no example notices its removal; add one that only this line keeps silent"
    ]


def test_a_tested_strategy_needs_both_kinds_of_example(tmp_path: Path) -> None:
    write(tmp_path, BILLBOARD[: BILLBOARD.index("  - name: people come in as usual")])
    assert [each.message for each in check(tmp_path, judge)] == [
        "when, item 1: no example notices its removal; add one that only this line keeps silent",
        "tests: a tested strategy needs an example in which it stays silent (expect: silent)",
    ]
    write(tmp_path, BILLBOARD[: BILLBOARD.index("tests:")])
    assert [each.message for each in check(tmp_path, judge)] == [
        "tests: a tested strategy needs an example in which it fires (expect: fires)",
        "tests: a tested strategy needs an example in which it stays silent (expect: silent)",
    ]


def test_sentences_in_braces_are_found(tmp_path: Path) -> None:
    write(
        tmp_path,
        BILLBOARD.replace(
            "  - step: Put both on one billboard in large letters, with the price or the shipping promise\n"
            "    minutes: 5\n    at: {moment: before}",
            "  - {step: Put both on one billboard today, minutes: 5}",
        ),
    )
    assert [str(each) for each in check(tmp_path, judge)] == [
        "ours.yaml:32:12: do, item 2, step: write sentences on a line of their own or in quotes, not bare in braces"
    ]


def test_pressing_words_need_their_condition(tmp_path: Path) -> None:
    start, end = BILLBOARD.index("truth_required:"), BILLBOARD.index("facts:")
    said = "say:\n  en:\n    - Only three left in blue.\n    - While stocks last.\n"
    write(tmp_path, BILLBOARD[:start] + said + BILLBOARD[end:])
    assert [each.message for each in check(tmp_path, judge)] == [
        "say.en, item 1: 'Only three left' presses the buyer; say under truth_required what must be true first",
        "say.en, item 2: 'While stocks last' is wording the platform objects to; say the fact instead",
    ]


def test_a_strategy_with_a_forbidden_line_is_not_recommended_and_review_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start, end = BILLBOARD.index("truth_required:"), BILLBOARD.index("facts:")
    write(tmp_path, BILLBOARD[:start] + "say:\n  en:\n    - While stocks last.\n" + BILLBOARD[end:])
    assert "ours" not in load(tmp_path).strategies
    sample = Path(__file__).parents[2] / "data/samples/fewer_came_in"
    files = [str(each) for each in sorted(sample.iterdir()) if each.suffix == ".xlsx"]
    assert main(["review", *files, "--playbook", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "ours.yaml:" in said.err and "is wording the platform objects to" in said.err


def test_check_of_an_own_folder_says_nothing_of_the_built_in_files(tmp_path: Path) -> None:
    write(tmp_path, BILLBOARD)
    assert check(tmp_path, judge) == []


def test_series_of_past_lives() -> None:
    assert unfold("120x2 90 10.5x1") == [120.0, 120.0, 90.0, 10.5]
    example = Example.model_validate(
        {
            "name": "x", "usual": {"views": 100, "impressions": 1000}, "session": {"views": 50},
            "history": {"views": "100x4 50x2"}, "expect": "fires",
        }
    )  # fmt: skip
    past = list(past_of(example))
    assert len(past) == 6
    assert [round((each.counts["views"] or 0) / 50) for each in past] == [2, 2, 2, 2, 1, 1]
    assert all(abs((each.counts["impressions"] or 0) / 1000 - 1) < 0.031 for each in past)
    starts = [each.start for each in past if each.start]
    assert starts == sorted(starts) and len(set(starts)) == 6
