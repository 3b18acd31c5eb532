"""Workbooks saved as .xlsb: read as the same rows, and refused where they would take too much room."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from playbook.imports import NothingToReview, read_files

NAMES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, data: bytes = b"") -> bytes:
    first = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(data), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return first + length + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def workbook(rows: list[list[object]], *, extent: tuple[int, int] = (0, 0), last_row: int | None = None) -> bytes:
    """A workbook of one sheet with numbers and texts."""
    body = record(129) + record(148, struct.pack("<4I", 0, extent[0], 0, extent[1])) + record(145)
    for at, row in enumerate(rows):
        number = last_row if last_row is not None and at == len(rows) - 1 else at
        body += record(0, struct.pack("<I", number) + b"\0" * 13)
        for column, cell in enumerate(row):
            head = struct.pack("<II", column, 0)
            value = record(5, head + struct.pack("<d", cell)) if isinstance(cell, float) else None
            body += value or record(6, head + wide(str(cell)))
    body += record(146) + record(130)
    sheet = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("LIVEs"))
    book = record(131) + record(153, b"\0" * 12) + record(143) + sheet + record(144) + record(132)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", body)
        link = f'<Relationship Id="rId1" Type="{NAMES}/worksheet" Target="worksheets/sheet1.bin"/>'
        rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{link}</Relationships>'
        archive.writestr("xl/_rels/workbook.bin.rels", rels)
    return out.getvalue()


ROWS = [["start", "impressions", "views", "sku_orders"], ["2026-08-01 19:00", 900.0, 40.0, 3.0]]


def refusal(data: bytes) -> str:
    with pytest.raises(NothingToReview) as error:
        read_files([("list.xlsb", data)])
    return str(error.value)


def test_a_binary_workbook_is_read() -> None:
    [live] = read_files([("list.xlsb", workbook(ROWS))]).sessions
    assert (live.counts["impressions"], live.counts["views"], live.counts["sku_orders"]) == (900, 40, 3)
    assert f"{live.start:%Y-%m-%d %H:%M}" == "2026-08-01 19:00"


@pytest.mark.parametrize("how", [{"extent": (1_048_575, 16_383)}, {"last_row": 1_048_575}])
def test_a_grid_far_larger_than_its_cells_is_refused_before_it_is_made(how: dict[str, object]) -> None:
    assert "far larger than any LIVE export" in refusal(workbook(ROWS, **how))


def test_one_that_is_cut_off() -> None:
    data = workbook(ROWS)
    inside = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(inside, "w") as cut:
        for name in whole.namelist():
            part = whole.read(name)
            cut.writestr(name, part[:-30] if name.endswith("sheet1.bin") else part)
    assert refusal(inside.getvalue()) == "list.xlsb: the workbook is damaged. Download it again, or save it as CSV."
