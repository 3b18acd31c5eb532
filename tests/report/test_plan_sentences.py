"""What plans and outcomes say: the text is under test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from playbook.diagnosis.findings import More, WhatIf
from playbook.model.session import Session
from playbook.plans.draw import Draw
from playbook.plans.evidence import Evidence
from playbook.plans.outcomes import PlanOutcome
from playbook.plans.plan import Plan
from playbook.report.forms.as_markdown import as_markdown
from playbook.report.words import plans as say
from playbook.report.words.sentences import largest_what_ifs, what_if_sentence

from .build import HOSTILE, KNOWLEDGE, judged, planned, reviewed

PLAN = Plan(
    "p", "err_billboard", "Put up a billboard", "live-1", datetime(2026, 6, 1), "err", "up", 0.1, "operations",
    "minute 10", 10.0, ("Do it",), (), (), (), 6, 6, "impressions", 243_512, 0.1,
)  # fmt: skip
DRAW = Draw(1, date(2026, 11, 27), (20.0,), "1001010" + "0110101")
OUTCOME = PlanOutcome(
    "p", "err_billboard", "err", "worked", 4, 1, 0, change=0.15, low=0.04, high=0.28, log_change=0.14, error=0.05,
    seen=0.091, expected=0.079, chance=0.002, analyses_taken=2,
)  # fmt: skip


def test_what_a_plan_says() -> None:
    assert say.hoped(PLAN, KNOWLEDGE) == "ERR up by 10% or more"
    assert say.when_done(PLAN) == "minute 10 (0:10)"
    assert say.when_done(replace(PLAN, minute=None, trigger="in each pitch")) == "in each pitch"
    assert say.stop_rule(PLAN) == (
        "Judged after 3 and after 6 LIVEs with it, not before. Every second LIVE without it makes the answer clearer."
    )
    assert say.stop_rule(replace(PLAN, alternate=True, lives=2)) == (
        "Do it in every second LIVE, the first one with it. Judged after 1 and after 2 LIVEs with it, not before."
    )
    assert say.stop_rule(replace(PLAN, alternate=True, draw=DRAW)) == (
        "Which LIVEs have it is drawn, about every second one. Judged after 3 and after 6 LIVEs drawn with it, not "
        "before, and as drawn: a LIVE that did not keep to the draw still counts where it was drawn."
    )


def test_what_was_drawn_is_said_before_the_live_and_after() -> None:
    plan, morning = replace(PLAN, alternate=True, draw=DRAW), datetime(2026, 11, 27, 9, 0)
    assert say.drawn_next(plan, morning) == "Drawn for Fri, Nov 27, about 20:00: with the change."
    assert say.drawn_next(plan, datetime(2026, 11, 27, 21)) == "Drawn for Sat, Nov 28, about 20:00: without the change."
    assert say.drawn_next(plan, datetime(2026, 11, 20)) == "Drawn for Fri, Nov 27, about 20:00: with the change."
    assert say.drawn_next(PLAN, morning) is None and say.drawn_week(PLAN, morning) == ()
    week = say.drawn_week(plan, morning)
    assert len(week) == 7 and week[:2] == ("Fri, Nov 27 20:00: with it", "Sat, Nov 28 20:00: without it")
    assert (
        say.drawn_then(plan, Session("x", {}, start=datetime(2026, 11, 28, 19, 30)))
        == "It was drawn without the change."
    )
    assert say.drawn_then(PLAN, Session("x", {}, start=datetime(2026, 11, 28, 19, 30))) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "It takes 6 LIVEs, about 240,000 impressions to see a change of 10%."),
        (
            {"lives_needed": 20, "lives": 8, "visible": 0.18},
            "It takes 20 LIVEs, about 240,000 impressions to see a change of 10%. After 8 LIVEs one of 18% shows.",
        ),
        ({"unit": None, "units_needed": None, "lives_needed": 1}, "It takes 1 LIVE to see a change of 10%."),
        (
            {"lives_needed": None, "lives": 8, "visible": 0.41},
            "A change of 10% is too small to see in 40 LIVEs of this shop; 8 LIVEs show one of 41%.",
        ),
        (
            {"alternate": True},
            "It takes 6 LIVEs with it and as many without, about 240,000 impressions to see a change of 10%.",
        ),
        ({"visible": None, "lives_needed": None}, "Too few earlier LIVEs to say how many it takes."),
    ],
)
def test_how_much_it_takes(changes: dict[str, object], words: str) -> None:
    assert say.effort(replace(PLAN, **changes), KNOWLEDGE) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Worked: ERR 9.1% over 4 LIVEs with it, 7.9% expected (+15%, range +4% to +28%)."),
        (
            {"verdict": "no_sign", "change": -0.02, "low": -0.1, "high": 0.07, "seen": 0.077},
            "No sign: ERR 7.7% over 4 LIVEs with it, 7.9% expected (-2%, range -10% to +7%).",
        ),
        (
            {"verdict": "cannot_tell", "change": None, "more": 3, "reason": "there was no LIVE since"},
            "Cannot tell yet: there was no LIVE since. It takes 3 LIVEs more with it.",
        ),
        (
            {"verdict": "cannot_tell", "more": 1, "reason": "so far it moved", "done": 1},
            "Cannot tell yet: so far it moved. It takes 1 LIVE more with it. "
            "ERR 9.1% over 1 LIVE with it, 7.9% expected (+15%, range +4% to +28%).",
        ),
        (
            {"shrunk": 0.11, "shrunk_low": 0.0, "shrunk_high": 0.23},
            "Worked: ERR most likely +11% (range 0% to +23%). As measured: 9.1% over 4 LIVEs with it, 7.9% expected "
            "(+15%).",
        ),
        (
            {"shift": 0.08, "deviated": 2},
            "Worked: ERR 9.1% over 4 LIVEs with it, 7.9% expected (+15%, range +4% to +28%). The rates it should not "
            "touch moved as well (+8% together); this one moved further. In 2 LIVEs it was not done as drawn, so what "
            "it brings where it is done may be more.",
        ),
        (
            {"verdict": "no_sign", "shift": 0.08, "deviated": 0},
            "No sign: ERR 9.1% over 4 LIVEs with it, 7.9% expected (+15%, range +4% to +28%). The rates it should not "
            "touch moved as well (+8% together).",
        ),
        ({"verdict": "not_done", "not_done": 2, "done": 0}, "Not done in 2 LIVEs since."),
    ],
)
def test_what_an_outcome_says(changes: dict[str, object], words: str) -> None:
    assert say.outcome_sentence(replace(OUTCOME, **changes), KNOWLEDGE) == words


def test_what_the_shops_own_tries_say() -> None:
    none = Evidence("x", "err", 0, 0, 0, 0, 1)
    some = Evidence("x", "err", 3, 1, 1, 1, 0, 0.08, -0.02, 0.19, datetime(2026, 10, 4, 19, 0))
    assert say.evidence_sentence(none, KNOWLEDGE) == "Not tried here yet."
    assert say.evidence_sentence(some, KNOWLEDGE) == (
        "Tried 3 times here: 1 worked, 1 no sign, 1 cannot tell yet. ERR +8% on the whole, range -2% to +19%. "
        "Last used Oct 4, 2026."
    )
    lucky = replace(some, worked=0, unconfirmed=1, plans=9, last_used=None)
    assert say.evidence_sentence(lucky, KNOWLEDGE).startswith(
        "Tried 3 times here: 1 worked by itself but may be luck among 9 plans, 1 no sign, 1 cannot tell yet."
    )
    gone = replace(some, metric="gone", tries=1, no_sign=0, cannot_tell=0)
    assert say.evidence_sentence(gone, KNOWLEDGE).startswith("Tried once here: 1 worked. gone +8%")


def test_a_metric_that_is_gone_breaks_nothing() -> None:
    assert say.measured(replace(OUTCOME, metric="gone"), KNOWLEDGE) == ""
    assert say.hoped(replace(PLAN, metric="gone"), KNOWLEDGE) == "gone up by 10% or more"


def test_what_if_in_words() -> None:
    found = reviewed(hostile=False)
    more = (More("views", 2312.0, 1800, 2900), More("product_clicks", 280.0, 200, 350), More("sku_orders", 21.2, 9, 30),
            More("gmv", 480.4, 350.0, 610.0))  # fmt: skip
    assert what_if_sentence(found, WhatIf("err", 0.06, 0.084, more)) == (
        "With ERR at your usual 8.4%: 2,300 more entries, about 21 more orders, about $480 more "
        "(between $350 and $610)."
    )
    small = (More("sku_orders", 1.2, -0.5, 3.0), More("gmv", 24.0, -10.0, 60.0))
    assert what_if_sentence(found, WhatIf("ctor", 0.07, 0.08, small)) == (
        "With CTOR at your usual 8.0%: about 1 more order, about $24.00 more (anything up to $60.00)."
    )
    assert largest_what_ifs(found)[0].factor == "err"


def test_no_sentence_claims_a_cause_or_shouts() -> None:
    found = reviewed(hostile=False)
    plan = planned(found, hostile=False)
    text = as_markdown(found, plan, [judged(plan)])
    for word in ("because of", "caused", "thanks to", "due to", "!"):
        assert word not in text, word


def test_markdown_has_the_plan_and_the_verdict_and_escapes_both() -> None:
    found = reviewed()
    plan = planned(found)
    outcome = judged(plan)
    text = as_markdown(found, plan, [outcome])
    verdict = say.VERDICTS[outcome.verdict]
    assert "## The one change of the next LIVE" in text
    assert f"**{found.recommendations[0].title}**: {verdict.capitalize()}" in text
    assert "<script>" not in text.replace("\\<script\\>", "") and HOSTILE not in text
    assert "With ERR at your usual" in text
