"""What goes wrong in a practice LIVE, drawn from its luck number: nothing, one thing or two, nobody is told which."""

from __future__ import annotations

import zlib

import numpy as np

from playbook.knowledge.practice import Cause, Fault, Practice, Trouble

#: The second of two begins so many minutes after the first at least, and this many before the end at the latest.
_APART, _BEFORE_END = 8, 20


def drawn(practice: Practice, seed: int) -> Practice:
    """The scenario with the faults of a luck number, and nothing left to draw; as it is where nothing is drawn."""
    if practice.draw is None:
        return practice
    rng = np.random.default_rng([seed, zlib.crc32(practice.id.encode()), 1_000_003])
    faults = [*practice.faults, *_faults(rng, practice, practice.draw)]
    return practice.model_copy(update={"faults": faults, "draw": None})


def _faults(rng: np.random.Generator, practice: Practice, draw: Trouble) -> list[Fault]:
    share = rng.random()
    many = 0 if share < draw.none else 2 if share < draw.none + draw.two else 1
    causes = [each for each in practice.causes if isinstance(each, Cause)]
    start, found = int(rng.integers(draw.starts[0], draw.starts[1] + 1)), list[Fault]()
    for index in rng.permutation(len(causes)):
        cause = causes[int(index)]
        if len(found) == many:
            break
        if any(each.metric == cause.metric for each in found):
            continue  # two causes of one rate could not be told apart
        if found:
            start = min(start + _APART + int(rng.integers(0, 16)), practice.minutes - _BEFORE_END)
        found.append(_fault(rng, cause, start, draw))
    return found


def _fault(rng: np.random.Generator, cause: Cause, start: int, draw: Trouble) -> Fault:
    return Fault.model_construct(
        metric=cause.metric,
        from_minute=start,
        depth=float(rng.uniform(cause.depth[0], cause.depth[1])),
        lasts=int(rng.integers(draw.lasts[0], draw.lasts[1] + 1)),
        mended_by=cause.mended_by,
        says=cause.says,
        comments=cause.comments,
        host=cause.host,
    )
