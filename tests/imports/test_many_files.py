"""Many files in one drop: each trend and product file on its own LIVE, or asked about."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

import numpy as np
import pytest

from playbook.imports import FilesRead, read_files

LIST = ("session_id", "start", "minutes", "impressions", "views", "product_impressions", "product_clicks", "sku_orders", "gmv", "likes")  # fmt: skip  # noqa: E501


def text(rows: list[list[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


class Shop:
    """Nights of one shop at about the same hour, their trends in five-minute rows, and their products."""

    def __init__(self, seed: int, size: int) -> None:
        self.random = np.random.default_rng(seed)
        self.starts = [datetime(2026, 7, 1, 19) + timedelta(days=at, minutes=int(self.random.integers(-30, 30)))
                       for at in range(size)]  # fmt: skip
        self.minutes = [int(each) * 5 for each in self.random.integers(18, 40, size)]
        self.counts = [self._counts() for _ in range(size)]
        self.ids = [f"76500000000000{at:05d}" for at in range(size)]

    def _counts(self) -> dict[str, int]:
        views = 5_000 * np.exp(self.random.normal(0, 0.45))
        rates = {"impressions": 8.0, "views": 1.0, "product_impressions": 4.0, "product_clicks": 0.19,
                 "sku_orders": 0.006, "gmv": 0.25, "likes": 1.1}  # fmt: skip
        return {name: round(views * rate * np.exp(self.random.normal(0, 0.2))) for name, rate in rates.items()}

    def list(self) -> bytes:
        rows = [
            [name, f"{start:%Y-%m-%d %H:%M}", minutes, *(counts[each] for each in LIST[3:])]
            for name, start, minutes, counts in zip(self.ids, self.starts, self.minutes, self.counts, strict=True)
        ]
        return text([list(LIST), *rows])

    def trend(self, at: int) -> bytes:
        names = ["impressions", "views", "product_clicks", "sku_orders", "gmv", "likes"]
        steps = self.minutes[at] // 5
        columns = [self.random.multinomial(self.counts[at][name], np.full(steps, 1 / steps)) for name in names]
        times = [f"{self.starts[at] + timedelta(minutes=5 * step):%H:%M}" for step in range(steps)]
        return text(
            [["time", *names], *([times[step], *(int(each[step]) for each in columns)] for step in range(steps))]
        )

    def products(self, at: int) -> bytes:
        names = ["product_impressions", "product_clicks", "sku_orders", "gmv"]
        parts = [self.random.multinomial(self.counts[at][name], np.full(6, 1 / 6)) for name in names]
        rows = [[f"17300000000000{n:05d}", f"Shirt {n}", *(int(part[n]) for part in parts)] for n in range(6)]
        return text([["product_id", "product", *names], *rows])


def homes(reading: FilesRead, kind: str) -> dict[str, bool]:
    return {each.id: bool(len(each.products) if kind == "products" else each.trend is not None)
            for each in reading.sessions}  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_a_list_with_all_its_trends_and_products(seed: int) -> None:
    shop = Shop(seed, 12)
    order = list(shop.random.permutation(12))
    files = [(f"Trend Stat ({n}).csv", shop.trend(at)) for n, at in enumerate(order)]
    files += [(f"Product ({n}).csv", shop.products(at)) for n, at in enumerate(reversed(order))]
    reading = read_files([*files[:10], ("lives.csv", shop.list()), *files[10:]])
    assert reading.failures == () and reading.questions == ()
    for at, name in enumerate(shop.ids):
        live = next(each for each in reading.sessions if each.id == name)
        assert live.trend is not None and live.trend["views"].sum() == shop.counts[at]["views"]
        assert sum(each.counts["product_clicks"] or 0 for each in live.products) == shop.counts[at]["product_clicks"]


def test_one_trend_of_an_earlier_live_is_put_there_and_said() -> None:
    shop = Shop(7, 6)
    reading = read_files([("lives.csv", shop.list()), ("Trend Stat.csv", shop.trend(2))])
    assert homes(reading, "trend") == {name: at == 2 for at, name in enumerate(shop.ids)}
    assert reading.questions == ()
    said = [str(each) for each in reading.warnings]
    assert said == [
        f"Trend Stat.csv: by its numbers and times this is of the LIVE of {shop.starts[2]:%Y-%m-%d %H:%M}, so it was put there"  # noqa: E501
    ]


def test_one_trend_that_says_nothing_is_put_to_the_latest_and_asked_about() -> None:
    shop = Shop(8, 6)
    reading = read_files([("lives.csv", shop.list()), ("t.csv", b"minute,comments\n0,5\n1,4\n2,7\n")])
    assert homes(reading, "trend")[shop.ids[-1]]
    assert [each.about for each in reading.questions] == ["which_live"]


def test_of_several_trends_one_that_says_nothing_is_laid_nowhere_and_asked_about() -> None:
    shop = Shop(9, 6)
    odd = ("odd.csv", b"minute,comments\n0,5\n1,4\n2,7\n")
    reading = read_files([("lives.csv", shop.list()), ("a.csv", shop.trend(1)), odd, ("b.csv", shop.trend(4))])
    assert homes(reading, "trend") == {name: at in (1, 4) for at, name in enumerate(shop.ids)}
    assert [(each.about, each.file) for each in reading.questions] == [("which_live", "odd.csv")]
    assert [each.message for each in reading.failures] == [
        "odd.csv: this file holds one LIVE over time, and its numbers and times do not show clearly which one. It was "
        "laid on none. Say which LIVE it is of, or give it alone with that LIVE named."
    ]
    again = read_files(
        [("lives.csv", shop.list()), ("a.csv", shop.trend(1)), odd, ("b.csv", shop.trend(4))],
        belongs={"odd.csv": shop.ids[3]},
    )
    assert again.questions == () and again.failures == ()
    assert homes(again, "trend") == {name: at in (1, 3, 4) for at, name in enumerate(shop.ids)}


def test_a_live_that_was_named_gets_the_file_whatever_it_says() -> None:
    shop = Shop(10, 6)
    reading = read_files([("lives.csv", shop.list()), ("t.csv", shop.trend(2))], session=shop.ids[4])
    assert homes(reading, "trend")[shop.ids[4]]
