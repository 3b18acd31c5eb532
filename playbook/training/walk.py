"""The final walk: two LIVEs in a row, hard ones, read right without a range and without help."""

from __future__ import annotations

import numpy as np

from playbook.knowledge.load import Knowledge

from .drills import NOTHING, Drill, drill, topics

#: Levels from 3 on give no range. LIVEs in a row, and what the result is kept under.
LEVEL, LIVES, ITEM = 4, 2, "final"


def walk(seed: int, knowledge: Knowledge) -> tuple[Drill, ...]:
    """The LIVEs of a seed. Something stands out in one of them at least, so that never finding anything fails."""
    made = [drill(seed + at, LEVEL, knowledge) for at in range(LIVES)]
    if all(each.metric is None for each in made):
        rng = np.random.default_rng(seed)
        named = [each for each in topics(knowledge) if each != NOTHING]
        made[int(rng.integers(LIVES))] = drill(seed + LIVES, LEVEL, knowledge, str(rng.choice(named)))
    return tuple(made)
