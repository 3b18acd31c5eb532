"""Ways to spoil an export, for `fuzz.py` and its small version among the tests.

Each draws from the dice it is given and nothing else, so a number of a file and a seed bring the same bytes back.
"""

# ruff: noqa: E501 - the lists of odd pieces read better packed

from __future__ import annotations

import copy
import csv
import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

Grid = list[list[str]]

#: What cells hold in real accidents and in attacks.
ODD = (
    "", " ", "-", "--", "abc", "-5", "0", "1e400", "-1e400", "1e308", "NaN", "nan", "inf", "-Infinity", "9" * 19, "9" * 400,
    "0" * 40 + "1", "2026-02-30", "2026-13-01 25:61", "0000-00-00", "9999-12-31 23:59:59", "0001-01-01", "1/2/3",
    "31/12/9999 24:00", "12:61", "99:99:99", "-1:30", "1h 70min", "9" * 12 + "h", "%", "101%", "-5%", "1e5%", "R$", "Rp1.2.3",
    "1,2,3", "1.234", "1.234,56", "1,234.56", "1.2.3.4", "٣", "１２", "½", "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "\u202e5",
    "\u200b7", "\ufeff9", "\x00", "5\x00", "\x1f", "0x1F", "  7 ", "1_000", "1e3", "+7", "−3", "2.5K", "3万", "1.5jt", "9" * 9 + "K",
    "true", "null", "None", "#REF!", "#DIV/0!", "<script>alert(1)</script>", "a" * 40_000, "'", '"', "a\nb", "a,b;c\td|e",
    "🙂", "\ud7ff", "e\u0301" * 50, "46000.5", "1767225600", "1767225600000", "-1767225600", "9" * 30 + "-01-01", "2026W01",
    "yesterday", "19:00 – 21:00", "2026-03-01 ~ 2026-03-02", "2026-03-29 02:30", "2026-03-01T19:00:00+99:00",
    "2026-03-01T19:00:00.123456789Z", "2026/03/01/19/00", "[]", "{}", "00:00", "24:00", "minute", "start", "views",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "gb18030", "cp874", "latin-1")
PIECES = (b'"', b"\n", b"\r", b",,,,", b"\x00", b"-", b"1e999", b"\xff\xfe", b"{", b"[" * 500, b"9" * 400, b"\xef\xbb\xbf",
          b"\xe2\x80\xae", b"\xed\xa0\x80", b"PK\x03\x04", b"=1+1", b"\\u0000", b"<!ENTITY a '&a;'>")  # fmt: skip


