"""The rows below a recognised header, column by column: what every kind of file shares."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import cached_property

from playbook.currencies import currency_of, home_sign
from playbook.imports.cells.plain import bare, plain
from playbook.imports.cells.times import durations
from playbook.imports.cells.values import NumberReader, blank, numbers, shortened
from playbook.imports.results import Remark, place_of
from playbook.knowledge.exports import COUNT_FIELDS, MONEY_FIELDS, Rate, header_currency, normalise_header
from playbook.language import N_, _

from .leftovers import Layout, headings, left_out, sums
from .recognise import LayoutMatch

#: Columns that say which LIVE, product or moment a row is about.
IDENTITY = ("session_id", "title", "creator", "start", "product_id", "product", "channel", "audience", "time", "minute")

#: Counts of which a total is the sum.
ADDITIVE = ("views", "comments", "likes", "shares", "new_followers", "items_sold", "product_clicks", "impressions")

#: Columns of words: signs that take no place may have a meaning in them.
_WORDS = frozenset({"title", "host", "product", "channel", "audience", "type", "detail", "note"})

#: No title or name of a product is longer; the signs beyond would be carried through every page.
LONGEST_TEXT = 1_000

_GROUPED = re.compile(r"^\s*\d{1,3}(?=(?:([.,])\d{3})(?:\1\d{3})*\s*$)")
_DECIMALS = {"auto": None, "point": ".", "comma": ","}


@dataclass(frozen=True)
class Options:
    """What a person can tell us beforehand: the shop's time zone and currency, and whether 03/04 is in April."""

    zone: tzinfo | None = None
    day_first: bool | None = None
    currency: str | None = None


@dataclass
class Rows:
    """The data rows of a match. `numbers[i]` is the row of `cells[i]` in the file, counted from 1."""

    match: LayoutMatch
    cells: list[list[str]]
    numbers: list[int]
    remarks: list[Remark] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.cells)

    def column(self, position: int) -> list[str]:
        return [row[position] for row in self.cells]

    def texts(self, name: str) -> list[str | None] | None:
        """A column of words, stripped; None in place of blanks, and when there is no such column."""
        position = self.match.columns.get(name)
        if position is None:
            return None
        return [None if blank(text) else " ".join(text.split())[:LONGEST_TEXT] for text in self.column(position)]

    @cached_property
    def headers(self) -> list[str]:
        return [" ".join(header.split()) for header in self.match.headers]

    def header(self, position: int) -> str:
        return self.headers[position]

    def remark(self, message: str, at: int | None = None, position: int | None = None) -> None:
        row = None if at is None else self.numbers[at]
        column = None if position is None else self.header(position)
        if row is not None and self.match.table.turned:
            message, row = _("column {column} of the sheet: {remark}", column=row, remark=message), None
        self.remarks.append(Remark(self.match.table.file, message, row, column))

    def first(self) -> str:
        """The first remark about a row, to stand behind a complaint about all of them; empty when there is none."""
        remark = next((each for each in self.remarks if each.row is not None), None)
        if remark is None:
            return ""
        place = place_of(None, remark.row, remark.column)
        first = _("The first: {place}: {remark}.", place=place, remark=remark.message)
        return f" {first}"


def rows(match: LayoutMatch) -> Rows:
    """The rows below the header without blank ones, repeated headers and totals; what was left out gets a remark."""
    width = len(match.headers)
    found = Rows(match, [], [], [Remark(match.table.file, said) for said in match.table.remarks])
    # An event without a time is a mistake to report, not a total.
    identity = () if match.profile.kind == "events" else IDENTITY
    places = [match.columns[name] for name in identity if name in match.columns]
    header = [normalise_header(cell) or None for cell in match.headers]
    layout = Layout(header, places, match.columns.get("start"), match.profile.kind)
    values = [position for name, position in match.columns.items() if name not in _WORDS]
    values += match.rates.values()
    for number, row in enumerate(match.table.rows[match.header + 1 :], match.header + 2):
        slipped = len(row) != width and _slipped(found, row, number, width)
        if len(row) < width:
            row = row + [""] * (width - len(row))
        if slipped or not any(row) or all(not cell or cell.isspace() for cell in row):
            continue
        row = _cleaned(row, values)
        what = left_out(row, layout)
        if what is None:
            found.cells.append(row)
            found.numbers.append(number)
        else:
            found.remarks.append(Remark(match.table.file, what, number))
    _drop_leftovers(found, layout)
    for position in match.repeated:
        found.remark(_("a second column with this meaning; only the first is read"), position=position)
    return found


