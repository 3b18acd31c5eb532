"""The diagnosis as a whole: contracts, known answers, and input that is odd."""

from __future__ import annotations

import dataclasses
import itertools
import json
import math
from datetime import timedelta

import numpy as np
import pytest

from playbook.diagnosis import Benchmark, diagnose
from playbook.diagnosis.over_lives.worst import status_of
from playbook.model.session import COUNTS, Event, Product, Session
from playbook.simulation import restless_shop

from .shops import FACTORS, METRICS, changed, live, said, wobbly


def assert_finite(found: object) -> None:
    """No NaN or infinity anywhere, and everything may go to JSON."""
    json.dumps(dataclasses.asdict(found), allow_nan=False, default=str)


def test_a_clear_cut_is_below_first_and_new() -> None:
    history = wobbly(10, 0.08)
    found = diagnose(live(10, views=2_600.0), history, METRICS)
    err = found.judgements["err"]
    assert err.verdict == "below"
    assert err.value is not None and err.low is not None and err.value < err.low
    first = found.worst[0]
    assert (first.metric, first.rank, first.status, first.weak_in_last_5) == ("err", 1, "new", 0)
    assert len(found.worst) == 3


def test_a_clear_rise_is_above_and_not_worst() -> None:
    found = diagnose(live(10, comments=1_200.0), wobbly(10, 0.08), METRICS)
    assert found.judgements["comment_rate"].verdict == "above"
    assert found.worst[0].metric != "comment_rate"


def test_where_lower_is_better_the_verdict_turns() -> None:
    turned = {n: m.model_copy(update={"good": "low"}) if n == "err" else m for n, m in METRICS.items()}
    history = wobbly(10, 0.08)
    assert diagnose(live(10, views=2_600.0), history, turned).judgements["err"].verdict == "above"
    assert diagnose(live(10, views=9_000.0), history, turned).judgements["err"].verdict == "below"


@pytest.mark.parametrize("number", [0, 1, 2])
def test_fewer_than_three_earlier_lives_make_no_usual(number: int) -> None:
    found = diagnose(live(number, views=10.0), [live(i) for i in range(number)], METRICS)
    for judgement in found.judgements.values():
        assert (judgement.usual, judgement.low, judgement.high) == (None, None, None)
        assert judgement.verdict == "unknown"
    so_far = "none so far" if number == 0 else f"{number} so far"
    assert (
        found.judgements["impressions"].reason == f"no usual yet: it needs 3 earlier LIVEs with this number, {so_far}"
    )
    assert (found.worst, found.worst_dimension, found.leak) == ((), None, None)
    assert any("export the last 28 days" in note for note in said(found.notes))
    assert_finite(found)


def test_three_earlier_lives_make_a_usual_around_them() -> None:
    found = diagnose(live(3), [live(i) for i in range(3)], METRICS)
    for name, judgement in found.judgements.items():
        assert judgement.value is not None and judgement.usual is not None, name
        assert judgement.low is not None and judgement.high is not None, name
        assert judgement.low < judgement.value < judgement.high, name
        assert judgement.usual == pytest.approx(judgement.value, rel=0.06), name
        assert judgement.verdict == "usual"


def test_too_few_counts_are_shown_and_not_judged() -> None:
    found = diagnose(live(8, product_clicks=12.0, sku_orders=0.0), wobbly(8, 0.1), METRICS)
    ctor = found.judgements["ctor"]
    assert (ctor.value, ctor.verdict, ctor.reason) == (0.0, "unknown", "too few to tell: 12 of 20 product clicks")
    assert ctor.usual is not None
    assert "ctor" not in [w.metric for w in found.worst]


def test_the_judged_live_is_not_in_its_own_usual() -> None:
    history = wobbly(8, 0.1)
    low = live(8, comments=20.0)
    with_itself = diagnose(low, [*history, low], METRICS).judgements["comment_rate"]
    assert with_itself == diagnose(low, history, METRICS).judgements["comment_rate"]


