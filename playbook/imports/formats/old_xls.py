"""Workbooks of Excel before 2007 (.xls), checked before they are parsed.

Such a file is a small file system (an OLE compound file) with one stream of records (BIFF). A reader keeps the full
rectangle of each sheet and a copy of every text in each cell, so that a few records can ask for gigabytes; they are
walked here first, without keeping anything.
"""

from __future__ import annotations

import io
import struct
from collections import Counter
from collections.abc import Iterator

from python_calamine import CalamineWorkbook

from playbook.language import _
from playbook.model.session import UnusableFile

from .sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Sheet, too_large
from .workbook import read_book, refused_as

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FREE = 0xFFFFFFFA  # sector numbers from here on mean something else
_BEGIN, _PASSWORD, _FROM_1904 = 0x0809, 0x002F, 0x0022
_TEXTS, _MORE = 0x00FC, 0x003C
_TEXT_CELL = 0x00FD
_CELLS = frozenset({0x0203, 0x027E, _TEXT_CELL, 0x0204, 0x0006, 0x0205, 0x0201, 0x00D6, 0x0003, 0x0004, 0x0002, 0x0005})
_MANY_CELLS = frozenset({0x00BD, 0x00BE})


def sheets(name: str, data: bytes) -> list[Sheet]:
    """Every sheet with cells, visible ones first. Raises UnusableFile for what is protected, damaged or too large."""
    streams = _streams(data)
    if "EncryptedPackage" in streams or (not streams and _named("EncryptedPackage") in data):
        raise UnusableFile(
            _("{file}: the workbook has a password. Open it, save it without one, and try again.", file=name)
        )
    stream = streams.get("Workbook", streams.get("Book"))
    if stream is None and (_named("Workbook") in data or _named("Book") in data):
        raise UnusableFile(_damaged(name))
    if stream is None:
        raise UnusableFile(
            _(
                "{file}: this is a document of an old Office program, but no workbook. Drop the file "
                "that TikTok Shop exported, as .xlsx or CSV.",
                file=name,
            )
        )
    later = _looked_over(name, stream)
    with refused_as(_damaged(name)), CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return read_book(name, book, from_1904=later)


def _named(stream: str) -> bytes:
    return stream.encode("utf-16-le")


def _damaged(name: str) -> str:
    return _(
        "{file}: the old workbook (.xls) is damaged or cut off. Open it and save it as .xlsx or CSV, then try again.",
        file=name,
    )


def _streams(data: bytes) -> dict[str, bytes]:
    """The streams of a compound file by name; those that are small lie together in one of their own."""
    try:
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        first_entry, _unused, cutoff, first_small = struct.unpack_from("<IIII", data, 48)
        if not 7 <= shift <= 16 or not 4 <= small_shift <= shift:
            return {}
        size = 1 << shift
        table = _table(data, size)
        directory = _chain(data, table, first_entry, size, size)
        small_table = list(struct.iter_unpack("<I", _chain(data, table, first_small, size, size)))
        found: dict[str, bytes] = {}
        small = b""
        for at in range(0, min(len(directory), 128 * 1_000) - 127, 128):
            entry = directory[at : at + 128]
            title = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
            start, length = struct.unpack_from("<II", entry, 116)
            if entry[66] == 5:
                small = _chain(data, table, start, size, size)[:length]
            elif entry[66] == 2 and title in ("Workbook", "Book", "EncryptedPackage"):
                if length < cutoff:
                    links = [link for (link,) in small_table]
                    found[title] = _chain(small, links, start, 1 << small_shift, 0)[:length]
                else:
                    found[title] = _chain(data, table, start, size, size)[:length]
    except (struct.error, IndexError):
        return {}
    return found


