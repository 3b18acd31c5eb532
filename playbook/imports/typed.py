"""Numbers typed or pasted by hand, written as they stand on the seller's screen: 1,200 or 2.5K or Rp1.234.567."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..knowledge.exports import MONEY_FIELDS, Profile, normalise_header
from ..session import COUNTS
from .values import blank, numbers

#: Cells of pasted text stand in lines of their own, or behind tabs, colons or wide spaces.
_APART = re.compile(r"\t|:\s|\s{2,}|\|")


@dataclass(frozen=True)
class Typed:
    """`counts` that could be read; `problems` says of each other field why not; `rounded` were short like 2.5K."""

    counts: Mapping[str, float]
    problems: Mapping[str, str]
    rounded: tuple[str, ...] = ()
    currency: str | None = None


def typed_counts(texts: Mapping[str, str], currency: str | None = None) -> Typed:
    """Read one number a field; the keys are names of COUNTS. Empty is unknown, not zero.

    >>> dict(typed_counts({"views": "1,200", "likes": "2.5K", "shares": ""}).counts)
    {'views': 1200.0, 'likes': 2500.0}
    """
    counts: dict[str, float] = {}
    problems: dict[str, str] = {}
    rounded = []
    sign = None
    for name, text in texts.items():
        if blank(text):
            continue
        value, problem, short, found = _number(name, text.strip(), currency)
        sign = sign or found
        if problem:
            problems[name] = problem
        elif value is not None:
            counts[name] = value
            if short:
                rounded.append(name)
    return Typed(counts, problems, tuple(rounded), sign)


def pasted_counts(text: str, profiles: Mapping[str, Profile], currency: str | None = None) -> tuple[Typed, list[str]]:
    """Counts in text copied from a dashboard, and the pieces in which no count was recognised.

    A label stands before its number or after it, on its line or on the next, or in a header row above a row of
    numbers; labels are those of every known export, in all their languages. Whichever order the first pair has
    holds for all of them. A count named twice with two numbers is a problem, not a choice.
    """
    labels = _labels(profiles)
    rows = [[cell.strip() for cell in _APART.split(line) if cell.strip()] for line in text.splitlines()]
    rows = [row for row in rows if row]
    found, unread = _pairs(_header_over_values(rows, labels) or [cell for row in rows for cell in row], labels)
    texts: dict[str, str] = {}
    twice: dict[str, str] = {}
    for name, cell in found:
        if texts.setdefault(name, cell) != cell:
            twice[name] = f"stands there twice, as {texts[name]} and as {cell}; leave one of them"
    read = typed_counts({name: cell for name, cell in texts.items() if name not in twice}, currency)
    return Typed(read.counts, {**read.problems, **twice}, read.rounded, read.currency), unread


def _labels(profiles: Mapping[str, Profile]) -> dict[str, str]:
    """Normalised label: count. GMV takes direct and attributed alike, as a dashboard prints one of them."""
    known = {normalise_header(name): name for name in COUNTS}
    for profile in profiles.values():
        if profile.kind == "lookalike":
            continue
        for name, headers in profile.columns.items():
            count = "gmv" if name in ("gmv_direct", "gmv_attributed") else name
            if count in COUNTS:
                known.update((normalise_header(header), count) for header in headers)
    return known


def _header_over_values(rows: Sequence[Sequence[str]], labels: Mapping[str, str]) -> list[str]:
    """Labels in one row and numbers in the next, laid side by side; empty where the text is not made so."""
    if len(rows) != 2 or len(rows[0]) != len(rows[1]) or len(rows[0]) < 2:
        return []
    if sum(normalise_header(cell) in labels for cell in rows[0]) < 2:
        return []
    return [cell for pair in zip(*rows, strict=True) for cell in pair]


def _pairs(cells: Sequence[str], labels: Mapping[str, str]) -> tuple[list[tuple[str, str]], list[str]]:
    """(count, number) pairs, and what could not be paired."""
    split = [part for cell in cells for part in _apart(cell, labels)]
    kinds = [_kind(cell, labels) for cell in split]
    first = next((kind for kind in kinds if kind != "other"), "label")
    pairs: list[tuple[str, str]] = []
    unread: list[str] = []
    at = 0
    while at < len(split):
        both = {kinds[at], kinds[at + 1]} if at + 1 < len(split) else set()
        if kinds[at] == first and both == {"label", "number"}:
            label, number = (split[at], split[at + 1]) if first == "label" else (split[at + 1], split[at])
            pairs.append((labels[normalise_header(label)], number))
            at += 2
        else:
            unread.append(split[at])
            at += 1
    return pairs, unread


def _apart(cell: str, labels: Mapping[str, str]) -> list[str]:
    """`Impressions 12.3K` is a label and a number with one space between."""
    if _kind(cell, labels) != "other":
        return [cell]
    head, _, tail = cell.rpartition(" ")
    if head and normalise_header(head) in labels and _kind(tail, labels) == "number":
        return [head, tail]
    head, _, tail = cell.partition(" ")
    if tail and normalise_header(tail) in labels and _kind(head, labels) == "number":
        return [head, tail]
    return [cell]


def _kind(cell: str, labels: Mapping[str, str]) -> str:
    if normalise_header(cell) in labels:
        return "label"
    read = numbers([cell], "money")
    return "number" if (read.values[0] is not None or read.unsure) and not read.percent else "other"


def _number(name: str, text: str, currency: str | None) -> tuple[float | None, str | None, bool, str | None]:
    """(value, problem, shortened, currency sign)."""
    money = name in MONEY_FIELDS
    read = numbers([text], "money" if money else "count", currency=currency)
    value = read.values[0]
    if read.unsure:
        return None, f"'{text}' could be thousands or decimals; write it without thousands signs", False, None
    if value is None or read.percent:
        return None, f"'{text}' is not a number; write it like 1200", False, None
    if value < 0:
        return None, f"'{text}' is below zero, which cannot be", False, None
    if not money and not value.is_integer():
        return None, f"'{text}' is not a whole number", False, None
    return value, None, bool(read.lossy), read.currency
