"""Rows of a table that are no data: totals, averages, notes, units, the header again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq

from playbook.imports.cells.times import dates
from playbook.imports.cells.values import blank, numbers
from playbook.knowledge.exports import normalise_header
from playbook.language import _

#: What stands in front of a row that adds the others up, is their average, or counts them.
TOTAL_WORDS = frozenset({
    "total", "totals", "grand total", "subtotal", "sub total", "sum", "summary", "overall", "average", "avg",
    "mean", "median", "count", "minimum", "maximum", "previous period", "vs previous",
    "total geral", "totais", "soma", "média", "media", "contagem", "promedio", "suma", "totales", "recuento",
    "jumlah", "jumlah keseluruhan", "total keseluruhan", "rata-rata", "rata rata", "rerata", "purata", "kesimpulan",
    "tổng", "tổng cộng", "tổng số", "trung bình", "số lượng", "cộng", "合计", "总计", "合計", "總計", "小計", "小计",
    "平均", "平均值", "总和", "汇总", "計", "총계", "합계", "평균", "소계", "รวม", "รวมทั้งหมด", "ทั้งหมด", "ยอดรวม",
    "ค่าเฉลี่ย", "เฉลี่ย",
    "gesamt", "gesamtsumme", "summe", "insgesamt", "durchschnitt", "mittelwert", "anzahl", "ergebnis", "zwischensumme",
    "totaux", "total général", "somme", "moyenne", "nombre", "totale", "totali", "somma", "conteggio",
    "kabuuan", "totaal", "gemiddelde", "suma końcowa", "razem", "średnia", "toplam", "ortalama", "summa", "medel",
})  # fmt: skip

#: Looked over for the sum of the others: with this many that fit, a row is their total in any language.
_FITTING = 2
#: A list has a total, an average and hardly more.
_FEW = 4
_CLOSE = 0.002

_DIGIT = re.compile(r"\d")
_NUMBER, _WORD = re.compile(r"\d+"), re.compile(r"[^\W\d_]{2}")
_FRONT = re.compile(r"[^\d:：(（=]*")


@dataclass(frozen=True)
class Layout:
    """What is asked of each row: the normalised header (None where it is blank), the columns that name it, that of the
    start, the kind.
    """

    header: list[str | None]
    places: list[int]
    start: int | None
    kind: str


def left_out(row: list[str], layout: Layout) -> str | None:
    """Why a row is not data, in words behind its place; None when it is."""
    places, start = layout.places, layout.start
    listed = layout.kind == "sessions" and start is not None
    begun = bool(places) and start is not None and _DIGIT.search(row[start]) is not None
    if listed and len(row) - row.count("") == 1 and _note(next(filter(None, row))):
        return _("a note; skipped")
    if begun and start is not None:
        total = any(row[place].casefold() in TOTAL_WORDS for place in places if row[place])
        if not total or dates([row[start]]).values[0] is not None:
            return None
    if sum(map(eq, map(normalise_header, row), layout.header)) > 1:
        return _("the header again; skipped")
    if any(_adds_up(row[place]) for place in {0, *places}):
        return _("a row of totals; skipped")
    if places and all(blank(row[place]) for place in places):
        return _("names nothing, so it may be a total; skipped")
    if listed and _DIGIT.search("".join(row)) is None:
        return _("has no number in it, so it is a heading or says the units; skipped")
    return None


def _note(text: str) -> bool:
    """Whether the only cell of a row is neither an id nor a moment."""
    return not text.strip().isdigit() and dates([text]).values[0] is None


def _adds_up(text: str) -> bool:
    """Whether a cell begins a row of totals: `Total`, `Total: 8 LIVEs`, `Sum (8)`."""
    front = _FRONT.match(text.strip()[:60])
    return front is not None and " ".join(front[0].casefold().split()).strip(" .-*") in TOTAL_WORDS


def sums(rows: Sequence[list[str]], counts: Sequence[int], layout: Layout, ids: int | None) -> set[int]:
    """Rows of a list of LIVEs that have neither start nor id, and whose counts are the sums or averages of the others.

    `counts` are the columns looked at, and `ids` that of the Room IDs. No word is asked, so any language will do.
    """
    start = layout.start
    if layout.kind != "sessions" or start is None:
        return set()
    nameless = [
        at
        for at, row in enumerate(rows)
        if not _DIGIT.search(row[start]) and (ids is None or not _DIGIT.search(row[ids]))
    ]
    if not 0 < len(nameless) <= _FEW or len(rows) - len(nameless) < 2:
        return set()
    others = [at for at in range(len(rows)) if at not in nameless]
    columns = [numbers([row[position] for row in rows]).values for position in counts]
    return {at for at in nameless if _fits(at, others, columns)}


def headings(rows: Sequence[list[str]], layout: Layout, ids: int | None) -> set[int]:
    """Rows of a list of LIVEs with words where the others have dates: `Week 1`, `Best`, `Target Sep`.

    A word with two numbers, or with a time of day, may be a date that somebody mistyped: it stays.
    """
    start = layout.start
    if layout.kind != "sessions" or start is None:
        return set()
    worded = {
        at for at, row in enumerate(rows) if _heading(row[start][:60]) and (ids is None or not _DIGIT.search(row[ids]))
    }
    if not worded:
        return set()
    known = [value is not None for value in dates([row[start] for row in rows]).values]
    found = {at for at in worded if not known[at]}
    return found if sum(known) > len(found) else set()


def _heading(text: str) -> bool:
    """Whether a cell is words with one small number at most."""
    numbered = _NUMBER.findall(text)
    return _WORD.search(text) is not None and len(numbered) <= 1 and all(len(each) <= 2 for each in numbered)


def _fits(at: int, others: list[int], columns: list[list[float | None]]) -> bool:
    fitting = compared = 0
    for column in columns:
        value, known = column[at], [each for other in others if (each := column[other]) is not None]
        if value and known:
            compared += 1
            total = sum(known)
            fitting += any(abs(value - wanted) <= _CLOSE * wanted for wanted in (total, total / len(known)))
    return fitting >= _FITTING and fitting * 2 > compared
