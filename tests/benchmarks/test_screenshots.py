"""The pictures of the benchmark say one truth, and its score finds what is wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from benchmarks.screenshots.pages import LAYOUTS, page
from benchmarks.screenshots.planned import HALVES, Picture, _kinds, truth
from benchmarks.screenshots.scored import score
from benchmarks.screenshots.values import MARKETS, live, printed
from benchmarks.screenshots.words import AROUND, DURATION, LABELS, START


def _picture(language: str = "id", layout: str = "dashboard", seed: int = 3) -> Picture:
    made = page(random.Random(seed), language, "dark", "pc", layout, "sans-serif")
    return Picture("made-up", b"", made, 1.0, False, frozenset())


@dataclass(frozen=True)
class _Found:
    values: dict[str, float]
    marked: frozenset[str] = frozenset()
    rounded: frozenset[str] = frozenset()
    start: datetime | None = None
    currency: str | None = None


def _all_right(picture: Picture) -> _Found:
    values = {name: number.value for name, number in picture.page.values.items()}
    if picture.page.duration is not None:
        values["duration_minutes"] = picture.page.duration.value
    return _Found(values=values)


@pytest.mark.parametrize("language", MARKETS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_holds_its_truth_and_only_once(language: str, layout: str) -> None:
    picture = _picture(language, layout)
    assert picture.page.values["gmv"].text in picture.page.html.replace("&amp;", "&")
    assert all(picture.page.html.count(f'data-name="{name}"') == 1 for name in picture.page.values)
    assert set(truth(picture)["values"]) == set(picture.page.values)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("language", "name", "value", "short", "text", "says"),
    [
        ("en", "views", 21_873, True, "21.87K", 21_870),
        ("en", "gmv", 1234.5, False, "$1,234.50", 1234.5),
        ("id", "gmv", 1_712_300, True, "Rp1,7JT", 1_700_000),
        ("pt-BR", "gmv", 12_840, True, "R$ 12,8 mil", 12_800),
        ("vi", "gmv", 6_830_000, False, "6.830.000₫", 6_830_000),
        ("pt-BR", "err", 0.07428, False, "7,43%", 0.0743),
        ("es", "views", 9_999, True, "9,999", 9_999),
    ],
)
def test_markets_print_as_they_do(language: str, name: str, value: float, short: bool, text: str, says: float) -> None:
    number = printed(name, value, MARKETS[language], short)
    assert (number.text, number.value) == (text, pytest.approx(says))
    assert number.approximate == (number.text[-1].isalpha() or "mil" in number.text)


def test_rates_of_a_live_are_those_of_its_counts() -> None:
    values = live(random.Random(1), MARKETS["en"]).values
    assert values["err"] == values["views"] / values["impressions"]
    assert values["ctor"] * values["product_clicks"] == pytest.approx(values["sku_orders"])


def test_each_language_has_every_label_and_no_label_twice() -> None:
    assert set(LABELS) == set(AROUND) == set(DURATION) == set(START) == set(MARKETS)
    for labels in LABELS.values():
        assert set(labels) == set(LABELS["en"])
        every = [label for some in labels.values() for label in some]
        assert len(every) == len(set(every))


def test_halves_differ_and_have_every_kind() -> None:
    halves = [_kinds(random.Random(f"1 {half}"))[:32] for half in HALVES]
    assert halves[0] != halves[1]
    for kinds in halves:
        assert {kind[0] for kind in kinds} == set(MARKETS)
        assert {kind[3] for kind in kinds} == set(LAYOUTS)
        assert {kind[1:3] for kind in kinds} == {(a, b) for a in ("light", "dark") for b in ("pc", "phone")}


def test_what_is_right_has_no_misses() -> None:
    picture = _picture()
    result = score(picture, _all_right(picture), 1.0)
    assert result.exact == result.paired == result.labels == result.numbers > 10
    assert not result.misses


def test_what_is_wrong_is_counted_and_named() -> None:
    picture = _picture()
    right = _all_right(picture)
    swapped = right.values | {"gmv": right.values["duration_minutes"], "ads_cost": 5.0}
    result = score(picture, replace(right, values=swapped), 1.0)
    assert (result.exact, result.paired) == (result.numbers - 1, result.labels - 1)
    assert {miss.name for miss in result.silent} == {"gmv", "ads_cost"}
    marked = replace(right, values=swapped, marked=frozenset({"gmv", "ads_cost"}))
    assert not score(picture, marked, 1.0).silent


def test_what_is_missing_is_no_silent_fault() -> None:
    picture = _picture()
    right = _all_right(picture)
    fewer = {name: value for name, value in right.values.items() if name != "gmv"}
    result = score(picture, replace(right, values=fewer), 1.0)
    assert [(miss.name, miss.silent) for miss in result.misses] == [("gmv", False)]
    assert result.paired == result.labels - 1


def test_a_start_and_a_currency_that_are_wrong_count_too() -> None:
    picture = _picture()
    right = _all_right(picture)
    wrong = replace(right, start=datetime(2020, 1, 1), currency="EUR")
    assert {miss.name for miss in score(picture, wrong, 1.0).silent} == {"start", "currency"}
    assert picture.page.start is not None
    begun = score(picture, replace(right, start=datetime.fromisoformat(picture.page.start), currency="IDR"), 1.0)
    assert (begun.starts, begun.starts_right, begun.misses) == (1, 1, [])


def test_a_label_that_the_page_cuts_is_not_asked_for() -> None:
    picture = replace(_picture(), cut=frozenset({"gmv"}))
    assert score(picture, _all_right(picture), 1.0).labels == len(_all_right(picture).values) - 1
