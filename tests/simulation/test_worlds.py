"""What is planted in the worlds is there: recovered from large samples by plain means."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.model.session import Session
from playbook.simulation.worlds import RATES, WORLDS, ShopCourse, real_shop, seller
from playbook.simulation.worlds.courses import growth, lasting_fault, paid_traffic, shock

MADE = {
    "err": ("views", "impressions"), "comment_rate": ("comments", "views"), "ctr": ("product_clicks", "views"),
    "ctor": ("sku_orders", "product_clicks"), "like_rate": ("likes", "views"),
}  # fmt: skip


def column(lives: list[Session], name: str) -> np.ndarray:
    above, below = MADE[name]
    return np.log([live.counts[above] / live.counts[below] for live in lives])


@pytest.fixture(scope="module")
def lives() -> list[Session]:
    """Nobody has so many LIVEs: enough to see every number of the one seller."""
    return seller().lives(np.random.default_rng(1), ShopCourse(1_500))


def test_traffic_pulls_err_and_gmv_as_it_did_in_the_one_shop(lives: list[Session]) -> None:
    hours = np.array([live.hours for live in lives])
    traffic = np.log([live.counts["impressions"] for live in lives] / hours)
    gmv = np.log([live.counts["gmv"] for live in lives] / hours)
    assert np.polyfit(traffic, column(lives, "err"), 1)[0] == pytest.approx(-0.53, abs=0.04)
    assert np.polyfit(traffic, gmv, 1)[0] == pytest.approx(0.57, abs=0.08)
    assert seller().elasticity == pytest.approx(-0.43, abs=0.03)


def test_rates_move_together_and_are_remembered(lives: list[Session]) -> None:
    stay = np.log([live.counts["avg_viewing_seconds"] for live in lives])
    err, ctr, comments = (column(lives, name) for name in ("err", "ctr", "comment_rate"))
    assert np.corrcoef(stay, ctr)[0, 1] == pytest.approx(0.81, abs=0.05)
    assert np.corrcoef(stay, comments)[0, 1] == pytest.approx(0.72, abs=0.06)
    assert np.corrcoef(err, stay)[0, 1] == pytest.approx(-0.42, abs=0.08)
    likes = column(lives, "like_rate")
    near, far = (float(np.corrcoef(likes[:-lag], likes[lag:])[0, 1]) for lag in (1, 10))
    assert near == pytest.approx(0.70, abs=0.12) and far < near - 0.15


def test_spreads_are_those_of_the_table_and_likes_have_heavy_tails(lives: list[Session]) -> None:
    for name, spread in (("err", 0.33), ("ctr", 0.25), ("comment_rate", 0.33), ("like_rate", 0.88)):
        logs = column(lives, name)
        assert 1.4826 * np.median(np.abs(logs - np.median(logs))) == pytest.approx(spread, rel=0.12), name
    law = seller().laws["like_rate"]
    own = np.array([each.number["like_rate"] / each.usual["like_rate"]
                    for each in seller().lived(np.random.default_rng(2), ShopCourse(3_000))])  # fmt: skip
    away = np.abs(np.log(own)) / (law.sd * (1 - law.share) ** 0.5)
    assert (away > 3.3).mean() > 0.008, "a normal has one in a thousand out there"
    assert np.median(away) == pytest.approx(0.6745, abs=0.05), "and the same quartiles"


def test_the_same_seed_gives_the_same_lives_before_a_fault_and_the_planted_one_after() -> None:
    whole, faulty = (
        real_shop(np.random.default_rng(5), 2_000_000).lives(np.random.default_rng(6), course)
        for course in (ShopCourse(12), lasting_fault(12, "ctor", 8, 0.5))
    )
    assert whole[:8] == faulty[:8]
    left = np.exp(column(faulty, "ctor") - column(whole, "ctor"))[8:]
    assert np.mean(left) == pytest.approx(0.5, abs=0.03)


def test_less_traffic_brings_a_higher_err() -> None:
    still, fewer = (
        seller().lives(np.random.default_rng(7), course)
        for course in (ShopCourse(2), ShopCourse(2, {"traffic": np.log([1, 0.5])}))
    )
    assert fewer[0] == still[0]
    assert column(fewer, "err")[1] - column(still, "err")[1] == pytest.approx(0.53 * np.log(2), abs=0.05)


@pytest.mark.parametrize("world", list(WORLDS))
def test_every_world_is_drawn_and_ends_in_a_whole_live(world: str) -> None:
    for seed in range(6):
        rng = np.random.default_rng(seed)
        course = WORLDS[world](rng, 7 + 5 * seed)
        made = seller().lives(rng, course)
        assert len(made) == 7 + 5 * seed
        assert [live.start for live in made] == sorted(live.start for live in made if live.start)
        assert all(live.counts["impressions"] > 0 for live in made)
    assert any(course.moves) or world == "real-like"


def test_growth_shocks_and_ads_are_as_large_as_they_say() -> None:
    assert np.exp(growth(51, 0.02).moves["ctr"][-1]) == pytest.approx(1.02**50)
    moves = shock(9, 4, 0.3).moves
    assert set(moves) == set(RATES)
    assert np.allclose(np.exp(moves["err"]), [1, 1, 1, 1, 1.3, 1.3, 1.3, 1.3, 1.3])
    which = np.arange(8) % 2 == 0
    made = seller().lives(np.random.default_rng(3), paid_traffic(np.random.default_rng(3), 8, which))
    cost = np.array([live.counts["ads_cost"] for live in made])
    assert ((cost > 0) == which).all()


def test_a_course_of_another_length_or_of_unknown_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="of another length than 3 LIVEs"):
        ShopCourse(3, {"ctr": np.zeros(4)})
    with pytest.raises(ValueError, match="not numbers of a shop"):
        ShopCourse(3, {"gmv": np.zeros(3)})
