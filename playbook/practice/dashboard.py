"""What the seller sees while a practice LIVE runs: counts so far, the usual, and how far off a recent rate is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from playbook.simulation.shops import MADE_OF

from .actions import ActionTaken, budgets
from .clues import Said, host
from .effects import patience
from .simulator import Minute, PracticeLive

#: Each rate shown: its count and what it is over.
RATES = {name: MADE_OF[name] for name in ("err", "comment_rate", "follow_rate", "ctr", "ctor")}
#: A rate this far below usual, with this many standard errors, is called low.
_LOW_BY, _SURE = 0.20, 1.8
#: A stay this far below usual is called short.
_LEFT_BY = 0.25
#: Minutes after which a rate says something; the entrance is still warming up for longer.
_SETTLED, _WARM = 10, {"err": 15}


@dataclass(frozen=True)
class Dashboard:
    """Nothing hidden: no fault, no luck. `usual` has a fraction for each of RATES, and `online` people a minute."""

    minute: int
    minutes: int
    rows: Sequence[Minute]
    done: Sequence[ActionTaken]
    warnings: Sequence[int]
    pinned: int | None
    pinned_for: int
    prices: tuple[float, ...]
    usual: Mapping[str, float]
    said: Sequence[Said] = ()
    host: str = ""
    patience: float = 1.0
    budget: Mapping[str, int] = field(default_factory=dict)

    def rate(self, name: str, last: int) -> float | None:
        """A rate over the last minutes, as a fraction; None while there is nothing to divide by."""
        top, of = self._counts(name, last)
        return top / of if of else None

    def low(self, name: str, last: int) -> bool:
        """Whether the rate of the last minutes lies clearly below usual, beyond what counting noise would do."""
        top, of = self._counts(name, last)
        expected = of * self.usual.get(name, 0.0)
        if expected <= 0:
            return False
        return top < (1 - _LOW_BY) * expected and (expected - top) / math.sqrt(expected) > _SURE

    def settled(self, name: str) -> bool:
        """Whether the LIVE has run long enough for a rate to be called low."""
        return self.minute >= _WARM.get(name, _SETTLED)

    def online(self, last: int) -> float:
        """People there, on average over the last minutes."""
        rows = self.rows[-last:]
        return sum(row.online for row in rows) / len(rows) if rows else 0.0

    def shown(self, last: int) -> float:
        """Impressions a minute, on average over the last minutes."""
        rows = self.rows[-last:]
        return sum(row.impressions for row in rows) / len(rows) if rows else 0.0

    def stay(self, last: int) -> float | None:
        """Minutes a view over the last minutes; None without a view."""
        rows = self.rows[-last:]
        views = sum(row.views for row in rows)
        return sum(row.online for row in rows) / views if views else None

    def short(self, last: int) -> bool:
        """Whether people leave clearly sooner than usual."""
        stay = self.stay(last)
        return stay is not None and self.settled("stay") and stay < (1 - _LEFT_BY) * self.usual.get("stay", 0.0)

    def since(self, kind: str) -> float:
        """Minutes since something was last done; infinite when never."""
        last = [each.minute for each in self.done if each.action.kind == kind]
        return self.minute - last[-1] if last else math.inf

    def _counts(self, name: str, last: int) -> tuple[int, int]:
        count, over = RATES[name]
        rows = self.rows[-last:]
        return sum(getattr(row, count) for row in rows), sum(getattr(row, over) for row in rows)


def dashboard(live: PracticeLive, usual: Mapping[str, float]) -> Dashboard:
    """The dashboard of this moment."""
    return Dashboard(
        minute=live.minute,
        minutes=live.practice.minutes,
        rows=live.rows,
        done=live.done,
        warnings=live.warnings,
        pinned=live.pinned,
        pinned_for=live.minute - live.pinned_since,
        prices=tuple(each.price for each in live.practice.products),
        usual=usual,
        said=live.said,
        host=host(live.practice, max(0, live.minute - 1), live.done),
        patience=patience(live.done, live.minute),
        budget=budgets(live.done, live.practice),
    )