def test_only_ordinary_earlier_lives_of_the_same_currency_count() -> None:
    history = wobbly(6, 0.1)
    judged = live(6)
    later = live(9, comments=4.0)
    stub = changed(dataclasses.replace(live(2), id="stub", duration_minutes=20.0), comments=4.0)
    running = changed(dataclasses.replace(live(3), id="running", running=True), comments=4.0)
    foreign = changed(dataclasses.replace(live(4), id="foreign", currency="VND"), comments=4.0)
    undated = changed(dataclasses.replace(live(5), id="undated", start=None), comments=4.0)
    same_start = changed(dataclasses.replace(judged, id="twin"), comments=4.0)
    mixed = [later, stub, *history[3:], running, foreign, *history[:3], undated, same_start]
    found, clean = diagnose(judged, mixed, METRICS), diagnose(judged, history, METRICS)
    assert found.judgements == clean.judgements
    assert found.history_sessions == 6
    assert said(found.notes) == (
        "1 LIVE without a start time left out: they cannot be placed before this one.",
        "2 LIVEs under 30 minutes or still running left out of the usual.",
        "1 LIVE in another currency left out of the usual.",
    )


def test_a_live_without_a_start_is_judged_by_all_others() -> None:
    found = diagnose(dataclasses.replace(live(99), start=None), wobbly(6, 0.1), METRICS)
    assert found.history_sessions == 6
    assert said(found.notes) == ("This LIVE has no start time, so every other LIVE given counts as an earlier one.",)


def test_repeat_offenders_are_judged_by_what_preceded_each() -> None:
    """The count equals that of five diagnoses, each made when that LIVE was the latest."""
    rng = np.random.default_rng(5)
    lives = restless_shop(rng, 40, 20_000)
    for end in range(6, 40, 3):
        found = diagnose(lives[end], lives[:end], METRICS)
        before = [diagnose(lives[i], lives[:i], METRICS) for i in range(end - 5, end)]
        for weakness in found.worst:
            verdicts = [d.judgements[weakness.metric].verdict for d in before]
            assert weakness.weak_in_last_5 == verdicts.count("below")
            assert weakness.judged_in_last_5 == 5 - verdicts.count("unknown")


def test_a_second_weak_live_is_a_repeat() -> None:
    history = [*wobbly(10, 0.08), live(10, comments=120.0)]
    found = diagnose(live(11, comments=100.0), history, METRICS)
    assert (found.worst[0].metric, found.worst[0].status, found.worst[0].weak_in_last_5) == (
        "comment_rate",
        "repeat",
        1,
    )


@pytest.mark.parametrize(
    ("verdict", "weak", "judged", "status"),
    [
        ("below", 1, 1, "repeat"), ("below", 5, 5, "repeat"), ("below", 0, 3, "new"), ("below", 0, 2, "unknown"),
        ("usual", 3, 5, None), ("above", 0, 5, None), ("unknown", 0, 5, None),
    ],
)  # fmt: skip
def test_status(verdict: str, weak: int, judged: int, status: str | None) -> None:
    assert status_of(verdict, weak, judged) == status


def test_worst_dimension_only_when_all_three_are_below_and_share_one() -> None:
    history = wobbly(12, 0.06)
    engage = diagnose(live(12, comments=120.0, new_followers=14.0, likes=1_500.0), history, METRICS)
    assert {w.metric for w in engage.worst} == {"comment_rate", "follow_rate", "like_rate"}
    assert engage.worst_dimension == "engage"
    two = diagnose(live(12, comments=120.0, likes=1_500.0), history, METRICS)
    assert two.worst_dimension is None
    across = diagnose(live(12, comments=120.0, views=2_000.0, likes=600.0, new_followers=20.0), history, METRICS)
    assert across.worst_dimension is None