def _slipped(found: Rows, row: list[str], number: int, width: int) -> bool:
    """Whether the cells of a CSV row stand under the wrong headers: a comma too many in an unquoted title."""
    table = found.match.table
    if table.encoding is None or not any(row):
        return False
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        message = _(
            "has {cells} cells under {width} headers, so they may stand under the wrong ones; skipped",
            cells=len(row),
            width=width,
        )
        found.remarks.append(Remark(table.file, message, number))
        return True
    if 1 < len(row) < width:
        message = _(
            "has only {cells} of {width} cells; the others are unknown. The file may be cut off",
            cells=len(row),
            width=width,
        )
        found.remarks.append(Remark(table.file, message, number))
    return False


def _cleaned(row: list[str], positions: list[int]) -> list[str]:
    """A row whose values are without what programs put around them; most have nothing of the kind."""
    together = "".join(row)
    if together.isascii() and "'" not in together and "=" not in together and "`" not in together:
        return row
    guarded = [position for position in positions if not bare(row[position])]
    if guarded:
        row = list(row)
        for position in guarded:
            row[position] = plain(row[position])
    return row


def _drop_leftovers(found: Rows, layout: Layout) -> None:
    """Leave out rows that name nothing and add the others up, and those with a word in place of a date."""
    columns = found.match.columns
    additive = [columns[name] for name in ADDITIVE if name in columns]
    ids = columns.get("session_id")
    gone = sums(found.cells, additive, layout, ids)
    for at in gone:
        found.remark(_("adds the others up or is their average, so it is no LIVE; skipped"), at)
    worded = headings(found.cells, layout, ids) - gone
    for at in sorted(worded):
        text = shortened(found.cells[at][columns["start"]])
        found.remark(_("has '{text}' where the others have a date, so it is no LIVE; skipped", text=text), at)
    gone |= worded
    if gone:
        stay = [at for at in range(len(found)) if at not in gone]
        found.cells, found.numbers = [found.cells[at] for at in stay], [found.numbers[at] for at in stay]


@dataclass(frozen=True)
class Counted:
    """The counts of some rows: name to column. `shares` are the cells printed with a percent sign."""

    counts: dict[str, list[float | None]]
    currencies: list[str | None]
    lossy: list[set[str]]
    shares: dict[str, list[float | None]]


def counted(found: Rows, *, shares: bool = False, home: str | None = None) -> Counted:
    """Read every count column. Impossible cells become unknown, with a remark that names row and column.

    `shares` lets percentages stand where counts are expected (channels); elsewhere a percent sign is a mistake.
    `home` is the shop's currency, whose sign a bare `$` then is where it has one.
    """
    match = found.match
    positions = {name: match.columns[name] for name in COUNT_FIELDS if name in match.columns}
    money = money_columns(found, [positions[name] for name in positions if name in MONEY_FIELDS], home)
    counts: dict[str, list[float | None]] = {}
    parts: dict[str, list[float | None]] = {}
    signs: list[list[str]] = [[] for _unused in found.cells]
    lossy: list[set[str]] = [set() for _unused in found.cells]
    for name, position in positions.items():
        if name == "avg_viewing_seconds":
            read = durations(found.column(position), "seconds", short=True)
            values, problems = list(read.values), dict(read.problems)
            problems |= dict.fromkeys(read.negative, _("is below zero, which cannot be; left unknown"))
        else:
            column = money.get(position) or numbers(found.column(position), "count")
            if shares:
                parts[name] = _shares(column)
            values, problems = _possible(column, found.column(position), name, shares)
            for at in column.lossy:
                lossy[at].add(name)
            for at, sign in column.currencies.items():
                signs[at].append(sign)
        for at, problem in sorted(problems.items()):
            found.remark(problem, at, position)
        counts[name] = values
    return Counted(counts, _currencies(found, money, signs, home), lossy, parts)


def _shares(column: NumberReader) -> list[float | None]:
    return [
        value / 100 if value is not None and at in column.percent and 0 <= value <= 100 else None
        for at, value in enumerate(column.values)
    ]


def _possible(
    column: NumberReader, cells: list[str], name: str, shares: bool
) -> tuple[list[float | None], dict[int, str]]:
    """Values that can be, and a complaint for each that cannot."""
    if column.digits:
        return column.values, {}
    values, problems = list(column.values), dict(column.problems)
    for at, value in enumerate(values):
        if value is None:
            continue
        wrong = None
        if at in column.percent:
            if not shares:
                wrong = N_("'{cell}' is a percentage, not a count; left unknown")
            elif not 0 <= value <= 100:
                wrong = N_("'{cell}' is no share of a whole; left unknown")
            values[at] = None
        elif value < 0:
            wrong = N_("'{cell}' is below zero, which cannot be; left unknown")
        elif name not in MONEY_FIELDS and not value.is_integer():
            wrong = N_("'{cell}' is not a whole number; left unknown")
        if wrong:
            problems[at], values[at] = _(wrong, cell=cells[at].strip()), None
    return values, problems


