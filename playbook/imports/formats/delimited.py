"""Text with delimiters to rows of cells, whichever sign cuts them and whatever was quoted."""

from __future__ import annotations

import csv
import io
from collections import Counter

from playbook.language import _
from playbook.model.session import UnusableFile

from .sheet import MAX_COLUMNS

MAX_ROWS = 100_000
_LONGEST_LINE = 1_000_000
_DELIMITERS = ",;\t|"
#: A table is cut into at least this many cells.
_NARROWEST = 3


def not_a_table(name: str) -> str:
    return _(
        "{file}: this is not a table. Expected an .xlsx, .csv or .json file as TikTok Shop "
        "exports it; drop the downloaded file itself.",
        file=name,
    )


def delimited(name: str, text: str) -> list[list[str]]:
    """The rows of a text. Raises UnusableFile, naming the row, where quotes make no sense."""
    if text.startswith("\ufeff"):
        text = text[1:]
    if max(map(len, text.split("\n"))) > _LONGEST_LINE:
        raise UnusableFile(not_a_table(name))
    first, _unused, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # Row numbers stay those of the file.
        return [[first.strip()], *_rows(name, rest, first.strip()[4], before=1)]
    return unwrapped(name, _rows(name, text, _delimiter(text)))


def unwrapped(name: str, rows: list[list[str]]) -> list[list[str]]:
    """The rows cut anew where each stands in its first cell, as after quoting it whole or pasting it into a sheet."""
    if any(len(row) > 1 and any(cell and not cell.isspace() for cell in row[1:]) for row in rows):
        return rows
    text = "\n".join(" ".join(row[0].splitlines()) if row else "" for row in rows)
    sign = _delimiter(text)
    if text.count(sign) < _NARROWEST:
        return rows
    try:
        again = _rows(name, text, sign)
    except UnusableFile:
        return rows
    return again if max(map(len, again)) >= _NARROWEST and len(again) == len(rows) else rows


def _narrowed(name: str, row: list[str], number: int) -> list[str]:
    """Spreadsheets write a delimiter for every cell that was ever touched; more columns with words no export has."""
    last = max((at for at, cell in enumerate(row) if cell.strip()), default=-1)
    if last >= MAX_COLUMNS:
        raise UnusableFile(
            _(
                "{file}, row {row}: more than {most} columns, which no export has. Check that it is the "
                "right file, or download it again.",
                file=name,
                row=number,
                most=MAX_COLUMNS,
            )
        )
    return row[:MAX_COLUMNS]


def _rows(name: str, text: str, delimiter: str, before: int = 0) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row if len(row) <= MAX_COLUMNS else _narrowed(name, row, len(rows) + 1 + before))
            if len(rows) > MAX_ROWS:
                raise UnusableFile(
                    _(
                        "{file}: more than {most} rows. Export fewer days at a time.",
                        file=name,
                        most=format(MAX_ROWS, ","),
                    )
                )
    except csv.Error as error:
        row_number = len(rows) + 1 + before
        # Behind a quote that is never closed all that follows is one cell; a long cell has one long line.
        if "field larger than" in str(error) and max(map(len, text.split("\n"))) > csv.field_size_limit():
            raise UnusableFile(
                _(
                    "{file}, row {row}: a cell is longer than {most} signs, which no export prints. Download "
                    "the file again.",
                    file=name,
                    row=row_number,
                    most=format(csv.field_size_limit(), ","),
                )
            ) from None
        if "expected after" in str(error):
            raise UnusableFile(
                _(
                    "{file}, row {row}: a quoted cell goes on after its closing quote. Write a quote inside "
                    'a cell twice (""), or download the file again.',
                    file=name,
                    row=row_number,
                )
            ) from None
        raise UnusableFile(
            _(
                '{file}, row {row}: a quote (") is opened here and never closed. Close it, or download '
                "the file again: it may be cut off.",
                file=name,
                row=row_number,
            )
        ) from None
    return rows


def _delimiter(text: str) -> str:
    """The sign that cuts the first rows into the most cells of equal number."""
    # Notes above the table are not cut by anything, however many there are.
    lines = [line for line in text[:80_000].splitlines() if any(sign in line for sign in _DELIMITERS)][:30]
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
