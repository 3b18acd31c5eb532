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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from playbook.model.session import Session

from .totals import NOT_ADDITIVE

#: A pair is laid when its evidence is at least this, and beats the next best by at least the second (1 in 100).
ENOUGH, MARGIN = 6.3, 4.6
#: No file of a LIVE says this much against it; sums below are no match.
IMPOSSIBLE = -30.0
#: Densities below this are nothing to a computer: of counts that differ a billion times over.
_LEAST = 1e-300

#: A file mostly has the very number that the list has; else the spread of the log between the two: sometimes a little
#: later or earlier, sometimes another day's restatement, seldom something else.
_SAME = ((0.35, 0.004), (0.12, 0.05), (0.03, 0.7))
#: What was shown and tapped is counted once; what was bought is restated, as orders are cancelled and paid.
_SHOWN = ((0.44, 0.004), (0.04, 0.05), (0.02, 0.7))
_BOUGHT = frozenset({"gmv", "gmv_direct", "gmv_attributed", "sku_orders", "orders_main", "orders_paid", "items_sold"})
#: Of another kind: attributed GMV holds direct GMV and some more, SKU orders are main orders and some more.
_OTHER_KIND = ((0.45, 0.10), (0.15, 0.7))
#: Spread of the log of a count between LIVEs of a shop where no list shows it, as much as this many LIVEs would; and
#: the part of files that come from quite elsewhere, with their spread.
_BETWEEN, _AS_MUCH_AS = 0.7, 2
_ELSEWHERE, _WIDE = 0.1, 1.5
#: A LIVE that surely has a file of this kind is less likely to have another; one in twenty does.
_TAKEN = 3.0
#: Counts of one LIVE move together, so that three that fit say less than three times as much as one; that several are
#: the very same number is hardly chance.
_TOGETHER, _TOGETHER_EXACT = 0.5, 0.8
_SMALL = 5.0

_ROOM = re.compile(r"(?<!\d)\d{17,20}(?!\d)")
_DAY = re.compile(r"(?<!\d)(20\d{2})[-_.]?(\d{2})[-_.]?(\d{2})")
_CLOCK_IN_NAME = re.compile(r"(?<!\d)([01]\d|2[0-3])[.:h_-]?([0-5]\d)(?!\d)")


@dataclass(frozen=True)
class Part:
    """What a file says of the LIVE it is about.

    name: the file's. totals: for each count the sums it may have, since rows may be running totals. clock: the minute
    of the day of its first row. moment: the same with its date. span: minutes from its first row to its last one's end.
    """

    name: str
    totals: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    clock: float | None = None
    moment: datetime | None = None
    span: float | None = None


@dataclass(frozen=True)
class Placement:
    """Where a file belongs: the id of its LIVE, or None for a person to say among `candidates`, the likeliest first."""

    live: str | None
    evidence: float
    candidates: tuple[str, ...] = ()


def place(parts: Sequence[Part], lives: Sequence[Session]) -> list[Placement]:
    """One placement a part, in their order; no LIVE twice. The parts must be of one kind.

    A part is laid only where its LIVE beats each other LIVE for it, and it beats each other part for its LIVE.
    """
    if not parts or not lives:
        return [Placement(None, 0.0) for _ in parts]
    usual = spread_of(lives)
    table = [[evidence(part, live, usual) for live in lives] for part in parts]
    taken: dict[int, int] = {}
    while True:
        left = [
            [value - (_TAKEN if taken.get(live, at) != at else 0) for live, value in enumerate(row)]
            for at, row in enumerate(table)
        ]
        chosen = _assigned(left)
        found = [_placement(left, at, chosen, lives) for at in range(len(parts))]
        now = {chosen[at]: at for at, each in enumerate(found) if each.live is not None}
        if now.keys() <= taken.keys():
            return found
        taken |= now


