"""XLSX bytes to rows of text, at a bounded cost.

A workbook is a ZIP of XML, and either can be made to unfold into gigabytes: by compression, by a directory that
lies about sizes, by one cell far down and far right (the reader keeps a full grid), or by one long text used a
million times. So the parts are unpacked here within limits, looked over, and only what was measured is parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from playbook.language import _
from playbook.model.session import UnusableFile

from .archive import Archive
from .grid import grid
from .sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Sheet, sheet_text, too_large

MAX_SHEETS = 20
MAX_TEXT = 500_000_000

_WORKBOOK = re.compile(r"xl/workbook\w*\.xml", re.IGNORECASE)
_NEEDED = (".xml", ".rels")
_LATER = re.compile(rb"date1904\s{0,9}=\s{0,9}[\"'](?:1|true)[\"']")
_DIMENSION = re.compile(rb"<(\w{0,20}:?)dimension\s[^<>]{0,200}(?:/>|></\1dimension>)")
_HEAD = 4_000
_TEXT = frozenset({str})
#: Looked for first: texts shorter than this are quickly distinguished from longer ones.
_LONG_TEXT = 5_000
#: A number of entries for which the reader makes room before it has seen one.
_PROMISED = re.compile(rb"uniqueCount[\0-\x20]*+=[\0-\x20]*+[\"']?+0*+([0-9]*+)")


def sheets(archive: Archive) -> list[Sheet]:
    """Every sheet with cells, visible ones first.

    Raises UnusableFile for what is damaged, protected, or too large once unpacked.
    """
    name = archive.name
    parts = archive.parts(lambda part: part.lower().endswith(_NEEDED))
    _refuse_traps(name, parts)
    later = any(_WORKBOOK.fullmatch(title) and _LATER.search(part) for title, part in parts.items())
    with refused_as(_damaged(name)), CalamineWorkbook.from_filelike(_measured(parts)) as book:
        return read_book(name, book, from_1904=later)


@contextmanager
def refused_as(message: str) -> Iterator[None]:
    """Whatever the reader of workbooks makes of one that it cannot read, said in these words."""
    try:
        yield
    except (CalamineError, ValueError, OverflowError, OSError):
        raise UnusableFile(message) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a slip inside the reader; its class can be imported nowhere
            raise
        raise UnusableFile(message) from None


def read_book(name: str, book: CalamineWorkbook, *, from_1904: bool = False) -> list[Sheet]:
    """The sheets of an opened workbook of any kind, visible ones first. Raises UnusableFile where there is no cell."""
    found = []
    cells = 0
    plain = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    for meta in sorted(plain, key=_hidden)[:MAX_SHEETS]:
        sheet = book.get_sheet_by_name(meta.name)
        cells += sheet.total_height * sheet.total_width
        if cells > MAX_CELLS:
            raise UnusableFile(too_large(name))
        rows = [_texts(row) for row in sheet.to_python(skip_empty_area=False)]
        if any(any(row) for row in rows):
            found.append(Sheet(meta.name, rows, _hidden(meta), from_1904))
    if not found:
        raise UnusableFile(_("{file}: the workbook has no cells. Download the export again.", file=name))
    return found


def _hidden(meta: SheetMetadata) -> bool:
    return bool(meta.visible != SheetVisibleEnum.Visible)


def _texts(row: list[Any]) -> list[str]:
    """Cells as text. Most are text already, and only the others cost anything."""
    if _TEXT.issuperset(map(type, row)):
        return row
    return [cell if cell.__class__ is str else _text(cell) for cell in row]


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        return sheet_text(repr(cell))
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


def _measured(parts: dict[str, bytes]) -> io.BytesIO:
    """The parts that were looked over, as an uncompressed archive.

    What a sheet says of its own size is left out: programs write `A0` or one row too few there, and others count.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for title, part in parts.items():
            head = part[:_HEAD]
            if b"dimension" in head:
                part = _DIMENSION.sub(b"", head, count=1) + part[_HEAD:]
            archive.writestr(zipfile.ZipInfo(title), part)
    buffer.seek(0)
    return buffer


def _refuse_traps(name: str, parts: dict[str, bytes]) -> None:
    """Grids far larger than their cells, and texts repeated without end."""
    cells, shared = 0, b""
    for title, part in parts.items():
        if b"\0" in part or _promises_too_much(part):  # UTF-16, in which nothing below would be seen
            raise UnusableFile(_damaged(name))
        if title.lower().endswith("sharedstrings.xml"):
            shared += part
        if b"sheetData" in part:
            rows, columns = grid(part)
            if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
                raise UnusableFile(too_large(name))
            cells += rows * columns
    if cells * _LONG_TEXT > MAX_TEXT or _has_long_text(shared):
        longest = max(len(item) for item in re.split(rb"</\w*:?si>", shared))
        if longest * cells > MAX_TEXT:
            raise UnusableFile(too_large(name))


def _promises_too_much(part: bytes) -> bool:
    """Whether a part says that it has more entries than tags."""
    promised = [number[1] for number in _PROMISED.finditer(part)]
    if not promised:
        return False
    most = part.count(b"<")
    return any(len(number) > 9 or int(number or b"0") > most for number in promised)


def _has_long_text(xml: bytes) -> bool:
    """Whether anything that long may stand between two tags: its first half then has one of these places in it."""
    ends = ((at, xml.find(b"<", at)) for at in range(0, len(xml), _LONG_TEXT // 2))
    return any((len(xml) if end < 0 else end) - at > _LONG_TEXT // 2 for at, end in ends)


def _damaged(name: str) -> str:
    return _("{file}: the workbook is damaged. Download it again, or save it as CSV.", file=name)
