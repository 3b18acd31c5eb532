"""Workbooks that say one thing and hold another: hidden sheets, sizes that are wrong, days counted from 1904."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

import openpyxl
import pytest

from playbook.imports import read_files
from playbook.model.session import UnusableFile

HEADER = ["Livestream", "Start time", "Duration", "Views", "Likes"]


def rows(views: int = 900) -> list[list[object]]:
    return [HEADER, *([f"Sale {day}", f"2026-03-0{day} 19:00", "7200", str(views), "70"] for day in range(1, 4))]


def book(*sheets: tuple[str, str, list[list[object]]]) -> bytes:
    """A workbook of (title, state, rows)."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, state, lines in sheets:
        page = made.create_sheet(title)
        page.sheet_state = state
        for line in lines:
            page.append(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def edited(data: bytes, part: str, pattern: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if part in name:
                content, times = re.subn(pattern, text, content)
                assert times
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
@pytest.mark.parametrize("first", [True, False])
def test_a_hidden_sheet_never_beats_a_visible_one(state, first):
    sheets = [("old draft", state, rows(1)), ("data", "visible", rows())]
    reading = read_files([("b2.xlsx", book(*(sheets if first else reversed(sheets))))])
    assert [each.counts["views"] for each in reading.sessions] == [900] * 3
    assert [str(each) for each in reading.warnings] == [
        "b2.xlsx: hidden in this workbook and not read: 'old draft'. To read it, unhide it and save"
    ]


def test_a_hidden_sheet_alone_is_read_and_told():
    reading = read_files(
        [("b2.xlsx", book(("chart", "visible", [["see", "the", "data"]]), ("data", "hidden", rows())))]
    )
    assert [each.counts["views"] for each in reading.sessions] == [900] * 3
    assert [each.message for each in reading.warnings] == [
        "the sheet 'data' is hidden; no other has LIVEs, so it is read"
    ]


def test_of_unknown_sheets_only_visible_ones_are_offered_for_mapping():
    other = [["name", "age", "town"], ["Ana", "31", "Lima"]]
    with pytest.raises(UnusableFile) as error:
        read_files([("x.xlsx", book(("a", "hidden", [["one", "two"], [1, 2]]), ("b", "visible", other)))])
    assert [each.sheet for each in error.value.reading.unknown] == ["b"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("said", ["A0", "A1", "A1:B2", "A1:XFD1048576", "", "nonsense"])
def test_what_a_sheet_says_of_its_size_does_not_matter(said):
    data = edited(book(("data", "visible", rows())), "sheet1", r'<dimension ref="[^"]*"', f'<dimension ref="{said}"')
    assert [each.counts["likes"] for each in read_files([("b2.xlsx", data)]).sessions] == [70] * 3


@pytest.mark.parametrize("later", ["1", "true", "0"])
def test_untyped_days_count_from_where_the_workbook_says(later):
    zero = datetime(1899, 12, 30) if later == "0" else datetime(1904, 1, 1)
    start = datetime(2026, 7, 13, 19, 3)
    serial = (start - zero).total_seconds() / 86_400
    data = book(("data", "visible", [HEADER, ["Sale", serial, "7200", "900", "70"]]))
    data = edited(data, "xl/workbook.xml", r"<workbookPr ?", f'<workbookPr date1904="{later}" ')
    assert read_files([("b2.xlsx", data)]).sessions[0].start == start


def test_typed_days_of_1904():
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    page = made.worksheets[0]
    for line in [HEADER, ["Sale", datetime(2026, 7, 13, 19, 3), 7200, 900, 70]]:
        page.append(line)
    out = io.BytesIO()
    made.save(out)
    assert read_files([("b2.xlsx", out.getvalue())]).sessions[0].start == datetime(2026, 7, 13, 19, 3)
