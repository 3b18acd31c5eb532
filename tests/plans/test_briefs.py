"""Who fixes what."""

from __future__ import annotations

from datetime import datetime

from playbook.advice.recommend import Recommendation
from playbook.knowledge.load import load
from playbook.knowledge.strategies import Strategy
from playbook.plans.briefs import briefs
from playbook.plans.plan import plan_for
from playbook.report.forms.briefs import NOTHING, briefs_html, briefs_markdown
from tests.advice.build import strategy
from tests.diagnosis.shops import wobbly

KNOWLEDGE = load()
WHEN = [{"metric": "err", "is": "below_usual"}]


def advised(*strategies: Strategy) -> list[Recommendation]:
    return [Recommendation(each, ("err",), f"reason of {each.id}", 1.0) for each in strategies]


HOST = strategy("talk", WHEN, owner="host", do=[{"step": "Smile"}], say={"en": ["Hello there"]})
OPERATIONS = strategy(
    "pin", WHEN, owner="operations", do=[{"step": "Pin it"}], tools=["live_pin"],
    say={"en": ["Look at the pin"], "id": ["Lihat"]}, truth_required=["It is in stock"],
)  # fmt: skip
SILENT = strategy("set", WHEN, owner="operations", do=[{"step": "Set it"}])


def test_steps_go_to_the_owner_and_words_to_the_host() -> None:
    host, operations = briefs(advised(HOST, OPERATIONS, SILENT), KNOWLEDGE)
    assert [each.strategy for each in host.tasks] == ["talk", "pin"]
    assert [each.strategy for each in operations.tasks] == ["pin", "set"]
    talk, said = host.tasks
    assert talk.steps == ("Smile",) and talk.words == (("en", ("Hello there",)),)
    assert said.steps == () and said.words == (("en", ("Look at the pin",)), ("id", ("Lihat",)))
    assert said.truth_required == operations.tasks[0].truth_required == ("It is in stock",)
    assert operations.tasks[0].words == () and operations.tasks[0].steps == ("Pin it",)
    assert operations.tasks[0].tools == (KNOWLEDGE.tools["live_pin"].label,)
    assert talk.because == "reason of talk"


def test_with_a_plan_only_the_one_change_is_asked_for() -> None:
    chosen = KNOWLEDGE.strategies["duration_periodic_giveaways"]
    plan = plan_for(chosen, wobbly(9, 0.1), KNOWLEDGE.metrics, datetime(2026, 6, 1))
    host, operations = briefs(advised(HOST, chosen, SILENT), KNOWLEDGE, plan)
    assert {each.strategy for each in (*host.tasks, *operations.tasks)} == {chosen.id}
    assert all(each.chosen for each in (*host.tasks, *operations.tasks))
    assert host.tasks[0].words and not host.tasks[0].steps and operations.tasks[0].steps


def test_nothing_to_fix_is_said() -> None:
    made = briefs([], KNOWLEDGE)
    assert briefs_markdown(made).count(NOTHING) == 2
    assert briefs_html(made).count(NOTHING) == 2


def test_both_forms_hold_everything_and_escape_it() -> None:
    evil = strategy("evil", WHEN, owner="host", title="<b>*x*</b>", do=[{"step": "<script>"}], say={"en": ["<i>"]})
    made = briefs(advised(evil, OPERATIONS), KNOWLEDGE)
    html, text = briefs_html(made, "<u>Sat</u>"), briefs_markdown(made, "<u>Sat</u>")
    for tag in ("<b>", "<script>", "<i>", "<u>"):
        assert tag not in html and tag not in text
    assert "&lt;script&gt;" in html and "\\<script\\>" in text and "\\*x\\*" in text
    for words in ("For the host", "For operations", "Pin it", "Lihat", "It is in stock"):
        assert words in html and words in text
    assert html.count('class="page"') == 2 and "http" not in html
