"""LIVEs before and since somebody began to learn: a change that is there is seen, chance is called chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

import playbook
from playbook.model.session import Session
from playbook.simulation.shops import calm_shop
from playbook.training.hosted import changed, hosted

METRICS = playbook.load().metrics


def lives(left: float, seed: int) -> list[Session]:
    cuts = {at: {"ctr": left} for at in range(8, 16)}
    return [replace(each, host="Rani  Putri") for each in calm_shop(np.random.default_rng(seed), 60_000, 16, cuts)]


def began(found: list[Session]) -> date:
    start = found[8].start
    assert start is not None
    return start.date()


def test_a_rate_that_doubled_is_seen_with_its_range() -> None:
    found = lives(2.0, 1)
    ctr = {each.metric: each for each in changed(found, began(found), METRICS)}["ctr"]
    assert ctr.lives == (8, 8) and not ctr.may_be_luck
    assert ctr.low < 1.0 < ctr.high and abs(ctr.change - 1.0) < 0.4


def test_chance_is_called_chance_nineteen_times_of_twenty() -> None:
    told = [each.may_be_luck for seed in range(30) for found in [lives(1.0, seed)]
            for each in changed(found, began(found), METRICS)]  # fmt: skip
    assert np.mean(told) > 0.90


def test_too_few_lives_say_nothing_and_names_are_told_apart() -> None:
    found = lives(1.0, 1)
    assert changed(found[6:], began(found), METRICS) == []
    assert hosted("rani putri", found) == found and hosted("Rani", found) == []
