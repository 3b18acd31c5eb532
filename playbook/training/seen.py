"""A picture that answers: a made-up LIVE in which something is to be pointed at, checked by the review."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playbook.knowledge.lessons import See
from playbook.knowledge.load import Knowledge
from playbook.pipeline import Review

from .answers import dips_of, overlap
from .cases import CUT, factors, made_shop
from .lessons import ENOUGH_OF_A_DIP
from .pool import made_room

DRAWS = 40


@dataclass(frozen=True)
class Seen:
    """What is drawn and what is right: `metric` of `options` is weak, or dips in the minutes of `span`."""

    review: Review
    metric: str
    options: tuple[str, ...] = ()
    span: tuple[float, float] | None = None


def picture(see: See, knowledge: Knowledge, seed: int) -> Seen:
    """The picture of a seed. Raises LookupError where no clear one came up."""
    for draw in range(DRAWS):
        rng = np.random.default_rng([seed, draw])
        found = _dip(see, rng, knowledge) if see.kind == "dip" else _weak(see, rng, knowledge)
        if found is not None:
            return found
    raise LookupError(f"no clear picture of {see.metric} came up in {DRAWS} draws")


def _weak(see: See, rng: np.random.Generator, knowledge: Knowledge) -> Seen | None:
    found = made_shop(rng, knowledge, {see.metric: float(rng.uniform(*CUT))})
    options = factors(found)
    below = [each for each in options if found.judgements[each].verdict == "below"]
    return Seen(found, see.metric, options) if below == [see.metric] else None


def _dip(see: See, rng: np.random.Generator, knowledge: Knowledge) -> Seen | None:
    made = made_room(rng, knowledge, see.metric, sudden=False)
    if made is None:
        return None
    dip = dips_of(see.metric, made[0])[0]
    return Seen(made[0], see.metric, span=(dip.start_minute, dip.end_minute))


def pointed_at_metric(seen: Seen, metric: str | None) -> bool:
    return metric == seen.metric


def dragged_over(seen: Seen, span: tuple[float, float] | None) -> bool:
    """Whether the minutes dragged over and the dip share enough of what either covers."""
    return span is not None and seen.span is not None and overlap(span, seen.span) >= ENOUGH_OF_A_DIP
