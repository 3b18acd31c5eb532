"""Text copied from a dashboard: one pair of label and number, or the whole page with its menus and tables.

Labels and numbers are told apart line by line, and a number belongs to the label beside it and to no other, so a
label that is not known shifts nothing. Headers of tables below are no labels. What stands there twice, or does not
go with the rates printed beside it, is marked: a person confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from playbook.imports.cells.lengths import durations
from playbook.imports.cells.plain import plain
from playbook.imports.cells.values import blank, numbers
from playbook.knowledge.column_words import KEPT, RATES, Headers, built_in
from playbook.knowledge.exports import COUNT_FIELDS, MONEY_FIELDS, normalise_header
from playbook.language import _

from . import page_checks
from .counters import joined

#: Cells of one line stand behind tabs, colons, strokes or wide spaces.
_APART = re.compile(r"\t|[:：](?=\s|$)|\s{2,}|\||(?<=[^\W\d_])\s*(?:=>|=|->|→|➡|»)\s*(?=\S)")
_CHANGE = re.compile(r"[+\-−–↑↓▲▼△▽]\s?\d[\d.,\s]*(?:%|pp|[a-z]{0,3})$", re.IGNORECASE)
#: So many labels in a row, without a number between, are the header of a table.
_HEADER = 3
#: A page, rather than some pairs: there the first of two numbers is that of the overview.
PAGE_LINES = 40
#: The most that is looked at: no dashboard has more lines.
_MOST_LINES = 5_000
_LONGEST = 60


@dataclass(frozen=True)
class Page:
    """What a pasted text says. `doubts` says of a count why to look at it again; `problems` why it was not read."""

    counts: Mapping[str, float]
    rates: Mapping[str, float] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)
    rounded: tuple[str, ...] = ()
    currency: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Piece:
    """A cell of the text: a label with what it may mean, a value, or anything else."""

    text: str
    kind: str  # label, value, other
    means: tuple[str, ...] = ()
    shape: str = ""  # of a value: count, percent, money, length, blank
    unsure: bool = False


@dataclass
class Pair:
    means: tuple[str, ...]
    text: str
    doubt: str | None = None


def read_page(
    text: str, extra: Mapping[str, str] | None = None, currency: str | None = None, headers: Headers | None = None
) -> Page:
    """Counts and printed rates in a text. `extra` are further labels, normalised, with the count each means."""
    words = headers or built_in()
    lines = text.splitlines()[:_MOST_LINES]
    rows = _rows(lines, words, extra or {})
    pairs, unread = _pairs(rows)
    return _settled(pairs, unread, currency, whole=len(lines) >= PAGE_LINES)


def _rows(lines: Sequence[str], words: Headers, extra: Mapping[str, str]) -> list[list[_Piece]]:
    """Lines as cells; digits of a counter on lines of their own are one number again."""
    rows: list[list[_Piece]] = []
    whole, unsure = joined(lines)
    for at, line in enumerate(whole):
        cells = [cell.strip() for cell in _APART.split(line) if cell.strip()]
        pieces = [piece for cell in cells for piece in _pieces(cell, words, extra, at in unsure)]
        if pieces:
            rows.append(pieces)
    return rows


def _pieces(cell: str, words: Headers, extra: Mapping[str, str], unsure: bool) -> list[_Piece]:
    """One cell; `Impressions 12.3K` is a label and a value with one blank between."""
    whole = _piece(cell, words, extra, unsure)
    if whole.kind != "other" or " " not in cell or len(cell) > _LONGEST:
        return [whole]
    for parts in (cell.rpartition(" "), cell.partition(" ")):
        pair = [_piece(parts[0], words, extra, unsure), _piece(parts[2], words, extra, unsure)]
        if {each.kind for each in pair} == {"label", "value"}:
            return pair
    return [whole]


def _piece(cell: str, words: Headers, extra: Mapping[str, str], unsure: bool) -> _Piece:
    if len(cell) <= _LONGEST:
        shape = shape_of(cell)
        if shape:
            return _Piece(cell, "value", (), shape, unsure)
        means = _means(cell, words, extra)
        if means:
            return _Piece(cell, "label", means, "", unsure)
    return _Piece(cell, "other", (), "", unsure)


def _means(cell: str, words: Headers, extra: Mapping[str, str]) -> tuple[str, ...]:
    word = words.read(cell)
    if word is not None:
        means = (word.meaning,) if word.meaning is not None else word.means
        # `LIVE`, `Time` and `Date` stand all over a page and have no number.
        return () if word.meaning == "number" else tuple(each for each in means if each in WANTED)
    name = extra.get(normalise_header(cell))
    return (name,) if name else ()


WANTED = frozenset({*COUNT_FIELDS, *RATES, *KEPT})


def shape_of(cell: str) -> str:
    """What kind of value a cell is; empty when it is not one. A change against another LIVE is none."""
    text = plain(cell)
    if blank(text):
        return "blank"
    if _CHANGE.fullmatch(text):
        return ""
    read = numbers([text], "money")
    if read.values[0] is None and not read.unsure:
        seconds = durations([text], "seconds", short=True).values[0]
        return "length" if seconds is not None and not text.isdigit() and ":" not in text else ""
    return "percent" if read.percent else "money" if read.currency else "count"


def _pairs(rows: Sequence[Sequence[_Piece]]) -> tuple[list[Pair], list[str]]:
    """Pairs within lines, rows of labels above rows of values, then label and value line by line."""
    pairs: list[Pair] = []
    unread: list[str] = []
    chain: list[_Piece] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        labels = sum(piece.kind == "label" for piece in row)
        if labels >= 2 and labels == len(row) and _alone(rows, at):
            pairs += [Pair(label.means, value.text) for label, value in zip(row, rows[at + 1], strict=True)]
            at += 2
            continue
        if len(row) > 2 and labels >= 2 and not any(piece.kind == "value" for piece in row):
            at = _behind_table(rows, at, unread)
            continue
        if len(row) >= 2 and labels and any(piece.kind == "value" for piece in row):
            chain_pairs, rest = _chained(list(row))
            pairs += chain_pairs
            unread += rest
        else:
            chain += row
        at += 1
    found, rest = _chained(chain)
    return [*pairs, *found], [*unread, *rest]


def _alone(rows: Sequence[Sequence[_Piece]], at: int) -> bool:
    """Whether one row of as many values stands below, and not a table of several."""
    if at + 1 >= len(rows) or not _values(rows[at + 1], len(rows[at])):
        return False
    return at + 2 >= len(rows) or len(rows[at + 2]) != len(rows[at]) or not _values(rows[at + 2], len(rows[at]))


def _values(row: Sequence[_Piece], number: int) -> bool:
    return len(row) == number and all(piece.kind == "value" for piece in row)


def _behind_table(rows: Sequence[Sequence[_Piece]], at: int, unread: list[str]) -> int:
    """The first row that is no longer one of a table whose header stands in one line."""
    wide = len(rows[at])
    unread += [piece.text for piece in rows[at]]
    at += 1
    while at < len(rows) and len(rows[at]) >= max(2, wide - 1):
        unread += [piece.text for piece in rows[at]]
        at += 1
    return at


def _chained(pieces: list[_Piece]) -> tuple[list[Pair], list[str]]:
    """Pairs in a run of pieces. Whether labels stand before or after their numbers holds for the whole run."""
    header = _headers(pieces)
    before, after = _matched(pieces, header, 1), _matched(pieces, header, -1)
    best = before if _score(pieces, before) >= _score(pieces, after) else after
    used = {place for pair in best for place in pair}
    shifted = _shifted(pieces, used)
    pairs = [
        Pair(pieces[label].means, pieces[value].text, _doubt(pieces, label, value, used) or shifted)
        for label, value in best
    ]
    return pairs, [piece.text for place, piece in enumerate(pieces) if place not in used]


def _headers(pieces: Sequence[_Piece]) -> frozenset[int]:
    """Places of labels that are the header of a table: many in a row."""
    found: set[int] = set()
    run: list[int] = []
    for place, piece in enumerate([*pieces, _Piece("", "other")]):
        if piece.kind == "label":
            run.append(place)
            continue
        if len(run) >= _HEADER:
            found |= set(run)
        run = []
    return frozenset(found)


def _matched(pieces: Sequence[_Piece], header: frozenset[int], step: int) -> list[tuple[int, int]]:
    """(label, value) places, the value being the neighbour on one side and of a shape the label can have."""
    found = []
    for place, piece in enumerate(pieces):
        value = place + step
        if piece.kind != "label" or place in header or not 0 <= value < len(pieces):
            continue
        if pieces[value].kind == "value" and fits(piece.means, pieces[value].shape):
            found.append((place, value))
    return found


def fits(means: tuple[str, ...], shape: str) -> bool:
    return shape == "blank" or any(shape in _shapes(name) for name in means)


def _shapes(name: str) -> tuple[str, ...]:
    if name in MONEY_FIELDS or name in ("show_gpm", "watch_gpm", "gmv_per_hour", "gmv_per_order"):
        return ("money", "count")
    if name == "avg_viewing_seconds":
        return ("length", "count")
    if name in KEPT:
        return ("money", "count", "percent", "length")
    if name in RATES:
        return ("percent", "count")
    return ("count",)


def _score(pieces: Sequence[_Piece], pairs: Sequence[tuple[int, int]]) -> tuple[float, int]:
    """How well an order of labels and numbers explains a run: pairs, and numbers that also have some word beside."""
    values = {value for _unused, value in pairs}
    step = 1 if pairs and pairs[0][1] > pairs[0][0] else -1
    sure = sum(1.5 if pieces[value].shape in ("money", "percent", "length") else 1.0 for _unused, value in pairs)
    named = sum(
        piece.kind == "value" and place not in values and 0 <= place - step < len(pieces)
        and pieces[place - step].kind == "other"
        for place, piece in enumerate(pieces)
    )  # fmt: skip
    return sure, named


def _shifted(pieces: Sequence[_Piece], used: set[int]) -> str | None:
    """Why no pair of a run is sure: it begins with a label and ends with a number that have no partner."""
    left = [piece for place, piece in enumerate(pieces) if place not in used and piece.kind != "other"]
    odd = left and left[0] == pieces[0] and left[0].kind == "label" and left[-1] == pieces[-1]
    return _("numbers may stand beside other labels than their own") if odd and left[-1].kind == "value" else None


def _doubt(pieces: Sequence[_Piece], place: int, value: int, used: set[int]) -> str | None:
    """Why a pair is not sure: digits may stand twice, another number stands beside it that no label has, and two
    labels in a row may be the end of a table's header.
    """
    beyond = 2 * value - place
    if 0 <= beyond < len(pieces) and beyond not in used and _as_good(pieces[beyond], pieces[value], place < value):
        return _("another number, {number}, stands beside it", number=pieces[beyond].text)
    if pieces[value].unsure:
        return _("'{number}' may have each of its digits twice", number=pieces[value].text)
    neighbours = [pieces[each].kind for each in (place - 1, place + 1) if 0 <= each < len(pieces)]
    return _("stands beside another label, so the number may be of that one") if "label" in neighbours else None


def _as_good(other: _Piece, value: _Piece, label_first: bool) -> bool:
    """Whether a number behind the one that was read may be meant: behind it of the same shape, before it of any."""
    same = other.shape == value.shape or not label_first
    return other.kind == "value" and other.shape != "blank" and same and other.text != value.text


def _settled(pairs: Sequence[Pair], unread: list[str], currency: str | None, *, whole: bool) -> Page:
    """One value a count: the sure ones first, then words with several meanings, then checks."""
    texts: dict[str, list[str]] = {}
    doubts: dict[str, str] = {}
    for pair in sorted(pairs, key=lambda each: len(each.means) > 1):
        name = name_of(pair, texts)
        if name is None or name in KEPT:
            continue
        if len(pair.means) > 1 and name not in RATES:
            doubts.setdefault(name, _("its label has several meanings"))
        if pair.doubt:
            doubts.setdefault(name, pair.doubt)
        if not blank(pair.text) and pair.text not in texts.setdefault(name, []):
            texts[name].append(pair.text)
    read = page_checks.values(texts, currency, whole=whole)
    counts = page_checks.one_gmv(read.counts)
    doubts = {**doubts, **read.doubts}
    doubts |= {name: why for name, why in page_checks.contradictions(counts, read.rates).items() if name not in doubts}
    return Page(
        counts, read.rates, {name: found[0] for name, found in texts.items() if found}, read.problems,
        {name: why for name, why in doubts.items() if name in counts}, read.rounded, read.currency or currency,
        tuple(unread),
    )  # fmt: skip


def name_of(pair: Pair, texts: Mapping[str, list[str]]) -> str | None:
    """The first meaning that no other label has; of orders whose kind is not said, only where no kind is."""
    if len(pair.means) == 1:
        return pair.means[0]
    if "orders_paid" in pair.means and not {"sku_orders", "orders_main"}.isdisjoint(texts):
        return None
    return next((each for each in pair.means if each not in texts and each not in KEPT), None)
