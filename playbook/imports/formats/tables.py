"""Bytes to tables of text. What a file is, its content says, not its name.

Everything becomes text: Room IDs have nineteen digits, and a float keeps fifteen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playbook.imports.formats import binary_workbook
from playbook.language import N_, _
from playbook.model.session import UnusableFile

from . import old_xls, workbook
from .archive import Archive, is_zip, opened, refused
from .delimited import delimited, not_a_table, unwrapped
from .html_tables import html_tables
from .json_text import documents, whole
from .sheet import MAX_CELLS, Sheet
from .texts import decoded, in_charset
from .xml_sheets import open_document, spreadsheet_ml

#: A session list of 2,000 LIVEs is under one megabyte. More than this is something else.
MAX_BYTES = 30_000_000
MAX_COLUMNS = 2_000
#: A page with 2,000 LIVEs has a few megabytes.
MAX_PAGE = 10_000_000
_HEAD = 60_000
#: A sheet may begin with a date range in square brackets.
_MARKUP = re.compile(r"<[?!a-zA-Z]")
_JSON = re.compile(r"\s*(\{|\[\s*[\[{\]])")


@dataclass(frozen=True)
class SheetTable:
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


def tables(
    name: str, data: bytes, known: Callable[[SheetTable], int] = lambda _table: 0
) -> tuple[list[SheetTable], Any | None]:
    """The tables of a file, or its JSON document. `known` says how many headers of a table are recognised.

    `known` settles the encoding of old 8-bit files, where the bytes alone do not. Raises UnusableFile, naming
    the file and, where there is one, the row.
    """
    if len(data) > MAX_BYTES:
        raise UnusableFile(too_big(name, len(data)))
    if not data.strip(b"\0 \t\r\n"):
        raise UnusableFile(_("{file}: the file is empty. Download the export again.", file=name))
    if is_zip(data):
        return [_of_sheet(name, sheet) for sheet in _of_archive(opened(name, data))], None
    if data.startswith(old_xls.MAGIC):
        return [_of_sheet(name, sheet) for sheet in old_xls.sheets(name, data)], None
    _refuse_binary(name, data)
    texts = list(decoded(data))
    if not texts:
        raise UnusableFile(not_a_table(name))
    encoding, text = texts[0]
    if _MARKUP.match(text[:4_000].lstrip()):
        return [_of_sheet(name, sheet) for sheet in _of_markup(name, text, data)], None
    if _JSON.match(text):
        return [], _json(name, text)
    if len(texts) > 1:
        encoding, text = max(texts, key=lambda each: known(_head(name, each[1])))
    return [SheetTable(name, _within(name, delimited(name, text)), None, encoding)], None


def _within(name: str, rows: list[list[str]]) -> list[list[str]]:
    """The rows. Short ones are filled up to the widest, so it is the rectangle that counts."""
    if len(rows) * max(map(len, rows), default=0) > MAX_CELLS:
        raise UnusableFile(too_many_cells(name))
    return rows


def too_many_cells(name: str) -> str:
    return _(
        "{file}: rows and columns make a table of more than {most} cells, which no LIVE export "
        "has. Remove the empty columns, or export fewer days.",
        file=name,
        most=format(MAX_CELLS, ","),
    )


def _head(name: str, text: str) -> SheetTable:
    """The first lines of a text as a table; empty where they cannot be cut."""
    try:
        return SheetTable(name, delimited(name, text[:_HEAD].rpartition("\n")[0] or text[:_HEAD]))
    except UnusableFile:
        return SheetTable(name, [])


def _of_sheet(name: str, sheet: Sheet) -> SheetTable:
    rows = unwrapped(name, sheet.rows)
    return SheetTable(
        name,
        rows if rows is sheet.rows else _within(name, rows),
        sheet.title,
        hidden=sheet.hidden,
        from_1904=sheet.from_1904,
    )


def _of_archive(archive: Archive) -> list[Sheet]:
    """The sheets of a workbook or of an OpenDocument spreadsheet. Raises UnusableFile for any other archive."""
    if archive.kind == "workbook":
        return workbook.sheets(archive)
    if archive.kind == "binary workbook":
        return binary_workbook.sheets(archive)
    if archive.kind != "document":
        raise refused(archive)
    parts = archive.parts(("content.xml", "META-INF/manifest.xml", "mimetype").__contains__)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise UnusableFile(
            _("{file}: the spreadsheet has a password. Open it, save it without one, and try again.", file=archive.name)
        )
    if b"spreadsheet" not in parts.get("mimetype", b"spreadsheet"):
        raise UnusableFile(
            _("{file}: this is a text, not a table. Drop the file that TikTok Shop exported.", file=archive.name)
        )
    return _filled(archive.name, open_document(archive.name, parts["content.xml"].decode("utf-8", "replace")))


def _of_markup(name: str, text: str, data: bytes) -> list[Sheet]:
    """The sheets of XML or HTML. Raises UnusableFile where there is no table."""
    head = text[:4_000]
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head.lower():
        return _filled(name, spreadsheet_ml(name, text))
    if "urn:oasis:names:tc:opendocument" in head:
        return _filled(name, open_document(name, text))
    found = html_tables(name, in_charset(data, head) or text) if len(data) <= MAX_PAGE else []
    if not found:
        raise UnusableFile(
            _(
                "{file}: this is a web page without a table of numbers, not an export. Use the Export "
                "button, then drop that file.",
                file=name,
            )
        )
    return found


def _filled(name: str, sheets: list[Sheet]) -> list[Sheet]:
    if not sheets:
        raise UnusableFile(_("{file}: the spreadsheet has no cells. Download the export again.", file=name))
    return sorted(sheets, key=lambda sheet: sheet.hidden)


def too_big(name: str, size: int) -> str:
    return _(
        "{file}: the file has {size} MB; a LIVE export has a few at most, and over {most} MB is "
        "not read. Check that it is the right file, or export fewer days.",
        file=name,
        size=format(size / 1e6, ",.0f"),
        most=format(MAX_BYTES / 1e6, ",.0f"),
    )


#: How a file begins, and what it is with what to do.
_OTHERS = (
    ((b"%PDF",), N_("{file}: this is a PDF, not a table. Use the Export button and drop the .xlsx or CSV file that it "
                    "downloads.")),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM6", b"RIFF"),
     N_("{file}: this is a picture, not a table. Type its numbers, or drop the file that the Export button "
        "downloads.")),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
     N_("{file}: this is an archive of a kind that is not opened, not a table. Unpack it and drop the files that are "
        "in it.")),
    ((b"\x7fELF", b"MZ\x90"),
     N_("{file}: this is a program, not a table. Drop the file that the Export button downloads.")),
    ((b"MIME-Version:",),
     N_("{file}: this is a saved web page (.mht), not a table. Open it in Excel, save it as .xlsx or CSV, and drop "
        "that.")),
)  # fmt: skip


def _refuse_binary(name: str, data: bytes) -> None:
    for starts, refusal in _OTHERS:
        if data.startswith(starts):
            raise UnusableFile(_(refusal, file=name))


def _json(name: str, text: str) -> Any:
    """The document; several behind one another (JSON lines, pages put together) as a list."""
    try:
        found = documents(text)
        document = found[0] if len(found) == 1 else [page for each in found for page in _pages(each)]
        return whole(text, document)
    except json.JSONDecodeError as error:
        raise UnusableFile(
            _(
                "{file}, row {line}, column {column}: the JSON stops making sense here, as if it were "
                "cut off. Save the whole answer of the API again.",
                file=name,
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    except (RecursionError, ValueError):
        raise UnusableFile(
            _("{file}: the JSON is not an answer of the Open API. Save the answer as it came.", file=name)
        ) from None


def _pages(document: Any) -> list[Any]:
    return document if isinstance(document, list) else [document]
