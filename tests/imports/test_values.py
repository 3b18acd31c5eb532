"""Numbers in every dialect."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.imports.cells.plain import plain
from playbook.imports.cells.values import blank, numbers

SIGNS = {"R$ {}": "BRL", "RM{}": "MYR", "Rp{}": "IDR", "{}₫": "VND", "฿{}": "THB", "¥{}": "JPY", "£{}": "GBP",
         "€{}": "EUR", "S${}": "SGD", "₱{}": "PHP", "${}": "USD", "{} 円": "JPY", "USD {}": "USD"}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["R$ 2.417,35", "R$ 72"], [2417.35, 72]),
        (["R$ 3.129"], [3129]),
        (["5,410,000.02₫", "940,000₫"], [5410000.02, 940000]),
        (["Rp412,6RB", "Rp2,3JT", "1.00K"], [412600, 2300000, 1000]),
        (["Rp1.200", "Rp58.214"], [1200, 58214]),
        (["Rp1,2M", "Rp3RB"], [1.2e9, 3000]),
        (["$1.2M", "$3K"], [1.2e6, 3000]),
        (["1.34507625E8", "฿48,215"], [134507625, 48215]),
        (["$17.62", "34.19K"], [17.62, 34190]),
        (["RM 1,234", "RM 5"], [1234, 5]),
        (["€1.234,50", "€1.234"], [1234.5, 1234]),
        (["1 234,50 €"], [1234.5]),
        (["(12.50)"], [-12.5]),
        (["(0.00)", "-0"], [0, 0]),
        (["¥12,345", "￥1,000"], [12345, 1000]),
        (["58214", "", "0"], [58214, None, 0]),
        (["371.48", "629.15"], [371.48, 629.15]),
    ],
)
def test_money(cells, expected):
    read = numbers(cells, "money")
    assert read.values == pytest.approx(expected)
    assert read.problems == {}


@pytest.mark.parametrize("cell", ["€1.234", "£1.234", "1.234", "1,234", "R$ 1,234"])
def test_money_that_could_be_two_amounts_is_unknown_and_told(cell):
    read = numbers([cell], "money")
    assert read.values == [None]
    assert read.unsure == {0}
    assert read.problems == {0: f"'{cell}' could be thousands or decimals; left unknown"}


def test_nought_has_no_sign():
    assert [str(value) for value in numbers(["-0.00", "($0.00)"], "money").values] == ["0.0", "0.0"]


def test_a_sign_known_beforehand_settles_it():
    assert numbers(["1.234"], "money", decimal=".").values == [1.234]
    assert numbers(["1.234"], "money", decimal=",").values == [1234]
    assert numbers(["1.234"], "money", currency="IDR").values == [1234]


def test_three_digits_are_thousands_in_a_count_and_decimals_in_a_rate():
    assert numbers(["1.234"], "count").values == [1234]
    assert numbers(["1,234"], "count").values == [1234]
    assert numbers(["5.614%"], "rate").values == [5.614]
    assert numbers(["1,87%"], "rate").values == [1.87]
    assert numbers(["0.318275", "1187.254310%"], "rate").percent == {1}


@pytest.mark.parametrize("cell", ["", "-", "--", " ", "N/A", "null", "—"])
def test_blank_is_unknown_and_no_problem(cell):
    read = numbers([cell, "5"])
    assert blank(cell)
    assert read.values == [None, 5]
    assert read.problems == {}


@pytest.mark.parametrize("cell", ["many", "12abc", "1.2.3", "1,23,4", "5 5", "١٢x", "1/2", "0x10", "1e999", "9" * 20])
def test_what_is_no_number_is_unknown_with_its_text(cell):
    read = numbers([cell, "5"])
    assert read.values == [None, 5]
    assert read.problems == {0: f"'{cell}' is not a number; left unknown"}


def test_abbreviated_values_are_marked():
    assert numbers(["1.2K", "900"]).lossy == {0}


@pytest.mark.parametrize(("shape", "code"), SIGNS.items())
def test_currency_signs(shape, code):
    assert numbers([shape.format("12.50")], "money").currency == code


amounts = st.lists(st.integers(0, 10**11), min_size=1, max_size=12)


@settings(max_examples=150)
@given(amounts, st.sampled_from(["{}", "R$ {}", "{}₫", "${}"]), st.sampled_from([(",", "."), (".", ","), ("", ".")]))
def test_money_with_two_decimals_comes_back_in_every_dialect(cents, shape, signs):
    thousands, decimal = signs
    texts = [f"{cent / 100:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands) for cent in cents]
    assert numbers([shape.format(text) for text in texts], "money").values == pytest.approx([c / 100 for c in cents])


@settings(max_examples=150)
@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=12), st.sampled_from(["", ",", ".", " "]))
def test_counts_come_back_with_any_thousands_sign(counts, sign):
    assert numbers([f"{count:,}".replace(",", sign) for count in counts]).values == counts


@settings(max_examples=150)
@given(st.lists(st.floats(0, 50, allow_nan=False), min_size=1, max_size=12), st.sampled_from([".", ","]))
def test_rates_come_back(rates, sign):
    texts = [f"{rate:.6f}".replace(".", sign) for rate in rates]
    assert numbers(texts, "rate").values == pytest.approx(rates, abs=1e-6)


@settings(max_examples=300)
@given(st.lists(st.text(max_size=12), max_size=6), st.sampled_from(["count", "money", "rate"]))
def test_any_text_gives_a_number_or_none(cells, what):
    read = numbers(cells, what)
    assert len(read.values) == len(cells)
    assert all(value is None or abs(value) <= 1e15 for value in read.values)


@pytest.mark.parametrize(
    ("cell", "currency", "value"),
    [("$1,520.40 MXN", "MXN", 1520.4), ("MXN $1,520.40", "MXN", 1520.4), ("US$ 12.50", "USD", 12.5),
     ("$1,520.40 CAD", "CAD", 1520.4), ("\\228,060", "JPY", 228060)],
)  # fmt: skip
def test_a_code_says_more_than_a_sign_that_many_share(cell, currency, value):
    read = numbers([cell], "money")
    assert (read.currencies, read.values) == ({0: currency}, [value])


@pytest.mark.parametrize(
    ("cell", "value"),
    [('=" 5 "', "5"), ("' 5", "5"), ("'5", "5"), ('="7658"', "7658"), ('=""', ""), ('="', '="'), ("１２　３", "12 3")],
)
def test_what_guards_a_cell_is_taken_off(cell, value):
    assert plain(cell) == value
