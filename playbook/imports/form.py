"""One LIVE typed by hand: for sellers without an export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..knowledge.exports import CURRENCIES, MONEY_FIELDS
from ..session import COUNTS, Session, Source
from .times import dates, durations
from .values import blank, numbers

#: The fields of the form, in the order in which a person finds the numbers on a phone. All may stay empty.
FIELDS = (
    "title", "start", "minutes", "currency", "impressions", "views", "viewers", "avg_viewing_seconds",
    "product_impressions", "product_clicks", "sku_orders", "gmv", "comments", "new_followers", "shares", "likes",
)  # fmt: skip


@dataclass(frozen=True)
class FormResult:
    """`session` is None when a typed value cannot be used; `problems` says which field and why."""

    session: Session | None
    problems: Mapping[str, str]


def session_from_form(typed: Mapping[str, str], *, day_first: bool | None = None) -> FormResult:
    """A session from typed texts, keyed by FIELDS. Numbers may be written as on the seller's screen.

    >>> session_from_form({"start": "2026-08-01 19:00", "views": "1,200", "likes": "2.5K"}).session.counts["likes"]
    2500.0
    """
    problems: dict[str, str] = {}
    text = {name: typed.get(name, "").strip() for name in FIELDS}
    for name in sorted(set(typed) - set(FIELDS)):
        problems[name] = f"there is no field '{name}'"
    counts: dict[str, float | None] = {}
    lossy = []
    sign = None
    for name in COUNTS:
        counts[name], problem, short, found = _number(name, text[name], _currency(text["currency"]))
        sign = sign or found
        if problem:
            problems[name] = problem
        if short:
            lossy.append(name.replace("_", " "))
    minutes = _length(text["minutes"], "minutes", problems)
    viewing = _length(text["avg_viewing_seconds"], "avg_viewing_seconds", problems)
    counts["avg_viewing_seconds"] = viewing
    read = dates([text["start"]], day_first=day_first)
    if read.problems or read.unsure:
        problems["start"] = f"'{text['start']}' is not clear; write it like 2026-08-01 19:00"
    currency = _currency(text["currency"]) or sign
    if text["currency"] and _currency(text["currency"]) is None:
        problems["currency"] = f"'{text['currency']}' is not a currency; write it like USD, IDR or R$"
    if not problems and not any(value is not None for value in counts.values()):
        problems["views"] = "type at least one number of the LIVE"
    if problems:
        return FormResult(None, problems)
    start = read.values[0]
    session = Session(
        id=start.isoformat(timespec="minutes") if start else text["title"] or "typed",
        counts=counts,
        title=text["title"] or None,
        start=start,
        duration_minutes=None if minutes is None else minutes / 60,
        currency=currency,
        source=Source("typed by hand", "form"),
        notes=(f"Typed in short form, so these are rounded: {', '.join(lossy)}.",) if lossy else (),
    )
    return FormResult(session, {})


def _number(name: str, text: str, currency: str | None) -> tuple[float | None, str | None, bool, str | None]:
    """(value, problem, shortened, currency sign)."""
    if blank(text):
        return None, None, False, None
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


def _length(text: str, name: str, problems: dict[str, str]) -> float | None:
    """Seconds."""
    short = name == "avg_viewing_seconds"
    read = durations([text], "seconds" if short else "minutes", short=short)
    if read.problems or read.negative:
        example = "35 or 1m 5s" if short else "150 or 2h 30min"
        problems[name] = f"'{text}' is not a duration; write it like {example}"
    return read.values[0]


def _currency(text: str) -> str | None:
    word = text.casefold()
    return CURRENCIES.get(word) or (text.upper() if len(text) == 3 and text.isalpha() else None)
