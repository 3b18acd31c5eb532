"""Numbers typed or pasted by hand, written as they stand on the seller's screen: 1,200 or 2.5K or Rp1.234.567."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..knowledge.exports import COUNT_FIELDS, MONEY_FIELDS, Profile, normalise_header
from ..session import COUNTS
from .dashboard import read_page
from .values import blank, numbers


@dataclass(frozen=True)
class Typed:
    """`counts` that could be read; `problems` says of each other field why not; `rounded` were short like 2.5K.

    `doubts` says of counts that were read why to look at them again.
    """

    counts: Mapping[str, float]
    problems: Mapping[str, str]
    rounded: tuple[str, ...] = ()
    currency: str | None = None
    doubts: Mapping[str, str] = field(default_factory=dict)


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
    numbers; labels are those of every known export and of `words/headers.yaml`, in all their languages. It may be
    the whole page (`dashboard.read_page`). A count named twice with two numbers is a problem, not a choice; on a
    whole page the first is read and marked in `doubts`.
    """
    page = read_page(text, _labels(profiles), currency)
    read = Typed(page.counts, page.problems, page.rounded, page.currency, page.doubts)
    return read, list(page.unread)


def _labels(profiles: Mapping[str, Profile]) -> dict[str, str]:
    """Normalised label: count."""
    known = {normalise_header(name): name for name in COUNTS}
    for profile in profiles.values():
        if profile.kind == "lookalike":
            continue
        for name, headers in profile.columns.items():
            if name in COUNT_FIELDS:
                known.update((normalise_header(header), name) for header in headers)
    return known


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
