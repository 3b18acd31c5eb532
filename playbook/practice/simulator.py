"""A practice LIVE, minute by minute: shown, entering, staying, clicking, ordering, and warnings.

Each minute the room is shown, some of those enter, all who are there may comment, follow, click and order, and some
leave. How long people stay decides how much they do: the rates of a scenario are per view at its usual stay. How
often the room is shown follows, with a lag of some minutes, how well people enter, stay and comment. The luck is drawn
beforehand (`luck`); what was done and the planted faults are factors (`effects`). All orders of a minute are of the
pinned product, or of one of the bag by chance when none is pinned.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Literal

from playbook.knowledge.practice import Practice
from playbook.language import _

from . import clues
from .actions import GIVEAWAYS, WARNINGS_END, Action, ActionTaken, end_of, refused
from .drawing import drawn
from .effects import Factors, factors
from .luck import Luck

#: How fast the platform follows the room: the part of a minute's news that enters at once.
_LAG = 0.12
_ERR_WEIGHT, _STAY_WEIGHT, _COMMENT_WEIGHT = 0.40, 0.25, 0.12
_FLOOR, _CEILING = 0.5, 1.6

Ended = Literal["over", "warnings", "early"]


@dataclass(frozen=True)
class Minute:
    """What happened in one minute. `online` is how many were there at its end; `pinned` a place in the bag."""

    minute: int
    impressions: int
    views: int
    online: int
    product_impressions: int
    product_clicks: int
    sku_orders: int
    gmv: float
    comments: int
    new_followers: int
    shares: int
    likes: int
    sold: int | None
    pinned: int | None


class PracticeLive:
    """One practice LIVE that is being played. The same scenario, seed and actions give the same LIVE."""

    def __init__(self, practice: Practice, seed: int) -> None:
        self.practice = drawn(practice, seed)
        self.seed = seed
        self.rows: list[Minute] = []
        self.done: list[ActionTaken] = []
        self.warnings: list[int] = []
        self.pinned: int | None = 0 if practice.pinned_at_start else None
        self.pinned_since = 0
        self.spent = 0.0
        self.said: list[clues.Heard] = []
        self.ended: Ended | None = None
        self.resumed_at: int | None = None
        self.unknown = False  # drawn by chance: its title, which says what is wrong, is not shown before the end
        self._online = 0
        self._mood = 0.0
        self._luck = Luck.of(practice.id, seed, practice.minutes)

    def branch(self) -> PracticeLive:
        """This LIVE as it stands, to be played on apart from it."""
        other = copy(self)  # the luck is shared: nothing changes it
        other.rows, other.done, other.warnings = [*self.rows], [*self.done], [*self.warnings]
        other.said = [*self.said]
        return other

    @property
    def minute(self) -> int:
        """The minute that comes next."""
        return len(self.rows)

    @property
    def gmv(self) -> float:
        return sum(row.gmv for row in self.rows)

    @property
    def net(self) -> float:
        """GMV less prizes and ads. Discounts are in the GMV already: it counts what buyers paid."""
        return self.gmv - self.spent

    def do(self, action: Action) -> str | None:
        """Do something at the start of the coming minute; the reason in words when it cannot be done."""
        if self.ended:
            return _("The LIVE is over.")
        why = refused(action, self.minute, self.done, self.pinned, self.practice)
        if why:
            return why
        self.done.append(ActionTaken(self.minute, action, end_of(action, self.minute)))
        if action.kind in ("pin", "unpin"):
            self.pinned, self.pinned_since = action.product if action.kind == "pin" else None, self.minute
        elif action.kind in GIVEAWAYS:
            self.spent += self.practice.prize
        elif action.kind == "ad":
            self.spent += self.practice.ad
        return None

    def stop(self) -> None:
        """End the LIVE early."""
        self.ended = self.ended or "early"

    def step(self, actions: Iterable[Action] = ()) -> Minute:
        """Play one minute. Refused actions are passed over. Raises ValueError when the LIVE is over."""
        if self.ended:
            raise ValueError("the LIVE is over")
        for action in actions:
            self.do(action)
        now = factors(self.practice, self.minute, self.done, self.pinned, self.pinned_since, self.warnings)
        row = self._play(now)
        self.rows.append(row)
        self.said += clues.said(self.practice, self._luck, row.minute, self.done)
        self._warn(now, row.minute)
        if len(self.warnings) >= WARNINGS_END:
            self.ended = "warnings"
        elif self.minute >= self.practice.minutes:
            self.ended = "over"
        return row

    def _play(self, now: Factors) -> Minute:
        at, rates, luck = self.minute, self.practice.rates, self._luck
        swing = {name: values[at] for name, values in luck.swing.items()}
        lift = min(max(1 + self._mood, _FLOOR), _CEILING)
        shown = luck.poisson("shown", at, rates.impressions_per_minute * swing["impressions"] * now.shown * lift)
        entered = luck.binomial("entering", at, shown, rates.err * swing["err"] * now.enter)
        there = self._online + entered
        stay = rates.viewing_seconds / 60  # minutes at the usual stay: a rate per view, spread over them
        leaving = 1 / (1 + stay * now.stay)
        self._online = there - luck.binomial("leaving", at, there, leaving)
        each = 1 / (1 + stay)  # so that, at the usual stay, the parts of all minutes of a view add up to one
        clicks = luck.binomial("clicking", at, there, rates.ctr * swing["ctr"] * now.click * each)
        orders = luck.binomial("ordering", at, clicks, rates.ctor * swing["ctor"] * now.order)
        sold = self._sold(at)
        self._follow_mood(now)
        return Minute(
            minute=at,
            impressions=shown,
            views=entered,
            online=self._online,
            product_impressions=luck.binomial("product_shown", at, there, (0.3 if self.pinned is None else 0.9) * each),
            product_clicks=clicks,
            sku_orders=orders,
            gmv=round(orders * self.practice.products[sold].price * now.price, 2),
            comments=luck.poisson(
                "commenting", at, there * rates.comment_rate * swing["comment_rate"] * now.comment * each
            ),
            new_followers=luck.binomial(
                "following", at, there, rates.follow_rate * swing["follow_rate"] * now.follow * each
            ),
            shares=luck.binomial("sharing", at, there, rates.share_rate * each),
            likes=luck.poisson("liking", at, there * rates.like_rate * each),
            sold=sold,
            pinned=self.pinned,
        )

    def _sold(self, at: int) -> int:
        if self.pinned is not None:
            return self.pinned
        bag = len(self.practice.products)
        return min(bag - 1, int(self._luck.uniform["which"][at] * bag))

    def _follow_mood(self, now: Factors) -> None:
        """The platform sees the room some minutes late."""
        news = (
            _ERR_WEIGHT * (now.enter - 1)
            + _STAY_WEIGHT * (now.stay - 1)
            + _COMMENT_WEIGHT * (min(now.comment, 1.5) - 1)
        )
        self._mood += _LAG * (news - self._mood)

    def _warn(self, now: Factors, at: int) -> None:
        if at in self.practice.violations or self._luck.uniform["warning"][at] < now.warning:
            self.warnings.append(at + 1)
