"""A sheet that a seller keeps by hand: its columns are known by their words, in any order and any language.

Nothing is taken for LIVEs that does not count them: impressions, with views, product clicks or orders. What stands
open is a question; what was understood is shown, column by column, so that a person can change it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from playbook.imports.cells.times import dates
from playbook.imports.cells.values import blank, numbers
from playbook.imports.formats.tables import SheetTable
from playbook.imports.layout.recognise import LayoutMatch, candidates
from playbook.imports.layout.sideways import turned
from playbook.imports.layout.split_start import joined_start
from playbook.imports.own.twins import Twin, settle_twins
from playbook.imports.results import Question, Remark
from playbook.knowledge.column_words import ANSWERS, MEANINGS, RATES, Headers, built_in, said, written_day_first
from playbook.knowledge.exports import (
    COUNT_FIELDS,
    MONEY_FIELDS,
    Durations,
    Profile,
    RecognisedBy,
    Times,
    normalise_header,
)
from playbook.language import N_, _

from .columns import LENGTHS, NOT_USED, Columns, columns, is_clocks
from .rates import profile_rates, rate_scale
from .times import Said, join_start, with_year

PROFILE = "own_sheet"
TITLE = N_("A sheet kept by hand")
#: Answers to whether rows with days, in which nothing counts impressions, are LIVEs, or those of a sheet without days.
LIVES, OLDEST, NEWEST, NO = ANSWERS
#: Answers for layouts of any name, as a command line gives them.
ANY = "*"
#: By layout: normalised header to meaning, and `rows` to one of the answers above.
Answers = Mapping[str, Mapping[str, str]]

_ORDERS = ("sku_orders", "orders_main", "orders_paid")
_MOST_READ = 400
#: What a LIVE shows and sells besides orders.
_SOLD = ("product_clicks", "product_impressions", "gmv")
#: What is printed of nothing else.
_OF_LIVES = ("err", "ctr", "ctor", "show_gpm", "watch_gpm", "peak_viewers", "host")
_LIVE = re.compile(
    r"(?i)(?<![^\W_])lives?(?![^\W_])|livestream|siaran|直播|生放送|ライブ|라이브|방송|ไลฟ์|(?:en|ao) vivo"
)
#: Headers farther to the right do not help to find the header row.
_WIDEST = 100
#: Behind the hours: minutes that people round to, and parts of an hour that are no such minutes.
_HOUR_DOT = re.compile(r"(\d{1,2})[.,](\d\d)")
_MINUTES = 60
_QUARTERS, _PARTS = frozenset({"15", "30", "45"}), frozenset({"25", "50", "75"})
#: So many days in a row, one each, may be totals by day; a few are ordinary LIVEs.
_A_WEEK = 7
_MONTH_BEFORE_DAY = frozenset({"zh", "ja", "ko"})
#: A count of thousands or millions, written with a word for them: what is printed so has lost digits.
_SHORTENED = {1_000: "k", 10_000: "万", 1_000_000: "mio"}


@dataclass(frozen=True)
class OwnSheet:
    """What a table is, as a user's own sheet. Without `match` nothing may be read until the question is answered.

    `untimed` are the rows, counted from 1 as in a spreadsheet, that say the day of a LIVE and not the time.
    """

    match: LayoutMatch | None
    questions: tuple[Question, ...]
    understood: Mapping[str, str]
    layout: str
    remarks: tuple[Remark, ...] = ()
    newest_first: bool = False
    untimed: frozenset[int] = frozenset()
    explained: int = 0


def own_sheet(table: SheetTable, answers: Answers | None = None, headers: Headers | None = None) -> OwnSheet | None:
    """The table as a list of LIVEs kept by hand; None when it is not one."""
    words = headers or built_in()
    table = turned(table, words) or table
    at = _header_row(table, words)
    if at is None:
        return None
    table = joined_start(table, at)
    header = [" ".join(cell.split()) for cell in table.rows[at]]
    if not words.elsewhere.isdisjoint(map(normalise_header, header)):
        return None
    body = [row[: len(header)] + [""] * (len(header) - len(row)) for row in table.rows[at + 1 :]]
    layout = layout_of(header)
    mine = _answers(answers or {}, layout)
    cells = [[row[position] for row in body[:_MOST_READ]] for position in range(len(header))]
    found = columns(header, cells, words, mine)
    names = [*header, table.file, table.sheet or ""]
    daily = _every_day(found, cells, names)
    sure = _counts_lives(found, names) and not daily
    if not (sure or _may_count_lives(found)) or len(found.unknown) > len(found.means):
        return None
    if _one_live(found, cells):
        return None
    answered = {position for position, text in enumerate(header) if normalise_header(text) in mine}
    twins = settle_twins(found, header, cells, answered)
    return _made(table, at, header, body, found, twins, layout, mine, sure=sure, daily=daily)


def layout_of(header: Sequence[str]) -> str:
    """A name for the layout that has these headers, whatever their case and width."""
    words = "|".join(normalise_header(cell) for cell in header if cell.strip())
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _answers(answers: Answers, layout: str) -> dict[str, str]:
    given = {**answers.get(layout, {}), **answers.get(ANY, {})}
    rows = {"rows": given["rows"]} if "rows" in given else {}
    return rows | {normalise_header(name): meaning for name, meaning in given.items() if meaning in MEANINGS}


def _header_row(table: SheetTable, words: Headers) -> int | None:
    """The row with the most known words, at least three of them."""
    best, most = None, 2
    for at, row in candidates(table):
        known = sum(1 for cell in row[:_WIDEST] if cell and not cell[0].isdigit() and words.read(cell) is not None)
        if known > most:
            best, most = at, known
    return best


def _counts_lives(found: Columns, names: Sequence[str]) -> bool:
    """Impressions, with product clicks or orders; or with views and what only a LIVE has, or is called, beside them.

    Accounts, pages and adverts have impressions and views by day as well. A printed rate brings views along. `names`
    are those of columns, file and sheet.
    """
    if not found.has("impressions"):
        return False
    lives = found.has("clock", "start", "end", *LENGTHS, *_SOLD, *_OF_LIVES) or any(map(_LIVE.search, names))
    by_day = found.has("date") and not lives
    return found.has("product_clicks", *_ORDERS) or (_seen(found) and not by_day)


def _every_day(found: Columns, cells: Sequence[Sequence[str]], names: Sequence[str]) -> bool:
    """Whether each row is a day and the days follow one another, as in totals of a shop, a site or adverts by day.

    A seller who is live every day may keep such a sheet, too: only a person knows.
    """
    at = found.at("date")
    if at is None or found.has("clock", "start", "end", "title", *LENGTHS, *_OF_LIVES) or any(map(_LIVE.search, names)):
        return False
    days = [value.date() for value in dates(list(cells[at])).values if value is not None]
    return len(days) >= _A_WEEK and len(set(days)) == len(days) == (max(days) - min(days)).days + 1


def _may_count_lives(found: Columns) -> bool:
    """Views and sales of something that lasted, from an export without impressions; or impressions and views by day."""
    lasted = found.has(*LENGTHS, "end") and found.has(*_SOLD, *_ORDERS) and found.has("views")
    return found.has("date", "start") and (lasted or (found.has("impressions") and _seen(found)))


def _seen(found: Columns) -> bool:
    return found.has("views", "err")


def _one_live(found: Columns, cells: Sequence[Sequence[str]]) -> bool:
    """Whether the rows are the minutes of one LIVE: a clock that goes on, on no day or on one."""
    at, date = found.at("clock"), found.at("date")
    lengths = found.has("duration", "duration_minutes", "duration_hours", "duration_seconds", "end")
    if at is None or lengths:
        return False
    days = {cell for cell in cells[date] if not blank(cell)} if date is not None else set()
    return len(days) < 2 and len(cells[at]) > 3 and is_clocks(cells[at])


def _made(  # noqa: PLR0913
    table: SheetTable,
    at: int,
    header: list[str],
    body: list[list[str]],
    found: Columns,
    twins: Sequence[Twin],
    layout: str,
    mine: Mapping[str, str],
    *,
    sure: bool,
    daily: bool,
) -> OwnSheet | None:
    file = table.file
    understood = {header[position]: found.means[position] for position in sorted(found.means) if header[position]}
    questions = (*_twin_questions(twins, header, file, layout), *_doubts(found, header, file, layout))
    explained = sum(meaning not in (NOT_USED, "number") for meaning in found.means.values())
    date = found.at("date", "start")
    named = (
        None
        if date is None
        else with_year(body, date, [each for each in (table.sheet, file) if each], month_first=_month_first(found))
    )
    if date is not None and not any(dates([row[date] for row in body]).values):
        found.means |= dict.fromkeys((date, *found.all_at("clock", "end")), NOT_USED)
    dated, answer = found.has("date", "start"), mine.get("rows")
    if answer not in (OLDEST, NEWEST, LIVES) and not (dated and sure):
        why = _why_unsure(None if date is None else header[date], found, dated=dated, daily=daily)
        asked = _rows_question(file, layout, why, answer, dated=dated)
        return OwnSheet(None, (asked,), understood, layout, explained=explained)
    said_of: list[Said] = [] if named is None else [(None, date, named)]
    joined, untimed = join_start(found, body, header)
    said_of += joined
    said_of += _scaled(found, body)
    said_of += _hours_and_minutes(found, body)
    match = _match(replace(table, rows=[*table.rows[:at], header, *body]), at, found, header)
    remarks = tuple(_remark(each, table, at, header) for each in said_of)
    newest = not dated and answer == NEWEST
    rows = frozenset(place + at + 2 for place in untimed)
    return OwnSheet(match, questions, understood, layout, remarks, newest, rows, explained)


def _remark(each: Said, table: SheetTable, header_row: int, header: Sequence[str]) -> Remark:
    place, position, text = each
    row = None if place is None else place + header_row + 2
    if row is not None and table.turned:
        text, row = _("column {column} of the sheet: {remark}", column=row, remark=text), None
    return Remark(table.file, text, row, None if position is None else header[position] or None)


def _doubts(found: Columns, header: Sequence[str], file: str, layout: str) -> tuple[Question, ...]:
    questions = []
    for doubt in found.doubts:
        column = header[doubt.position]
        text = (
            _("{file}: what is in the column '{column}'? It is not used until you say.", file=file, column=column)
            if doubt.preset is None
            else _(
                "{file}: what is in the column '{column}'? Read as '{meaning}' until you say.",
                file=file,
                column=column,
                meaning=said(doubt.preset),
            )
        )
        questions.append(Question("column", file, text, doubt.choices, header[doubt.position], layout, doubt.preset))
    return tuple(questions)


def _twin_questions(twins: Sequence[Twin], header: Sequence[str], file: str, layout: str) -> list[Question]:
    """Which of two columns holds what both seem to."""
    questions = []
    for each in twins:
        at, choices, preset = each.doubt.position, each.doubt.choices, each.doubt.preset
        second, first = header[at], header[each.first]
        text = _(
            "{file}: the columns '{first}' and '{second}' both seem to hold {meaning}, and only one "
            "can. '{first}' is read. What is '{second}'? It is not used until you say.",
            file=file,
            first=first,
            second=second,
            meaning=said(choices[1]),
        )
        questions.append(Question("column", file, text, choices, second, layout, preset))
    return questions


def _why_unsure(date: str | None, found: Columns, *, dated: bool, daily: bool) -> str:
    """Why it is not clear whether the rows are LIVEs. `date`: the header of the days."""
    if not dated:
        return (
            _("no column says when each LIVE was")
            if date is None
            else _("the dates in the column '{date}' cannot be read, or lack their year", date=date)
        )
    if daily:
        return _(
            "its rows follow day by day, without a time of day or a length, as totals of a shop, a site or adverts do"
        )
    return (
        _("there is no time of day, length or sale")
        if found.has("impressions")
        else _("nothing here counts impressions")
    )


def _rows_question(file: str, layout: str, why: str, answered: str | None, *, dated: bool) -> Question:
    """Whether the rows are LIVEs, and in which order where no day says it."""
    choices = (LIVES, NO) if dated else (OLDEST, NEWEST, NO)
    if answered == NO:
        text = _("{file}: left out, as you said that its rows are not LIVEs.", file=file)
        return Question("rows", file, text, choices, None, layout, NO)
    if dated:
        text = _("{file}: {why}. Are the rows your LIVEs? Nothing is read until you say.", file=file, why=why)
        return Question("rows", file, text, choices, None, layout)
    text = _(
        "{file}: {why}. Are the rows your LIVEs, oldest first? Nothing is read until you say. "
        "Add a column of dates with the year to have them saved and compared over time.",
        file=file,
        why=why,
    )
    return Question("rows", file, text, choices, None, layout)


def _hours_and_minutes(found: Columns, body: list[list[str]]) -> list[Said]:
    """That `2.30` is read as a part of an hour, where it looks like hours and minutes."""
    said: list[Said] = []
    for position in found.all_at("duration_hours"):
        known = [match for row in body if (match := _HOUR_DOT.fullmatch(row[position].strip()))]
        behind = {match[2] for match in known}
        if behind & _QUARTERS and all(int(each) < _MINUTES for each in behind) and not behind & _PARTS:
            shown = next(match[0] for match in known if match[2] in _QUARTERS)
            minutes = round(float(shown.replace(",", ".")) * 60)
            text = _(
                "read as hours with decimals, so {shown} is {minutes} minutes; write 2:30 for two and a half hours",
                shown=shown,
                minutes=minutes,
            )
            said.append((None, position, text))
    return said


def _scaled(found: Columns, body: list[list[str]]) -> list[Said]:
    """Cells of a column whose header says thousands, millions, or minutes of viewing: written out in full."""
    said: list[Said] = []
    for position, meaning in found.means.items():
        word = found.words.get(position)
        if word is None or word.scale == 1 or meaning in (NOT_USED, "number"):
            continue
        cells = [row[position] for row in body]
        counted = meaning in COUNT_FIELDS and meaning not in (*MONEY_FIELDS, "avg_viewing_seconds")
        read = numbers(cells, "money", currency=word.currency)
        if counted and read.unsure:  # as it stands it would be read as thousands
            said += [(at, position, read.problems[at]) for at in sorted(read.unsure)]
        for at, (row, value) in enumerate(zip(body, read.values, strict=True)):
            if value is None:
                row[position] = "" if counted and at in read.unsure else row[position]
            elif counted and word.scale in _SHORTENED and at not in read.lossy:
                row[position] = f"{value:.10g}{_SHORTENED[word.scale]}"
            else:
                row[position] = f"{value * word.scale:.10g}"
    return said


def _match(table: SheetTable, at: int, found: Columns, header: Sequence[str]) -> LayoutMatch:
    """A profile of this one sheet, and where its columns stand."""
    places: dict[str, int] = {}
    rates: dict[str, int] = {}
    kept: list[int] = []
    repeated: list[int] = []
    unit = "minutes"
    for position, meaning in sorted(found.means.items()):
        name = "duration" if meaning in LENGTHS else meaning
        if meaning in (NOT_USED, "number"):
            kept.append(position)
        elif name in places or name in rates:
            repeated.append(position)
        elif meaning in RATES:
            rates[meaning] = position
        else:
            places[name] = position
            unit = LENGTHS.get(meaning, unit)
    below = table.rows[at + 1 :][:_MOST_READ]
    scale = rate_scale({name: [row[position] for row in below] for name, position in rates.items()})
    printed, derived = profile_rates(places, rates, scale)
    profile = Profile(
        id=PROFILE,
        title=TITLE,
        kind="sessions",
        recognised_by=RecognisedBy(),
        columns={name: [header[position]] for name, position in places.items()},
        rates={name: rate.model_copy(update={"headers": [header[rates[name]]]}) for name, rate in printed.items()},
        derived=derived,
        durations=Durations.model_validate({"plain_number": unit}),
        time=Times(day_first=_day_first(found, header)),
        currency=next((word.currency for word in found.words.values() if word.currency), None),
        how_to_export=N_("Keep the sheet as it is, and add a row for each LIVE."),
    )
    rates = {name: position for name, position in rates.items() if name in printed}
    return LayoutMatch(table, profile, at, places, rates, tuple(kept), tuple(found.unknown), tuple(repeated))


def _day_first(found: Columns, header: Sequence[str]) -> bool | None:
    """As a header says; else the day is first where the words are not English: only English is written both ways."""
    answered = [written_day_first(header[at]) for at in found.all_at("start", "end")]
    if any(each is not None for each in answered):
        return next(each for each in answered if each is not None)
    languages = [word.languages for word in found.words.values()]
    foreign = sum("en" not in each for each in languages)
    return True if foreign * 2 > len(languages) and not _month_first(found) else None


def _month_first(found: Columns) -> bool:
    """Whether most words are of languages that write the month before the day."""
    languages = [word.languages for word in found.words.values()]
    return sum(bool(each) and each <= _MONTH_BEFORE_DAY for each in languages) * 2 > len(languages)


def names_of(meanings: Mapping[str, str]) -> list[str]:
    """One line a column of what was understood: `Follows: new followers`."""
    return [f"{header}: {said(meaning)}" for header, meaning in meanings.items()]
