"""Plans in worlds that move: growth, shop-wide shocks, people who tick what went well, two changes at once.

A plan is made as in `simulation.plans`: a LIVE is bad, its worst rate is picked. What comes then differs: whatever
moves the rate besides the change is known here, so every "worked" beyond the true `effect` is a false one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from playbook.model.session import Session
from playbook.simulation.plans import rate_of, worst_rate
from playbook.simulation.shops import RATES, restless_shop

from .courses import growth, shock
from .shop import ShopCourse, real_shop

#: A shop's LIVEs with rates of single LIVEs multiplied: the same seed gives the same LIVEs but for that.
Shops = Callable[[int, int, Mapping[int, Mapping[str, float]]], list[Session]]
#: A better hour's rate against the other hour's.
_BETTER = 1.25


@dataclass(frozen=True)
class Design:
    """LIVEs before the plan, LIVEs after, and whether the change is made in every second one only."""

    before: int
    after: int
    alternating: bool = False

    def done(self) -> dict[int, bool]:
        """For each LIVE after the plan, counted from 0 with those before, whether the change is made."""
        return {at: not self.alternating or (at - self.before) % 2 == 0 for at in range(self.before, self.lives)}

    @property
    def lives(self) -> int:
        return self.before + self.after

    def __str__(self) -> str:
        return f"{self.before} before, {self.after} {'alternating' if self.alternating else 'with'}"


#: The designs that are measured.
DESIGNS = (Design(9, 8), Design(20, 8), Design(20, 16, alternating=True), Design(40, 16))


@dataclass(frozen=True)
class SimulatedTrial:
    """One plan. `ticked`: what the seller says of each LIVE since. `effect`: the true one, as a fraction.

    `other`: a second rate that another open plan moves in the same LIVEs, where there is one.
    """

    history: tuple[Session, ...]
    since: tuple[Session, ...]
    metric: str
    ticked: dict[str, bool]
    effect: float
    other: str | None = None


@dataclass(frozen=True)
class Happening:
    """What moves a shop's rates besides the plan's own effect.

    `a_live`: growth of every rate from LIVE to LIVE; `alone`: of the picked rate only. `shock`: every rate is higher
    by this fraction since the plan. `other`: another plan moves another rate by this fraction in the same LIVEs.
    """

    a_live: float = 0.0
    alone: float = 0.0
    shock: float = 0.0
    other: float = 0.0

    def factors(self, design: Design, picked: str) -> list[dict[str, float]]:
        """What every rate of each LIVE is multiplied by."""
        names = tuple(RATES)
        course = growth(design.lives, self.a_live, names).and_also(shock(design.lives, design.before, self.shock).moves)
        if self.alone:
            course = course.and_also(growth(design.lives, self.alone, (picked,)).moves)
        return [{name: float(np.exp(move[at])) for name, move in course.moves.items()} for at in range(design.lives)]


def restless(seed: int, lives: int, factors: Mapping[int, Mapping[str, float]]) -> list[Session]:
    """A restless shop shown 20,000 times an hour."""
    return restless_shop(np.random.default_rng(seed), lives, 20_000, factors)


def real_like(seed: int, lives: int, factors: Mapping[int, Mapping[str, float]]) -> list[Session]:
    """A real-like shop shown 60,000 times an hour."""
    moves = {name: np.log([factors.get(at, {}).get(name, 1.0) for at in range(lives)]) for name in RATES}
    rng = np.random.default_rng(seed)
    return real_shop(rng, 60_000).lives(rng, ShopCourse(lives, moves))


NOTHING = Happening()


def tried(
    seed: int,
    design: Design,
    effect: float,
    what: Happening = NOTHING,
    shops: Shops = restless,
    done: Mapping[int, bool] | None = None,
) -> SimulatedTrial:
    """A shop whose worst rate of the last LIVE before the plan is changed by `effect`, while `what` happens.

    `done` says in which LIVEs, counted from 0 with those before; without it the design does.
    """
    # Which rate is the worst depends on the LIVEs before alone, on which no effect lies.
    before = dict(enumerate(replace(what, alone=0.0).factors(design, "")[: design.before]))
    metric = worst_rate(shops(seed, design.lives, before)[: design.before])
    other = _another(seed, metric) if what.other else None
    factors = what.factors(design, metric)
    done = design.done() if done is None else done
    for at, made in done.items():
        if made:
            factors[at][metric] *= 1 + effect
            if other is not None:
                factors[at][other] *= 1 + what.other
    lives = shops(seed, design.lives, dict(enumerate(factors)))
    return _tried(lives, design, metric, {lives[at].id: made for at, made in done.items()}, effect, other)


def ticked_when_good(seed: int, design: Design, shops: Shops = restless) -> SimulatedTrial:
    """No effect, and "done" is ticked for those LIVEs since in which the rate was above the middle of them."""
    case = tried(seed, design, 0.0, shops=shops)
    rates = [rate_of(live, case.metric) for live in case.since]
    middle = float(np.median(rates))
    good = {live.id: rate > middle for live, rate in zip(case.since, rates, strict=True)}
    return replace(case, ticked=good)


def better_hour(seed: int, design: Design, shops: Shops = restless) -> SimulatedTrial:
    """No effect; LIVEs at 20:00 have the picked rate a quarter higher than those at 11:00, and the change is made in
    every LIVE at 20:00 since and in no other."""
    metric = worst_rate(shops(seed, design.lives, {})[: design.before])
    late = np.random.default_rng([seed, 1]).random(design.lives) < 0.5
    factors = {at: {metric: _BETTER} for at in range(design.lives) if late[at]}
    lives = [
        replace(live, start=live.start.replace(hour=20 if late[at] else 11) if live.start else None)
        for at, live in enumerate(shops(seed, design.lives, factors))
    ]
    return _tried(lives, design, metric, {lives[at].id: bool(late[at]) for at in design.done()}, 0.0, None)


def one_after_another(
    seed: int, plans: int, lives_each: int, effects: Sequence[float], before: int = 20, shops: Shops = restless
) -> list[SimulatedTrial]:
    """Plans of one shop, each after the other, on rates drawn anew; `effects` are theirs. LIVEs of earlier plans are
    history with that plan's change in them."""
    rng = np.random.default_rng([seed, 2])
    names = [str(rng.choice(list(RATES))) for _ in range(plans)]
    factors: dict[int, dict[str, float]] = {}
    for number, (name, effect) in enumerate(zip(names, effects, strict=True)):
        for at in range(before + number * lives_each, before + (number + 1) * lives_each):
            factors[at] = {name: 1 + effect}
    lives = shops(seed, before + plans * lives_each, factors)
    found = []
    for number, (name, effect) in enumerate(zip(names, effects, strict=True)):
        first = before + number * lives_each
        design = Design(first, lives_each)
        done = {live.id: True for live in lives[first : first + lives_each]}
        found.append(_tried(lives[: first + lives_each], design, name, done, effect, None))
    return found


def _another(seed: int, metric: str) -> str:
    return str(np.random.default_rng([seed, 3]).choice([name for name in RATES if name != metric]))


def _tried(
    lives: Sequence[Session], design: Design, metric: str, ticked: dict[str, bool], effect: float, other: str | None
) -> SimulatedTrial:
    return SimulatedTrial(tuple(lives[: design.before]), tuple(lives[design.before :]), metric, ticked, effect, other)
