"""Which questions go wrong and what was answered; what was passed, and when somebody was last seen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from playbook.report.forms.certificate import certificate_html
from playbook.store.records import LearningResult
from playbook.training.failing import Passed, failing, last_seen, passed

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def result(who: str, hours: float, ok: bool, missed: object = (), kind: str = "lesson") -> LearningResult:
    return LearningResult("r", who, kind, "ctr", NOON + timedelta(hours=hours), float(ok), ok, {"missed": missed})


def wrong(answer: str) -> list[dict[str, str]]:
    return [{"ask": "What fits?", "answer": answer, "right": "pin"}]


def test_the_commonest_comes_first_with_its_last_wrong_answer() -> None:
    results = [result("ana", 2, False, wrong("ad")), result("ben", 1, False, wrong("prize")),
               result("ben", 3, False, ["It named a thing"], "craft"), result("ben", 4, True)]  # fmt: skip
    first, second = failing(results)
    assert (first.ask, first.times, first.people, first.answer, first.right) == ("What fits?", 2, 2, "ad", "pin")
    assert (second.kind, second.ask) == ("craft", "It named a thing")


def test_damaged_rows_are_passed_over() -> None:
    assert failing([result("ana", 1, False, 7), result("ana", 2, False, [3])]) == []


def test_what_was_passed_has_its_first_day_and_best_score() -> None:
    results = [result("ana", 5, True), result("ana", 1, True), result("ana", 9, False)]
    assert passed(results) == [Passed("lesson", "ctr", NOON + timedelta(hours=1), 1.0)]
    assert last_seen(results, "ana") == NOON + timedelta(hours=9) and last_seen(results, "ben") is None


def test_a_certificate_is_a_page_to_print_with_every_text_escaped() -> None:
    page = certificate_html(
        "<b>Ana", "Mine", [("Lessons", [("CTR & CTOR", "2 Nov 2026")]), ("Drills", [])], date(2026, 11, 3)
    )
    assert "&lt;b&gt;Ana" in page and "CTR &amp; CTOR" in page and "Nov 3, 2026" in page and "Drills" not in page
