"""Money: what a what-if promises beside what then happens, the leak beside the cards, and the ranges of its parts.

    python -m benchmarks.judgement.money [--size SHOPS] [--workers N] [--seed S | --held-out]

A step of the last LIVE is cut to half. The what-if of that step promises a GMV; the same LIVE without the cut, its
traffic pulling the rates as it does in that shop, has another: the log of the quotient is zero where the promise is
unbiased. The true part of a step of the leak is its part by the same formula with the rates and usuals of the
simulation, each usual that of this LIVE's traffic, so that impressions carry what traffic does to the rates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.judgement.table import Aim, TableRow, mean, over, run, share
from playbook.diagnosis import diagnose
from playbook.diagnosis.findings import Diagnosis, LeakPart
from playbook.knowledge.load import load
from playbook.pipeline import review
from playbook.report.forms.as_markdown import as_markdown
from playbook.simulation.shops import calm_shop
from playbook.simulation.worlds import ShopCourse, real_shop
from playbook.simulation.worlds.shop import Lived, SimulatedShop

KNOWLEDGE = load()
METRICS = KNOWLEDGE.metrics
#: Steps that are cut, by their name in a shop, with the factor a what-if may stand under.
CUT = {"traffic": ("impressions",), "err": ("err",), "ctr": ("ctr", "product_ctr", "product_impressions_per_view"),
       "ctor": ("ctor",)}  # fmt: skip
UNBIASED = Aim(-0.10, 0.10)
_LEFT = 0.5
_LIVES = 30


def promised(found: Diagnosis, factors: tuple[str, ...], gmv: float) -> float:
    """Log of the GMV with the step at its usual, over the GMV that was; the sum where a step shows as two."""
    more = [each.of("gmv") for each in found.what_ifs if each.factor in factors]
    return float(sum(np.log1p(each.amount / gmv) for each in more if each is not None))


def promise(name: str, kind: str, seed: int, index: int) -> float | None:
    """Log of what was promised over what happens without the cut; None where nothing sold or nothing was promised."""
    lives = []
    for left in (_LEFT, 1.0):
        rng = np.random.default_rng([seed, list(CUT).index(name), index])
        size = float(np.exp(rng.uniform(np.log(15_000), np.log(150_000))))
        if kind == "calm":
            lives.append(calm_shop(rng, 3 * size, _LIVES, {_LIVES - 1: {name: left}}))
        else:
            move = np.where(np.arange(_LIVES) == _LIVES - 1, np.log(left), 0.0)
            lives.append(real_shop(rng, size).lives(rng, ShopCourse(_LIVES, {name: move})))
    cut, whole = lives
    now, then = cut[-1].counts["gmv"] or 0.0, whole[-1].counts["gmv"] or 0.0
    said = promised(diagnose(cut[-1], cut[:-1], METRICS), CUT[name], now) if now else 0.0
    return said - float(np.log(then / now)) if said and then else None


def promises(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    for kind in ("real-like", "calm"):
        for name in CUT:
            if kind == "calm" and name == "traffic":
                continue  # calm shops have no pull of traffic to allow for
            said = over(partial(promise, name, kind, seed), size, workers)
            figure = mean([[each] for each in said if each is not None])
            yield TableRow(
                "C", f"{kind}, {name} halved: promise against what follows (log)", figure, UNBIASED, "number"
            )


#: The chain of the leak, in the numbers of a simulated shop.
CHAIN = ("impressions", "err", "product_impressions_per_view", "product_ctr", "ctor", "gmv_per_order")


def chain_of(number: Mapping[str, float], hours: float) -> np.ndarray:
    return np.array([
        number["traffic"] * hours, number["err"], number["ctr"] / number["product_ctr"], number["product_ctr"],
        number["ctor"], number["basket"],
    ])  # fmt: skip


def true_parts(live: Lived) -> dict[str, float]:
    """Each step's part by the logarithmic mean Divisia index, from the truth."""
    hours = live.session.hours or 0.0
    now = chain_of(live.number, hours)
    # The usual LIVE has the usual traffic, and rates as they are at that traffic; what the traffic of this LIVE did
    # to the rates is the impressions' part, so a rate's own part is against its usual at this traffic.
    usual_here = chain_of(live.usual, hours)
    ratio = np.log(now / usual_here)
    ratio[0] += live.pull
    money_now = now.prod()
    money_usual = money_now / np.exp(ratio.sum())
    total = ratio.sum()
    size = money_now if abs(total) < 1e-9 else (money_now - money_usual) / total
    return dict(zip(CHAIN, size * ratio, strict=True))


