"""Which LIVE each trend or product file belongs to, by what the file says itself.

Such a file names no LIVE. What it does say, each worth some evidence: a Room ID or a date in its name, the clock of its
rows, how long they span, and above all its totals, which are those of the LIVE's own row in a list. The evidence for
every pair of file and LIVE is a log Bayes factor (Kass and Raftery 1995, J. Am. Stat. Assoc. 90:773): how much likelier
these numbers are when the file is of this LIVE than when it is of another LIVE of the same shop. The files of one kind
are then given to LIVEs together, one each (linear assignment), and only what clearly beats every alternative is laid;
the rest is for a person to say.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from playbook.model.session import Session

from .totals import NOT_ADDITIVE

#: A pair is laid when it beats whatever else may be by at least this (1 in 100).
MARGIN = 4.6
#: The part of files whose LIVE is neither listed nor saved, and what stands against a LIVE even where there are few.
_STRANGE, _LEAST_AGAINST = 0.1, 0.5
#: A pair that may not be.
_NEVER = -1e6
#: No file of a LIVE says this much against it; sums below are no match.
IMPOSSIBLE = -30.0
#: Densities below this are nothing to a computer: of counts that differ a billion times over.
_LEAST = 1e-300

#: A file mostly has the very number that the list has; else the middle and the spread of the log between the two, each
#: with its share: sometimes a little
#: later or earlier, sometimes another day's restatement, seldom something else.
_SAME = ((0.35, 0.0, 0.004), (0.12, 0.0, 0.05), (0.03, 0.0, 0.7))
#: What was shown and tapped is counted once; what was bought is restated, as orders are cancelled and paid.
_SHOWN = ((0.44, 0.0, 0.004), (0.04, 0.0, 0.05), (0.02, 0.0, 0.7))
_BOUGHT = frozenset({"gmv", "gmv_direct", "gmv_attributed", "sku_orders", "orders_main", "orders_paid", "items_sold"})
#: Of another kind: SKU orders are main orders and some more; attributed GMV holds direct GMV and mostly some more.
_OTHER_ORDERS = ((0.45, 0.0, 0.10), (0.15, 0.0, 0.7))
_OTHER_MONEY = ((0.45, 0.0, 0.12), (0.05, 0.0, 0.7))
_ATTRIBUTED = ((0.6, 0.06, 0.05), (0.35, 0.0, 0.12), (0.05, 0.0, 0.7))
#: Spread of the log of a count between LIVEs of a shop where no list shows it, as much as this many LIVEs would; and
#: the part of files that come from quite elsewhere, with their spread.
_BETWEEN, _AS_MUCH_AS = 0.6, 1
#: The same between LIVEs of one size, and what a further count that fits says less than the first where no list shows.
_OF_SIZE, _SHARED = 0.3, math.log(2)
_ELSEWHERE, _WIDE = 0.1, 1.5
#: A LIVE that has a file of this kind is less likely to have another; one in twenty does.
_TAKEN = 3.0
#: Of so many numbers one at least is nearly always the very same; small ones are so by chance as well.
_SEVERAL, _NONE_THE_SAME, _TELLING = 4, math.log(10), 100.0
#: Minutes by which rows may end before their LIVE, besides the last one's own.
_QUIET = 5.0
_SMALL = 5.0

_ROOM = re.compile(r"(?<!\d)\d{17,20}(?!\d)")
_DAY = re.compile(r"(?<!\d)(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})")
#: A day as people type it, `1703` or `17-3`, and a day of the month alone; `(2)` is the browser's.
_SHORT_DAY = re.compile(r"(?<![\d(])(\d{1,2})[-_./]?(\d{2}|(?<=[-_./])\d)(?![\d)])")
_DAY_ALONE = re.compile(r"(?<![^\s_])(\d{1,2})(?![\d)._-]*\d|\))")
_CLOCK_IN_NAME = re.compile(r"(?<!\d)([01]\d|2[0-3])[.:h_-]?([0-5]\d)(?!\d)")


@dataclass(frozen=True)
class Part:
    """What a file says of the LIVE it is about.

    name: the file's. totals: for each count the sums it may have, since rows may be running totals. clock: the minute
    of the day of its first row. moment: the same with its date. span: minutes from its first row to its last one's end.
    step: minutes that a row stands for.
    """

    name: str
    totals: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    clock: float | None = None
    moment: datetime | None = None
    span: float | None = None
    step: float = 0.0


@dataclass(frozen=True)
class Placement:
    """Where a file belongs: the id of its LIVE, or None for a person to say among `candidates`, the likeliest first."""

    live: str | None
    evidence: float
    candidates: tuple[str, ...] = ()


def place(parts: Sequence[Part], lives: Sequence[Session]) -> list[Placement]:
    """One placement a part, in their order; no LIVE twice. The parts must be of one kind.

    A part is laid only where all parts together are likelier by MARGIN with it on its LIVE than with it anywhere else,
    nowhere included, and where it beats each other part that wants the same LIVE.
    """
    if not parts or not lives:
        return [Placement(None, 0.0) for _ in parts]
    usual = spread_of(lives)
    table = [[evidence(part, live, usual) for live in lives] for part in parts]
    nowhere = _nowhere(len(lives))
    wanted = sorted({live for row in table for live, value in enumerate(row) if value > nowhere})
    likely = [[row[live] for live in wanted] for row in table]
    total, chosen = _assigned(likely, nowhere) if wanted else (0.0, {})
    found = []
    for at, row in enumerate(table):
        order = sorted(range(len(lives)), key=lambda live, row=row: -row[live])  # type: ignore[misc]
        candidates = tuple(lives[live].id for live in order if row[live] > IMPOSSIBLE / 2)[:20]
        column = chosen.get(at)
        sure = column is not None and _lead(likely, at, column, total, nowhere) >= MARGIN
        live = wanted[column] if column is not None else order[0]
        found.append(Placement(lives[live].id if sure else None, row[live], candidates))
    return found


def _nowhere(lives: int) -> float:
    """What stands against every LIVE: that the file is of one that is not here. The more there are, the likelier is it
    that one of them fits by chance.
    """
    return max(_LEAST_AGAINST, math.log(lives * _STRANGE / (1 - _STRANGE)))


def _assigned(
    table: list[list[float]], nowhere: float, but: tuple[int, int] | None = None
) -> tuple[float, dict[int, int]]:
    """The most that the evidence adds up to, and part to column of it (Kuhn 1955); who is nowhere has none.

    Two parts may share a column, which is as unlikely as _TAKEN says. `but` is a pair that may not be.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    values = np.array(table, dtype=float)
    if but is not None:
        values[but] = _NEVER
    alone = np.full((len(table), len(table)), _NEVER)
    np.fill_diagonal(alone, nowhere)
    every = np.hstack([values, values - _TAKEN, alone])
    rows, columns = linear_sum_assignment(every, maximize=True)
    width = values.shape[1]
    pairs = {int(row): int(column) % width for row, column in zip(rows, columns, strict=True) if column < 2 * width}
    return float(every[rows, columns].sum()), pairs


