"""The size of a sheet is told from its XML as the reader would unfold it, or larger; never smaller."""

from __future__ import annotations

import io
import string
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from playbook.imports.formats.grid import grid

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def unfolded(sheet: str) -> tuple[int, int]:
    """Rows and columns up to the last cell that the reader itself keeps."""
    whole, out = io.BytesIO(), io.BytesIO()
    Workbook().save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    out.seek(0)
    with CalamineWorkbook.from_filelike(out) as book:
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return len(rows), max(map(len, rows), default=0)


def place(row: int, column: int, lower: bool) -> str:
    letters = ""
    while column >= 0:
        letters = string.ascii_uppercase[column % 26] + letters
        column = column // 26 - 1
    return f"{letters.lower() if lower else letters}{row + 1}"


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """A few cells, each with its place first, later, in quotes of either kind, or none at all."""
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        cells = []
        for _ in range(draw(st.integers(0, 5))):
            at = place(draw(st.integers(0, 300)), draw(st.integers(0, 300)), draw(st.booleans()))
            form = draw(st.sampled_from(['<{p}c r="{at}">', "<{p}c r='{at}'>", '<{p}c t="n" r="{at}">', "<{p}c>",
                                         '<{p}c r = "{at}" >', '<{p}c\tr="{at}">']))  # fmt: skip
            prefix = draw(st.sampled_from(["", "", "x:"]))
            cells.append(f"{form.format(p=prefix, at=at)}<v>1</v></{prefix}c>")
        number = draw(st.sampled_from(["", "", ' r="7"', ' r="290"', ' spans="1:3" r="12"']))
        rows.append(f"<row{number}>{''.join(cells)}</row>")
    return f"<worksheet {SPACE}><sheetData>{''.join(rows)}</sheetData></worksheet>"


@given(sheets())
def test_never_smaller_than_what_the_reader_unfolds(sheet: str) -> None:
    rows, columns = grid(sheet.encode())
    real_rows, real_columns = unfolded(sheet)
    assert rows >= real_rows and columns >= real_columns


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 26), (40, 27), (7, 100)])
def test_exact_as_programs_write_it(rows: int, columns: int) -> None:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in range(rows):
        book.active.append([f"a = b: c {row} {column}" for column in range(columns)])
    book.save(out)
    assert grid(zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml")) == (rows, columns)


@pytest.mark.parametrize(
    ("cells", "least"),
    [
        ('<c r="xfd1048576"/>', (1_048_576, 16_384)),
        ('<c r="A0009999999"/>', (9_999_999, 1)),
        ("<c/>" * 900, (1, 900)),
        ('<c> r="A1"</c>' * 900, (1, 900)),
        ('<c><f r="A1"/></c>' * 900, (1, 900)),
        (f'<c r="{"A" * 50}"/>', (10**9, 10**9)),
        ("</row><row>" * 900 + "<c/>", (900, 1)),
    ],
)
def test_what_is_meant_to_unfold_is_seen(cells: str, least: tuple[int, int]) -> None:
    rows, columns = grid(f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>".encode())
    assert rows >= least[0] and columns >= least[1]


@pytest.mark.parametrize("xml", [b"", b"=", b"<", b"<c", b'<c r="', b" r=", b"<row r=:c "])
def test_fragments_do_no_harm(xml: bytes) -> None:
    rows, columns = grid(xml)
    assert rows >= 0 and columns >= 0
