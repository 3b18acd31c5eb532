"""Plans in moving worlds: what moves, and whose ticks are biased, is as planted."""

from __future__ import annotations

import numpy as np
import pytest

from playbook.simulation.plans import changed_after_a_bad_live, rate_of
from playbook.simulation.worlds.plans import (
    DESIGNS,
    Design,
    Happening,
    SimulatedTrial,
    better_hour,
    one_after_another,
    real_like,
    ticked_when_good,
    tried,
)


def gains(case: SimulatedTrial, plain: SimulatedTrial, metric: str) -> np.ndarray:
    """Each LIVE's rate over that of the same LIVE in the still world."""
    pairs = zip((*case.history, *case.since), (*plain.history, *plain.since), strict=True)
    return np.array([rate_of(one, metric) / rate_of(other, metric) for one, other in pairs])


def test_a_still_world_is_the_one_of_the_older_benchmark() -> None:
    for seed, design in enumerate(DESIGNS):
        case = tried(seed, design, 0.4)
        other = changed_after_a_bad_live(seed, design.before, design.after, 20_000, 0.4, design.alternating)
        assert (case.history, case.since, case.metric, case.ticked) == (
            other.history, other.since, other.metric, other.done,
        )  # fmt: skip


def test_growth_reaches_every_rate_and_a_shock_starts_with_the_plan() -> None:
    design = Design(10, 6)
    plain = tried(3, design, 0.0)
    for name in ("ctr", "like_rate"):
        grown = np.log(gains(tried(3, design, 0.0, Happening(a_live=0.03)), plain, name))
        assert np.polyfit(np.arange(16), grown, 1)[0] == pytest.approx(np.log(1.03), abs=0.004)
        shaken = gains(tried(3, design, 0.0, Happening(shock=0.3)), plain, name)
        assert shaken[:10] == pytest.approx(np.ones(10))
        assert shaken[10:].mean() == pytest.approx(1.3, abs=0.06)


def test_what_grows_alone_leaves_the_other_rates() -> None:
    design = Design(10, 6)
    plain, case = tried(4, design, 0.0), tried(4, design, 0.0, Happening(alone=0.03))
    assert case.metric == plain.metric
    assert gains(case, plain, case.metric)[-1] > 1.3
    assert gains(case, plain, "like_rate").mean() == pytest.approx(1.0, abs=0.05)


def test_the_other_plan_moves_another_rate_in_the_same_lives() -> None:
    design = Design(8, 8, alternating=True)
    on, off = [], []
    for seed in range(15):
        case, plain = tried(seed, design, 0.0, Happening(other=0.4)), tried(seed, design, 0.0)
        assert case.other is not None and case.other != case.metric
        moved = np.log(gains(case, plain, case.other)[8:])
        on.append(moved[::2].mean())
        off.append(moved[1::2].mean())
    assert np.median(on) == pytest.approx(np.log(1.4), abs=0.06)
    assert np.median(off) == pytest.approx(0.0, abs=0.06)


def test_ticks_of_good_lives_are_of_those_above_the_middle() -> None:
    case = ticked_when_good(6, DESIGNS[2])
    rate = {live.id: rate_of(live, case.metric) for live in case.since}
    done = [rate[name] for name, made in case.ticked.items() if made]
    other = [rate[name] for name, made in case.ticked.items() if not made]
    assert len(done) == len(other) == 8
    assert min(done) > max(other)


def test_the_better_hour_is_better_and_is_the_one_with_the_change() -> None:
    logs = []
    for seed in range(20):
        case = better_hour(seed, DESIGNS[2])
        assert all((live.start.hour == 20) == case.ticked[live.id] for live in case.since if live.start)
        late = [np.log(rate_of(live, case.metric)) for live in case.since if case.ticked[live.id]]
        early = [np.log(rate_of(live, case.metric)) for live in case.since if not case.ticked[live.id]]
        logs.append(np.mean(late) - np.mean(early) if late and early else np.nan)
    assert np.nanmean(logs) == pytest.approx(np.log(1.25), abs=0.15)


def test_plans_one_after_another_share_their_lives() -> None:
    first, second = one_after_another(7, 2, 4, [0.4, 0.0], before=9)
    assert second.history[:9] == first.history
    assert second.history[9:] == first.since
    assert [len(first.since), len(second.since)] == [4, 4]


def test_real_like_shops_are_planned_for_too() -> None:
    plain, case = (tried(8, Design(9, 8), effect, shops=real_like) for effect in (0.0, 0.4))
    moved = gains(case, plain, case.metric)
    assert moved[:9] == pytest.approx(np.ones(9))
    assert moved[9:].mean() == pytest.approx(1.4, abs=0.1)