def _lead(table: list[list[float]], at: int, column: int, total: float, nowhere: float) -> float:
    """By how much the part's place beats the best without it, and the other parts that want this place most."""
    other, _ = _assigned(table, nowhere, (at, column))
    rivals = [row[column] for each, row in enumerate(table) if each != at and row[column] >= max(row)]
    return min(total - other, table[at][column] - max(rivals, default=IMPOSSIBLE))


@dataclass(frozen=True)
class Among:
    """One count among a shop's LIVEs: the middle and the spread of its log.

    LIVEs differ by their size above all, and two of one size are more alike in each further count than any two.
    `shared` is the log of how much more: what a further count that fits says less than the first.
    """

    middle: float
    spread: float
    shared: float


Usual = Mapping[str, Among]


def spread_of(lives: Sequence[Session]) -> dict[str, Among]:
    """How far the LIVEs of a list differ: numbers that agree say little where all LIVEs are alike."""
    logs: dict[str, dict[int, float]] = {}
    for at, live in enumerate(lives):
        for name, value in live.counts.items():
            if value is not None and value > 0:
                logs.setdefault(name, {})[at] = math.log(value)
    logs = {name: values for name, values in logs.items() if len(values) > 1}
    middles = {name: math.fsum(values.values()) / len(values) for name, values in logs.items()}
    away = {name: {at: value - middles[name] for at, value in values.items()} for name, values in logs.items()}
    sizes = {
        at: math.fsum(known) / len(known)
        for at in range(len(lives))
        if (known := [values[at] for values in away.values() if at in values])
    }
    found = {}
    for name, values in away.items():
        spread = _spread(values.values(), _BETWEEN)
        of_size = _spread((value - sizes[at] for at, value in values.items()), _OF_SIZE)
        found[name] = Among(middles[name], spread, max(0.0, math.log(spread / of_size)))
    return found


