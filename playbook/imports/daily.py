"""Totals of the account or the shop by day, from exports that have no row a LIVE: Core Stats, Shop Analytics, Overview.

The order of their columns and the rows above the header differ from market to market, so the header is looked for: the
first row whose first cell is a word for a day, or whose next row has numbers below known names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from playbook.currencies import currency_of
from playbook.imports.cells.times import dates
from playbook.imports.cells.values import numbers
from playbook.language import _
from playbook.model.session import UnusableFile

#: Names of columns without what stands in brackets, and which figure each is; an earlier name comes first.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "live_gmv": ("live-attributed gmv", "gmv from live", "live gmv", "gmv ao vivo", "gmv do live", "gmv qua live"),
    "shop_gmv": ("gmv", "gross merchandise value", "valor bruto da mercadoria", "valor bruto de mercadorias",
                 "tổng giá trị hàng hóa", "total gmv"),
    "orders": ("orders", "sku orders", "pedidos", "pedidos de sku", "đơn hàng", "đơn hàng sku"),
    "followers": ("followers", "total followers", "seguidores", "người theo dõi"),
}  # fmt: skip
_DAYS = ("time", "date", "day", "data", "dia", "ngày", "thời gian", "tempo", "tanggal", "วันที่")
_BRACKETS = re.compile(r"[\(（\[]([^(（\[)）\]]*)[)）\]]")
_SPAN = re.compile(r"(\d[\d/.-]{5,9}\d)\s*(?:~|-|–|to|a|đến)\s*(\d[\d/.-]{5,9}\d)")
#: Rows in which a header is looked for, and days that a file may have.
_HEAD, _MOST_DAYS = 40, 800


@dataclass(frozen=True)
class DayTotal:
    """A figure over the days `first` to `last`; `name` as `ACCOUNT_FIGURES` of the store has it."""

    first: date
    last: date
    name: str
    value: float
    currency: str | None = None


def day_totals(name: str, sheets: Sequence[Sequence[Sequence[str]]], currency: str | None = None) -> list[DayTotal]:
    """Every figure that is understood in a file. Raises UnusableFile, naming the headers that there are.

    `currency` is that of the shop, for money whose header and cells name none.
    """
    found: list[DayTotal] = []
    for rows in sheets:
        found += _by_day(name, rows, currency) or _of_span(rows, currency)
    if not found:
        heads = next((", ".join(filter(None, row)) for rows in sheets for row in rows if len(row) > 2), "none")
        raise UnusableFile(
            _(
                "{file}: no totals by day were found. Expected is a column of days and one of: GMV, LIVE "
                "GMV, orders, followers. The headers there: {headers}. Type the totals instead.",
                file=name,
                headers=heads[:200],
            )
        )
    return found


def _by_day(name: str, rows: Sequence[Sequence[str]], currency: str | None) -> list[DayTotal]:
    for at, row in enumerate(rows[:_HEAD]):
        columns = _columns(row)
        if not columns or _plain(row[0]) not in _DAYS:
            continue
        below = [each for each in rows[at + 1 : at + 1 + _MOST_DAYS] if each and each[0].strip()]
        read = dates([each[0].strip() for each in below])
        if read.unsure:
            raise UnusableFile(
                _("{file}: the days do not show whether the day or the month comes first. Export more days.", file=name)
            )
        whole = [(each, day.date()) for each, day in zip(below, read.values, strict=True) if day is not None]
        if not whole:
            continue
        cells = [each for each, _unused in whole]
        return [
            DayTotal(day, day, figure, value, money)
            for figure, column in columns.items()
            for (_unused, day), (value, money) in zip(whole, _read(row, cells, column, figure, currency), strict=True)
            if value is not None
        ]
    return []


def _of_span(rows: Sequence[Sequence[str]], currency: str | None) -> list[DayTotal]:
    """Totals of the days that the first cells name: a header and one row of numbers."""
    head = " ".join(cell for row in rows[:4] for cell in row[:2])
    span = _SPAN.search(head)
    ends = dates([span[1], span[2]], day_first=None) if span else None
    if ends is None or ends.unsure or None in ends.values:
        return []
    first, last = (each.date() for each in ends.values if each is not None)
    for row, below in pairwise(rows[: _HEAD + 1]):
        made = []
        for figure, column in _columns(row).items():
            ((value, money),) = _read(row, [below], column, figure, currency)
            if value is not None and first <= last:
                made.append(DayTotal(first, last, figure, value, money))
        if made:
            return made
    return []


def _read(
    header: Sequence[str], rows: Sequence[Sequence[str]], column: int, figure: str, currency: str | None
) -> list[tuple[float | None, str | None]]:
    """A column below its header; money with its currency."""
    money = figure.endswith("gmv")
    sign = _BRACKETS.search(header[column])
    home = (currency_of(sign[1]) if sign and money else None) or currency
    read = numbers([each[column] if column < len(each) else "" for each in rows], "money" if money else "count",
                   currency=home)  # fmt: skip
    return [
        (value if value is None or value >= 0 else None, (read.currencies.get(at) or home) if money else None)
        for at, value in enumerate(read.values)
    ]


def _columns(row: Sequence[str]) -> dict[str, int]:
    """By figure the column that has it."""
    plain = [_plain(cell) for cell in row]
    return {
        figure: plain.index(next(each for each in names if each in plain))
        for figure, names in _NAMES.items()
        if any(each in plain for each in names)
    }


def _plain(cell: str) -> str:
    return " ".join(_BRACKETS.sub(" ", cell).split()).strip(" .*").casefold()
