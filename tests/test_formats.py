"""Numbers for people."""

from __future__ import annotations

import subprocess
import sys

import pytest

from playbook import formats


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.061, "6.1%"), (0.0041, "0.41%"), (0.123456, "12.3%"), (0.09996, "10.0%"), (0.00999999, "1.0%"),
        (0.99996, "100%"), (2.26, "226%"), (0, "0%"), (1e-6, "under 0.01%"), (-0.12, "-12.0%"), (None, "unknown"),
        (float("nan"), "unknown"), (float("inf"), "unknown"),
    ],
)  # fmt: skip
def test_percent(value: float | None, text: str) -> None:
    assert formats.percent(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(-0.31, "-31%"), (0.08, "+8%"), (0.004, "+0.4%"), (-0.00001, "0%"), (0, "0%"), (2, "+200%"), (None, "unknown")],
)
def test_change(value: float | None, text: str) -> None:
    assert formats.change(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(27, "27 s"), (72, "1 min 12 s"), (60, "1 min"), (59.7, "1 min"), (3.4, "3.4 s"), (7500, "2 h 5 min"), (0, "0 s")],
)
def test_seconds(value: float, text: str) -> None:
    assert formats.seconds(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(41, "0:41"), (65.9, "1:05"), (0, "0:00"), (-2, "-0:02"), (125, "2:05"), (None, "unknown")]
)
def test_clock(value: float | None, text: str) -> None:
    assert formats.clock(value) == text


@pytest.mark.parametrize(
    ("currency", "written"),
    [
        ("USD", ["6.1%", "-31%", "62,941", "3.9", "3.4 s", "7.4–9.6%", "52.5K", "under 0.01%", "1,234 rows"]),
        ("IDR", ["6,1%", "-31%", "62.941", "3,9", "3,4 s", "7,4–9,6%", "52,5 rb", "under 0,01%", "1.234 rows"]),
        ("BRL", ["6,1%", "-31%", "62.941", "3,9", "3,4 s", "7,4–9,6%", "52,5 mil", "under 0,01%", "1.234 rows"]),
        ("EUR", ["6,1 %", "-31 %", "62.941", "3,9", "3,4 s", "7,4–9,6 %", "52,5K", "under 0,01 %", "1.234 rows"]),
        ("TRY", ["%6,1", "%-31", "62.941", "3,9", "3,4 s", "%7,4–9,6", "52,5 B", "under %0,01", "1.234 rows"]),
        (None, ["6.1%", "-31%", "62,941", "3.9", "3.4 s", "7.4–9.6%", "52.5K", "under 0.01%", "1,234 rows"]),
    ],
)
def test_a_page_writes_all_its_numbers_as_the_market_of_its_shop_does(currency: str | None, written: list[str]) -> None:
    with formats.written_for(currency):
        assert [
            formats.percent(0.0612), formats.change(-0.31), formats.count(62941), formats.decimal(3.87),
            formats.seconds(3.4), formats.value_range(0.074, 0.096, "percent"), formats.count_short(52500),
            formats.percent(1e-6), formats.several(1234, "row"),
        ] == written  # fmt: skip
    assert formats.count(62941) == "62,941", "outside the block as before"


def test_short_euros_are_written_as_the_long_ones() -> None:
    assert [formats.money_short(each, "EUR") for each in (2312, 52312, -52312)] == ["2.312 €", "52,3K €", "-52,3K €"]
    assert formats.money_short(52312, "JPY") == "¥52.3K"


def test_counts_and_ratios() -> None:
    assert formats.count(41234) == "41,234"
    assert formats.count(12.5) == "12.5"
    assert formats.decimal(3.87) == "3.9"
    assert formats.decimal(0.412) == "0.41"


@pytest.mark.parametrize(
    ("value", "currency", "full", "short"),
    [
        (2345.6, "BRL", "R$ 2.345,60", "R$ 2.346"),
        (4_100_000, "IDR", "Rp 4.100.000", "Rp 4,1 jt"),
        (4_100_000, "VND", "4.100.000 ₫", "4,1 Tr ₫"),
        (41_234, "USD", "$41,234.00", "$41.2K"),
        (15.5, "USD", "$15.50", "$15.50"),
        (-12.5, "GBP", "-£12.50", "-£12.50"),
        (2345.6, "EUR", "2.345,60 €", "2.346 €"),
        (41_234, "JPY", "¥41,234", "¥41.2K"),
        (340, "THB", "฿340.00", "฿340"),
        (2345.6, "XYZ", "XYZ2,345.60", "XYZ2,346"),
        (2345.6, "Rp", "Rp 2,345.60", "Rp 2,346"),
        (2345.6, None, "2,345.60", "2,346"),
        (41_234, None, "41,234.00", "41.2K"),
        (None, "USD", "unknown", "unknown"),
    ],
)
def test_money(value: float | None, currency: str | None, full: str, short: str) -> None:
    assert formats.money(value, currency) == full
    assert formats.money_short(value, currency) == short


def test_ranges_name_their_unit_once_where_it_stands_behind() -> None:
    assert formats.value_range(0.074, 0.096, "percent") == "7.4–9.6%"
    assert formats.value_range(27, 41, "seconds") == "27–41 s"
    assert formats.value_range(50, 90, "seconds") == "50 s–1 min 30 s"
    assert formats.value_range(12, 15, "money", "USD") == "$12.00–$15.00"
    assert formats.value_range(None, 15, "number") == "unknown"


@pytest.mark.parametrize("shown_as", ["percent", "number", "seconds", "money", "decimal"])
def test_every_way_of_showing_knows_unknown(shown_as: formats.ShownAs) -> None:
    assert formats.value(None, shown_as, "USD") == "unknown"
    assert formats.value(12.0, shown_as, "USD") != "unknown"


def test_the_tables_of_money_are_read_only_when_money_is_shown() -> None:
    code = "import sys, playbook.formats as f; f.percent(.1); print('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
