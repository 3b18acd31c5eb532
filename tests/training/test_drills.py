"""Drills: the same seed the same drill, the planted truth agrees with the review, every part is marked."""

from __future__ import annotations

import pytest

import playbook
from playbook.simulation.shops import calm_shop
from playbook.training.drills import (
    HARDNESS,
    HIGHEST,
    NOTHING,
    Drill,
    NoDrill,
    Try,
    asks_what_to_try,
    drill,
    mark,
    own_drill,
    topics,
)

KNOWLEDGE = playbook.load()
DRILLS = [drill(seed, level, KNOWLEDGE) for level in range(1, HIGHEST + 1) for seed in range(12)]


def solved(each: Drill) -> Try:
    minutes = None if each.minutes is None else (float(each.minutes[0]), float(each.minutes[1]))
    strategy = next((name for name in each.strategies if name in each.right), None)
    return Try(each.metric or NOTHING, each.dimension, minutes, strategy)


def test_the_same_seed_gives_the_same_drill() -> None:
    one, other = drill(5, 3, KNOWLEDGE), drill(5, 3, KNOWLEDGE)
    assert one.review.session.counts == other.review.session.counts
    assert (one.topic, one.strategies, one.right) == (other.topic, other.strategies, other.right)
    assert drill(6, 3, KNOWLEDGE).review.session.counts != one.review.session.counts


def test_what_is_right_is_what_the_review_says() -> None:
    for each in DRILLS:
        below = [
            name
            for name, judged in each.review.judgements.items()
            if KNOWLEDGE.metrics[name].role == "factor" and judged.verdict == "below"
        ]
        if each.kind == "weakness":
            assert below == ([each.metric] if each.metric else [])
        else:
            assert [dip.metric for dip in each.review.diagnosis.dips] == ([each.metric] if each.metric else [])
        recommended = {found.id for found in each.review.recommendations}
        assert each.right <= recommended
        assert each.metric is None or each.metric in each.options
        if each.strategies:
            assert len([name for name in each.strategies if name in recommended]) == 1


def test_levels_differ() -> None:
    hard = [each for each in DRILLS if each.level == HIGHEST]
    assert {each.kind for each in hard} == {"weakness", "dip"}
    sizes = [each.left[1] for each in HARDNESS]
    assert sizes == sorted(sizes) and len(set(sizes)) == HIGHEST, "what is planted gets smaller"


def test_an_ordinary_live_comes_up_at_every_level() -> None:
    for level in range(1, HIGHEST + 1):
        found = [each.metric for each in DRILLS if each.level == level]
        assert None in found and any(found), level
    assert all(0.2 <= each.nothing <= 1 / 3 for each in HARDNESS)


def test_what_to_try_is_asked_only_once_the_metric_was_found() -> None:
    for each in DRILLS:
        assert len(each.strategies) in ((0,) if each.metric is None else (4,) if each.kind == "weakness" else (0, 4))
        assert asks_what_to_try(each, each.metric) == bool(each.strategies)
        assert not asks_what_to_try(each, NOTHING) and not asks_what_to_try(each, None)
        wrong = next(name for name in each.options if name != each.metric)
        assert not asks_what_to_try(each, wrong)


def test_wrong_strategies_are_for_the_same_metric_too_and_the_right_one_varies() -> None:
    near, right = 0, set()
    for each in (found for found in DRILLS if found.metric):
        wrong = [name for name in each.strategies if name not in each.right]
        near += any(each.metric in KNOWLEDGE.strategies[name].metrics for name in wrong)
        recommended = [found.id for found in each.review.recommendations]
        right |= {recommended.index(name) for name in each.strategies if name in each.right}
    assert near > len(DRILLS) / 3 and len(right) > 1


def test_a_shops_own_live_with_minutes_is_not_always_one_with_a_dip() -> None:
    import numpy as np

    from playbook.simulation import rooms
    from playbook.training.samples import room_session

    quiet = room_session(rooms.room(np.random.default_rng(8), 500, [], 120).trend, "quiet")
    found = [own_drill(quiet, [], KNOWLEDGE, seed) for seed in range(6)]
    assert any(each is not None and each.kind == "dip" and each.metric is None for each in found)


def test_the_right_answers_pass_and_others_do_not() -> None:
    for each in DRILLS:
        assert mark(each, solved(each)).passed, each.topic
        assert not mark(each, Try(None)).passed
        other = NOTHING if each.metric else each.options[0]
        assert mark(each, Try(other)).parts["metric"] is False


def test_a_part_that_is_wrong_costs_its_share() -> None:
    each = drill(0, 1, KNOWLEDGE)
    right = solved(each)
    marked = mark(each, Try(right.metric, "nowhere", None, right.strategy))
    assert marked.parts == {"metric": True, "dimension": False, "strategy": True}
    assert marked.score == pytest.approx(2 / 3)
    assert not marked.passed


@pytest.mark.parametrize("topic", topics(KNOWLEDGE))
def test_every_topic_can_be_drilled(topic: str) -> None:
    assert drill(3, 2, KNOWLEDGE, topic).topic == topic


def test_an_unknown_topic_is_told() -> None:
    with pytest.raises(NoDrill, match="there is no drill about 'luck'; there are: err, comment_rate"):
        drill(1, 1, KNOWLEDGE, "luck")


def test_a_shops_own_live_becomes_a_drill() -> None:
    import numpy as np

    lives = calm_shop(np.random.default_rng(3), 120_000, 10, {9: {"ctr": 0.5}})
    found = own_drill(lives[-1], lives[:-1], KNOWLEDGE)
    assert found is not None
    assert found.metric == "ctr"
    assert mark(found, solved(found)).passed
    assert own_drill(lives[0], [], KNOWLEDGE) is None  # no history, no usual


def test_minutes_are_right_where_they_share_enough_with_the_dip() -> None:
    """Of 35 % of what either covers: 40 to 60 and 47 to 60 share 13 of 20; 40 to 60 and 54 to 60 share 6 of 20."""
    dip = Drill("dip", 1, None, "err", ("err",), minutes=(40, 60))
    for minutes, right in (((47.0, 60.0), True), ((53.0, 60.0), True), ((54.0, 60.0), False), ((0.0, 120.0), False),
                           ((70.0, 90.0), False), (None, False)):  # fmt: skip
        assert mark(dip, Try("err", minutes=minutes)).parts == {"metric": True, "minutes": right}
