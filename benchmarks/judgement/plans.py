"""Did it work? False "worked" when the world moves, power, and whether the size that is shown is the true one.

    python -m benchmarks.judgement.plans [--size SHOPS] [--workers N] [--seed S | --held-out]

Restless shops of `benchmarks/outcomes.py` in four designs: 9 LIVEs before and 8 with the change, 20 and 8, 20 and 16
alternating, 40 and 16; real-like shops besides. The best possible power is that of a test that knows every variance
and correlation of the shop and judges once, at the same chance of a false "worked".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np

from benchmarks.judgement import best
from benchmarks.judgement.table import Aim, Figure, TableRow, mean, over, quotient, run, share
from playbook.knowledge.load import load
from playbook.plans.draw import Draw
from playbook.plans.effect import Moved
from playbook.plans.evidence import confirmed
from playbook.plans.outcomes import PlanOutcome, judge_plan
from playbook.plans.plan import Plan, plan_for, with_draw
from playbook.simulation.worlds.plans import (
    DESIGNS,
    Design,
    Happening,
    SimulatedTrial,
    better_hour,
    one_after_another,
    real_like,
    restless,
    ticked_when_good,
    tried,
)

KNOWLEDGE = load()
NOW = datetime(2026, 11, 1, 12, 0)
SHOPS = {"restless": restless, "real-like": real_like}
#: Power at +40 % to be reached, design by design.
POWER = (0.40, 0.48, 0.70, 0.60)
#: What moves besides the plan, and how often "worked" may then be said of nothing.
MOVING: tuple[tuple[str, Happening, float | None], ...] = (
    ("nothing moves", Happening(), 0.05),
    ("all rates grow 1 % a LIVE", Happening(a_live=0.01), 0.05),
    ("all rates grow 2 % a LIVE", Happening(a_live=0.02), 0.05),
    ("all rates grow 3 % a LIVE", Happening(a_live=0.03), None),
    ("the picked rate alone grows 1 % a LIVE", Happening(alone=0.01), 0.05),
    ("the picked rate alone grows 2 % a LIVE", Happening(alone=0.02), 0.05),
    ("all rates rise by 15 %", Happening(shock=0.15), 0.08),
    ("all rates rise by 30 %", Happening(shock=0.30), 0.12),
    ("all rates rise by 60 %", Happening(shock=0.60), None),
)
#: True effects of plans where the size shown is judged: half do nothing, the others raise the log by N(.15, .15).
_EFFECTIVE, _MIDDLE, _SPREAD = 0.5, 0.15, 0.15


def plan_of(case: SimulatedTrial) -> Plan:
    """The plan that a strategy watching the picked rate makes after the bad LIVE."""
    fitting = next(each for each in KNOWLEDGE.strategies.values() if each.watch.metric == case.metric)
    return replace(plan_for(fitting, case.history, KNOWLEDGE.metrics, NOW), status="open")


def judged(case: SimulatedTrial, draw: Draw | None = None, moved: Moved | None = None) -> PlanOutcome:
    """The verdict as the app gives it: the one place that knows how a plan is handed to it.

    What the seller ticked is handed over, and the draw where there is one. `moved`: what other plans moved by LIVE; of
    `case.other` it is known.
    """
    plan = plan_of(case)
    if draw is not None:
        plan = replace(plan, alternate=True, draw=draw)
    if moved is None:
        moved = {live: {case.other} for live, made in case.ticked.items() if made and case.other is not None}
    return judge_plan(plan, case.since, case.history, case.ticked, KNOWLEDGE.metrics, moved)


def draw_for(case: SimulatedTrial) -> Draw:
    """The draw that the app makes when the plan is chosen on the evening of the bad LIVE."""
    start = case.history[-1].start
    assert start is not None
    draw = with_draw(plan_of(case), case.history, start).draw
    assert draw is not None
    return draw


def worked_as_drawn(effect: float, what: Happening, shops: str, seed: int, index: int) -> bool:
    """Twenty LIVEs before and sixteen after, the change made in those that the app draws."""
    design, number = DESIGNS[2], seed * 100_000 + index
    draw = draw_for(tried(number, design, 0.0, what, SHOPS[shops]))
    starts = [live.start for live in tried(number, design, 0.0, what, SHOPS[shops]).since]
    done = {at: each is not None and draw.on(each) for at, each in enumerate(starts, design.before)}
    return judged(tried(number, design, effect, what, SHOPS[shops], done), draw).verdict == "worked"


def drawn_ones(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    """The same worlds where the app draws which LIVEs have the change."""
    for words, what, most in MOVING:
        found = share(over(partial(worked_as_drawn, 0.0, what, "restless", seed), size, workers))
        yield TableRow("D", f'{words}, 20 before, 16 drawn: "worked" is said of nothing', found, Aim(high=most))
    found = share(over(partial(worked_as_drawn, 0.0, Happening(), "real-like", seed), size, workers))
    yield TableRow(
        "D", 'real-like, nothing moves, 20 before, 16 drawn: "worked" is said of nothing', found, Aim(high=0.05)
    )
    for shops in SHOPS:
        found = share(over(partial(worked_as_drawn, 0.4, Happening(), shops, seed), size, workers))
        yield TableRow("D", f'{shops}, true +40 %, 20 before, 16 drawn: "worked"', found, Aim(low=POWER[2]))


def worked(design: Design, effect: float, what: Happening, shops: str, seed: int, index: int) -> bool:
    return judged(tried(seed * 100_000 + index, design, effect, what, SHOPS[shops])).verdict == "worked"


def drift_and_shocks(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    for words, what, most in MOVING:
        for design in DESIGNS:
            found = share(over(partial(worked, design, 0.0, what, "restless", seed), size, workers))
            yield TableRow("D", f'{words}, {design}: "worked" is said of nothing', found, Aim(high=most))


def best_of(design: Design, seed: int, index: int) -> float:
    return best.power(design, 0.4, seed * 100_000 + index)


def power(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    for at, design in enumerate(DESIGNS):
        found = share(over(partial(worked, design, 0.4, Happening(), "restless", seed), size, workers))
        yield TableRow("D", f'true +40 %, {design}: "worked"', found, Aim(low=POWER[at]))
        most = mean([[each] for each in over(partial(best_of, design, seed), size, workers)])
        yield TableRow("D", f"true +40 %, {design}: the best possible", most)
        yield TableRow("D", f'true +40 %, {design}: "worked" as a share of it', quotient(found, most.value))


def real_ones(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    for words, what in (("nothing moves", Happening()), ("all rates rise by 30 %", Happening(shock=0.3))):
        for design in DESIGNS:
            found = share(over(partial(worked, design, 0.0, what, "real-like", seed), size, workers))
            aim = Aim(high=0.05 if what == Happening() else 0.12)
            yield TableRow("D", f'real-like, {words}, {design}: "worked" is said of nothing', found, aim)
    for design in DESIGNS:
        found = share(over(partial(worked, design, 0.4, Happening(), "real-like", seed), size, workers))
        yield TableRow("D", f'real-like, true +40 %, {design}: "worked"', found)


def biased(kind: str, seed: int, index: int) -> bool:
    make = {"good": ticked_when_good, "hour": better_hour}[kind]
    case = make(seed * 100_000 + index, DESIGNS[2])
    return judged(case, draw_for(case)).verdict == "worked"


def another(seed: int, index: int) -> bool:
    case = tried(seed * 100_000 + index, DESIGNS[1], 0.0, Happening(other=0.4 if index % 2 else -0.3))
    return judged(case).verdict == "worked"


def operators(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    for kind, words in (("good", '"done" is ticked for good LIVEs only'), ("hour", "always at the better hour")):
        found = share(over(partial(biased, kind, seed), size, workers))
        yield TableRow("D", f'{words}: "worked" is said of nothing', found, Aim(high=0.05))
    found = share(over(partial(another, seed), size, workers))
    yield TableRow("D", 'another open plan moves a control: "worked" is said of nothing', found, Aim(high=0.05))


def shown(seed: int, index: int) -> tuple[float, float, float | None, bool] | None:
    """Given "worked": log of the true size, of the raw one, of the shrunk one; whether the range held. Else None."""
    rng = np.random.default_rng([seed, 80, index])
    log = rng.normal(_MIDDLE, _SPREAD) if rng.random() < _EFFECTIVE else 0.0
    design = DESIGNS[int(rng.integers(0, len(DESIGNS)))]
    found = judged(tried(seed * 100_000 + 50_000 + index, design, float(np.expm1(log))))
    if found.verdict != "worked" or found.low is None or found.high is None or found.change is None:
        return None
    shrunk = getattr(found, "shrunk", None)
    low, high = (getattr(found, f"shrunk_{end}", getattr(found, end)) for end in ("low", "high"))
    held = low <= np.expm1(log) <= high
    return log, float(np.log1p(found.change)), None if shrunk is None else float(np.log1p(shrunk)), bool(held)


def sizes(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    told = [each for each in over(partial(shown, seed), 4 * size, workers) if each is not None]
    yield TableRow("D", 'effects of a known prior: the range holds the true one, given "worked"',
              share(each[3] for each in told), Aim(0.93, 0.97))  # fmt: skip
    yield TableRow("D", 'the same: raw size less the true one (log), given "worked"',
              mean([[each[1] - each[0]] for each in told]), unit="number")  # fmt: skip
    shrunk = mean([[each[2] - each[0]] for each in told if each[2] is not None])
    yield TableRow(
        "D", 'the same: shrunk size less the true one (log), given "worked"', shrunk, Aim(-0.03, 0.03), "number"
    )


def several(seed: int, index: int) -> tuple[int, int]:
    """Of six plans of one shop, two of which raise their rate by 40 %: how many hold, and how many falsely."""
    rng = np.random.default_rng([seed, 81, index])
    effects = rng.permutation([0.4, 0.4, 0.0, 0.0, 0.0, 0.0]).tolist()
    cases = one_after_another(seed * 100_000 + index, 6, 8, effects)
    outcomes = [judged(case, moved=moved_by_others(case, cases)) for case in cases]
    hold = confirmed(outcomes)
    said = [case.effect for case, outcome in zip(cases, outcomes, strict=True) if outcome.plan in hold]
    return len(said), sum(effect == 0 for effect in said)


def moved_by_others(case: SimulatedTrial, cases: list[SimulatedTrial]) -> dict[str, set[str]]:
    """What the other plans of a shop moved, by LIVE."""
    moved: dict[str, set[str]] = {}
    for other in cases:
        for live, made in other.ticked.items():
            if made and other is not case:
                moved.setdefault(live, set()).add(other.metric)
    return moved


def discoveries(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    found = over(partial(several, seed), size, workers)
    groups = [[1.0] * false + [0.0] * (said - false) for said, false in found]
    yield TableRow(
        "D", 'of six plans of a shop, two of them good: false ones among "worked"', mean(groups), Aim(high=0.10)
    )
    yield TableRow("D", "the same: good ones found", _per(found))


def _per(found: list[tuple[int, int]]) -> Figure:
    return mean([[(said - false) / 2] for said, false in found])


def rows(size: int, seed: int, workers: int = 1) -> Iterator[TableRow]:
    for part in (drift_and_shocks, power, drawn_ones, real_ones, operators, sizes, discoveries):
        yield from part(size, seed, workers)


if __name__ == "__main__":
    run(rows, 200, __doc__)
