"""Writes workbooks of Excel before 2007, as small as they may be: a compound file with one stream of records."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def old_workbook(
    rows: Sequence[Sequence[object]],
    *,
    hidden: Sequence[Sequence[object]] = (),
    password: bool = False,
    from_1904: bool = False,
    at: tuple[int, int] = (0, 0),
) -> bytes:
    """Numbers become number cells and everything else text. `at` is where the first cell lies."""
    texts: list[str] = []
    pages = [("data", 0, rows, at), *([("draft", 1, hidden, (0, 0))] if hidden else [])]
    bodies = [_sheet(lines, texts, place) for _, _, lines, place in pages]
    front = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 1996, 0, 6))
    front += _record(0x002F, bytes(54)) if password else b""
    front += _record(0x0042, struct.pack("<H", 1200)) + _record(0x0022, struct.pack("<H", from_1904))
    shared = _shared(texts)
    names = [title.encode() for title, *_ in pages]
    start = len(front) + sum(12 + len(name) for name in names) + len(shared) + 4
    listed = b""
    for (_, state, *_), name, body in zip(pages, names, bodies, strict=True):
        listed += _record(0x0085, struct.pack("<IBBBB", start, state, 0, len(name), 0) + name)
        start += len(body)
    return compound("Workbook", front + listed + shared + _record(0x000A, b"") + b"".join(bodies))


def _sheet(rows: Sequence[Sequence[object]], texts: list[str], at: tuple[int, int]) -> bytes:
    cells = []
    for row, line in enumerate(rows, at[0]):
        for column, cell in enumerate(line, at[1]):
            if isinstance(cell, (int, float)):
                cells.append(_record(0x0203, struct.pack("<HHHd", row, column, 0, cell)))
            elif cell:
                texts.append(str(cell))
                cells.append(_record(0x00FD, struct.pack("<HHHI", row, column, 0, len(texts) - 1)))
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0x0DBB, 1996, 0, 6))
    return begin + b"".join(cells) + _record(0x000A, b"")


def _shared(texts: list[str]) -> bytes:
    """The shared texts, going on in further records where one is full, as Excel writes them."""
    body = struct.pack("<II", len(texts), len(texts))
    body += b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts)
    if len(body) <= 8224:
        return _record(0x00FC, body)
    records, current = [], struct.pack("<II", len(texts), len(texts))
    for text in texts:
        wide = text.encode("utf-16-le")
        if len(current) + 5 > 8224:
            records.append(current)
            current = b""
        current += struct.pack("<HB", len(text), 1)
        while wide:
            fit = (8224 - len(current)) // 2 * 2
            current, wide = current + wide[:fit], wide[fit:]
            if wide:
                records.append(current)
                current = b"\x01"
    records.append(current)
    return _record(0x00FC, records[0]) + b"".join(_record(0x003C, part) for part in records[1:])


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def compound(name: str, stream: bytes) -> bytes:
    """A compound file of one stream."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % _SECTOR)
    data = len(stream) // _SECTOR
    fats = 1
    while fats * 128 < fats + 1 + data:
        fats += 1
    links = [_FAT] * fats + [_END] + [fats + 1 + n + 1 for n in range(data - 1)] + [_END]
    links += [_FREE] * (fats * 128 - len(links))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *[*range(fats), *[_FREE] * (109 - fats)])
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, fats + 1, len(stream))
    entries += bytes(_SECTOR - len(entries))
    return header + struct.pack(f"<{len(links)}I", *links) + entries + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    body = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, _FREE, _FREE, child)
    return body + bytes(36) + struct.pack("<III", start, size, 0)