def test_the_best_session_tells_what_is_known_of_it() -> None:
    history = wobbly(8, 0.05)
    history[3] = dataclasses.replace(
        changed(history[3], comments=900.0),
        events=(Event("giveaway", 40.2, detail="comment task"), Event("pin", 5, product="Red mug")),
        products=(Product("1", "Mug", {"gmv": 90.0}, pinned_minutes=3), Product("2", "Bowl", {}, pinned_minutes=30)),
    )
    found = diagnose(live(8, comments=150.0), history, METRICS).worst[0].best_session
    assert found is not None
    assert (found.id, found.title) == ("live-3", "LIVE 3")
    assert found.events == ("pin at minute 5 (Red mug)", "giveaway at minute 40 (comment task)")
    assert found.products == ("Bowl", "Mug")


def test_a_fluke_on_few_counts_is_not_the_best_session() -> None:
    history = wobbly(8, 0.05)
    history[2] = changed(history[2], product_clicks=4.0, sku_orders=4.0)
    best = {w.metric: w.best_session for w in diagnose(live(8, sku_orders=5.0), history, METRICS).worst}
    assert best["ctor"] is not None and best["ctor"].id != "live-2"


def test_direct_and_attributed_gmv_are_not_mixed() -> None:
    history = [dataclasses.replace(s, gmv_kind="attributed") for s in wobbly(8, 0.1)]
    found = diagnose(live(8), history, METRICS)
    assert found.judgements["show_gpm"].usual is None
    assert "8 earlier LIVEs show attributed GMV, this one direct GMV: their GMV is not compared." in said(found.notes)
    assert found.judgements["err"].usual is not None
    some = [*history, *(live(8 + i, gmv=900.0 + i) for i in range(3))]
    show = diagnose(live(11), some, METRICS).judgements["show_gpm"]
    assert show.usual == pytest.approx(22.5, rel=0.05)


def test_approximate_impressions_are_judged_marked_and_mixed_only_with_a_note() -> None:
    rough = [dataclasses.replace(s, approximate=frozenset({"impressions"})) for s in wobbly(8, 0.1)]
    found = diagnose(dataclasses.replace(live(8), approximate=frozenset({"impressions"})), rough, METRICS)
    assert found.judgements["err"].approximate and found.judgements["err"].verdict == "usual"
    assert not found.judgements["comment_rate"].approximate
    assert said(found.notes) == ()
    crossed = diagnose(live(8), rough, METRICS)
    assert crossed.judgements["err"].usual is not None
    assert any("ERR" in note and "derived" in note for note in said(crossed.notes))


def test_volumes_are_compared_at_equal_length() -> None:
    found = diagnose(live(8, 60.0, impressions=20_000.0, views=2_500.0), wobbly(8, 0.05), METRICS)
    assert found.judgements["impressions"].usual == pytest.approx(20_000, rel=0.1)
    assert found.judgements["impressions"].verdict == "usual"
    assert found.judgements["views"].verdict == "usual"


def test_graded_evidence_in_plain_words() -> None:
    history = [*wobbly(9, 0.1), live(9, comments=390.0), live(10, comments=385.0)]
    found = diagnose(live(11, comments=320.0), history, METRICS).judgements["comment_rate"]
    assert found.verdict == "usual"
    assert found.graded[0] == "lowest of the last ten LIVEs"
    assert found.graded[1].startswith("below the middle") and found.graded[1].endswith("times running")
    assert diagnose(live(11), history, METRICS).judgements["comment_rate"].graded == ()


def test_a_slow_slide_is_seen_over_five_lives() -> None:
    history = wobbly(20, 0.05)
    falling = [changed(live(20 + i), comments=410 * 0.72 * (1 + 0.01 * i)) for i in range(5)]
    found = diagnose(falling[-1], [*history, *falling[:-1]], METRICS)
    slide = next(s for s in found.slides if s.metric == "comment_rate")
    assert slide.low < slide.change < slide.high < 0
    assert slide.change == pytest.approx(-0.27, abs=0.06)
    assert slide.recent == pytest.approx(slide.earlier * (1 + slide.change))
    assert diagnose(live(20), history, METRICS).slides == ()


