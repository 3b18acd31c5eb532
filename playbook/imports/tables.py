"""Bytes to tables of text. What a file is, its content says, not its name.

Everything becomes text: Room IDs have nineteen digits, and a float keeps fifteen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..session import UnusableFile
from . import workbook
from .delimited import delimited, not_a_table
from .texts import decoded

#: A session list of 2,000 LIVEs is under one megabyte. More than this is something else.
MAX_BYTES = 30_000_000
MAX_COLUMNS = 2_000
_HEAD = 60_000
#: Short rows are filled up to the widest one, so it is the rectangle that counts.
MAX_CELLS = workbook.MAX_CELLS
#: A sheet may begin with a date range in square brackets.
#: How JSON writes the halves of signs beyond the first 65,536; most of them stand in pairs.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_JSON = re.compile(r"\s*(\{|\[\s*[\[{\]])")


@dataclass(frozen=True)
class Table:
    """Rows of text from one sheet or file. `rows[i]` stands in row i + 1; rows may differ in length.

    Numbers of days count from 1904 where `from_1904` is set. `remarks` are what a person should hear of the table.
    `turned`: the rows are the columns of the sheet.
    """

    file: str
    rows: list[list[str]]
    sheet: str | None = None
    encoding: str | None = None
    hidden: bool = False
    from_1904: bool = False
    remarks: tuple[str, ...] = ()
    turned: bool = False


def tables(name: str, data: bytes, known: Callable[[Table], int] = lambda _table: 0) -> tuple[list[Table], Any | None]:
    """The tables of a file, or its JSON document. `known` says how many headers of a table are recognised.

    `known` settles the encoding of old 8-bit files, where the bytes alone do not. Raises UnusableFile, naming
    the file and, where there is one, the row.
    """
    if len(data) > MAX_BYTES:
        raise UnusableFile(too_big(name, len(data)))
    if not data.strip(b"\0 \t\r\n"):
        raise UnusableFile(f"{name}: the file is empty. Download the export again.")
    if data[:4] == b"PK\x03\x04":
        return [_of_sheet(name, sheet) for sheet in workbook.sheets(name, data)], None
    _refuse_binary(name, data)
    texts = list(decoded(data))
    if not texts:
        raise UnusableFile(not_a_table(name))
    encoding, text = texts[0]
    if _JSON.match(text):
        return [], _json(name, text)
    if len(texts) > 1:
        encoding, text = max(texts, key=lambda each: known(_head(name, each[1])))
    found = Table(name, delimited(name, text), None, encoding)
    if len(found.rows) * max(map(len, found.rows), default=0) > MAX_CELLS:
        raise UnusableFile(too_many_cells(name))
    return [found], None


def too_many_cells(name: str) -> str:
    return (
        f"{name}: rows and columns make a table of more than {MAX_CELLS:,} cells, which no LIVE export has. Remove the "
        "empty columns, or export fewer days."
    )


def _head(name: str, text: str) -> Table:
    """The first lines of a text as a table; empty where they cannot be cut."""
    try:
        return Table(name, delimited(name, text[:_HEAD].rpartition("\n")[0] or text[:_HEAD]))
    except UnusableFile:
        return Table(name, [])


def _of_sheet(name: str, sheet: workbook.Sheet) -> Table:
    return Table(name, sheet.rows, sheet.title, hidden=sheet.hidden, from_1904=sheet.from_1904)


def too_big(name: str, size: int) -> str:
    return (
        f"{name}: the file has {size / 1e6:,.0f} MB; a LIVE export has a few at most, and over "
        f"{MAX_BYTES / 1e6:,.0f} MB is not read. Check that it is the right file, or export fewer days."
    )


def _refuse_binary(name: str, data: bytes) -> None:
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnusableFile(f"{name}: the workbook has a password. Open it, save it without one, and try again.")
        raise UnusableFile(
            f"{name}: this is an old Excel file (.xls). Open it and save it as .xlsx or CSV, then try again."
        )
    magic = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"RIFF", b"\x7fELF")
    if data.startswith(magic):
        raise UnusableFile(not_a_table(name))
    head = data[:200].lstrip().lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnusableFile(f"{name}: this is a web page, not an export. Use the Export button, then drop that file.")


def _json(name: str, text: str) -> Any:
    try:
        document = json.loads(text)
        return _mended(document) if _HALF.search(text) else document
    except json.JSONDecodeError as error:
        raise UnusableFile(
            f"{name}, row {error.lineno}, column {error.colno}: the JSON stops making sense here ({error.msg}). "
            "Save the whole answer of the API again."
        ) from None
    except (RecursionError, ValueError):
        raise UnusableFile(f"{name}: the JSON is not an answer of the Open API. Save the answer as it came.") from None


def _mended(document: Any) -> Any:
    """Half of a sign, which JSON can write and no file or store can hold, becomes the sign for unreadable."""
    whole = json.dumps(document, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return json.loads(whole)
