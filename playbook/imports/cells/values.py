"""Printed numbers, money and rates to floats, a column at a time.

One file mixes dialects: `R$ 2.417,35` beside `0.2276`. So the meaning of a dot and a comma is settled by each
column from its own cells, then by money columns beside it, then by what the currency allows; never cell by cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from playbook.currencies import CURRENCIES, KNOWN, WHOLE, currency_of, folded
from playbook.language import _

from .plain import LONGEST_VALUE, UNSEEN, plain

#: Cells that say "not known". They are never zero.
BLANKS = frozenset({"", "-", "--", "---", "–", "—", "n/a", "na", "null", "nan", "#n/a", "/"})

#: Abbreviations; what is printed with one has lost digits.
SUFFIXES = {
    "k": 1e3, "rb": 1e3, "ribu": 1e3, "mil": 1e3, "m": 1e6, "jt": 1e6, "juta": 1e6, "mi": 1e6, "tr": 1e6,
    "b": 1e9, "nghìn": 1e3, "triệu": 1e6, "พัน": 1e3, "หมื่น": 1e4, "แสน": 1e5, "ล้าน": 1e6, "mio": 1e6,
    "tsd": 1e3, "n": 1e3, "w": 1e4,
    "万": 1e4, "萬": 1e4, "千": 1e3, "億": 1e8, "亿": 1e8, "천": 1e3, "만": 1e4, "억": 1e8,
}  # fmt: skip

_LONG_FIRST = sorted(SUFFIXES, key=len, reverse=True)

#: Nothing a LIVE prints is larger; such a cell is an id or an accident.
LARGEST = 1e15

_LONGEST_BLANK = 1_000
_LONGEST_WORD = max(map(len, BLANKS))

What = Literal["count", "money", "rate"]

#: The digits of a number with what stands between them. A dot behind a letter belongs to it: `Rs.500`.
_DIGITS = re.compile(r"(?:(?<![^\W\d_])(?<!/)[.,])?\d[\d., '’]*")
_EXPONENT = re.compile(r"[eE][-+]?\d{1,3}(?!\d)")
_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d*)?")
#: Arabic signs for thousands and decimals, and the dashes that stand for minus.
_SIGNS = str.maketrans({"٬": "'", "،": ",", "٫": ".", "−": "-", "‐": "-", "‑": "-", "–": "-", "＋": "+"})
_UNSURE = re.compile(r"(?m)^[1-9]\d{0,2}\.\d{3}$|\..*\.|^\.?$")


@dataclass(frozen=True)
class NumberReader:
    """A column as numbers. The dicts and sets are keyed by position in the column.

    `decimal` is the sign the column settled on, if it did; `unsure` are cells that could be read two ways. `digits`
    says that every cell was bare digits or empty, so that nothing can be wrong with it.
    """

    values: list[float | None]
    problems: dict[int, str] = field(default_factory=dict)
    unsure: frozenset[int] = frozenset()
    lossy: frozenset[int] = frozenset()
    percent: frozenset[int] = frozenset()
    currencies: dict[int, str] = field(default_factory=dict)
    decimal: str | None = None
    digits: bool = False

    @property
    def currency(self) -> str | None:
        """The commonest currency sign of the column."""
        return Counter(self.currencies.values()).most_common(1)[0][0] if self.currencies else None


@dataclass(frozen=True)
class _Cell:
    digits: str
    exponent: str
    negative: bool
    times: float
    suffix: str
    percent: bool
    currency: str | None
    decimal: str  # ".", "," settled by this cell; "?." or "?," could be either; "" no separator; "!" nonsense


def blank(text: str) -> bool:
    """Whether a cell says that nothing is known."""
    # No such word begins with a digit, and most cells do: this is asked of every cell of a file, several times.
    return not text or (not "0" <= text[0] <= "9" and len(text) < _LONGEST_BLANK and _nothing(text))


def _nothing(text: str) -> bool:
    if len(text) > _LONGEST_WORD and text[0] > " " and text[-1] > " " and text.isascii():
        return False  # nothing to strip, and longer than any such word
    return text.strip().casefold() in BLANKS or (not text.isascii() and text.strip(UNSEEN + " \xa0") in BLANKS)


def numbers(
    cells: Sequence[str], what: What = "count", *, decimal: str | None = None, currency: str | None = None
) -> NumberReader:
    """Read a column. `decimal` is a sign known beforehand, `currency` what the header says.

    Three digits behind a single separator (`1.234`) are thousands in a count and decimals in a rate. In money the
    other cells decide, then `decimal`, then the currency; else the cell is unknown and stands in `unsure`.

    >>> numbers(["R$ 3.129,40", "R$ 2.046"], "money").values
    [3129.4, 2046.0]
    """
    quick = _quick(cells, what)
    if quick is not None:
        return quick
    parts = [None if blank(text) else _taken_apart(text) for text in cells]
    known = [part for part in parts if part is not None]
    votes = {part.decimal for part in known if part.decimal in (".", ",")}
    own = votes.pop() if len(votes) == 1 else None
    money = currency or next((part.currency for part in known if part.currency), None)
    told = own or (None if votes else decimal)
    settled = told or _habit(what, money)
    sure = (told is not None and money not in WHOLE) or _thousandths(money)
    # `M` is a thousand million (miliar) where the same column also prints RB and JT.
    million = 1e9 if any(part.suffix in ("rb", "jt") for part in known) else 1e6
    values: list[float | None] = []
    problems: dict[int, str] = {}
    unsure = set()
    for at, (text, part) in enumerate(zip(cells, parts, strict=True)):
        values.append(None)
        if part is None:
            if not blank(text):
                problems[at] = _("'{cell}' is not a number; left unknown", cell=shortened(text))
            continue
        value = _value(part, what, settled, told=sure, million=million)
        if value is None and part.decimal.startswith("?"):
            unsure.add(at)
            problems[at] = _("'{cell}' could be thousands or decimals; left unknown", cell=shortened(text))
        elif value is None or abs(value) > LARGEST:
            problems[at] = _("'{cell}' is not a number; left unknown", cell=shortened(text))
        else:
            values[at] = value
    return NumberReader(
        values,
        problems,
        frozenset(unsure),
        frozenset(at for at, part in enumerate(parts) if part and part.suffix),
        frozenset(at for at, part in enumerate(parts) if part and part.percent),
        {at: part.currency for at, part in enumerate(parts) if part and part.currency},
        own,
    )


def shortened(text: str) -> str:
    """A cell as a remark shows it: on one line, and no longer than forty signs."""
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def _quick(cells: Sequence[str], what: What) -> NumberReader | None:
    """Columns of bare digits, which most are, without taking each cell apart."""
    if what == "rate" and any(cells) and "%" not in cells and {text[-1:] for text in cells} <= {"", "%"}:
        bare = _quick([text[:-1] for text in cells], what)
        known = frozenset(at for at, text in enumerate(cells) if text)
        return None if bare is None else replace(bare, percent=known, digits=False)
    joined = "".join(cells)
    if not joined.isascii():
        return None
    digits = joined.isdigit()
    if not digits and (
        what == "count"
        or not joined.replace(".", "").isdigit()
        or (what == "money" and _UNSURE.search("\n".join(text for text in cells if text)))
    ):
        return None
    try:
        values = [float(text) if text else None for text in cells]
    except ValueError:
        return None
    if max(map(len, cells)) > 15 and max(value or 0.0 for value in values) > LARGEST:
        return None
    return NumberReader(values, digits=digits)


@lru_cache(maxsize=8192)
def _taken_apart(text: str) -> _Cell | None:
    """The parts of one cell, or None when it is not a number."""
    text = plain(text)
    exact = "٫" in text  # a sign that separates nothing but decimals
    text = text.translate(_SIGNS)
    opened = text.startswith("(") and text.endswith(")")
    text = text[1:-1].strip() if opened else text
    found = _DIGITS.search(text) if len(text) <= LONGEST_VALUE else None
    if found is None:
        return None
    digits, after = found[0].strip(" '’"), text[found.end() :]
    exponent = _EXPONENT.match(after)
    after = after[exponent.end() :] if exponent else after
    before, minus = _sign(text[: found.start()].casefold().strip())
    after = after.casefold().strip()
    percent = after.endswith("%")
    suffix, after = _suffix(after.removesuffix("%").strip())
    words = [each for word in (before, after) if word for each in ([word] if currency_of(word) else word.split())]
    codes = [currency_of(word) for word in words]
    if None in codes:
        return None
    # A code says more than a sign that several currencies share: `$1,520.40 MXN`.
    currency = next((code for code, word in zip(codes, words, strict=True) if folded(word) == folded(code or "")), None)
    if " " in digits or "'" in digits or "’" in digits:
        if not _SPACED.fullmatch(digits):
            return None
        digits = re.sub(r"[ '’]", "", digits)
    written = _decimal(digits, (exponent[0] if exponent else "") or suffix)
    if exact and written.startswith("?"):
        written = "."
    return _Cell(
        digits,
        exponent[0] if exponent else "",
        minus or opened,
        SUFFIXES.get(suffix, 1.0),
        suffix,
        percent,
        currency or (codes[0] if codes else None),
        written,
    )


def _sign(before: str) -> tuple[str, bool]:
    """What stands before the digits without its sign, and whether that was a minus: `-R$ 5`, `R$ -5`."""
    for mark in ("-", "+"):
        if before.startswith(mark) or before.endswith(mark):
            return (before[1:] if before.startswith(mark) else before[:-1]).strip(), mark == "-"
    return before, False


def _suffix(after: str) -> tuple[str, str]:
    """The word that shortens a number, and what stands behind it."""
    if after in SUFFIXES:
        return after, ""
    if not after or folded(after) in CURRENCIES:
        return "", after
    suffix = next((word for word in _LONG_FIRST if after.startswith(word)), "")
    return suffix, after.removeprefix(suffix).strip()


def _decimal(digits: str, shortened: str) -> str:
    """Which sign this cell shows to be the decimal one."""
    dots, commas = digits.count("."), digits.count(",")
    if not dots and not commas:
        return ""
    if dots and commas:
        last = "." if digits.rfind(".") > digits.rfind(",") else ","
        whole, _unused, rest = digits.rpartition(last)
        good = _grouped(whole, "," if last == "." else ".") and rest.isdigit()
        return last if good else "!"
    sign = "." if dots else ","
    if digits.count(sign) > 1:
        return ("," if dots else ".") if _grouped(digits, sign) else "!"
    whole, _unused, rest = digits.partition(sign)
    if len(rest) == 3 and not shortened and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        return "?" + sign
    return sign


def _grouped(text: str, sign: str) -> bool:
    first, *others = text.split(sign)
    return 1 <= len(first) <= 3 and first.isdigit() and all(len(part) == 3 and part.isdigit() for part in others)


def _habit(what: What, currency: str | None) -> str | None:
    """The decimal sign that a currency's own market uses, where it has one habit."""
    if what == "rate":
        return None
    if currency in WHOLE:
        return "0"
    return KNOWN[currency].decimal if currency in KNOWN else None


def _thousandths(currency: str | None) -> bool:
    """Whether amounts are printed to a thousandth, so that three digits behind the decimal sign are no surprise."""
    return currency in KNOWN and KNOWN[currency].digits == 3


def _value(cell: _Cell, what: What, settled: str | None, *, told: bool, million: float) -> float | None:
    """The number, or None. `told` is whether cells, rather than a market's habit, settled the decimal sign."""
    decimal = cell.decimal
    if decimal == "!":
        return None
    if decimal.startswith("?"):
        sign = decimal[1]
        if what == "rate":
            decimal = sign
        elif what == "count" or settled == "0" or settled == ("," if sign == "." else "."):
            decimal = "," if sign == "." else "."
        elif settled == sign and told:
            decimal = sign
        else:
            return None
    text = cell.digits
    if decimal == ",":
        text = text.replace(".", "").replace(",", ".")
    elif decimal == ".":
        text = text.replace(",", "")
    times = million if cell.suffix == "m" else cell.times
    value = float(text + cell.exponent) * times
    if times != 1.0:
        value = round(value, 6)
    return -value if cell.negative and value else value  # no negative zero
