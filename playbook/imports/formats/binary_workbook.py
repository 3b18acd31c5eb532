"""A workbook that Excel saved as .xlsb: records of bytes in a ZIP instead of XML, checked before they are read.

A record is its kind, its length (each seven bits a byte, the lowest first), and its bytes: [MS-XLSB] 2.1.4.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineWorkbook

from playbook.imports.formats.archive import Archive
from playbook.imports.formats.sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Sheet, too_large
from playbook.imports.formats.workbook import MAX_TEXT, read_book, refused_as
from playbook.language import _
from playbook.model.session import UnusableFile

#: Records are looked at one by one, at about a microsecond and three bytes each.
MAX_RECORDS = 2_000_000
_NEEDED = (".bin", ".rels", ".xml")
_ROW, _LAST_CELL, _WORKBOOK, _TEXTS, _EXTENT = 0, 11, 153, 159, 148
#: Texts in cells, and the entries of the table of texts.
_STRINGS = frozenset({6, 8, 19})
_LATER = 1  # the first bit of the workbook's properties: its days count from 1904


def sheets(archive: Archive) -> list[Sheet]:
    """Every sheet with cells. Raises UnusableFile for what is damaged, or would take too much room."""
    name = archive.name
    parts = archive.parts(lambda part: part.lower().endswith(_NEEDED))
    damaged = _("{file}: the workbook is damaged. Download it again, or save it as CSV.", file=name)
    try:
        later = _looked_over(name, parts)
    except (struct.error, IndexError):
        raise UnusableFile(damaged) from None
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as copy:
        for title, part in parts.items():
            copy.writestr(zipfile.ZipInfo(title), part)
    buffer.seek(0)
    with refused_as(damaged), CalamineWorkbook.from_filelike(buffer) as book:
        return read_book(name, book, from_1904=later)


def _looked_over(name: str, parts: dict[str, bytes]) -> bool:  # noqa: C901 - one branch for each kind of record
    """Whether days count from 1904. Raises UnusableFile where a full grid or its texts would take too much room."""
    later, left, cells, longest = False, MAX_RECORDS, 0, 0
    for title, part in parts.items():
        if not title.lower().endswith(".bin"):
            continue
        rows = columns = 0
        for kind, start, size in records(part):
            left -= 1
            if left < 0:
                raise UnusableFile(too_large(name))
            if kind == _ROW:
                rows = max(rows, _number(part, start) + 1)
            elif kind <= _LAST_CELL:
                columns = max(columns, _number(part, start) + 1)
            elif kind == _EXTENT:
                rows, columns = max(rows, _number(part, start + 4) + 1), max(columns, _number(part, start + 12) + 1)
            elif kind == _WORKBOOK:
                later = bool(_number(part, start) & _LATER)
            elif kind == _TEXTS and _number(part, start + 4) > len(part):
                raise UnusableFile(too_large(name))
            if kind in _STRINGS:
                longest = max(longest, size)
        if rows > MAX_ROWS or columns > MAX_COLUMNS:
            raise UnusableFile(too_large(name))
        cells += rows * columns
    if cells > MAX_CELLS or cells * longest > MAX_TEXT:
        raise UnusableFile(too_large(name))
    return later


def records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record. Raises IndexError where the part is cut off."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while True:
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift == 28:
                break
        if at + size > end:
            raise IndexError
        yield kind, at, size
        at += size


def _number(part: bytes, at: int) -> int:
    value: int = struct.unpack_from("<I", part, at)[0]
    return value
