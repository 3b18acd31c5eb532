"""The model of content/exports/*.yaml: one file for each layout in which a platform hands out its numbers.

A profile says how a file of that layout is recognised, which printed header is which of our columns, how its
times, durations and numbers are written, and where a person downloads it. A new layout is a new file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from playbook.language import _

from .reader import Document, Problem, Strict, parse, suggest, validate
from .spelling import header_currency as header_currency
from .spelling import normalise_header as normalise_header

Kind = Literal["sessions", "trend", "products", "events", "channels", "followers", "lookalike"]

#: The counts a column may hold. The same names as those of a session; a test compares them.
COUNT_FIELDS = (
    "impressions", "views", "viewers", "product_impressions", "product_clicks", "sku_orders", "gmv",
    "comments", "new_followers", "shares", "likes", "avg_viewing_seconds", "gmv_direct", "gmv_attributed",
    "gmv_indirect", "gmv_gross", "orders_main", "orders_paid", "orders_created", "sku_orders_attributed",
    "items_sold", "customers",
    "peak_viewers", "avg_viewers", "products_added", "ads_cost", "ads_gmv",
)  # fmt: skip

#: Counts that are money: their cells may carry a symbol, and their separators are settled together.
MONEY_FIELDS = frozenset({"gmv", "gmv_direct", "gmv_attributed", "gmv_indirect", "gmv_gross", "ads_cost", "ads_gmv"})

#: What else a column may hold, for each kind of file.
OTHER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "sessions": ("session_id", "title", "creator", "host", "start", "end", "duration", "currency"),
    "trend": ("minute", "time", "currency"),
    "products": ("product_id", "product", "price", "pinned_minutes", "currency"),
    "events": ("minute", "time", "type", "detail", "end", "product", "note"),
    "channels": ("channel", "currency"),
    "followers": ("audience", "currency"),
    "lookalike": (),
}


class RecognisedBy(Strict):
    """What a table must look like. Every line given must hold."""

    columns: list[str] = Field(default_factory=list, description="Our columns that must all be there.")
    any_of: list[list[str]] = Field(
        default_factory=list, description="Groups of our columns; of each group at least one must be there."
    )
    half_known_unless: list[str] = Field(
        default_factory=list, description="Half of the headers must be known, unless one of these columns is there."
    )
    headers: list[str] = Field(default_factory=list, description="Printed headers that must all be there.")
    one_of: list[list[str]] = Field(
        default_factory=list, description="Sets of printed headers, of which one must be there wholly."
    )
    without: list[str] = Field(default_factory=list, description="Printed headers that must not be there.")
    first_header: list[str] = Field(default_factory=list, description="The header of column A is one of these.")
    first_cell: list[str] = Field(default_factory=list, description="Cell A1 begins with one of these.")
    sheet: list[str] = Field(default_factory=list, description="Usual sheet names: a hint, not a condition.")
    file_name: list[str] = Field(default_factory=list, description="The file name begins with one of these.")
    time_values: Literal["clock", "dates"] | None = Field(
        None, description="Whether the first column of times holds clock times or only dates."
    )
    at_least_columns: int | None = Field(None, description="The header row is at least this wide.")


class Rate(Strict):
    """A printed rate: where it is kept, and the two counts it should be made of."""

    headers: list[str]
    scale: Literal["percent", "fraction", "money", "number"] = Field(
        description="What 12 percent looks like without its sign: 12 (percent) or 0.12 (fraction)."
    )
    numerator: str | None = None
    denominator: str | None = Field(None, description="A count, or `hours`.")
    times: float = 1
    only_if_it_fits: bool = Field(False, description="Kept as text in rows where it is not that ratio.")

    @model_validator(mode="after")
    def _pair(self) -> Rate:
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("write both numerator and denominator, or neither")
        return self


class Derived(Strict):
    """A count that is not printed but follows, about, from one that is: count / rate x times, or count x rate."""

    count: str
    rate: str
    times: float = 1
    multiplied: bool = Field(False, description="count x rate / times instead.")


class Times(Strict):
    """How times are written."""

    written: Literal["wall", "unix"] = "wall"
    day_first: bool | None = Field(None, description="Of 03/04/2026: true is the 3rd of April. Empty: see the column.")


class Numbers(Strict):
    decimal: Literal["auto", "point", "comma"] = "auto"


class Durations(Strict):
    plain_number: Literal["seconds", "minutes", "hours", "days"] = "seconds"


class Profile(Strict):
    """One layout."""

    id: str = Field(description="The name of the file without .yaml.")
    title: str
    kind: Kind
    recognised_by: RecognisedBy
    columns: dict[str, list[str]] = Field(default_factory=dict, description="Our column: how it is printed.")
    beginnings: dict[str, list[str]] = Field(
        default_factory=dict, description="As columns, where only the beginning of the header is known."
    )
    instead: dict[str, list[str]] = Field(
        default_factory=dict,
        description="As columns, where none of the headers of that column is there; a remark says so.",
    )
    rates: dict[str, Rate] = Field(default_factory=dict)
    derived: dict[str, Derived] = Field(default_factory=dict)
    kept: list[str] = Field(default_factory=list, description="Known headers that are kept as text.")
    names: dict[str, list[str]] = Field(
        default_factory=dict, description="Our word for a channel, audience or event: how it is printed."
    )
    json_rows: str | None = Field(None, description="In JSON: the key of the list of rows.")
    json_whole: str | None = Field(None, description="In JSON: the key of the numbers of the whole LIVE.")
    time: Times = Times()
    numbers: Numbers = Numbers()
    durations: Durations = Durations()
    currency: str | None = None
    gmv_attributed_from: str | None = Field(
        None,
        description="LIVEs from this date on (2026-04-01) print attributed GMV in the column `gmv`, before it direct.",
    )
    how_to_export: str = Field(description="Where a person downloads this file; for a lookalike, which one instead.")

    @property
    def called(self) -> str:
        """The title in the language in force."""
        return _(self.title)

    @property
    def way_to_export(self) -> str:
        """How to export in the language in force."""
        way = self.how_to_export.strip()
        return _(way) if way else ""

    @cached_property
    def spellings(self) -> dict[str, tuple[str, str]]:
        """Normalised header: ("column" | "rate" | "instead" | "kept", name)."""
        found: dict[str, tuple[str, str]] = {}
        for name, headers in self.columns.items():
            found.update((normalise_header(header), ("column", name)) for header in headers)
        for name, rate in self.rates.items():
            found.update((normalise_header(header), ("rate", name)) for header in rate.headers)
        for header in (*self.kept, *(header for headers in self.instead.values() for header in headers)):
            found.setdefault(normalise_header(header), ("kept", header))
        return found

    @cached_property
    def required(self) -> frozenset[str]:
        """Headers that must be there, normalised."""
        return frozenset(map(normalise_header, self.recognised_by.headers))

    @cached_property
    def alternatives(self) -> tuple[frozenset[str], ...]:
        """Sets of headers of which one must be there, normalised."""
        return tuple(frozenset(map(normalise_header, headers)) for headers in self.recognised_by.one_of)

    @cached_property
    def forbidden(self) -> frozenset[str]:
        """Headers that must not be there, normalised."""
        return frozenset(map(normalise_header, self.recognised_by.without))

    @cached_property
    def prefixes(self) -> tuple[tuple[str, str], ...]:
        """(normalised beginning, column), longest first."""
        pairs = [(normalise_header(text), name) for name, texts in self.beginnings.items() for text in texts]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def load_profiles(folder: Path) -> tuple[dict[str, Profile], list[Problem]]:
    """Every profile of a folder by id, and what was wrong. A bad file is left out, the others stay."""
    profiles: dict[str, Profile] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        document, wrong = parse(path)
        if document is not None:
            profile, wrong = check_profile(document, path.stem)
            if profile is not None:
                profiles[profile.id] = profile
        problems += wrong
    return profiles, sorted(problems)


def check_profile(document: Document, stem: str) -> tuple[Profile | None, list[Problem]]:
    """A profile from a parsed file; None when anything in it is wrong."""
    profile, problems = validate(document, Profile)
    if profile is None:
        return None, problems
    problems = list(_references(document, profile, stem))
    return (None, problems) if problems else (profile, [])


def _references(document: Document, profile: Profile, stem: str) -> list[Problem]:
    """Names that lead nowhere, and one header given to two columns."""
    problems: list[Problem] = []
    if profile.id != stem:
        problems.append(
            document.at(["id"], f"id: is '{profile.id}', but the file is named {stem}.yaml; make them equal")
        )
    fields = (*COUNT_FIELDS, *OTHER_FIELDS[profile.kind])
    for part, names in (
        ("columns", profile.columns),
        ("beginnings", profile.beginnings),
        ("instead", profile.instead),
    ):
        problems += [
            document.at([part, name], f"{part}.{name}: no such column{suggest(name, fields)}")
            for name in names
            if name not in fields
        ]
    problems += [
        document.at(["instead", name], f"instead.{name}: is not among this file's columns")
        for name in profile.instead
        if name in fields and name not in profile.columns
    ]
    problems += _recognition(document, profile)
    for name, rate in profile.rates.items():
        for count in (rate.numerator, rate.denominator):
            if count is not None and count not in (*COUNT_FIELDS, "hours"):
                message = f"rates.{name}: no count '{count}'{suggest(count, COUNT_FIELDS)}"
                problems.append(document.at(["rates", name], message))
    for name, derived in profile.derived.items():
        if name not in COUNT_FIELDS or derived.count not in COUNT_FIELDS or derived.rate not in profile.rates:
            problems.append(document.at(["derived", name], f"derived.{name}: needs a count and a rate of this file"))
    problems += _twice(document, profile)
    if profile.kind != "lookalike" and not profile.columns:
        problems.append(document.at([], "columns: is missing"))
    return problems


def _recognition(document: Document, profile: Profile) -> list[Problem]:
    """Recognition by columns that the profile does not have would never succeed."""
    rule = profile.recognised_by
    named: list[tuple[list[str | int], str]] = [(["columns", at], name) for at, name in enumerate(rule.columns)]
    named += [(["any_of", at, i], name) for at, group in enumerate(rule.any_of) for i, name in enumerate(group)]
    named += [(["half_known_unless", at], name) for at, name in enumerate(rule.half_known_unless)]
    known = {*profile.columns, *profile.beginnings, *profile.rates}
    return [
        document.at(["recognised_by", *loc], f"recognised_by.{loc[0]}: '{name}' is not among this file's columns")
        for loc, name in named
        if name not in known
    ]


def _twice(document: Document, profile: Profile) -> list[Problem]:
    """A header that stands under two names would be read as whichever came last."""
    seen: dict[str, str] = {}
    problems = []
    groups = [(["columns", name], headers) for name, headers in profile.columns.items()]
    groups += [(["instead", name], headers) for name, headers in profile.instead.items()]
    groups += [(["rates", name], rate.headers) for name, rate in profile.rates.items()]
    for loc, headers in groups:
        where = ".".join(loc)
        for header in headers:
            word = normalise_header(header)
            if seen.setdefault(word, where) != where:
                problems.append(document.at(loc, f"{where}: the header '{header}' also stands under {seen[word]}"))
    return problems
