"""A layout that nobody knows: suggestions for what its columns mean, and a person's answers as a profile."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from playbook import formats
from playbook.currencies import CURRENCIES
from playbook.imports.cells.times import dates
from playbook.imports.cells.values import blank, numbers
from playbook.imports.results import UnknownTable
from playbook.knowledge.column_words import Headers, built_in, said
from playbook.knowledge.exports import (
    COUNT_FIELDS,
    OTHER_FIELDS,
    Kind,
    Profile,
    check_profile,
    header_currency,
    normalise_header,
)
from playbook.knowledge.reader import parse_text
from playbook.language import _

Confidence = Literal["known", "close"]

#: How alike two headers must be before one is offered. Only offered: a person decides.
_CLOSE = 0.78


#: Columns of a profile that hold what several words name.
_FIELDS = {
    "date": "start", "clock": "time", "duration_minutes": "duration", "duration_hours": "duration",
    "duration_seconds": "duration",
}  # fmt: skip


@dataclass(frozen=True)
class Presets:
    """What the cells of a table show of its currency, its dates, its decimals and its lengths; None where nothing."""

    currency: str | None
    day_first: bool | None
    decimal: Literal["auto", "point", "comma"]
    plain_number: Literal["seconds", "minutes", "hours", "days"]


@dataclass(frozen=True)
class Suggestion:
    """What a column may mean. `known`: spelled exactly so in another layout; `close`: only alike."""

    header: str
    field: str
    confidence: Confidence
    why: str


def suggest_mapping(table: UnknownTable, profiles: Iterable[Profile], kind: Kind = "sessions") -> list[Suggestion]:
    """At most one suggestion for each column, none for two columns alike, in the order of the columns."""
    fields = {*COUNT_FIELDS, *OTHER_FIELDS[kind]}
    known = _spellings(profiles, fields)
    words = built_in()
    found: list[Suggestion] = []
    taken: set[str] = set()
    for exact in (True, False):
        for header in table.headers:
            if not header.strip() or any(each.header == header for each in found):
                continue
            named = _named(header, words, fields, taken)
            suggestion = named or _exact(header, known) if exact else named or _alike(header, known)
            if suggestion is not None and suggestion.field not in taken:
                taken.add(suggestion.field)
                found.append(suggestion)
    if kind == "sessions" and "start" not in taken:
        found += _start(table, {each.header for each in found})
    order = {header: at for at, header in reversed(list(enumerate(table.headers)))}
    return sorted(found, key=lambda each: order[each.header])


def _start(table: UnknownTable, named: set[str]) -> list[Suggestion]:
    """The first column without a name in which every cell is a date: nothing else of a list of LIVEs is one."""
    for at, header in enumerate(table.headers):
        cells = [row[at] for row in table.rows if at < len(row) and not blank(row[at])]
        if header.strip() and header not in named and cells and all(dates(cells).values):
            return [Suggestion(header, "start", "known", _("its cells are dates"))]
    return []


def _named(header: str, words: Headers, fields: set[str], taken: set[str]) -> Suggestion | None:
    """By the words of the languages of the markets. Of a word with several meanings one is only offered."""
    word = words.read(header)
    if word is None:
        return None
    if word.meaning is not None:
        field = _FIELDS.get(word.meaning, word.meaning)
        return (
            Suggestion(header, field, "known", _("a word for it in a language of the markets"))
            if field in fields
            else None
        )
    free = [each for each in word.means if each in fields and each not in taken]
    if not free or "ctr" in word.means:
        return None
    others = formats.listed([said(each) for each in word.means if each != "kept"], "or")
    return Suggestion(header, free[0], "close", _("may be {meanings}", meanings=others))


def _spellings(profiles: Iterable[Profile], fields: set[str]) -> dict[str, tuple[str, str]]:
    """Normalised header: (field, title of a layout that spells it so). Where layouts differ, neither is offered."""
    meanings: dict[str, Counter[str]] = {}
    titles: dict[tuple[str, str], str] = {}
    for profile in profiles:
        for word, (part, name) in profile.spellings.items():
            if part == "column":
                meanings.setdefault(word, Counter())[name] += 1
                titles.setdefault((word, name), profile.title)
            else:
                # A rate is never a count: `CTR` must not be offered as anything.
                meanings.setdefault(word, Counter())[""] += 1
    return {
        word: (next(iter(names)), titles[word, next(iter(names))])
        for word, names in meanings.items()
        if len(names) == 1 and next(iter(names)) in fields
    }


def _exact(header: str, known: Mapping[str, tuple[str, str]]) -> Suggestion | None:
    hit = known.get(normalise_header(header))
    return (
        None if hit is None else Suggestion(header, hit[0], "known", _("spelled like this in {title}", title=_(hit[1])))
    )


def _alike(header: str, known: Mapping[str, tuple[str, str]]) -> Suggestion | None:
    word = normalise_header(header)
    close = difflib.get_close_matches(word, known, n=1, cutoff=_CLOSE)
    if not close:
        return None
    return Suggestion(
        header,
        known[close[0]][0],
        "close",
        _("looks like '{word}' in {title}", word=close[0], title=_(known[close[0]][1])),
    )


def presets(table: UnknownTable) -> Presets:
    """What to choose beforehand on the mapping screen."""
    columns = [[row[at] if at < len(row) else "" for row in table.rows] for at in range(len(table.headers))]
    read = [numbers(cells, "money") for cells in columns]
    signs = [header_currency(header) for header in table.headers] + [each.currency for each in read]
    words = [built_in().read(header) for header in table.headers]
    signs += [word.currency for word in words if word is not None]
    codes = Counter(sign for sign in signs if sign in CURRENCIES.values())
    marks = {each.decimal for each in read if each.decimal}
    lengths = [word.meaning for word in words if word is not None and word.meaning in _UNITS]
    return Presets(
        codes.most_common(1)[0][0] if codes else None,
        _day_first(columns),
        {".": "point", ",": "comma"}.get(marks.pop(), "auto") if len(marks) == 1 else "auto",  # type: ignore[arg-type]
        _UNITS[lengths[0]] if lengths and lengths[0] else "minutes",
    )


_UNITS: Mapping[str | None, Literal["seconds", "minutes", "hours"]] = {
    "duration_seconds": "seconds", "duration_minutes": "minutes", "duration_hours": "hours",
}  # fmt: skip
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)")


def _day_first(columns: Sequence[Sequence[str]]) -> bool | None:
    """Whether the day stands first, where some date of the table shows it."""
    pairs = [match.groups() for cells in columns for cell in cells if (match := _DAY_AND_MONTH.match(cell.strip()))]
    if any(int(first) > 12 for first, _unused in pairs):
        return True
    return False if any(int(second) > 12 for _unused, second in pairs) else None


def profile_from_mapping(
    name: str,
    table: UnknownTable,
    choices: Mapping[str, str],
    *,
    kind: Kind = "sessions",
    decimal: Literal["auto", "point", "comma"] = "auto",
    plain_number: Literal["seconds", "minutes", "hours", "days"] = "minutes",
    day_first: bool | None = None,
    currency: str | None = None,
) -> str:
    """The text of a profile (YAML) that recognises tables with these headers from now on.

    name: in a person's words; its letters and digits become the id and file name. choices: printed header to our
    column. The rest says how the file writes numbers, bare durations and dates. Raises ValueError, in words for a
    person, when the answers cannot make a profile.
    """
    stem = profile_stem(name)
    columns: dict[str, list[str]] = {}
    for header, field in choices.items():
        if header not in table.headers:
            raise ValueError(_("there is no column '{column}' in {file}", column=header, file=table.file))
        if field in columns:
            raise ValueError(
                _(
                    "two columns are named {field}: '{one}' and '{column}'; choose one",
                    field=field,
                    one=columns[field][0],
                    column=header,
                )
            )
        columns[field] = [header]
    if not any(field in COUNT_FIELDS for field in columns):
        raise ValueError(_("name at least one column of numbers, such as views"))
    rule: dict[str, Any] = {"headers": [header for headers in columns.values() for header in headers]}
    data: dict[str, Any] = {"id": stem, "title": " ".join(name.split()), "kind": kind, "recognised_by": rule}
    data |= {"columns": columns, "numbers": {"decimal": decimal}, "durations": {"plain_number": plain_number}}
    if day_first is not None:
        data["time"] = {"day_first": day_first}
    if currency:
        data["currency"] = currency
    data["how_to_export"] = f"As you downloaded {table.file}."  # kept in a file, so in one language
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    document, problems = parse_text(text, f"{stem}.yaml")
    if document is not None:
        problems = check_profile(document, stem)[1]
    if problems:
        raise ValueError("; ".join(problem.message for problem in problems))
    return text


def profile_stem(name: str) -> str:
    """A file name from a person's words: lower case letters, digits and underscores, `my_` in front."""
    word = re.sub(r"\W+", "_", name.casefold()).strip("_")
    if not word:
        raise ValueError(_("give the layout a name"))
    return f"my_{word[:60]}"
