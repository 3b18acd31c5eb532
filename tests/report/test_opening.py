"""How a review opens: money first, then the metrics on the same step, and no advice behind 'nothing fell'."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playbook.diagnosis.findings import Leak, LeakPart
from playbook.knowledge.load import load
from playbook.model.session import Session
from playbook.pipeline import Review, review
from playbook.report.forms.as_markdown import as_markdown
from playbook.report.forms.as_text import as_text
from playbook.report.words import opening, sentences
from tests.diagnosis.shops import live, wobbly

KNOWLEDGE = load()


def reviewed(session: Session, history: int = 20, left_out: frozenset[str] = frozenset()) -> Review:
    return review(session, wobbly(history, 0.05), KNOWLEDGE, left_out=left_out)


HALF = {"views": 2_500.0, "viewers": 2_100.0, "product_impressions": 4_500.0, "product_clicks": 320.0,
        "sku_orders": 24.0, "gmv": 480.0, "comments": 205.0, "new_followers": 25.0, "shares": 10.0,
        "likes": 3_000.0}  # fmt: skip


def test_half_as_many_entries_money_weak_metric_and_first_step_speak_of_entering() -> None:
    found = reviewed(live(20, **HALF))
    said = opening.headline(found)
    assert said.startswith("You sold $") and "%) less than your usual LIVE of this length. Entering cost most" in said
    first, second = opening.details(found)[:2]
    assert first.startswith("$480 in 24 orders; your usual is $")
    assert second.startswith("Fewer people came in: ERR 6.2%")
    assert "err" in found.recommendations[0].metrics
    assert opening.to_do(found).startswith(f"To do next: {found.recommendations[0].title}. First step: ")
    assert found.diagnosis.worst[0].metric == "err"


def test_a_first_live_says_what_was_sold() -> None:
    found = reviewed(live(0), 0)
    assert opening.headline(found) == "Your first LIVE here sold $960 in 48 orders over 2 h."
    assert opening.details(found) == ["There is nothing to compare its numbers with yet."]
    third = opening.headline(reviewed(live(2), 2))
    assert third.startswith("This LIVE sold $960 in 48 orders over 2 h. 3 LIVEs so far")
    without = reviewed(live(0, gmv=None, sku_orders=None), 0)
    assert opening.headline(without) == "Your first LIVE here had 5,000 views; its file has no GMV."
    one = reviewed(live(0, gmv=20.0, sku_orders=1.0), 0)
    assert "sold $20.00 in 1 order over" in opening.headline(one)


def test_nothing_fell_is_never_followed_by_to_do_next() -> None:
    calm = reviewed(live(20))
    assert "No metric fell outside the range of your usual LIVEs." in opening.details(calm)
    assert opening.to_do(calm) == ""
    # The same LIVE with something to advise: the reason stands beside it.
    advice = reviewed(live(20, **HALF)).recommendations[:1]
    told = replace(calm, recommendations=advice)
    assert not any("No metric fell" in each for each in opening.details(told))
    assert opening.to_do(told).startswith(f"Worth doing: {advice[0].title}. {advice[0].because} First step:")


def test_gmv_below_its_usual_is_no_no_metric_fell() -> None:
    found = reviewed(live(20, gmv=500.0))
    assert found.judgements["gmv"].verdict == "below"
    assert not any("No metric fell" in each for each in opening.details(found))


def parts(**amounts: float) -> tuple[LeakPart, ...]:
    return tuple(LeakPart(name, each, each - 1, each + 1, each - 2, each + 2) for name, each in amounts.items())


@pytest.mark.parametrize(
    ("leak", "words"),
    [
        (Leak(1000, 500, parts(err=-400, ctr=-100), False), ""),
        (Leak(1000, 500, parts(err=-50, ctor=-450), False),
         "CTOR was low but inside its range, so it is not called weak; in money it made the largest difference."),
        (Leak(1000, 500, parts(err=-250, ctor=-250), False), "No single step made most of the difference."),
        (Leak(1000, 980, parts(err=-220, ctor=200), True),
         "Sales held all the same: ordering brought $200 more than usual."),
        (Leak(1000, 980, parts(err=-20), True), "Sales were still inside what your LIVEs differ by."),
        (Leak(1000, 1500, parts(err=-100, ctor=600), False), "What was weak cost less than the other steps brought."),
    ],
)  # fmt: skip
def test_where_money_and_metrics_disagree_the_page_says_why(leak: Leak, words: str) -> None:
    found = reviewed(live(20, views=2_500.0, comments=205.0, new_followers=25.0, shares=10.0, likes=3_000.0,
                          product_clicks=320.0, sku_orders=24.0, gmv=480.0))  # fmt: skip
    assert "err" in {each.metric for each in sentences.below(found)}
    assert found.judgements["ctor"].verdict == "usual"
    told = replace(found, diagnosis=replace(found.diagnosis, leak=leak))
    assert opening.money_and_metrics(told) == words
    assert not words or words in opening.details(told)


def test_small_differences_that_add_up_are_said_to() -> None:
    calm = reviewed(live(20))
    leak = Leak(1000, 500, parts(err=-250, ctor=-250), False)
    told = replace(calm, diagnosis=replace(calm.diagnosis, leak=leak))
    assert "several small differences add up" in opening.money_and_metrics(told)


def test_the_worst_lie_on_the_worse_side_and_there_may_be_fewer_than_three() -> None:
    better = dict.fromkeys(("comments", "new_followers", "shares", "likes"), 9_000.0)
    better |= {"avg_viewing_seconds": 80.0, "product_clicks": 900.0, "sku_orders": 200.0}
    found = reviewed(live(20, views=3_000.0, **better))
    assert [each.metric for each in found.diagnosis.worst] == ["err"]
    assert opening.worst_title(found) == "The worst metric, below your usual"
    turned = reviewed(live(20, views=9_000.0, avg_viewing_seconds=80.0, product_clicks=3_000.0, sku_orders=900.0,
                           comments=9e3, new_followers=9e2, shares=9e2, likes=9e4))  # fmt: skip
    assert turned.diagnosis.worst == () and turned.to_dict()["worst"] == []
    assert opening.no_worst(turned) == "No metric was on the worse side of its usual."


def test_a_metric_left_out_by_choice_is_judged_but_neither_ranked_nor_advised_on() -> None:
    with_it, without = reviewed(live(20, **HALF)), reviewed(live(20, **HALF), left_out=frozenset({"err"}))
    assert with_it.diagnosis.worst[0].metric == "err"
    assert without.judgements["err"].verdict == "below"
    assert "err" not in {each.metric for each in without.diagnosis.worst}
    assert without.to_dict()["left_out"] == ["err"]
    assert not any(set(each.metrics) == {"err"} for each in without.recommendations)
    assert not any("ERR" in each for each in opening.details(without)[1:2])


def test_a_review_has_one_usual_gmv() -> None:
    found = reviewed(live(20, **HALF))
    assert found.diagnosis.leak is not None
    assert found.judgements["gmv"].usual == found.diagnosis.leak.usual_gmv
    assert found.judgements["gmv"].verdict == found.judgements["gmv_per_hour"].verdict == "below"
    usual = sentences.against_usual(found, found.judgements["gmv"])
    assert usual.startswith("$") and usual.endswith(" less")
    assert sentences.against_usual(found, found.judgements["orders"]).startswith("usual 4")


def test_a_step_for_a_live_on_air_is_told_for_the_next_one() -> None:
    dip = KNOWLEDGE.strategies["dip_no_pin_entrance"]
    assert dip.next_step == (dip.do[1].step, True), "agree who pins, not: pin what is being shown"
    on_air = next(each for each in KNOWLEDGE.strategies.values() if not each.next_step[1])
    found = reviewed(live(20, new_followers=10.0))
    told = replace(found, recommendations=(replace(found.recommendations[0], strategy=on_air),))
    line = f"First step, in the next LIVE: {on_air.first_step}"
    assert f"{line}." in opening.to_do(told)
    for form in (as_text, as_markdown):
        assert line in " ".join(form(told).split())
