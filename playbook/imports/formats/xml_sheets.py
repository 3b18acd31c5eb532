"""Spreadsheets written as XML: OpenDocument, and the SpreadsheetML of 2003.

The XML goes through expat with handlers and no tree, so that depth costs nothing, and every cell is counted before it
is kept: `number-rows-repeated="1048576"` is an attribute of twenty bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from playbook.language import _
from playbook.model.session import UnusableFile

from .sheet import MAX_CELLS, Growing, Sheet, TooLargeError, sheet_text, too_large

_TIME = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_ONLY_TIME = re.compile(r"(?:1899-12-3[01]|190[04]-01-0[01])T(\d\d:\d\d:\d\d)(?:\.\d+)?")


class _Reader:
    """What both kinds of XML share: names without their namespaces, and text gathered where it is wanted."""

    def __init__(self) -> None:
        self.sheets: list[Growing] = []
        self.from_1904 = False
        self.gathered: list[str] | None = None
        self.row: list[tuple[str, int]] = []
        self.times = 1

    def read(self, text: str) -> None:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, attributes: self.start(
            name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        )
        parser.EndElementHandler = lambda name: self.end(name.rpartition(" ")[2])
        parser.CharacterDataHandler = self.text
        parser.EntityDeclHandler = _no_entities
        parser.Parse(text.encode("utf-8", "replace"), True)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    def text(self, text: str) -> None:
        if self.gathered is not None:
            self.gathered.append(text)

    def taken(self) -> str:
        text = "".join(self.gathered or ())
        self.gathered = None
        return text


def _no_entities(*_declared: object) -> None:
    raise TooLargeError  # a spreadsheet declares none, and a few of them unfold to gigabytes


class _OpenDocument(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.style = ""
        self.unseen: set[str] = set()
        self.cell: Mapping[str, str] = {}
        self.note = 0
        self.lines = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self.unseen.add(self.style)
        elif name == "table":
            self.sheets.append(Growing(attributes.get("name", ""), hidden=attributes.get("style-name") in self.unseen))
        elif name == "table-row":
            self.row, self.times = [], _number(attributes.get("number-rows-repeated"))
        elif name in ("table-cell", "covered-table-cell"):
            self.cell, self.gathered, self.lines = attributes, [], 0
        elif name == "annotation":
            self.note += 1
        elif name == "p" and self.gathered is not None and not self.note:
            self.lines += 1
            if self.lines > 1:
                self.gathered.append("\n")
        elif name in ("s", "tab") and self.gathered is not None and not self.note:
            self.gathered.append(" ")

    def text(self, text: str) -> None:
        if self.lines and not self.note:
            super().text(text)

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self.row.append((_open_value(self.cell, self.taken()), _number(self.cell.get("number-columns-repeated"))))
            self.lines = 0
            if len(self.row) > MAX_CELLS:
                raise TooLargeError
        elif name == "table-row" and self.sheets:
            self.sheets[-1].add(self.row, self.times)
        elif name == "annotation":
            self.note -= 1


def _open_value(cell: Mapping[str, str], shown: str) -> str:
    """The value behind a cell; of text what is shown."""
    kind, value = cell.get("value-type"), cell.get("value", "")
    if kind == "float":
        return sheet_text(value)
    if kind == "percentage":
        return f"{float(value) * 100:.10g}%" if _is_number(value) else shown
    if kind == "currency":
        return f"{cell.get('currency', '')} {sheet_text(value)}".strip()
    if kind == "date":
        return cell.get("date-value", shown)
    if kind == "time" and (match := _TIME.fullmatch(cell.get("time-value", ""))):
        return f"{int(match[1])}:{int(match[2]):02d}:{int(match[3]):02d}"
    return cell.get("string-value", shown)


class _SpreadsheetML(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.kind = ""
        self.merged = self.height = 0
        self.value = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Worksheet":
            self.sheets.append(Growing(attributes.get("Name", "")))
            self.height = 0
        elif name == "Row":
            at = _number(attributes.get("Index")) if "Index" in attributes else self.height + 1
            if self.sheets and at - 1 > self.height:
                self.sheets[-1].add([], at - 1 - self.height)
            self.row, self.height = [], max(at, self.height + 1)
        elif name == "Cell":
            gap = _number(attributes.get("Index")) - 1 - sum(many for _unused, many in self.row)
            if "Index" in attributes and gap > 0:
                self.row.append(("", gap))
            self.merged, self.value = _number(attributes.get("MergeAcross", "0"), least=0), ""
        elif name == "Data":
            self.kind, self.gathered = attributes.get("Type", ""), []
        elif name == "Visible":
            self.gathered = []
        elif name == "Date1904":
            self.from_1904 = True

    def end(self, name: str) -> None:
        if name == "Data":
            text = self.taken()
            found = _ONLY_TIME.fullmatch(text.strip()) if self.kind == "DateTime" else None
            self.value = found[1] if found else sheet_text(text.strip()) if self.kind == "Number" else text
        elif name == "Cell":
            self.row.append((self.value, 1))
            if self.merged:
                self.row.append(("", self.merged))
            if len(self.row) > MAX_CELLS:
                raise TooLargeError
        elif name == "Row" and self.sheets:
            self.sheets[-1].add(self.row)
        elif name == "Visible" and self.sheets:
            self.sheets[-1].hidden = self.taken().strip() in ("SheetHidden", "SheetVeryHidden")


def _number(text: str | None, least: int = 1) -> int:
    return max(int(text), least) if text and text.isascii() and text.isdigit() and len(text) < 10 else least


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < 1e300
    except ValueError:
        return False


def open_document(name: str, text: str) -> list[Sheet]:
    """The sheets of the `content.xml` of an OpenDocument spreadsheet. Raises UnusableFile."""
    return _sheets(name, _OpenDocument(), text)


def spreadsheet_ml(name: str, text: str) -> list[Sheet]:
    """The sheets of a SpreadsheetML file. Raises UnusableFile."""
    return _sheets(name, _SpreadsheetML(), text)


def _sheets(name: str, reader: _Reader, text: str) -> list[Sheet]:
    try:
        reader.read(text)
    except expat.ExpatError as error:
        raise UnusableFile(
            _(
                "{file}, row {line}: the spreadsheet is damaged here. Download it again, or save it as CSV.",
                file=name,
                line=error.lineno,
            )
        ) from None
    except TooLargeError:
        raise UnusableFile(too_large(name)) from None
    found = [each for each in reader.sheets if each.rows]
    return [Sheet(each.title, each.rows, each.hidden, reader.from_1904) for each in found]
