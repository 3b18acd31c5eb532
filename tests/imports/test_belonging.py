"""Which LIVE a trend or product file belongs to."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from playbook.imports.lives.belonging import (
    _BETWEEN,
    IMPOSSIBLE,
    MARGIN,
    Among,
    Part,
    evidence,
    part_of,
    place,
    spread_of,
    totals_evidence,
)
from playbook.model.session import Session

COUNTS = ("impressions", "views", "product_impressions", "product_clicks", "sku_orders", "gmv", "comments", "likes")


def live(index: int = 0, **counts: float) -> Session:
    values = {"impressions": 41_234.0, "views": 4_970.0, "product_clicks": 640.0, "sku_orders": 45.0, "gmv": 990.5}
    start = datetime(2026, 8, 1, 19, 3) + timedelta(days=index)
    return Session(f"76000000000000{index:05d}", values | counts, start=start, duration_minutes=120.0)


def shop(random: np.random.Generator, size: int = 20) -> list[Session]:
    """LIVEs at about the same hour, of sizes that differ as one shop's do."""
    found = []
    for index in range(size):
        views = float(round(5_000 * np.exp(random.normal(0, 0.45))))
        rates = np.array([8.0, 1.0, 4.0, 0.19, 0.006, 0.25, 0.03, 1.1]) * np.exp(random.normal(0, 0.2, 8))
        counts = {name: float(round(views * rate)) for name, rate in zip(COUNTS, rates, strict=True)}
        start = datetime(2026, 8, 1, 19, 0) + timedelta(days=index, minutes=int(random.integers(-20, 20)))
        found.append(replace(live(index), counts=counts, start=start, duration_minutes=float(random.integers(90, 200))))
    return found


