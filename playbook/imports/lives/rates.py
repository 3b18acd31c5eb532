"""Printed rates against the counts beside them.

A profile says what a printed rate should be made of. The numbers have the last word: a rate that is off by a
hundred was printed in the other scale, and a click-through rate that fits the other denominator is the other
rate. What still differs gets a remark and is never corrected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from playbook.imports.layout.columns import Rated, Rows
from playbook.imports.results import Disagreement
from playbook.knowledge.exports import Rate
from playbook.language import N_, _

Counts = Mapping[str, Sequence[float | None]]

#: The two click-through rates, and the denominator of each.
_CLICK_RATES = {"ctr": "views", "product_ctr": "product_impressions"}
_CLOSE = 0.02
#: A rate farther off its counts than this is another rate.
_OFF = 0.05
#: How exact a number must follow for its being whole to say anything, and in how many rows.
_WHOLE, _ROWS = 0.02, 3


@dataclass(frozen=True)
class Checked:
    """Rates by name, under the name that their numbers fit; cells of `unfit` are kept as text."""

    rates: dict[str, Rated]
    disagreements: tuple[tuple[int, str, float, float], ...]
    unfit: frozenset[tuple[str, int]]


def check(found: Rows, read: dict[str, Rated], counts: Counts, hours: Sequence[float | None]) -> Checked:
    """Settle scale and meaning of every rate column, then compare it cell by cell."""
    beside = _Beside(len(found), counts, hours)
    settled = {name: _scaled(found, rated, beside.rate(rated.rate)) for name, rated in read.items()}
    settled = _reassigned(found, settled, beside)
    settled, apart = _by_viewers(found, settled, beside)
    differing: list[tuple[int, str, float, float]] = []
    unfit = {(name, at) for name in apart for at in range(len(found))}
    for name, rated in settled.items():
        if name in apart:
            continue
        for at, (printed, expected) in enumerate(zip(rated.values, beside.rate(rated.rate), strict=True)):
            if printed is None or (expected is not None and abs(printed - expected) <= _CLOSE * abs(expected)):
                continue
            if expected is not None and _rounded_so(printed, expected, rated.cells[at]):
                continue
            if rated.rate.only_if_it_fits:
                unfit.add((name, at))
            elif expected is not None:
                differing.append((at, name, printed, expected))
    return Checked(settled, tuple(sorted(differing)), frozenset(unfit))


def disagreements(found: Rows, checked: Checked, sessions: Sequence[str]) -> tuple[Disagreement, ...]:
    """What `check` found different, with its place. `sessions` are the ids by row."""
    return tuple(
        Disagreement(
            found.match.table.file,
            found.numbers[at],
            found.header(checked.rates[name].position),
            sessions[at],
            name,
            printed,
            expected,
        )
        for at, name, printed, expected in checked.disagreements
    )


@dataclass(frozen=True)
class _Beside:
    """The counts beside the rates, and what rates they give; each is worked out once."""

    rows: int
    counts: Counts
    hours: Sequence[float | None]
    given: dict[tuple[str | None, str | None, float], list[float | None]] = field(default_factory=dict)

    def rate(self, rate: Rate) -> list[float | None]:
        """What a rate comes to by its counts, for each row."""
        key = (rate.numerator, rate.denominator, rate.times)
        if key not in self.given:
            self.given[key] = self._worked_out(*key)
        return self.given[key]

    def _worked_out(self, numerator: str | None, denominator: str | None, times: float) -> list[float | None]:
        above = self.counts.get(numerator or "")
        below = self.hours if denominator == "hours" else self.counts.get(denominator or "")
        if above is None or below is None:
            return [None] * self.rows
        return [
            times * a / b if a is not None and b is not None and b > 0 else None
            for a, b in zip(above, below, strict=True)
        ]


def _typical(printed: Sequence[float | None], expected: Sequence[float | None]) -> float | None:
    """The middle of printed / recomputed over the rows that have both."""
    ratios = [p / e for p, e in zip(printed, expected, strict=True) if p is not None and e]
    return median(ratios) if ratios else None


def _scaled(found: Rows, rated: Rated, expected: Sequence[float | None]) -> Rated:
    """Another scale than the profile's, where the whole column is off by about a hundred."""
    if rated.rate.scale not in ("percent", "fraction"):
        return rated
    typical = _typical(rated.values, expected)
    factor = None if typical is None else 100.0 if 0.009 < typical < 0.011 else 0.01 if 90 < typical < 110 else None
    if factor is None:
        return rated
    found.remark(
        _("is printed in the other scale than usual (12 for 0.12, or the reverse); read so"), position=rated.position
    )
    return replace(rated, values=[None if value is None else value * factor for value in rated.values])