def _assigned(table: list[list[float]]) -> dict[int, int]:
    """Part to LIVE, so that the evidence adds up to the most (Kuhn 1955)."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment([[-max(value, IMPOSSIBLE) for value in row] for row in table])
    return dict(zip(map(int, rows), map(int, columns), strict=True))


def _placement(table: list[list[float]], at: int, chosen: dict[int, int], lives: Sequence[Session]) -> Placement:
    row = table[at]
    order = sorted(range(len(lives)), key=lambda live: -row[live])
    candidates = tuple(lives[live].id for live in order if row[live] > IMPOSSIBLE / 2)[:20]
    live = chosen.get(at)
    if live is None:
        return Placement(None, max(row), candidates)
    others = [row[other] for other in order if other != live]
    rivals = [
        each[live]
        for other, each in enumerate(table)
        if other != at and each[live] >= max(each)  # one that has a better LIVE of its own is no rival
    ]
    lead = row[live] - max([*others, *rivals], default=IMPOSSIBLE)
    sure = row[live] >= ENOUGH and lead >= MARGIN
    return Placement(lives[live].id if sure else None, row[live], candidates)


#: By count, the middle and the spread of its log among a shop's LIVEs.
Usual = Mapping[str, tuple[float, float]]


def spread_of(lives: Sequence[Session]) -> dict[str, tuple[float, float]]:
    """How far the LIVEs of a list differ: numbers that agree say little where all LIVEs are alike."""
    found: dict[str, tuple[float, float]] = {}
    for name in {name for live in lives for name in live.counts}:
        logs = [math.log(value) for live in lives if (value := live.counts.get(name)) is not None and value > 0]
        if len(logs) < 2:
            continue
        middle = math.fsum(logs) / len(logs)
        squares = math.fsum((each - middle) ** 2 for each in logs) + _AS_MUCH_AS * _BETWEEN**2
        found[name] = middle, math.sqrt(squares / (len(logs) - 1 + _AS_MUCH_AS))
    return found


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
    found: list[tuple[float, bool]] = []
    for pairs, same in _compared(totals, counts):
        each = [(one, counts[there] or 0.0, usual.get(there)) for here, there in pairs for one in totals[here]]
        value = max(_count(one, other, among, same) for one, other, among in each)
        found.append((value, any(abs(one - other) < 1 for one, other, _ in each)))
    # The strongest in full, each further one by less; what speaks against counts in full.
    favour = sorted((each for each in found if each[0] > 0), reverse=True)
    return sum(value for value, _ in found if value < 0) + sum(
        value * (_TOGETHER_EXACT if exact else _TOGETHER) ** rank for rank, (value, exact) in enumerate(favour)
    )


#: Counts of one thing in several kinds; each is compared with its own kind where both print it.
_FAMILIES = (("gmv_direct", "gmv_attributed", "gmv"), ("sku_orders", "orders_main", "orders_paid"))
_Same = Sequence[tuple[float, float]]


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
            yield [(one, other) for one in here for other in there], _OTHER_KIND
    plain = mine & theirs - {name for family in _FAMILIES for name in family}
    yield from (([(each, each)], _SAME if each in _BOUGHT else _SHOWN) for each in sorted(plain))


def _count(
    one: float,
    other: float,
    usual: tuple[float, float] | None,
    spreads: _Same,
) -> float:
    """Log of the density of the file's number under "this LIVE" over that under "another LIVE"."""
    if one <= 0 or other <= 0:
        return 0.0 if max(one, other) <= _SMALL else -3.0
    # Small counts agree by chance: a count of n has only so many neighbours.
    grain = 1 / (min(one, other) + 1)
    ratio = math.log(one / other)
    same = sum(weight * _normal(ratio, math.hypot(spread, grain)) for weight, spread in spreads)
    if abs(one - other) < 1:  # all of what is left lies within one number's width
        same += (1 - sum(weight for weight, _ in spreads)) / grain * math.sqrt(2 * math.pi)
    middle, spread = usual or (math.log(other), _BETWEEN)
    away = math.log(one) - middle
    elsewhere = (1 - _ELSEWHERE) * _normal(away, math.hypot(spread, grain)) + _ELSEWHERE * _normal(away, _WIDE)
    return math.log(max(same, _LEAST) / max(elsewhere, _LEAST))


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
    said = 1.5 if own in days else 0.0
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
            return 8.0
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
    """A trend lasts as long as its LIVE; one that was exported half-way is shorter, none is much longer."""
    if part.span is None or live.duration_minutes is None:
        return 0.0
    more = part.span - live.duration_minutes
    if more > 45:
        return -4.0
    return 0.7 if more > -20 else -1.0


def part_of(name: str, columns: Mapping[str, Sequence[float | None]], *, running: bool = True) -> Part:
    """A Part from a file's count columns: each adds up, or its last row is the total where rows may run on."""
    totals: dict[str, tuple[float, ...]] = {}
    for count, values in columns.items():
        known = [value for value in values if value is not None]
        if known and count not in NOT_ADDITIVE:
            rising = running and len(known) > 2 and all(b >= a for a, b in pairwise(known))
            totals[count] = (math.fsum(known), *([known[-1]] if rising else []))
    return Part(name, totals)