def money_columns(found: Rows, positions: list[int], home: str | None = None) -> dict[int, NumberReader]:
    """Columns of money read together: what one settles about dots and commas helps another that cannot tell."""
    profile = found.match.profile
    fixed = _DECIMALS[profile.numbers.decimal]
    texts = {position: found.column(position) for position in positions}
    codes = {position: header_currency(found.header(position)) or profile.currency for position in positions}
    if home:
        signed = [at for at in positions if any(home_sign(text, home) for text in (found.header(at), *texts[at]))]
        codes |= dict.fromkeys(signed, home)
    read = {
        position: _at_home(
            numbers(texts[position], "money", decimal=fixed, currency=codes[position]), texts[position], home
        )
        for position in positions
    }
    settled = {column.decimal for column in read.values() if column.decimal}
    open_cells = [texts[position][at] for position, column in read.items() for at in column.unsure]
    if not settled and open_cells:
        # Three decimals are seldom meant: counts only settle that money is grouped as they are.
        settled = {sign for sign in _by_counts(found) if not any(sign in cell for cell in open_cells)}
    if len(settled) == 1:
        sign = settled.pop()
        for position, column in read.items():
            if column.unsure:
                again = codes[position] or column.currency
                again_read = numbers(texts[position], "money", decimal=sign, currency=again)
                read[position] = _at_home(again_read, texts[position], home)
    return read


def _by_counts(found: Rows) -> set[str]:
    """The decimal signs that counts leave to money: they have none themselves, so `52,000` groups by commas."""
    at = [each for name, each in found.match.columns.items() if name in COUNT_FIELDS and name not in MONEY_FIELDS]
    signs = {sign for each in at for cell in found.column(each) for sign in _GROUPED.findall(cell)}
    return {"," if sign == "." else "." for sign in signs}


def _at_home(column: NumberReader, cells: list[str], home: str | None) -> NumberReader:
    """A bare sign that the shop's own currency has is the shop's."""
    if home is None or not column.currencies:
        return column
    own = {at: home if home_sign(cells[at], home) else code for at, code in column.currencies.items()}
    return replace(column, currencies=own)


def _currencies(
    found: Rows, money: dict[int, NumberReader], signs: list[list[str]], home: str | None
) -> list[str | None]:
    """For each row: its currency column, else the sign in its own cells, else that of the headers or the file."""
    profile = found.match.profile
    printed = found.texts("currency")
    headers = [home if home_sign(cell, home) else header_currency(cell) for cell in found.match.headers]
    everywhere = Counter(sign for column in money.values() for sign in column.currencies.values())
    file_wide = next((code for code in headers if code), profile.currency)
    if file_wide is None and everywhere:
        file_wide = max(everywhere, key=everywhere.__getitem__)
    codes: list[str | None] = []
    for at, (own, text) in enumerate(zip(signs, printed or [None] * len(signs), strict=True)):
        code, sign = _code(text), max(own, key=own.count) if own else None
        if text is not None and code is None:
            message = _("'{text}' is no currency known here; write its code, like IDR", text=text)
            found.remark(message, at, found.match.columns["currency"])
            codes.append(sign)  # what the others carry says nothing of a row that names another
        else:
            codes.append(code or sign or file_wide)
    return codes


def _code(text: str | None) -> str | None:
    if text is None:
        return None
    return currency_of(text) or (text.upper() if len(text) == 3 and text.isalpha() else None)


@dataclass(frozen=True)
class Rated:
    """A printed rate: fractions (or money), and how many decimals of it were printed, for comparing."""

    values: list[float | None]
    cells: list[str]
    position: int
    rate: Rate


def rated(found: Rows) -> dict[str, Rated]:
    """Read every rate column. A cell with its own percent sign needs no scale; a bare one has the profile's."""
    match = found.match
    money = money_columns(found, [match.rates[n] for n in match.rates if match.profile.rates[n].scale == "money"])
    read: dict[str, Rated] = {}
    for name, position in match.rates.items():
        rate = match.profile.rates[name]
        cells = found.column(position)
        column = money.get(position) or numbers(cells, "rate", decimal=_DECIMALS[match.profile.numbers.decimal])
        percent = rate.scale == "percent"
        values = [
            value if value is None or not (percent or at in column.percent) else round(value / 100.0, 12)
            for at, value in enumerate(column.values)
        ]
        for at in [at for at, value in enumerate(values) if value is not None and value < 0]:
            found.remark(
                _("'{cell}' is below zero, which cannot be; left unknown", cell=cells[at].strip()), at, position
            )
            values[at] = None
        for at, problem in sorted(column.problems.items()):
            found.remark(problem, at, position)
        read[name] = Rated(values, cells, position, rate)
    return read