def trend_of(
    random: np.random.Generator, session: Session, *, names: tuple[str, ...] = COUNTS, drift: float = 0
) -> Part:
    minutes = int(session.duration_minutes or 0) // 5
    columns = {}
    for name in names:
        total = (session.counts[name] or 0.0) * (1 + drift * abs(random.normal()))
        columns[name] = list(random.multinomial(round(total), np.full(minutes, 1 / minutes)).astype(float))
    assert session.start is not None
    clock = float(session.start.hour * 60 + session.start.minute // 5 * 5)
    return replace(part_of("Trend Stat.xlsx", columns), clock=clock, span=minutes * 5.0)


def test_the_same_total_speaks_for_a_live_and_another_against() -> None:
    assert totals_evidence({"views": (4970.0,)}, {"views": 4970.0}) > 3
    assert totals_evidence({"views": (9940.0,)}, {"views": 4970.0}) < 0
    assert totals_evidence({"comments": (3.0,)}, {"comments": 3.0}) < 2, "small counts agree by chance"
    assert totals_evidence({"views": (10.0,)}, {"likes": 10.0}) == 0.0


def test_one_count_is_worth_the_log_of_two_densities() -> None:
    """By hand: log ratio 0, counts so large that their grain vanishes; and the very same number."""
    another = 0.9 / _BETWEEN + 0.1 / 1.5
    near = 0.44 / 0.004 + 0.04 / 0.05 + 0.02 / 0.7
    assert totals_evidence({"likes": (1e9,)}, {"likes": 1e9 + 2}) == pytest.approx(np.log(near / another), abs=1e-6)
    exact = near + 0.5 * 1e9 * np.sqrt(2 * np.pi)
    assert totals_evidence({"likes": (1e9,)}, {"likes": 1e9}) == pytest.approx(np.log(exact / another), abs=1e-6)


def test_a_number_that_agrees_says_less_where_all_lives_are_alike() -> None:
    alike = [live(at, views=4_970.0 + at) for at in range(12)]
    apart = [live(at, views=4_970.0 * 1.5**at) for at in range(12)]
    low, high = (totals_evidence({"views": (4970.0,)}, {"views": 4971.0}, spread_of(each)) for each in (alike, apart))
    assert low < high - 1


def test_kinds_of_gmv_and_of_orders_are_compared_with_their_own_kind() -> None:
    counts = {"gmv": 900.0, "gmv_direct": 900.0, "gmv_attributed": 1_000.0, "orders_paid": 40.0}
    own = totals_evidence({"gmv": (1000.0,), "gmv_attributed": (1000.0,)}, counts)
    assert own == totals_evidence({"gmv_attributed": (1000.0,)}, counts) > 4, "GMV is not counted twice"
    assert 0 < totals_evidence({"gmv_attributed": (1000.0,)}, {"gmv": 900.0, "gmv_direct": 900.0}) < 2.5
    assert 0 < totals_evidence({"sku_orders": (44.0,), "orders_main": (40.0,)}, {"orders_paid": 40.0}) < 4


def test_a_live_that_surely_has_its_file_is_no_rival() -> None:
    lives = [
        live(at, views=9_000.0 + 900 * at, product_clicks=clicks) for at, clicks in enumerate((486.0, 489.0, 610.0))
    ]
    sure = Part("a.xlsx", {"product_clicks": (489.0,), "views": (9_900.0,), "gmv": (990.5,)})
    alone = Part("b.xlsx", {"product_clicks": (486.0,), "gmv": (990.5,)})
    assert place([alone], lives)[0].live is None
    assert [each.live for each in place([alone, sure], lives)] == [lives[0].id, lives[1].id]


def test_where_two_files_want_two_lives_they_are_laid_together() -> None:
    """Each alone might be of either LIVE; both on one is unlikelier than each on the one that it fits better."""
    lives = [
        live(at, views=2_300.0 + 500 * at, product_clicks=504.0 + 3 * at, gmv=460.0, sku_orders=22) for at in (0, 1)
    ]
    lives += [
        live(at, views=9_000.0 + 900 * at, product_clicks=700.0 + 90 * at, gmv=700.0 + 90 * at) for at in (2, 3, 4)
    ]
    parts = [Part(f"{clicks}.xlsx", {"product_clicks": (clicks,)}) for clicks in (504.0, 507.0)]
    assert [place([each], lives)[0].live for each in parts] == [None, None]
    assert [each.live for each in place(parts, lives)] == [lives[0].id, lives[1].id]


def test_the_more_lives_there_are_the_more_must_agree() -> None:
    part = Part("t.xlsx", {"views": (5_010.0,)}, clock=19 * 60.0)
    others = [live(at, views=20_000.0 + 900 * (at % 4)) for at in range(1, 400)]
    assert place([part], [live(), *others[:20]])[0].live == live().id
    assert place([part], [live(), *others])[0].live is None


def test_a_day_as_people_type_it_says_something() -> None:
    later = live(2)  # begins on 3 August
    for name in ("trend 0308.csv", "3-8 trend.csv", "trend 3.csv", "trend_3.csv"):
        assert evidence(Part(name), later) > evidence(Part(name), live(3)) == 0, name
    for name in ("Trend Stat (3).csv", "Book3.csv", "v1.3 trend.csv"):
        assert evidence(Part(name), later) == 0, name


def test_running_totals_count_by_their_last_row() -> None:
    part = part_of("t.csv", {"views": [10.0, 2_000.0, 4_970.0], "likes": [5.0, 3.0, 4.0]})
    assert part.totals == {"views": (6_980.0, 4_970.0), "likes": (12.0,)}
    assert evidence(part, live()) > 0


def test_a_room_id_in_the_name_settles_it() -> None:
    assert evidence(Part("Trend_7600000000000000002.xlsx"), live(2)) > 20
    assert evidence(Part("Trend_7600000000000000002.xlsx"), live(3)) == IMPOSSIBLE


def test_a_moment_settles_the_day() -> None:
    lives = [live(index) for index in range(5)]
    found = place([Part("api.json", moment=datetime(2026, 8, 3, 19, 5))], lives)
    assert found[0].live == lives[2].id


def test_a_clock_alone_is_asked_about() -> None:
    found = place([Part("Trend Stat.xlsx", clock=19 * 60.0)], [live(index) for index in range(5)])
    assert found[0].live is None and len(found[0].candidates) == 5


def test_twice_the_impressions_belong_to_no_live() -> None:
    part = Part("t.xlsx", {"impressions": (82_468.0,), "views": (9_940.0,)}, clock=19 * 60.0)
    assert place([part], [live()])[0].live is None


def test_a_file_that_ends_early_and_has_the_totals_of_another_whole_live_is_asked_about() -> None:
    whole = Part("t.xlsx", {"views": (1_191.0,), "product_clicks": (236.0,)}, clock=19 * 60.0, span=115.0)
    lives = [live(index, views=1_185.0 + 60 * index, product_clicks=237.0 + 14 * index) for index in range(12)]
    assert place([whole], lives)[0].live == lives[0].id
    assert place([replace(whole, span=55.0)], lives)[0].live is None


@pytest.mark.parametrize(
    ("step", "short", "laid"), [(5.0, 5, True), (5.0, 15, False), (15.0, 15, True), (1.0, 8, False)]
)
def test_a_trend_ends_within_a_row_of_its_live(step: float, short: int, laid: bool) -> None:
    lives = [live(index, views=1_185.0 + 60 * index, product_clicks=237.0 + 14 * index) for index in range(12)]
    lasted = lives[0].duration_minutes or 0.0
    part = Part("t.xlsx", {"views": (1_191.0,), "product_clicks": (236.0,)}, clock=19 * 60.0, span=lasted - short)
    assert (place([replace(part, step=step)], lives)[0].live == lives[0].id) is laid


def test_two_files_of_one_live_are_not_both_laid() -> None:
    part = Part("a.xlsx", {"impressions": (41_234.0,), "views": (4_970.0,)})
    found = place([part, replace(part, name="b.xlsx")], [live(), live(1, views=7_000, impressions=60_000)])
    assert [each.live for each in found] == [None, None]


@pytest.mark.parametrize("seed", range(10))
def test_twenty_shuffled_trends_and_products_find_their_lives(seed: int) -> None:
    random = np.random.default_rng(seed)
    lives = shop(random)
    order = random.permutation(len(lives))
    parts = [trend_of(random, lives[at], drift=0.01 if at % 4 == 0 else 0) for at in order]
    products = [
        replace(
            trend_of(random, lives[at], names=("product_impressions", "product_clicks", "gmv")), clock=None, span=None
        )
        for at in order
    ]
    for kind in (parts, products):
        found = [each.live for each in place(kind, lives)]
        assert all(got in (None, lives[at].id) for got, at in zip(found, order, strict=True)), "none silently wrong"
        assert sum(got is not None for got in found) >= 19


@pytest.mark.parametrize("seed", range(5))
def test_a_file_of_a_live_that_is_not_in_the_list_is_asked_about(seed: int) -> None:
    random = np.random.default_rng(100 + seed)
    lives = shop(random, 21)
    missing = lives.pop(7)
    parts = [trend_of(random, each) for each in (missing, *lives[:5])]
    found = place(parts, lives)
    assert found[0].live is None
    assert [each.live for each in found[1:]] == [each.id for each in lives[:5]]


def test_counts_a_billion_times_apart_are_evidence_and_no_error() -> None:
    """Found by a fuzzer."""
    for one, other in ((1.0, 1e15), (1e15, 1.0), (1e15, 1e15)):
        found = totals_evidence({"views": (one,)}, {"views": other}, {"views": Among(0.0, 0.001, 0.0)})
        assert math.isfinite(found)


def test_that_a_live_is_small_is_said_once_however_many_of_its_orders_agree() -> None:
    usual = {"product_impressions": Among(10.3, 0.41, 0.7), "product_clicks": Among(7.2, 0.47, 0.7),
             "sku_orders": Among(4.1, 0.51, 1.3), "orders_main": Among(4.0, 0.52, 1.3), "items_sold": Among(4.2, 0.52, 1.2)}  # fmt: skip  # noqa: E501
    listed = {"product_impressions": 11_113.0, "product_clicks": 592.0, "sku_orders": 19.0, "orders_main": 16.0}
    listed["items_sold"] = 20.0
    other = {"product_impressions": (9_807.0,), "product_clicks": (449.0,), "sku_orders": (19.0,)}
    other |= {"orders_main": (16.0,), "items_sold": (21.0,)}
    assert totals_evidence(other, listed, usual) < MARGIN
    assert totals_evidence({name: (value,) for name, value in listed.items()}, listed, usual) > 2 * MARGIN
