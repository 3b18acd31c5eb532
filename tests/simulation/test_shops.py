"""The simulated shops have the truth they claim."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.simulation import RATES, calm_shop, planted_cut, restless_shop


def test_the_same_seed_gives_the_same_shop() -> None:
    for make in (lambda rng: calm_shop(rng, 4_000, 5), lambda rng: restless_shop(rng, 5, 4_000)):
        first, second = (make(np.random.default_rng(3)) for _ in range(2))
        assert first == second
        assert [s.start for s in first] == sorted(s.start for s in first)


def test_a_planted_cut_is_where_it_says() -> None:
    rng = np.random.default_rng(1)
    above = {"err": "views", "comment_rate": "comments", "follow_rate": "new_followers", "share_rate": "shares",
             "like_rate": "likes", "ctr": "product_clicks", "ctor": "sku_orders"}  # fmt: skip
    below = {"err": "impressions", "ctor": "product_clicks"}
    left: dict[str, list[float]] = {name: [] for name in RATES}
    for _ in range(200):
        planted = planted_cut(rng, 4_000_000)
        top, bottom = above[planted.metric], below.get(planted.metric, "views")
        rates = [s.counts[top] / s.counts[bottom] for s in (*planted.history, planted.session)]
        left[planted.metric].append(rates[-1] / np.mean(rates[:-1]) / planted.left)
        assert len(planted.history) == 9 and 0.45 <= planted.left <= 0.70
    for name, ratios in left.items():
        assert len(ratios) > 10
        assert np.mean(ratios) == pytest.approx(1, abs=0.12), name


def test_a_restless_shop_remembers_and_pays_for_traffic() -> None:
    rng = np.random.default_rng(2)
    near, slope, together = [], [], []
    for _ in range(30):
        lives = restless_shop(rng, 60, 100_000)
        column = {
            n: np.array([s.counts[n] for s in lives]) for n in ("impressions", "views", "likes", "product_clicks")
        }
        hours = np.array([s.hours for s in lives])
        likes, err = np.log(column["likes"] / column["views"]), np.log(column["views"] / column["impressions"])
        stay = np.log([s.counts["avg_viewing_seconds"] for s in lives])
        near.append(np.corrcoef(likes[1:], likes[:-1])[0, 1])
        slope.append(np.corrcoef(err, np.log(column["impressions"] / hours))[0, 1])
        together.append(np.corrcoef(stay, np.log(column["product_clicks"] / column["views"]))[0, 1])
    assert 0.4 < np.mean(near) < 0.8
    assert np.mean(slope) < -0.25
    assert np.mean(together) > 0.6
