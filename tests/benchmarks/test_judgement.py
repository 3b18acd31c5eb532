"""The table of worlds: intervals, aims and words; each section runs."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.judgement import best, dips, moments, money, planning, plans, tradeoff, usual
from benchmarks.judgement.table import Aim, Figure, TableRow, mean, over, share, written
from playbook.plans import effect, outcomes
from playbook.simulation.worlds.plans import Design, Happening


def test_a_share_has_wilsons_interval() -> None:
    found = share([True] * 8 + [False] * 2)
    assert (found.value, found.cases) == (0.8, 10)
    assert (found.low, found.high) == (pytest.approx(0.490, abs=0.001), pytest.approx(0.943, abs=0.001))
    assert share([False] * 20).low == 0.0
    assert share([]).cases == 0


def test_values_of_one_shop_are_no_independent_cases() -> None:
    rng = np.random.default_rng(1)
    alike = [[float(each)] * 10 for each in rng.random(60) < 0.5]
    alone = [[value] for group in alike for value in group]
    shops, cases = mean(alike), mean(alone)
    assert shops.value == cases.value and shops.cases == cases.cases == 600
    assert shops.high - shops.low > 2 * (cases.high - cases.low)
    assert mean([]).cases == 0


@pytest.mark.parametrize(
    ("aim", "value", "met", "words"),
    [
        (Aim(0.93, 0.97), 0.95, "yes", "93.0% to 97.0%"),
        (Aim(0.93, 0.97), 0.92, "no", "93.0% to 97.0%"),
        (Aim(high=0.05), 0.05, "yes", "at most 5.0%"),
        (Aim(high=0.0), 0.01, "no", "at most 0.0%"),
        (Aim(low=0.8), 0.79, "no", "at least 80.0%"),
        (Aim(), 0.5, "", ""),
    ],
)
def test_a_row_says_what_was_to_be_reached_and_whether_it_was(aim: Aim, value: float, met: str, words: str) -> None:
    line = written(TableRow("B", "ranges hold", Figure(value, 0.1, 0.99, 1234), aim))
    assert line == f"| B | ranges hold | {value:.1%} | 10.0% to 99.0% | {words} | {met} | 1,234 |"


def test_what_was_never_seen_is_neither_reached_nor_missed() -> None:
    assert written(TableRow("E", "x", share([]), Aim(low=0.9))) == "| E | x | none seen |  | at least 90.0% |  | 0 |"


def test_cases_come_in_order_and_alike_in_any_number_of_processes() -> None:
    assert over(abs, 5, 1) == over(abs, 5, 2) == [0, 1, 2, 3, 4]


def test_a_case_is_the_same_each_time_it_is_drawn() -> None:
    assert usual.one("ads", 1, 2) == usual.one("ads", 1, 2)
    assert usual.one("ads", 1, 2) != usual.one("ads", 1, 3)
    assert money.split(False, 1, 0) == money.split(False, 1, 0)
    assert planning.held("real-like", 1, 0) == planning.held("real-like", 1, 0)


def test_a_fault_is_told_where_the_review_says_it_is_low() -> None:
    told = [usual.faulty(0.3, 1, 1, index)[0] for index in range(4)]
    assert all(told)
    assert not all(usual.faulty(1.0, 1, 1, index)[0] for index in range(4))


def test_true_parts_sum_to_the_true_gap() -> None:
    from playbook.simulation.worlds import ShopCourse, seller

    live = seller().lived(np.random.default_rng(1), ShopCourse(3))[-1]
    parts = money.true_parts(live)
    hours = live.session.hours or 0.0
    traffic = live.number["traffic"] / live.usual["traffic"]
    here = money.chain_of(live.usual, hours).prod()  # rates at this traffic, impressions usual
    usually = here / traffic ** seller().elasticity
    assert sum(parts.values()) == pytest.approx(money.chain_of(live.number, hours).prod() - usually, rel=1e-6)


def test_the_field_of_the_best_test_is_that_of_the_simulated_shop() -> None:
    """The same shop drawn often: covariances between LIVEs and between rates, recovered from its counts."""
    from playbook.simulation.shops import RESTLESS, restless_shop

    cov = best.field(3, ("stay", "ctr"), 4)
    drawn = []
    for seed in range(400):
        lives = restless_shop(np.random.default_rng(seed), 4, 3_000_000)
        scatter = np.exp(np.random.default_rng(seed).normal(0, 0.2, len(RESTLESS)))
        stay = np.log([live.counts["avg_viewing_seconds"] for live in lives]) / scatter[list(RESTLESS).index("stay")]
        clicks = [live.counts["product_clicks"] / live.counts["views"] for live in lives]
        ctr = np.log(clicks) / scatter[list(RESTLESS).index("ctr")]
        drawn.append([*np.diff(stay), *np.diff(ctr)])  # levels differ from shop to shop
    own = np.exp(np.random.default_rng(3).normal(0, 0.2, len(RESTLESS)))
    scale = np.repeat([own[list(RESTLESS).index(name)] for name in ("stay", "ctr")], 4)
    step = np.kron(np.eye(2), np.diff(np.eye(4), axis=0))
    said = step @ (cov / np.outer(scale, scale)) @ step.T
    assert np.cov(np.array(drawn).T) == pytest.approx(said, abs=0.012)


def test_the_best_power_grows_with_the_effect_and_with_lives() -> None:
    small, large = (best.power(Design(20, 8), effect, 1) for effect in (0.1, 0.4))
    assert small < large
    assert best.power(Design(20, 8), 0.0, 1) == pytest.approx(best.ALPHA)
    few, many = (np.mean([best.power(Design(n, 8), 0.4, seed) for seed in range(8)]) for n in (9, 40))
    assert few < many


@pytest.mark.long
@pytest.mark.parametrize("section", [dips, usual, money, plans, moments, planning], ids=lambda each: each.__name__)
def test_a_section_gives_all_its_rows(section) -> None:
    rows = list(section.rows(2, 1, 1))
    assert len(rows) >= 20
    assert len({row.what for row in rows}) == len(rows)
    assert all(row.figure.value >= 0 for row in rows if row.unit == "share" and row.figure.cases)


def test_settings_of_plans_are_weighed_and_put_back() -> None:
    before = effect.GROWTH_SD, outcomes.BESIDE_THE_OTHERS
    one = tradeoff.said(0.0, 1.0, Happening(), 0.4, 1, 1)
    assert one.cases == 4 and 0 <= one.value <= 1
    assert before == (effect.GROWTH_SD, outcomes.BESIDE_THE_OTHERS)
