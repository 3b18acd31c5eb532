"""Products against each other: small ones are not flagged by luck, and what is planted is found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.products import any_verdict, listed, names_first
from playbook import read
from playbook.advice.grounds import product_words
from playbook.diagnosis.findings import ProductRoom
from playbook.diagnosis.parts.products import products
from playbook.model.session import Event, Product, Session
from playbook.remarks import sentence
from playbook.report.words.products import products_line
from tests.conftest import ROOT


def product(name: str, seen: float | None, clicks: float | None, orders: float | None, **more: object) -> Product:
    counts = {"product_impressions": seen, "product_clicks": clicks, "sku_orders": orders}
    return Product(None, name, counts, **more)  # type: ignore[arg-type]


def found(*those: Product, **more: object) -> ProductRoom:
    room = products(Session("s", {}, products=those, **more))  # type: ignore[arg-type]
    assert room is not None
    return room


ALIKE = [product("A", 9000, 900, 72), product("B", 7000, 700, 60), product("C", 8000, 800, 62)]


@pytest.mark.parametrize(("number", "clicks"), [(3, 14), (3, 140), (8, 14), (8, 140), (20, 14), (20, 140)])
def test_products_that_are_alike_are_seldom_told_apart(number: int, clicks: float) -> None:
    rng = np.random.default_rng([1, number, int(clicks)])
    assert np.mean([any_verdict(listed(rng, number, clicks, False)) for _ in range(80)]) <= 0.05


@pytest.mark.parametrize(("number", "least"), [(5, 0.7), (10, 0.75)])
def test_a_product_with_half_the_ctor_and_many_clicks_is_found(number: int, least: float) -> None:
    rng = np.random.default_rng([2, number])
    assert np.mean([names_first(listed(rng, number, 140, True)) for _ in range(60)]) >= least


def test_roles_follow_from_rates_and_from_what_was_shown() -> None:
    room = found(*ALIKE, product("Leak", 9000, 900, 14))
    assert [each.name for each in room.of_role("leaks")] == ["Leak"]
    room = found(*ALIKE, product("Star", 3000, 400, 110))
    assert [each.name for each in room.of_role("pin")] == ["Star"] == [each.name for each in room.of_role("move_up")]
    room = found(*ALIKE, product("Star", 3000, 400, 110, pinned_minutes=20.0))
    assert room.of_role("pin") == ()
    room = found(*ALIKE, product("Dull", 12000, 500, 40))
    assert [each.name for each in room.of_role("not_clicked")] == ["Dull"]


def test_few_clicks_are_never_a_verdict() -> None:
    assert found(*ALIKE, product("New", 200, 20, 0)).products[3].ctor.verdict == "usual"


def test_what_is_missing_is_unknown_with_its_reason() -> None:
    room = found(product("A", None, 900, 72), product("B", None, 700, None), product("C", None, 0, 0))
    assert [each.ctor.reason for each in room.products] == [
        "needs 2 other products with the same numbers to compare with",
        "SKU orders unknown",
        "no product clicks",
    ]
    assert tuple(map(sentence, room.missing)) == (
        "The product list has no product impressions: product CTR and what was shown too little are unknown.",
    )
    assert products(Session("s", {})) is None
    odd = found(*ALIKE, product("Odd", 100, 50, 60))
    assert odd.products[3].ctor.reason == "more SKU orders than product clicks"


def test_pinned_is_told_by_the_list_or_by_a_log_that_names_its_pins() -> None:
    def pinned(events: tuple[Event, ...]) -> list[bool | None]:
        return [each.pinned for each in found(*ALIKE, events=events).products]

    assert pinned(()) == [None] * 3
    assert pinned((Event("pin", 3, product="a"),)) == [True, False, False]
    assert pinned((Event("pin", 3, product="A"), Event("pin", 9))) == [None] * 3


def test_a_product_is_held_against_its_own_past() -> None:
    past = [Session(str(at), {}, products=(replace(ALIKE[0]),)) for at in range(3)]
    room = products(Session("now", {}, products=(product("A", 9000, 900, 20), *ALIKE[1:])), past)
    assert room is not None and room.products[0].before is not None
    assert room.products[0].before.verdict == "below" and room.products[1].before is None


def test_a_product_with_clicks_and_no_order_is_named_and_few_clicks_are_not() -> None:
    room = found(*ALIKE, product("None", 3000, 263, 0))
    assert room.of_role("leaks")[0].name == "None"
    others = [product(f"p{at}", 2500, 250, 8) for at in range(14)]
    assert [each.name for each in found(*others, product("None", 2600, 263, 0)).of_role("leaks")] == ["None"]
    assert found(*others, product("None", 2600, 60, 0)).of_role("leaks") == ()
    assert found(*others, product("None", 1430, 200, 0)).of_role("leaks"), "no order at all need not be a fifth under"
    assert found(*others, product("One", 1430, 200, 1)).of_role("leaks") == ()
    unsold = [product(f"p{at}", 2500, 250, 0) for at in range(4)]
    assert found(*unsold).of_role("leaks") == (), "where nothing sells no product is worse"


def test_products_of_so_few_clicks_that_none_is_ordinary_do_not_hide_one_with_many() -> None:
    small = [product(f"s{at}", 90, 9, 1) for at in range(40)]
    big = [product(f"b{at}", 2600, 260, 8) for at in range(3)]
    assert [each.name for each in found(*small, *big, product("None", 1700, 170, 0)).of_role("leaks")] == ["None"]


def test_one_bad_product_among_many_that_are_all_alike_is_named() -> None:
    rng = np.random.default_rng(3)
    assert np.mean([names_first(listed(rng, 25, 1400, True)) for _ in range(20)]) >= 0.95


def test_a_product_that_sells_worse_than_it_did_has_that_role() -> None:
    past = [Session(str(at), {}, products=(replace(ALIKE[0]),)) for at in range(3)]
    room = products(Session("now", {}, products=(product("A", 9000, 900, 20), product("D", 9000, 900, 20))), past)
    assert room is not None
    assert [each.name for each in room.of_role("slipped")] == ["A"]
    assert products_line(room) == (
        "A: 2.2% of 900 product clicks became orders, 8.0% in its earlier LIVEs. "
        "See what has changed since: price, stock, delivery, how it is shown."
    )
    none = product_words(found(*ALIKE, product("None", 3000, 263, 0)).products[3], "leaks")
    assert none == "None: 263 product clicks and no orders; 8.1% of product clicks become orders at the other products"


def test_the_sample_names_the_product_that_leaks() -> None:
    session = read(sorted((ROOT / "data/samples/looked_did_not_buy").iterdir()))[-1]
    room = products(session)
    assert room is not None
    assert [each.name for each in room.of_role("leaks")] == ["Cast-iron wok set"]
    for name in ("product_impressions", "product_clicks", "sku_orders"):
        assert sum(each.counts[name] or 0 for each in session.products) == session.counts[name]
