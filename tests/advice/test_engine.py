"""The examples and the healthy corpus through the real diagnosis."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest

from playbook.advice.grounds import numbers
from playbook.advice.match import firing
from playbook.advice.recommend import recommend
from playbook.authoring.check import check, run_examples
from playbook.diagnosis.diagnose import diagnose
from playbook.knowledge.load import load
from playbook.model.session import COUNTS, Session

from . import healthy_corpus as corpus

#: Strategies that may fire on an ordinary LIVE, as "shop file: strategy id", with the day and the reason.
ALLOWED: dict[str, str] = {}

FILES = [corpus.FOLDER / corpus.file_name(number) for number in range(len(corpus.SHOPS))]


def sessions(path: Path) -> list[Session]:
    with path.open(encoding="utf-8", newline="") as file:
        return [_session(row) for row in csv.DictReader(file)]


def _session(row: dict[str, str]) -> Session:
    names = [*COUNTS, "avg_viewing_seconds"]
    return Session(
        id=row["session_id"],
        counts={name: float(row[name]) for name in names},
        start=datetime.strptime(row["start"], "%Y-%m-%d %H:%M"),
        duration_minutes=float(row["minutes"]),
        currency=row["currency"],
        gmv_kind="direct",
    )


@pytest.mark.long  # in CI the step "examples in the strategies" does it
def test_every_example_of_the_built_in_strategies() -> None:
    problems, results = run_examples()
    assert problems == []
    assert [str(each) for each in results if not each.passed] == []
    assert len(results) >= 2 * sum(each.status == "tested" for each in load().strategies.values())


@pytest.mark.long  # in CI the step "knowledge files" does it
def test_check_has_no_complaint() -> None:
    assert [str(each) for each in check()] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_fires_on_an_ordinary_live(path: Path) -> None:
    knowledge = load()
    *history, last = sessions(path)
    found = diagnose(last, history, knowledge.metrics, ())
    fired = {each.strategy.id: [numbers(line, knowledge.metrics) for line in each.lines] for each in firing(
        knowledge.strategies.values(), found, knowledge.metrics
    )}  # fmt: skip
    assert {name: told for name, told in fired.items() if f"{path.name}: {name}" not in ALLOWED} == {}


#: A count each, and the ranked metric that falls with it.
CUTS = {
    "views": "err", "comments": "comment_rate", "new_followers": "follow_rate", "shares": "share_rate",
    "likes": "like_rate", "product_clicks": "ctr", "sku_orders": "ctor", "avg_viewing_seconds": "avg_viewing_duration",
}  # fmt: skip


@pytest.mark.parametrize("count", CUTS)
def test_the_same_lives_with_one_count_cut_are_heard(count: str) -> None:
    """So that the silence above means something: in the large shops a third of a count is missed by nobody."""
    knowledge = load()
    *history, last = sessions(corpus.FOLDER / corpus.file_name(11))
    cut = Session(
        id="cut", counts=dict(last.counts) | {count: (last.counts[count] or 0) / 3}, start=last.start,
        duration_minutes=last.duration_minutes, currency=last.currency, gmv_kind="direct",
    )  # fmt: skip
    found = recommend(diagnose(cut, history, knowledge.metrics, ()), knowledge, "JPY")
    assert any(CUTS[count] in each.metrics for each in found)


@pytest.mark.parametrize("number", range(len(corpus.SHOPS)), ids=corpus.file_name)
def test_the_corpus_is_what_its_generator_writes(number: int) -> None:
    assert FILES[number].read_text(encoding="utf-8") == corpus.text(number)


def test_no_other_file_lies_in_the_corpus() -> None:
    assert {path.name for path in corpus.FOLDER.iterdir()} == {path.name for path in FILES}