def test_a_benchmark_missed_again_and_again_is_chronic() -> None:
    mark = Benchmark("ctr", 0.20, "dashboard", "2026-05-01")
    ignored = [Benchmark("nonsense", 1.0, "x", "2026-05-01"), Benchmark("err", math.nan, "x", "2026-05-01")]
    found = diagnose(live(6), wobbly(6, 0.05), METRICS, [mark, *ignored])
    assert [(c.metric, c.below, c.of) for c in found.chronic] == [("ctr", 5, 5)]
    assert found.judgements["ctr"].benchmark == mark
    assert diagnose(live(6), wobbly(6, 0.05), METRICS, [dataclasses.replace(mark, value=0.05)]).chronic == ()


def test_metrics_that_fall_together_are_one_story() -> None:
    history = wobbly(12, 0.06)
    found = diagnose(
        live(12, comments=200.0, product_clicks=300.0, sku_orders=22.0, avg_viewing_seconds=20.0), history, METRICS
    )
    assert [story.metrics for story in found.stories] == [("avg_viewing_duration", "comment_rate", "ctr")]
    assert diagnose(live(12, comments=200.0), history, METRICS).stories == ()


@pytest.mark.parametrize(
    "history",
    [
        [], [live(0)], [live(i) for i in range(12)], [live(i, **dict.fromkeys(COUNTS, 0.0)) for i in range(6)],
        [live(i, **dict.fromkeys(COUNTS)) for i in range(6)], [live(i, None) for i in range(6)],
        [live(i, views=1e300, gmv=1e308, impressions=1e-300) for i in range(6)],
        [live(i, views=-3.0, gmv=math.nan, likes=math.inf) for i in range(6)],
        [live(i, minutes=1e9 if i % 2 else 30.0) for i in range(6)],
    ],
    ids=["none", "one", "constant", "zeros", "unknown", "no length", "absurd", "impossible", "lengths"],
)  # fmt: skip
@pytest.mark.parametrize(
    "judged",
    [
        live(20), live(20, **dict.fromkeys(COUNTS, 0.0)), live(20, **dict.fromkeys(COUNTS)), live(20, None),
        live(20, 0.0), live(20, views=1e300, impressions=1e-300, gmv=1e308), live(20, sku_orders=0.0, gmv=0.0),
        live(20, gmv=-1.0, views=math.nan), Session("bare", {}),
    ],
    ids=["usual", "zeros", "unknown", "no length", "zero length", "absurd", "no orders", "impossible", "bare"],
)  # fmt: skip
def test_odd_numbers_never_crash_and_never_leave_nan(history: list[Session], judged: Session) -> None:
    found = diagnose(judged, history, METRICS, [Benchmark("err", 0.1, "x", "2026-01-01")])
    assert_finite(found)
    for judgement in found.judgements.values():
        assert (judgement.verdict == "unknown") == (judgement.reason is not None)
        if judgement.usual is not None:
            assert judgement.low is not None and judgement.high is not None
            assert judgement.low <= judgement.usual <= judgement.high


def test_constant_histories_still_see_a_fall_and_not_a_whisper() -> None:
    history = [live(i) for i in range(12)]
    assert diagnose(live(12, views=4_900.0), history, METRICS).judgements["err"].verdict == "usual"
    assert diagnose(live(12, views=3_500.0), history, METRICS).judgements["err"].verdict == "below"


def test_all_zero_counts_have_a_usual_of_zero() -> None:
    history = [live(i, shares=0.0) for i in range(8)]
    share = diagnose(live(8, shares=0.0), history, METRICS).judgements["share_rate"]
    assert (share.usual, share.low, share.verdict) == (0.0, 0.0, "usual")
    assert share.high is not None and 0 < share.high < 0.005
    assert diagnose(live(8, shares=60.0), history, METRICS).judgements["share_rate"].verdict == "above"


