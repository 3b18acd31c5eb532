"""The tables of a web page, which some programs save under the name of a spreadsheet."""

from __future__ import annotations

import html
import re

from playbook.model.session import UnusableFile

from .sheet import MAX_COLUMNS, Growing, Sheet, TooLargeError, too_large

_ENDS = ("td", "th", "tr", "table")
_UNSHOWN = ("script", "style", "title")


def html_tables(name: str, text: str) -> list[Sheet]:
    """The tables of a page with two cells in a row or more. Raises UnusableFile."""
    try:
        found = _cut(text)
    except TooLargeError:
        raise UnusableFile(too_large(name)) from None
    return [Sheet(None, table.rows) for table in found if any(len(row) > 1 for row in table.rows)]


def _cut(text: str) -> list[Growing]:  # noqa: C901
    """Cut at every `<`, which takes a time in proportion to the text whatever stands in it."""
    done: list[Growing] = []
    open_ones: list[Growing] = []
    row: list[tuple[str, int]] = []
    cell: list[str] | None = None
    span, unshown, begun = 1, "", False
    for piece in _without_comments(text).split("<")[1:]:
        tag, _, words = piece.partition(">")
        parts = tag.split(None, 1)
        name = parts[0].rstrip("/").lower() if parts else ""
        if unshown:
            unshown = "" if name == f"/{unshown}" else unshown
            continue
        if name in _UNSHOWN:
            unshown = name
            continue
        if cell is not None and name.lstrip("/") in _ENDS:
            row.append((" ".join(html.unescape("".join(cell)).split()), 1))
            if span > 1:
                row.append(("", span - 1))
            cell = None
        if open_ones and name in ("tr", "/tr", "table", "/table") and (begun or row):
            open_ones[-1].add(row)
            row, begun = [], False
        begun = begun or name == "tr"
        if name == "table":
            open_ones.append(Growing())
            done.append(open_ones[-1])
        elif name == "/table" and open_ones:
            open_ones.pop()
        elif name in ("td", "th") and open_ones:
            cell, span = [], _span(parts[1] if len(parts) > 1 else "")
        elif name in ("br", "br/", "p", "div") and cell is not None:
            cell.append(" ")
        if cell is not None:
            cell.append(words)
    if open_ones and row:
        open_ones[-1].add(row)
    return done


def _without_comments(text: str) -> str:
    first, *others = text.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others)


def _span(attributes: str) -> int:
    found = re.search(r"colspan=[\"']?(\d{1,4})", attributes[:500].lower())
    return min(int(found[1]), MAX_COLUMNS) if found and int(found[1]) else 1