def _spread(values: Iterable[float], usual: float) -> float:
    """The standard deviation around nought, drawn to the usual one as by so many LIVEs."""
    every = list(values)
    squares = math.fsum(each**2 for each in every) + _AS_MUCH_AS * usual**2
    return math.sqrt(squares / (len(every) - 1 + _AS_MUCH_AS))


def evidence(part: Part, live: Session, usual: Usual | None = None) -> float:
    """Log Bayes factor that the part is of this LIVE against that it is of another LIVE of the shop."""
    said = totals_evidence(part.totals, live.counts, usual)
    return _name(part, live) + _clock(part, live) + _span(part, live) + said


def totals_evidence(
    totals: Mapping[str, tuple[float, ...]], counts: Mapping[str, float | None], usual: Usual | None = None
) -> float:
    """What the totals of a file say for its being of a LIVE with these counts; 0 where nothing can be compared.

    >>> totals_evidence({"views": (4970.0,)}, {"views": 4970.0}) > 3 > 0 > totals_evidence({"views": (9940.0,)},
    ...     {"views": 4970.0})
    True
    """
    usual = usual or {}
    found: list[tuple[float, float]] = []
    the_same = False
    for pairs, same in _compared(totals, counts):
        each = [(one, counts[there] or 0.0, usual.get(there)) for here, there in pairs for one in totals[here]]
        less = max(_repeated(one, among) for one, _, among in each)
        found.append((max(_count(one, other, among, same) for one, other, among in each), less))
        the_same = the_same or any(abs(one - other) < 1 and one >= _TELLING for one, other, _ in each)
    # The strongest in full, each further one by less; what speaks against counts in full.
    favour = sorted((each for each in found if each[0] > 0), reverse=True)
    against = sum(value for value, _ in found if value < 0) - (
        _NONE_THE_SAME if len(found) >= _SEVERAL and not the_same else 0
    )
    return against + sum(max(0.0, value - (less if rank else 0.0)) for rank, (value, less) in enumerate(favour))


#: Counts of one thing in several kinds; each is compared with its own kind where both print it.
_FAMILIES = (("gmv_direct", "gmv_attributed", "gmv"), ("sku_orders", "orders_main", "orders_paid"))
_Same = Sequence[tuple[float, float, float]]


def _compared(
    totals: Mapping[str, tuple[float, ...]], counts: Mapping[str, float | None]
) -> Iterator[tuple[list[tuple[str, str]], _Same]]:
    """What is compared: counts of the file with those of the LIVE, and how far the same LIVE's two may differ.

    Of several pairs the one that fits best counts.
    """
    mine = {name for name, sums in totals.items() if sums and name not in NOT_ADDITIVE}
    theirs = {name for name, count in counts.items() if count is not None}
    for family in _FAMILIES:
        here, there = [each for each in family if each in mine], [each for each in family if each in theirs]
        exact = [each for each in here if each in there and (each != "gmv" or here == there == ["gmv"])]
        if exact:
            yield from (([(each, each)], _SAME) for each in exact)
        elif here and there:
            attributed = here == ["gmv_attributed"]
            money = _ATTRIBUTED if attributed else _OTHER_MONEY
            yield [(one, other) for one in here for other in there], money if "gmv" in family else _OTHER_ORDERS
    plain = mine & theirs - {name for family in _FAMILIES for name in family}
    yield from (([(each, each)], _SAME if each in _BOUGHT else _SHOWN) for each in sorted(plain))


def _count(
    one: float,
    other: float,
    usual: Among | None,
    spreads: _Same,
) -> float:
    """Log of the density of the file's number under "this LIVE" over that under "another LIVE"."""
    if one <= 0 or other <= 0:
        return 0.0 if max(one, other) <= _SMALL else -3.0
    # Small counts agree by chance: a count of n has only so many neighbours.
    grain = 1 / (min(one, other) + 1)
    ratio = math.log(one / other)
    same = sum(weight * _normal(ratio - middle, math.hypot(spread, grain)) for weight, middle, spread in spreads)
    if abs(one - other) < 1:  # all of what is left lies within one number's width
        same += (1 - sum(weight for weight, _, _ in spreads)) / grain * math.sqrt(2 * math.pi)
    middle, spread = (usual.middle, usual.spread) if usual else (math.log(other), _BETWEEN)
    elsewhere = _elsewhere(math.log(one) - middle, math.hypot(spread, grain))
    return math.log(max(same, _LEAST) / max(elsewhere, _LEAST))


