"""The HTML of our own forms as a tree of plain values, which `page.typ` lays out.

Every text that a person or a file set was escaped when the HTML was written, so it is text here and never an element;
it travels on as a JSON string, which the typesetter never reads as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

from playbook.report.unprintable import printable

#: A child: a text, or an element as a mapping with `t` (its tag) and `k` (its children).
Node = str | dict[str, Any]

_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_LABEL = re.compile(r'aria-label="([^"]*)"')
_WIDTH = re.compile(r' width="(\d+)">')
#: The width of a chart that takes the whole line.
_FULL = 640.0
_INK = "#1a2233"
#: What a picture of ours is written in; the first that has a sign is taken.
_FAMILIES = "Noto Sans, Noto Sans Thai, Noto Sans CJK SC, Noto Emoji"
_SKIPPED = {"style", "script"}
_EMPTY = {"br", "meta", "hr", "img", "link"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: A word of more letters is given places to break: no line and no cell is that wide.
_LONG_WORD, _PIECE = 24, 12
_RUN = re.compile(rf"[\x21-\u0dff]{{{_LONG_WORD},}}")


@dataclass
class PrintedPage:
    """What is laid out: the title, `paper` (landscape, a letter size in points), and the elements of the body."""

    title: str = ""
    paper: str = ""
    body: list[Node] = field(default_factory=list)


def sheet_of(html: str) -> PrintedPage:
    """The page of one of our forms. Elements that `page.typ` does not know keep their texts."""
    html = printable(html)
    pictures = _SVG.findall(html)
    reader = _Reader(pictures)
    reader.feed(_SVG.sub("<hr>", html))
    reader.close()
    return PrintedPage(reader.title, reader.paper, _trimmed(reader.root["k"]))


class _Reader(HTMLParser):
    def __init__(self, pictures: Iterable[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures = iter(pictures)
        self.root: dict[str, Any] = {"t": "body", "k": []}
        self.open: list[dict[str, Any]] = [self.root]
        self.title = self.paper = ""
        self.skipping = self.naming = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SKIPPED:
            self.skipping = True
        elif tag == "title":
            self.naming = True
        elif tag == "meta":
            self.paper = given.get("content", "") if given.get("name") == "paper" else self.paper
        elif tag == "hr":
            self.open[-1]["k"].append(_picture(next(self.pictures)))
        elif tag == "br":
            self.open[-1]["k"].append({"t": "br", "k": []})
        elif tag not in _EMPTY and tag not in ("html", "head", "body"):
            node: dict[str, Any] = {"t": tag, "k": []}
            node |= {"c": given["class"].split()} if given.get("class") else {}
            node |= {name: given[name] for name in ("lang", "colspan", "href") if given.get(name)}
            self.open[-1]["k"].append(node)
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skipping = False
        elif tag == "title":
            self.naming = False
        else:
            self._close(tag)

    def _close(self, tag: str) -> None:
        at = next((place for place, each in reversed(list(enumerate(self.open))) if place and each["t"] == tag), None)
        if at is None:
            return
        done = self.open[at]
        del self.open[at:]
        if tag == "table":
            self.open[-1]["k"][-1] = _table(done)
        elif tag in _BLOCKS:
            done["k"] = _trimmed(done["k"])

    def handle_data(self, data: str) -> None:
        if self.naming:
            self.title += _BLANKS.sub(" ", data)
        elif not self.skipping:
            data = printable(data)  # what stood there as a number, like &#8238;
            kept = "note" in self.open[-1].get("c", ())
            for index, line in enumerate(data.split("\n") if kept else [data]):
                if index:
                    self.open[-1]["k"].append({"t": "br", "k": []})
                self.open[-1]["k"].append(breakable(_BLANKS.sub(" ", line)))


_BLOCKS = {"p", "h1", "h2", "h3", "li", "td", "th", "ul", "ol", "div", "section", "figure", "blockquote"}
_OWN_LINE = _BLOCKS | {"table", "svg", "br"}


def breakable(text: str) -> str:
    """The text with invisible places to break in words that no line would hold. Thai, Chinese and Japanese break
    between their own signs and are left alone.
    """
    return _RUN.sub(lambda found: "\u200b".join(_pieces(found[0])), text)


def _pieces(word: str) -> list[str]:
    return [word[start : start + _PIECE] for start in range(0, len(word), _PIECE)]


def _trimmed(nodes: list[Node]) -> list[Node]:
    """Without the blanks at the ends, and between elements that are blocks."""
    kept = list(nodes)
    while kept and isinstance(kept[0], str) and not kept[0].strip():
        kept.pop(0)
    while kept and isinstance(kept[-1], str) and not kept[-1].strip():
        kept.pop()
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip(" ")
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip(" ")
    for index, each in enumerate(kept[1:], 1):
        former = kept[index - 1]
        if isinstance(each, str) and isinstance(former, dict) and former["t"] == "br":
            kept[index] = each.lstrip(" ")
    return [each for index, each in enumerate(kept) if each and not _between_blocks(kept, index)]


def _between_blocks(nodes: list[Node], index: int) -> bool:
    """Whether this is only the end of a line of the HTML, beside an element that begins on a line of its own."""
    if not isinstance(nodes[index], str) or str(nodes[index]).strip():
        return False
    beside = [nodes[place] for place in (index - 1, index + 1) if 0 <= place < len(nodes)]
    return any(isinstance(each, dict) and each["t"] in _OWN_LINE for each in beside)


def _picture(svg: str) -> Node:
    """A chart of ours with what a program that is no browser needs: its namespace, a colour and letters by name."""
    label = _LABEL.search(svg)
    whole = svg.replace("currentColor", _INK).replace(
        "<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{_FAMILIES}" ', 1
    )
    wide = _WIDTH.search(svg)
    share = 100.0 * min(float(wide[1]) / _FULL, 1.0) if wide else 100.0
    return {"t": "svg", "k": [], "svg": whole, "alt": unescape(label[1]) if label else "", "wide": share}


def _table(table: dict[str, Any]) -> Node:
    """Head, rows and widths: each column takes its share by what its cells hold, so that no table is too wide."""
    rows = [each for each in _every(table, "tr") if each["k"]]
    made = [[_cell(each) for each in row["k"] if isinstance(each, dict)] for row in rows]
    has_head = bool(made) and all(cell["head"] for cell in made[0])
    columns = max((sum(cell["span"] for cell in row) for row in made), default=0)
    wide = [0.0] * columns
    for row in made:
        at = 0
        for cell in row:
            if cell["span"] == 1:
                wide[at] = max(wide[at], _wide(cell))
            at += cell["span"]
    if wide and not wide[-1]:
        wide[-1] = 34.0  # so that the table takes the whole line
    return {
        "t": "table", "k": [], "c": table.get("c", []), "head": made[:1] if has_head else [],
        "rows": made[1:] if has_head else made, "wide": wide,
    }  # fmt: skip


def _every(node: dict[str, Any], tag: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for each in node["k"]:
        if isinstance(each, dict):
            found += [each] if each["t"] == tag else _every(each, tag)
    return found


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    return {
        "k": cell["k"], "c": cell.get("c", []), "head": cell["t"] == "th", "span": int(cell.get("colspan", 1)),
    }  # fmt: skip


def _wide(cell: dict[str, Any]) -> float:
    """About how many letters wide a cell wants to be; a long text wraps, a number does not. 0: as wide as it is."""
    if "box" in cell["c"] or "at" in cell["c"]:
        return 0.0
    text = texts(cell["k"])
    return min(len(text) + 2.0, 60.0 if "number" in cell["c"] else 34.0)


def texts(nodes: Iterable[Node]) -> str:
    """All that is written in some elements."""
    return "".join(each if isinstance(each, str) else texts(each["k"]) for each in nodes)
