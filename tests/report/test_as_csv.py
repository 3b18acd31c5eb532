"""Numbers for a spreadsheet, and nothing that it would run."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from playbook.pipeline import review
from playbook.report.forms.as_csv import HEADER, as_csv
from playbook.spreadsheet import csv_text, harmless
from tests.diagnosis.shops import live

from .build import HOSTILE, KNOWLEDGE, reviewed


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_every_row_is_as_wide_as_the_header_and_numbers_are_plain() -> None:
    found = reviewed()
    table = rows(as_csv(found))
    assert tuple(table[0]) == HEADER
    assert {len(row) for row in table} == {len(HEADER)}
    values = {(row[0], row[1]): row for row in table}
    assert values["count", "impressions"][2] == "40000"
    err = found.judgements["err"]
    assert float(values["metric", "err"][2]) == pytest.approx(err.value, abs=1e-9)
    assert values["metric", "err"][6:8] == ["below", "fraction"]
    leak = found.diagnosis.leak
    assert leak is not None
    amounts = [float(row[2]) for row in table if row[0] == "leak" and row[1] != "gmv"]
    assert sum(amounts) == pytest.approx(leak.gmv - leak.usual_gmv, abs=0.005)
    assert {row[1] for row in table if row[0] == "advice"} == {each.id for each in found.recommendations}


def test_no_cell_is_run_as_a_formula() -> None:
    for row in rows(as_csv(reviewed())):
        for column, cell in enumerate(row):
            negative = column in (2, 3, 4, 5) and cell.startswith("-")
            assert (negative and float(cell) < 0) or cell[:1] not in ("=", "+", "-", "@", "\t", "\r"), cell
    title = next(row for row in rows(as_csv(reviewed())) if row[:2] == ["live", "title"])
    assert title[2] == f"'{HOSTILE}"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\ttab",
        " =1",
        "\u00a0=1",
        "＝1",
        "-",
        "|cmd",
        "\ufeff=1",
        "\u200e=1",
        " ＝1",
        "\u2003=1",
        "\u202f=1",
        "\u00ad=1",
        "\0=1",
    ],
)
def test_what_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Evening", "1 + 1 = 2", "a;b; c", "one\ntwo", "a=1; b=2", "a-b", "12%", "2026-06-01T19:00:00"]
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("between", [";", "; ", ";\u00a0", "\n", "\r\n", "\t", ";\n;"])
def test_no_formula_begins_where_another_spreadsheet_begins_a_cell(between: str) -> None:
    """A spreadsheet that separates columns by semicolons takes the quotes inside a line for signs."""
    for text in (f"Sale{between}=1+1", f"{between}=1+1", f"=1{between}@x{between}＝1"):
        cells = re.split(r"[;\t\r\n]", csv_text([["x", harmless(text)]]))
        assert not [each for each in cells if each.strip("\u00a0 ")[:1] in set("=+-@＝")], cells


def test_a_room_id_keeps_all_its_digits() -> None:
    assert harmless("7600000000000000017") == "'7600000000000000017"
    assert harmless("123456789012345") == "123456789012345"


def test_unknown_is_empty_and_never_nan() -> None:
    odd = replace(live(0), counts={"impressions": None, "gmv": 1e300}, start=None, title=None, currency=None)
    text = as_csv(review(odd, [], KNOWLEDGE))
    assert "nan" not in text.lower() and "None" not in text and "inf," not in text
    values = {(row[0], row[1]): row for row in rows(text)}
    assert values["count", "impressions"][2] == "" and values["live", "title"][2] == ""
