"""The final walk is not passed by finding nothing."""

from __future__ import annotations

import playbook
from playbook.training import walk as walks
from playbook.training.drills import NOTHING, Try, mark

KNOWLEDGE = playbook.load()


def test_finding_nothing_twice_never_passes() -> None:
    for seed in range(12):
        made = walks.walk(seed, KNOWLEDGE)
        assert len(made) == 2 and {each.level for each in made} == {walks.LEVEL}
        assert not all(mark(each, Try(NOTHING)).passed for each in made)


def test_the_same_seed_gives_the_same_walk() -> None:
    one, other = (walks.walk(5, KNOWLEDGE) for _ in range(2))
    assert [each.review.session.counts for each in one] == [each.review.session.counts for each in other]
