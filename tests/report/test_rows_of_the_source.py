"""What a review shows of the LIVE Traffic Playbook, each a test named after its row of the design.

S7, S8, S28, S29 and S34 stand in tests/app, S9 to S24 and S33 in tests/advice, S27 in tests/diagnosis/test_weekly.py,
S30 in tests/training, S31 in tests/practice, S32 in tests/plans.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playbook.during.so_far import so_far
from playbook.knowledge.load import load
from playbook.pipeline import Review, review
from playbook.report.forms.as_text import as_text
from playbook.report.forms.run_sheet import run_sheet
from playbook.report.words import during, opening, sentences
from playbook.simulation.shops import calm_shop
from tests.diagnosis.shops import live
from tests.running import live as room_live
from tests.running import noted, past

KNOWLEDGE = load()
METRICS = KNOWLEDGE.metrics
#: The table of the source: by dimension, the metric and its value by hand for the LIVE of `shops.STEADY`, two hours.
TABLE = {
    "reach": {"impressions": 40_000, "views": 5_000, "viewers": 4_200, "avg_viewing_duration": 45, "err": 0.125,
              "impressions_per_hour": 20_000},
    "engage": {"comment_rate": 0.082, "follow_rate": 0.01, "share_rate": 0.004, "like_rate": 1.2},
    "convert": {"ctr": 0.128, "ctor": 0.075, "show_gpm": 24, "watch_gpm": 192, "gmv_per_hour": 480},
}  # fmt: skip


def reviewed(cut: dict[str, float] | None = None, seed: int = 4) -> Review:
    """The last LIVE of a calm shop, with rates cut to a part of themselves."""
    *earlier, last = calm_shop(np.random.default_rng(seed), 200_000, 10, {9: cut or {}})
    return review(last, earlier, KNOWLEDGE)


def test_s1_the_fourteen_metrics_and_gmv_per_hour_in_three_dimensions_with_definitions_and_remarks() -> None:
    told = {each["id"]: each for each in review(live(), [], KNOWLEDGE).to_dict()["metrics"]}
    for dimension, values in TABLE.items():
        for name, value in values.items():
            assert told[name]["dimension"] == dimension
            assert told[name]["value"] == pytest.approx(value), name
            assert METRICS[name].plain and METRICS[name].why
    assert sum(map(len, TABLE.values())) == 15
    for name, other in (("impressions", "views"), ("show_gpm", "Watch GPM")):
        assert other in f"{METRICS[name].why} {METRICS[name].remark}", "which of two is the better sign"


def test_s2_both_click_rates_are_kept_apart() -> None:
    found = review(live(product_impressions=9_000.0), [], KNOWLEDGE)
    values = {name: found.judgements[name].value for name in ("ctr", "product_ctr")}
    assert values == {"ctr": pytest.approx(640 / 5_000), "product_ctr": pytest.approx(640 / 9_000)}
    assert METRICS["ctr"].label != METRICS["product_ctr"].label
    assert review(live(product_impressions=None), [], KNOWLEDGE).judgements["product_ctr"].value is None


def test_s3_the_worst_metric_while_the_live_runs() -> None:
    running = noted(room_live(7), every=10, until=60).session()
    assert running.trend is not None
    trend = running.trend.assign(comments=running.trend["comments"] * 0.1)
    found = so_far(replace(running, trend=trend, counts={**running.counts, "comments": trend["comments"].sum()}),
                   past(), METRICS)  # fmt: skip
    first = found.diagnosis.worst[0]
    assert (first.metric, found.diagnosis.judgements[first.metric].verdict) == ("comment_rate", "below")
    assert "comment rate is 1.0%, below your usual" in during.running_line(found, KNOWLEDGE)


def test_s4_the_three_worst_after_the_live_with_their_course_over_past_lives() -> None:
    found = reviewed({"err": 0.5, "comment_rate": 0.4, "ctr": 0.6})
    assert {each.metric for each in found.diagnosis.worst} == {"err", "comment_rate", "ctr"}
    for each in found.diagnosis.worst:
        values = [then.value for then in found.judgements[each.metric].past]
        assert len(values) == 9 and len(set(values)) > 1


def test_s5_a_repeat_offender_of_the_past_five_is_told_from_a_new_weakness() -> None:
    lives = calm_shop(np.random.default_rng(6), 200_000, 12, {9: {"err": 0.5}, 11: {"err": 0.5, "follow_rate": 0.3}})
    worst = {each.metric: each for each in review(lives[-1], lives[:-1], KNOWLEDGE).diagnosis.worst}
    assert (worst["err"].status, worst["err"].weak_in_last_5) == ("repeat", 1)
    assert (worst["follow_rate"].status, worst["follow_rate"].weak_in_last_5) == ("new", 0)
    assert "Second time in" in sentences.repeated(worst["err"])


def test_s6_all_in_one_dimension_is_said_with_what_it_means() -> None:
    one = reviewed({"comment_rate": 0.35, "follow_rate": 0.3, "share_rate": 0.2})
    assert one.to_dict()["worst_dimension"] == "engage"
    said = [each for each in opening.details(one) if "engage" in each.lower()]
    assert said and said[0] in as_text(one).replace("\n", " ")
    mixed = reviewed({"comment_rate": 0.35, "err": 0.5, "ctr": 0.5})
    assert mixed.to_dict()["worst_dimension"] is None
    assert not [each for each in opening.details(mixed) if "engage" in each.lower()]


def test_s25_the_routine_during_looks_at_traffic_trends_channels_and_products() -> None:
    steps = KNOWLEDGE.routines["during_live"].steps
    looked_at = {metric for each in steps for metric in each.metrics}
    assert {"impressions", "err", "follow_rate", "comment_rate", "ctr", "ctor"} <= looked_at
    assert any("channels" in each.do for each in steps)
    sheet = run_sheet(KNOWLEDGE, minutes=120)
    assert [each.minute for each in sheet.during if each.minute is not None] == [30, 45, 60, 75, 90, 105]


def test_s26_the_routine_after_goes_from_the_live_to_the_account() -> None:
    after = " ".join(each.do for each in KNOWLEDGE.routines["after_live"].steps)
    assert "three worst" in after and "was best" in after
    assert run_sheet(KNOWLEDGE).after, "the run sheet has it"
    lives = calm_shop(np.random.default_rng(3), 200_000, 20, {at: {"comment_rate": 0.6} for at in range(15, 20)})
    account = review(lives[-1], lives[:-1], KNOWLEDGE).diagnosis
    assert [each.metric for each in account.slides] == ["comment_rate"], "the last five LIVEs against those before"
