"""Bytes to tables of text. What a file is, its content says, not its name.

Everything becomes text: Room IDs have nineteen digits, and a float keeps fifteen.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ..session import UnusableFile
from . import workbook
from .json_text import documents

#: A session list of 2,000 LIVEs is under one megabyte. More than this is something else.
MAX_BYTES = 30_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 2_000
_LONGEST_LINE = 1_000_000
_DELIMITERS = ",;\t|"
#: A sheet may begin with a date range in square brackets.
_JSON = re.compile(r"\s*(\{|\[\s*[\[{\]])")


@dataclass(frozen=True)
class Table:
    """Rows of text from one sheet or file. `rows[i]` stands in row i + 1; rows may differ in length."""

    file: str
    rows: list[list[str]]
    sheet: str | None = None
    encoding: str | None = None


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
        return [Table(name, rows, sheet) for sheet, rows in workbook.sheets(name, data)], None
    _refuse_binary(name, data)
    texts = list(_decoded(data))
    if not texts:
        raise UnusableFile(_not_a_table(name))
    encoding, text = texts[0]
    if _JSON.match(text):
        return [], _json(name, text)
    if len(texts) == 1:
        return [Table(name, _csv(name, text), None, encoding)], None
    tried = [Table(name, _csv(name, text), None, encoding) for encoding, text in texts]
    return [max(tried, key=known)], None


def too_big(name: str, size: int) -> str:
    return (
        f"{name}: the file has {size / 1e6:,.0f} MB; a LIVE export has a few at most, and over "
        f"{MAX_BYTES / 1e6:,.0f} MB is not read. Check that it is the right file, or export fewer days."
    )


def _not_a_table(name: str) -> str:
    return (
        f"{name}: this is not a table. Expected an .xlsx, .csv or .json file as TikTok Shop exports it; "
        "drop the downloaded file itself."
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
        raise UnusableFile(_not_a_table(name))
    head = data[:200].lstrip().lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnusableFile(f"{name}: this is a web page, not an export. Use the Export button, then drop that file.")


def _decoded(data: bytes) -> Iterator[tuple[str, str]]:
    """(encoding, text), the likeliest first. One, unless the bytes fit several old code pages."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            text = _decode(data[: len(data) // 2 * 2] if encoding == "utf-16" else data, encoding)
            if text is not None:
                yield encoding, text
            return
    zeros = data[:2000].count(0)
    if zeros > len(data[:2000]) // 5:
        encoding = "utf-16-le" if data[1:2000:2].count(0) > data[0:2000:2].count(0) else "utf-16-be"
        text = _decode(data[: len(data) // 2 * 2], encoding)
        if text is not None and _readable(text):
            yield encoding, text
        return
    if zeros:
        return
    text = _decode(data, "utf-8")
    if text is not None:
        if _readable(text):
            yield "utf-8", text
        return
    for encoding in _code_pages(data):
        text = _decode(data, encoding)
        if text is not None and _readable(text):
            yield encoding, text


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _readable(text: str) -> bool:
    head = text[:5000]
    return sum(sign < " " and sign not in "\t\r\n\f\v" for sign in head) <= len(head) // 100


def _code_pages(data: bytes) -> tuple[str, ...]:
    """Old code pages, the likeliest first, by how the bytes above 127 stand.

    Chinese comes in long runs of pairs, Thai in long runs in which vowel signs follow consonants, Latin alone.
    """
    first = re.search(rb"[\x80-\xff]", data)
    start = first.start() if first else 0  # the first name with an accent may stand far down a long list
    part = data[start : start + 100_000]
    runs = [len(list(group)) for high, group in groupby(part, lambda byte: byte > 127) if high]
    long = sum(run for run in runs if run >= 4) / max(1, sum(runs))
    latin = ("cp1252", "cp1258", "latin-1")
    if long <= 0.5:
        return (*latin, "gb18030", "cp932", "cp874")
    even = sum(run for run in runs if run % 2 == 0) / sum(runs)
    if _thai(part) or even <= 0.8:
        return ("cp874", "gb18030", "cp932", *latin)
    return ("gb18030", "cp932", "cp874", *latin)


def _thai(data: bytes) -> bool:
    """Whether the bytes spell Thai: signs above and below a letter have a letter before them."""
    signs = {0xD1, *range(0xD4, 0xDB), *range(0xE7, 0xEF)}
    letters = set(range(0xA1, 0xCF))
    places = [at for at, byte in enumerate(data) if byte in signs]
    fitting = sum(at > 0 and (data[at - 1] in letters or data[at - 1] in signs) for at in places)
    vowels = [at for at, byte in enumerate(data[:-1]) if 0xE0 <= byte <= 0xE4]
    followed = sum(data[at + 1] in letters for at in vowels)
    return bool(places) and fitting >= 0.95 * len(places) and followed >= 0.95 * len(vowels)


def _json(name: str, text: str) -> Any:
    """The document; several behind one another (JSON lines, pages put together) as a list."""
    try:
        found = documents(text)
    except json.JSONDecodeError as error:
        raise UnusableFile(
            f"{name}, row {error.lineno}, column {error.colno}: the JSON stops making sense here ({error.msg}). "
            "Save the whole answer of the API again."
        ) from None
    except (RecursionError, ValueError):
        raise UnusableFile(f"{name}: the JSON is not an answer of the Open API. Save the answer as it came.") from None
    if len(found) == 1:
        return found[0]
    return [page for each in found for page in (each if isinstance(each, list) else [each])]


def _csv(name: str, text: str) -> list[list[str]]:
    if text.startswith("\ufeff"):
        text = text[1:]
    if max(map(len, text.split("\n"))) > _LONGEST_LINE:
        raise UnusableFile(_not_a_table(name))
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # Row numbers stay those of the file.
        return [[first.strip()], *_rows(name, rest, first.strip()[4], before=1)]
    return _rows(name, text, _delimiter(text))


def _rows(name: str, text: str, delimiter: str, before: int = 0) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MAX_ROWS:
                raise UnusableFile(f"{name}: more than {MAX_ROWS:,} rows. Export fewer days at a time.")
    except csv.Error as error:
        row_number = len(rows) + 1 + before
        # Behind a quote that is never closed all that follows is one cell; a long cell has one long line.
        if "field larger than" in str(error) and max(map(len, text.split("\n"))) > csv.field_size_limit():
            raise UnusableFile(
                f"{name}, row {row_number}: a cell is longer than {csv.field_size_limit():,} signs, which no export "
                "prints. Download the file again."
            ) from None
        if "expected after" in str(error):
            raise UnusableFile(
                f"{name}, row {row_number}: a quoted cell goes on after its closing quote. Write a quote inside a "
                'cell twice (""), or download the file again.'
            ) from None
        raise UnusableFile(
            f'{name}, row {row_number}: a quote (") is opened here and never closed. Close it, or download the '
            "file again: it may be cut off."
        ) from None
    return rows


def _delimiter(text: str) -> str:
    """The sign that cuts the first rows into the most cells of equal number."""
    lines = [line for line in text[:40_000].splitlines()[:30] if line.strip()]
    best, most = ",", 0
    for sign in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
        except csv.Error:
            continue
        width, often = (
            Counter(width for width in widths if width > 1).most_common(1)[0] if max(widths, default=0) > 1 else (1, 0)
        )
        if (width - 1) * often > most:
            best, most = sign, (width - 1) * often
    return best