def _table(data: bytes, size: int) -> list[int]:
    """For each sector the one that follows it."""
    places = list(struct.unpack_from("<109I", data, 76))
    further, many = struct.unpack_from("<II", data, 68)
    for _block in range(min(many, len(data) // size + 1)):
        if further >= _FREE:
            break
        links = struct.unpack_from(f"<{size // 4}I", data, (further + 1) * size)
        places += links[:-1]
        further = links[-1]
    table: list[int] = []
    for place in places[: len(data) // size + 109]:
        if place < _FREE and (place + 2) * size <= len(data) + size:
            sector = data[(place + 1) * size : (place + 2) * size]
            table += [link for (link,) in struct.iter_unpack("<I", sector[: len(sector) // 4 * 4])]
    return table


def _chain(data: bytes, table: list[int], start: int, size: int, before: int) -> bytes:
    """The sectors from one on; a chain that bites its tail ends there. `before` is what stands ahead of the first."""
    parts: list[bytes] = []
    at = start
    while at < _FREE and at < len(table) and len(parts) <= len(table):
        parts.append(data[before + at * size : before + (at + 1) * size])
        at = table[at]
    return b"".join(parts)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, where its content begins, how long it is)."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, min(length, len(stream) - at - 4)
        at += 4 + length


def _looked_over(name: str, stream: bytes) -> bool:
    """Whether days count from 1904. Raises UnusableFile for a password, or for more than any export has."""
    later = False
    cells = height = width = lengths = 0
    used: Counter[int] = Counter()
    texts: list[bytes] = []
    last = -1
    for kind, at, length in _records(stream):
        if kind == _PASSWORD:
            raise UnusableFile(
                _("{file}: the workbook has a password. Open it, save it without one, and try again.", file=name)
            )
        if kind == _FROM_1904 and length >= 2:
            later = stream[at] == 1
        elif kind == _BEGIN:
            cells += height * width
            height = width = 0
        elif kind == _TEXTS or (kind == _MORE and last in (_TEXTS, _MORE)):
            texts.append(stream[at : at + length])
        elif kind in _CELLS and length >= 6:
            row, column = struct.unpack_from("<HH", stream, at)
            height, width = max(height, row + 1), max(width, column + 1)
            if kind == _TEXT_CELL and length >= 10:
                used[struct.unpack_from("<I", stream, at + 6)[0]] += 1
            else:
                lengths += length
        elif kind in _MANY_CELLS and length >= 6:
            height = max(height, struct.unpack_from("<H", stream, at)[0] + 1)
            width = max(width, struct.unpack_from("<H", stream, at + length - 2)[0] + 1)
        if height > MAX_ROWS or width > MAX_COLUMNS or cells + height * width > MAX_CELLS:
            raise UnusableFile(too_large(name))
        last = kind
    signs = _text_lengths(texts)
    lengths += sum(many * (signs[place] if place < len(signs) else 0) for place, many in used.items())
    if lengths > MAX_TEXT:
        raise UnusableFile(too_large(name))
    return later


def _text_lengths(texts: list[bytes]) -> list[int]:
    """How many signs each shared text has. One may go on in the next record, which begins with its width anew."""
    found: list[int] = []
    if not texts:
        return found
    record, at = 0, 8

    def ready(wanted: int) -> bool:
        nonlocal record, at
        while record < len(texts) and at >= len(texts[record]):
            record, at = record + 1, at - len(texts[record])
        return record < len(texts) and at + wanted <= len(texts[record])

    while ready(3):
        signs, flags = struct.unpack_from("<HB", texts[record], at)
        at += 3
        runs = extra = 0
        if flags & 8 and ready(2):
            runs = struct.unpack_from("<H", texts[record], at)[0]
            at += 2
        if flags & 4 and ready(4):
            extra = struct.unpack_from("<I", texts[record], at)[0]
            at += 4
        found.append(signs)
        wide, left = flags & 1, signs
        while left and record < len(texts):
            fit = min(left, max(0, len(texts[record]) - at) // (2 if wide else 1))
            left -= fit
            at += fit * (2 if wide else 1)
            if left:
                record, at = record + 1, 1
                wide = texts[record][0] & 1 if record < len(texts) and texts[record] else 0
        at += 4 * runs + min(extra, 1 << 24)
    return found
