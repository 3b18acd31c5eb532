"""Numbers that a page draws digit by digit: copied, each digit stands on a line of its own, often twice.

A counter keeps the digit it shows and the one it turns to; at rest they are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from playbook.currencies import currency_of
from playbook.imports.cells.values import SUFFIXES

_ONE = re.compile(r"[\d.,٫٬]")
_TWICE, _BETWEEN = re.compile(r"(\d)\1"), re.compile(r"[.,٫٬]")
_PAIR_OR_SIGN = re.compile(r"(\d)\1|[.,٫٬]")
_DOUBLED = re.compile(r"(?:(\d)\1|[.,\s])+")
_IN_ONE = re.compile(r"(\D{0,5}?)(\d[\d.,]*\d)(\D{0,8})")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?|\d+")


def joined(lines: Sequence[str]) -> tuple[list[str], frozenset[int]]:
    """The lines with such digits put together, and which of them could be meant otherwise.

    Signs of money and thousands stand beside their number again.
    """
    lines, pairs = _from_pairs(lines)
    cells = [line.strip() for line in lines]
    runs = _runs(cells)
    double = _doubles(cells, runs)
    found: list[str] = []
    unsure: list[bool] = []
    at = 0
    while at < len(cells):
        end = runs.get(at, at + 1)
        text = "".join(cells[at:end]) if end > at + 1 else lines[at]
        split = end > at + 1
        once, doubtful = _once(text, double, split)
        found.append(once)
        unsure.append(doubtful or at in pairs)
        at = end
    return _with_signs(found, unsure)


def _from_pairs(lines: Sequence[str]) -> tuple[list[str], frozenset[int]]:
    """Lines of one digit written twice, `44` above `11` above `22`, as the number 412; and which of two may be two."""
    found: list[str] = []
    unsure: set[int] = set()
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (_TWICE if end == at else _PAIR_OR_SIGN).fullmatch(lines[end].strip()):
            end += 1
        while end > at and _BETWEEN.fullmatch(lines[end - 1].strip()):
            end -= 1
        if end - at < 2:
            found.append(lines[at])
            at += 1
            continue
        if end - at == 2:
            unsure.add(len(found))
        found.append("".join(line.strip()[:1] for line in lines[at:end]))
        at = end
    return found, frozenset(unsure)


def _runs(cells: Sequence[str]) -> dict[int, int]:
    """Start and end of runs of lines with one digit or separator each."""
    found: dict[int, int] = {}
    at = 0
    while at < len(cells):
        end = at
        while end < len(cells) and _ONE.fullmatch(cells[end]):
            end += 1
        text = "".join(cells[at:end])
        if end - at >= 2 and (end - at >= 3 or text[:1] == text[-1:]) and any(sign.isdigit() for sign in text):
            found[at] = end
        at = max(end, at + 1)
    return found


def _doubles(cells: Sequence[str], runs: dict[int, int]) -> bool:
    """Whether the digits of this page stand twice: some number shows it, and no run of digits speaks against it."""
    texts = ["".join(cells[at:end]) for at, end in runs.items()]
    if any(not _DOUBLED.fullmatch(text) for text in texts):
        return False
    shown = [text for text in texts if len(re.sub(r"\D", "", text)) >= 4]
    return bool(shown) or any(map(_only_doubled, cells))


def _only_doubled(cell: str) -> bool:
    """Whether a number in one cell makes sense only with every digit once: `11,220000` is 1,200."""
    match = _IN_ONE.fullmatch(cell)
    if match is None or not _DOUBLED.fullmatch(match[2]):
        return False
    return not _GROUPED.fullmatch(match[2]) and _GROUPED.fullmatch(_halved(match[2])) is not None


def _halved(text: str) -> str:
    return re.sub(r"(\d)\1", r"\1", text)


def _once(text: str, double: bool, split: bool) -> tuple[str, bool]:
    """A number with each digit once, where this page writes them twice; and whether it could be meant as it stands.

    Digits on lines of their own are a counter's. In one line four digits or more that stand in pairs are hardly so
    by chance, but they may be.
    """
    match = _IN_ONE.fullmatch(text.strip())
    if match is None or not _DOUBLED.fullmatch(match[2]):
        return text, False
    digits = len(re.sub(r"\D", "", match[2]))
    if not double:
        return text, split
    if split or digits >= 4:
        return f"{match[1]}{_halved(match[2])}{match[3]}", not split and not _only_doubled(text.strip())
    return text, True


def _with_signs(lines: Sequence[str], unsure: Sequence[bool]) -> tuple[list[str], frozenset[int]]:
    """`R$` above `2,8` above `mil` is one amount."""
    found: list[str] = []
    doubtful: set[int] = set()
    for line, doubt in zip(lines, unsure, strict=True):
        text = line.strip()
        before = found[-1].strip() if found else ""
        begins = text[:1].isdigit() and "\t" not in before and _sign(before)
        goes_on = before[-1:].isdigit() and (text.casefold() in SUFFIXES or text == "%")
        if begins or goes_on:
            found[-1] = f"{before} {text}"
        else:
            found.append(line)
        if doubt:
            doubtful.add(len(found) - 1)
    return found, frozenset(doubtful)


def _sign(text: str) -> bool:
    return bool(text) and len(text) <= 4 and currency_of(text) is not None and not text.isdigit()