@dataclass(frozen=True)
class Split:
    """One LIVE's leak: whether each part's range holds its truth, all at once, and whether cards say otherwise."""

    held: dict[str, bool]
    together: bool
    named: bool | None
    contradicts: bool
    chance: bool
    promised_in_chance: bool


def split(tiny: bool, seed: int, index: int) -> Split | None:
    rng = np.random.default_rng([seed, 90 + tiny, index])
    low, high = (100, 2_000) if tiny else (5_000, 150_000)
    size = float(np.exp(rng.uniform(np.log(low), np.log(high))))
    shop: SimulatedShop = real_shop(rng, size)
    lived = shop.lived(rng, ShopCourse(int(rng.integers(6, 61)) + 1))
    session, history = lived[-1].session, [each.session for each in lived[:-1]]
    told = review(session, history, KNOWLEDGE)
    leak = told.diagnosis.leak
    if leak is None or [each.factor for each in leak.parts] != list(CHAIN):
        return None
    truth = true_parts(lived[-1])
    held = {each.factor: each.low <= truth[each.factor] <= each.high for each in leak.parts}
    together = all(low <= truth[each.factor] <= high for each in leak.parts for low, high in [together_of(each)])
    return Split(
        held,
        together,
        min(truth, key=truth.__getitem__) == named if (named := largest(leak.parts)) else None,
        contradicts(told.diagnosis),
        leak.could_be_noise,
        leak.could_be_noise and (bool(told.to_dict()["what_ifs"])
                                 or " at your usual " in as_markdown(told)),
    )  # fmt: skip


def together_of(part: LeakPart) -> tuple[float, float]:
    """The range that is to hold for all parts at once; the printed one as long as a part has no other."""
    return getattr(part, "joint_low", part.low), getattr(part, "joint_high", part.high)


def largest(parts: tuple[LeakPart, ...]) -> str | None:
    """The step that may be named as the largest leak: it lost most, and surely more than any other."""
    if any("joint_low" not in dir(each) for each in parts):
        return min(parts, key=lambda each: each.amount).factor
    worst = min(parts, key=lambda each: each.amount)
    apart = all(worst.joint_high < each.joint_low for each in parts if each is not worst)  # type: ignore[attr-defined]
    return worst.factor if apart else None


def contradicts(found: Diagnosis) -> bool:
    """Whether a card shows a factor below (above) its usual and the leak says that it brought more (less)."""
    assert found.leak is not None
    for part in found.leak.parts:
        card = found.judgements[part.factor]
        if not card.value or not card.usual or abs(np.log(card.value / card.usual)) < 0.005:
            continue
        if (card.value < card.usual) != (part.amount < 0) and part.amount:
            return True
    return False


def splits(size: int, seed: int, workers: int) -> Iterator[TableRow]:
    found = [each for each in over(partial(split, False, seed), 2 * size, workers) if each is not None]
    yield TableRow(
        "C", "leak and cards contradict each other", share(each.contradicts for each in found), Aim(high=0.0)
    )
    for name in CHAIN:
        held = share(each.held[name] for each in found)
        yield TableRow("C", f"the printed range holds the part of {name}", held, Aim(0.93, 0.97))
    yield TableRow("C", "ranges hold all parts at once", share(each.together for each in found), Aim(low=0.90))
    named = share(each.named for each in found if each.named is not None)
    yield TableRow("C", "the step named as the largest leak is", named)
    said = share(each.promised_in_chance for each in found if each.chance)
    yield TableRow("C", "a gap that could be chance has a what-if in JSON or report", said, Aim(high=0.0))
    tiny = [each for each in over(partial(split, True, seed), size, workers) if each is not None]
    every = mean([[float(held) for held in each.held.values()] for each in tiny])
    yield TableRow("C", "tiny shops: printed ranges hold their parts", every, Aim(0.93, 0.97))
    yield TableRow(
        "C", "tiny shops: ranges hold all parts at once", share(each.together for each in tiny), Aim(low=0.90)
    )


def rows(size: int, seed: int, workers: int = 1) -> Iterator[TableRow]:
    yield from promises(size, seed, workers)
    yield from splits(size, seed, workers)


if __name__ == "__main__":
    run(rows, 150, __doc__)
