"""Numbers typed or pasted by hand, written as they stand on the seller's screen: 1,200 or 2.5K or Rp1.234.567."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from playbook.imports.cells.lengths import durations
from playbook.imports.cells.values import blank, numbers
from playbook.knowledge.exports import COUNT_FIELDS, Profile, normalise_header
from playbook.model.session import COUNTS

from .dashboard import read_page
from .page_checks import contradictions, one_value


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
    """Read one number a field; the keys are names of COUNTS or EXTRA_COUNTS. Empty is unknown, not zero.

    Numbers are written as a phone shows them: `12.4K`, `12,4 rb`, `1.234`, `Rp1,2jt`; lengths like `24s` or `1:05`.

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
        value, problem, short = one_value(name, text.strip(), currency, None)
        sign = sign or numbers([text.strip()], "money").currency
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
    page = read_page(text, labels_of(profiles), currency)
    read = Typed(page.counts, page.problems, page.rounded, page.currency, page.doubts)
    return read, list(page.unread)


def labels_of(profiles: Mapping[str, Profile]) -> dict[str, str]:
    """Normalised label: count."""
    known = {normalise_header(name): name for name in COUNTS}
    for profile in profiles.values():
        if profile.kind == "lookalike":
            continue
        for name, headers in profile.columns.items():
            if name in COUNT_FIELDS:
                known.update((normalise_header(header), name) for header in headers)
    return known


def length_minutes(text: str) -> float | None:
    """The length of a LIVE as a person types it: `118`, `1:58`, `1h 58m`, `2 jam`; None when it is not one.

    >>> length_minutes("1:58"), length_minutes("118")
    (118.0, 118.0)
    """
    read = durations([text.strip()], "minutes")
    value = None if blank(text) else read.values[0]
    return None if not value else value / 60


def looked_over(read: Typed) -> Typed:
    """With doubts about counts that contradict each other, like more views than impressions."""
    return replace(read, doubts={**contradictions(read.counts, {}), **read.doubts})