def _elsewhere(away: float, spread: float) -> float:
    """Density of a count of another LIVE, so far from the middle."""
    return (1 - _ELSEWHERE) * _normal(away, spread) + _ELSEWHERE * _normal(away, _WIDE)


def _repeated(one: float, among: Among | None) -> float:
    """What a further count that fits says less than the first. That a LIVE is of an unusual size is said but once."""
    if among is None or one <= 0:
        return _SHARED
    rare = _elsewhere(0.0, among.spread) / max(_elsewhere(math.log(one) - among.middle, among.spread), _LEAST)
    return among.shared + math.log(rare)


def _normal(value: float, spread: float) -> float:
    return math.exp(-0.5 * (value / spread) ** 2) / spread


def _name(part: Part, live: Session) -> float:
    """A Room ID in the file's name settles it; a day or a clock time there says something, for it may be another's."""
    rooms = set(_ROOM.findall(part.name))
    if rooms and live.id.isdigit():
        return 25.0 if live.id in rooms else IMPOSSIBLE
    if live.start is None:
        return 0.0
    days = {match.groups() for match in _DAY.finditer(part.name)}
    own = (f"{live.start:%Y}", f"{live.start:%m}", f"{live.start:%d}")
    rest = _DAY.sub(" ", part.name)
    clocks = {(int(hour), int(minute)) for hour, minute in _CLOCK_IN_NAME.findall(rest)}
    short = {frozenset(map(int, match)) for match in _SHORT_DAY.findall(rest)}
    alone = live.start.day in map(int, _DAY_ALONE.findall(rest))
    typed = frozenset((live.start.day, live.start.month)) in short
    said = 1.5 if own in days or typed else 0.8 if alone and not days else 0.0
    return said + (1.0 if not live.day_alone and (live.start.hour, live.start.minute) in clocks else 0.0)


def _clock(part: Part, live: Session) -> float:
    """Rows begin with the LIVE, or with the step in which it began. Other hours may be another time zone's."""
    if live.start is None:
        return 0.0
    if live.day_alone:
        return 0.0 if part.moment is None else 2.0 if part.moment.date() == live.start.date() else -12.0
    if part.moment is not None:
        late = part.moment - live.start
        if timedelta(minutes=-15) <= late <= timedelta(minutes=30):
            return 12.0  # of thousands of LIVEs in a year one begins within this hour by chance
        away = abs(late.total_seconds()) / 3600
        return -1.0 if away <= 15 else -12.0
    if part.clock is None:
        return 0.0
    begun = live.start.hour * 60 + live.start.minute
    late_minutes = (part.clock - begun + 720) % 1440 - 720
    if -15 <= late_minutes <= 15:
        return 1.5
    return -1.0 if late_minutes % 30 in (0, 1, 29) else -3.0


def _span(part: Part, live: Session) -> float:
    """A trend lasts as long as its LIVE, to a row and what quiet minutes leave out, and is never much longer. One that
    was exported half-way is shorter, but then its totals are lower, too: with the totals of the whole LIVE so short a
    file is most likely of another one.
    """
    if part.span is None or live.duration_minutes is None:
        return 0.0
    more = part.span - live.duration_minutes
    return -4.0 if more > 45 or more < -min(part.step, 15.0) - _QUIET else 0.7


def part_of(name: str, columns: Mapping[str, Sequence[float | None]], *, running: bool = True) -> Part:
    """A Part from a file's count columns: each adds up, or its last row is the total where rows may run on."""
    totals: dict[str, tuple[float, ...]] = {}
    for count, values in columns.items():
        known = [value for value in values if value is not None]
        if known and count not in NOT_ADDITIVE:
            rising = running and len(known) > 2 and all(b >= a for a, b in pairwise(known))
            totals[count] = (math.fsum(known), *([known[-1]] if rising else []))
    return Part(name, totals)