#: What a click-through rate turned out to be.
_SWAPPED = {
    "ctr": N_("by its numbers this is clicks for each view, not clicks for each product impression; read so"),
    "product_ctr": N_("by its numbers this is clicks for each product impression, not clicks for each view; read so"),
}


def _reassigned(found: Rows, read: dict[str, Rated], beside: _Beside) -> dict[str, Rated]:
    """A click-through rate whose numbers are those of the other one is the other one."""
    settled = dict(read)
    for name, other in (("ctr", "product_ctr"), ("product_ctr", "ctr")):
        rated = read.get(name)
        if rated is None or other in read:
            continue
        turned = replace(rated, rate=rated.rate.model_copy(update={"denominator": _CLICK_RATES[other]}))
        own = _typical(rated.values, beside.rate(rated.rate))
        theirs = beside.rate(turned.rate)
        turned = _scaled_quietly(turned, theirs)
        its = _typical(turned.values, theirs)
        if own is not None and abs(own - 1) > 0.2 and its is not None and abs(its - 1) < 0.05:
            found.remark(_(_SWAPPED[other]), position=rated.position)
            del settled[name]
            settled[other] = turned
    return settled


def _by_viewers(found: Rows, read: dict[str, Rated], beside: _Beside) -> tuple[dict[str, Rated], list[str]]:
    """Rates for each viewer where the layout usually prints them for each view: `like_rate` is `like_rate_by_viewers`.

    Either the viewers are printed and fit, or those that follow are whole numbers in every row, and fewer than views.
    """
    settled, apart = dict(read), []
    for name, rated in read.items():
        if rated.rate.denominator != "views":
            continue
        own = _typical(rated.values, beside.rate(rated.rate))
        if own is None or abs(own - 1) <= _OFF:
            continue
        turned = replace(rated, rate=rated.rate.model_copy(update={"denominator": "viewers"}))
        its = _typical(rated.values, beside.rate(turned.rate))
        if (its is not None and abs(its - 1) <= _CLOSE) or (its is None and _whole_viewers(rated, beside.counts)):
            del settled[name]
            settled[f"{name}_by_viewers"] = turned
            apart.append(f"{name}_by_viewers")
            found.remark(
                _("by its numbers this counts for each viewer, not for each view; kept as text"),
                position=rated.position,
            )
    return settled, apart


def _whole_viewers(rated: Rated, counts: Counts) -> bool:
    """Whether the viewers that follow from a rate are whole numbers below the views: by chance that is rare."""
    above, views = counts.get(rated.rate.numerator or "", ()), counts.get("views", ())
    seen = 0
    for count, most, value, cell in zip(above, views, rated.values, rated.cells, strict=True):
        if not count or not value or not most:
            continue
        viewers = rated.rate.times * count / value
        give = max(viewers * rounding(cell), 1e-6)
        if give > _WHOLE or viewers > most or abs(viewers - round(viewers)) > 1.1 * give:
            return False
        seen += 1
    return seen >= _ROWS


def _scaled_quietly(rated: Rated, expected: Sequence[float | None]) -> Rated:
    typical = _typical(rated.values, expected)
    factor = 1.0 if typical is None else 100.0 if 0.009 < typical < 0.011 else 0.01 if 90 < typical < 110 else 1.0
    return replace(rated, values=[None if value is None else value * factor for value in rated.values])


def rounding(cell: str) -> float:
    """By how much of itself a printed number may be off through rounding: half a step of its last digit.

    >>> rounding("R$ 0,05"), rounding("R$ 30,25")
    (0.1, 0.00016528925619834712)
    """
    digits = int("".join(filter(str.isdecimal, cell)) or "0")
    return 0.5 / digits if digits else 1.0


def _rounded_so(printed: float, expected: float, cell: str) -> bool:
    """Within what the printed decimals leave open."""
    digits = cell.strip().rstrip("%").replace(",", ".").rpartition(".")[2] if "." in cell or "," in cell else ""
    decimals = sum(sign.isdigit() for sign in digits)
    step = 10.0**-decimals * (0.01 if "%" in cell else 1.0)
    return decimals > 0 and abs(printed - expected) <= 0.51 * step