def spoil_bytes(data: bytes, dice: random.Random) -> bytes:
    """Cut, flipped, doubled, or with a foreign piece in it."""
    kind, at = dice.randrange(5), dice.randrange(max(1, len(data)))
    if kind == 0:
        return data[:at]
    if kind == 1:
        changed = bytearray(data)
        for _ in range(dice.randrange(1, 12) if data else 0):
            changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        return bytes(changed)
    if kind == 2:
        return data[:at] + data[at // 2 :]
    if kind == 3:
        return data[:at] + data[at + dice.randrange(1, 60) :]
    return data[:at] + dice.choice(PIECES) * dice.choice((1, 1, 1, 30)) + data[at:]


# Tables.


def _cells(grid: Grid, dice: random.Random) -> None:
    """Some cells replaced, below the header more often than in it."""
    for _ in range(dice.choice((1, 1, 3, 12))):
        row = dice.choice(grid)
        if row:
            row[dice.randrange(len(row))] = dice.choice(ODD)


def _whole_column(grid: Grid, dice: random.Random) -> None:
    at, odd = dice.randrange(max(map(len, grid), default=1) or 1), dice.choice(ODD)
    start = dice.choice((0, 1, 1, 3))
    for row in grid[start:]:
        if at < len(row):
            row[at] = odd if len(odd) < 100 else dice.choice(("", "7"))


def _drop_row(grid: Grid, dice: random.Random) -> None:
    del grid[dice.randrange(len(grid))]


def _double_rows(grid: Grid, dice: random.Random) -> None:
    at = dice.randrange(len(grid))
    grid[at:at] = [list(row) for row in grid[at : at + dice.choice((1, 1, 5, 40))]] * dice.choice((1, 1, 4))


def _shuffle_rows(grid: Grid, dice: random.Random) -> None:
    at = dice.randrange(min(4, len(grid)))
    below = grid[at:]
    dice.shuffle(below)
    grid[at:] = below


def _drop_column(grid: Grid, dice: random.Random) -> None:
    at = dice.randrange(max(map(len, grid), default=1) or 1)
    for row in grid:
        del row[at : at + 1]


def _double_column(grid: Grid, dice: random.Random) -> None:
    width = max(map(len, grid), default=1) or 1
    at, to = dice.randrange(width), dice.randrange(width + 1)
    for row in grid:
        if at < len(row):
            row.insert(to, row[at])


def _shuffle_columns(grid: Grid, dice: random.Random) -> None:
    order = list(range(max(map(len, grid), default=0)))
    dice.shuffle(order)
    for row in grid:
        row[:] = [row[at] if at < len(row) else "" for at in order]


def _headers(grid: Grid, dice: random.Random) -> None:
    """A header misspelt, in capitals, with a unit, or the name of another column."""
    rows = [row for row in grid[:5] if sum(bool(cell) for cell in row) > 1]
    if not rows:
        return
    row = dice.choice(rows)
    at = dice.randrange(len(row))
    row[at] = dice.choice(
        (row[at].upper(), row[at] + " (%)", row[at][:-1], row[at][::-1], dice.choice(row), dice.choice(ODD))
    )


def _ragged(grid: Grid, dice: random.Random) -> None:
    for row in grid:
        if dice.random() < 0.3:
            del row[dice.randrange(len(row) + 1) :]
        elif dice.random() < 0.2:
            row += [dice.choice(ODD[:40])] * dice.randrange(1, 5)


def _noise_above(grid: Grid, dice: random.Random) -> None:
    grid[:0] = [[dice.choice(ODD[:60])] * dice.randrange(0, 4) for _ in range(dice.choice((1, 3, 30)))]


GRID_CHANGES: tuple[Callable[[Grid, random.Random], None], ...] = (
    _cells, _cells, _cells, _whole_column, _whole_column, _drop_row, _double_rows, _shuffle_rows, _drop_column,
    _double_column, _shuffle_columns, _headers, _ragged, _noise_above,
)  # fmt: skip


def spoil_grid(grid: Grid, dice: random.Random) -> Grid:
    """One to three changes of cells, rows, columns or headers."""
    spoilt = [list(row) for row in grid]
    for _ in range(dice.choice((1, 1, 2, 3))):
        if spoilt:
            dice.choice(GRID_CHANGES)(spoilt, dice)
    return spoilt


def as_csv(grid: Grid, dice: random.Random) -> bytes:
    """The table as some program might write it; now and then one that changed its mind about the encoding."""
    out = io.StringIO()
    quoting = dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(
        out, delimiter=dice.choice(",,,;\t|"), quoting=quoting, lineterminator=dice.choice(("\r\n", "\n"))
    ).writerows(grid)
    text = out.getvalue()
    data = text.encode(dice.choice(ENCODINGS), "replace")
    if dice.random() < 0.04:
        at = dice.randrange(len(text) + 1)
        data = text[:at].encode(dice.choice(ENCODINGS), "replace") + text[at:].encode(dice.choice(ENCODINGS), "replace")
    return data


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/></Types>'
)
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relation(target: str, kind: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def as_xlsx(grid: Grid, dice: random.Random) -> bytes:
    """The table as a small workbook; numbers are typed as numbers half of the time."""
    typed = dice.random() < 0.5
    rows = []
    for number, row in enumerate(grid, 1):
        cells = []
        for cell in row:
            shown = escape("".join(sign for sign in cell if sign >= " " or sign == "\n"))
            if typed and cell and cell.lstrip("-").replace(".", "", 1).isdecimal():
                cells.append(f"<c><v>{shown}</v></c>")
            else:
                cells.append(f'<c t="inlineStr"><is><t>{shown}</t></is></c>')
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relation("xl/workbook.xml", "officeDocument"),
        "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relation("worksheets/sheet1.xml", "worksheet"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
    }
    return packed({name: part.encode("utf-8", "replace") for name, part in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    """Parts as an archive, not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def spoil_parts(parts: dict[str, bytes], dice: random.Random) -> bytes:
    """A sound archive around broken XML: what the checksum of the archive does not catch."""
    name = dice.choice([each for each in parts if each.startswith("xl/")])
    change = dice.randrange(6)
    if change == 0:
        left = {each: part for each, part in parts.items() if each != name}
        return packed(left)
    if change == 1:
        return packed({**parts, name: dice.choice(list(parts.values()))})
    if change == 2:  # a place that no cell has, a type that does not fit, a reference to nowhere
        old, new = dice.choice(_XML_SWAPS)
        return packed({**parts, name: parts[name].replace(old, new, dice.choice((1, -1)))})
    return packed({**parts, name: spoil_bytes(parts[name], dice)})


_XML_SWAPS = (
    (b'r="A', b'r="ZZZZ'), (b'r="', b'r="-'), (b't="s"', b't="n"'), (b't="s"', b't="d"'), (b't="s"', b't="e"'), (b"<v>", b"<v>9"),
    (b"<v>", b"<v>-1e999"), (b"<v>", b"<v>NaN"), (b"</v>", b""), (b"<row", b"<cow"), (b"UTF-8", b"UTF-16"), (b"sheet", b"../sheet"),
    (b"rId", b"rIdx"), (b"<si>", b"<si><si>"), (b'count="', b'count="9999999999'), (b'<?xml', b"<!DOCTYPE a [<!ENTITY b 'b'>]><?xml"),
)  # fmt: skip


# JSON.

_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, -1e308, 10**30, 0.1, "", "abc", [], {}, [[]], [None], {"a": {}}, {"amount": None},
    {"amount": [], "currency": 5}, {"amount": "1e400", "currency": "XXX"}, float("nan"), float("inf"), "9" * 400,
)  # fmt: skip


def spoil_json(document: Any, dice: random.Random) -> bytes:
    """Values of other types, keys gone or doubled, lists in lists, answers within answers."""
    spoilt = copy.deepcopy(document)
    for _ in range(dice.choice((1, 1, 3, 8))):
        _spoil_node(spoilt, dice)
    kind = dice.randrange(12)
    if kind == 0:
        spoilt = [spoilt, spoilt]
    elif kind == 1:
        for _ in range(dice.choice((2, 9, 300))):
            spoilt = {"data": spoilt} if dice.random() < 0.7 else [spoilt]
    text = json.dumps(spoilt, ensure_ascii=dice.random() < 0.5)
    return text.encode("utf-8", "replace") if kind != 2 else spoil_bytes(text.encode("utf-8", "replace"), dice)


def _spoil_node(root: Any, dice: random.Random) -> None:
    """Walk down to a random depth and change what is there."""
    node = root
    for _ in range(dice.randrange(1, 8)):
        children = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
        below = [child for child in children if isinstance(child, (dict, list)) and child]
        if not below:
            break
        node = dice.choice(below)
    value = copy.deepcopy(dice.choice(_VALUES)) if dice.random() < 0.4 else dice.choice(ODD)
    if isinstance(node, dict) and node:
        key = dice.choice(list(node))
        change = dice.randrange(4)
        if change == 0:
            del node[key]
        elif change == 1:
            node[dice.choice((key.upper(), f"{key}.{key}", "", dice.choice(ODD)))] = node.pop(key)
        else:
            node[key] = value
    elif isinstance(node, list) and node:
        at = dice.randrange(len(node))
        node[at : at + 1] = dice.choice(([], [value], [node[at]] * 3, [[node[at]]]))