def test_one_odd_live_hardly_moves_the_usual() -> None:
    history = wobbly(10, 0.05)
    odd = [*history[:6], changed(history[6], likes=60_000.0), *history[7:]]
    plain, moved = (diagnose(live(10), h, METRICS).judgements["like_rate"] for h in (history, odd))
    assert moved.usual == pytest.approx(plain.usual, rel=0.12)
    assert diagnose(live(10, likes=2_400.0), odd, METRICS).judgements["like_rate"].verdict == "below"


def test_recent_lives_count_more() -> None:
    old, new = [live(i, likes=3_000.0) for i in range(15)], [live(15 + i, likes=6_000.0) for i in range(8)]
    usual = diagnose(live(23), [*old, *new], METRICS).judgements["like_rate"].usual
    assert usual is not None and usual > 1.0  # the plain mean is 0.81


def test_err_allows_for_traffic() -> None:
    rng = np.random.default_rng(2)
    history = []
    for i in range(20):
        traffic = float(np.exp(rng.normal(0, 0.5)))
        shown = 40_000 * traffic
        history.append(live(i, impressions=shown, views=round(shown * 0.125 * traffic**-0.4)))
    busy = live(20, impressions=160_000.0, views=round(160_000 * 0.125 * 4**-0.4))
    assert diagnose(busy, history, METRICS).judgements["err"].verdict == "usual"
    quiet = dataclasses.replace(
        busy, counts=dict(busy.counts) | {"impressions": 40_000.0, "views": busy.counts["views"] / 4}
    )
    assert diagnose(quiet, history, METRICS).judgements["err"].verdict == "below"


def test_calm_shops_have_narrower_ranges_than_wild_ones() -> None:
    for name in FACTORS:
        calm, wild = (diagnose(live(9), wobbly(9, sd, seed=3), METRICS).judgements[name] for sd in (0.06, 0.45))
        assert calm.high / calm.low < wild.high / max(wild.low, 1e-9), name


def test_surprise_grows_as_a_value_falls() -> None:
    history = wobbly(9, 0.1)
    for count, full in (("comments", 410), ("likes", 6_000), ("shares", 20), ("new_followers", 50)):
        metric = {"comments": "comment_rate", "likes": "like_rate", "shares": "share_rate"}.get(count, "follow_rate")
        steps = [
            diagnose(live(9, **{count: round(full * left)}), history, METRICS).judgements[metric].log_bayes_factor
            for left in (1.0, 0.8, 0.65, 0.5, 0.35, 0.2, 0.05)
        ]
        assert all(b >= a - 1e-9 for a, b in itertools.pairwise(steps)), (metric, steps)


def test_the_order_in_which_history_is_given_does_not_matter() -> None:
    history = wobbly(15, 0.2)
    shuffled = [history[i] for i in np.random.default_rng(1).permutation(15)]
    assert diagnose(live(15), history, METRICS) == diagnose(live(15), shuffled, METRICS)


def test_other_hours_weigh_less_where_enough_alike_exist() -> None:
    evening = [live(i, likes=6_000.0) for i in range(9)]
    morning = [
        dataclasses.replace(live(9 + i, likes=4_000.0), start=live(9 + i).start - timedelta(hours=11)) for i in range(4)
    ]
    usual = diagnose(live(13), [*evening, *morning], METRICS).judgements["like_rate"].usual
    same_hour = diagnose(live(13), [*evening, *(live(9 + i, likes=4_000.0) for i in range(4))], METRICS)
    assert usual > same_hour.judgements["like_rate"].usual


def test_a_long_history_is_cut_and_told_in_full() -> None:
    start = live(0).start
    many = [dataclasses.replace(live(0), id=str(i), start=start + timedelta(hours=12 * i)) for i in range(700)]
    found = diagnose(many[-1], many, METRICS)
    assert found.history_sessions == 699
    assert len(found.judgements["err"].past) == 60
    assert found.judgements["err"].past[-1].session_id == "698"
