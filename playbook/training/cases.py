"""A question about one made-up LIVE, and the made-up shop that it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from playbook.knowledge.lessons import Question
from playbook.knowledge.load import Knowledge
from playbook.pipeline import Review, review
from playbook.simulation import shops

SESSIONS, IMPRESSIONS = 10, 120_000
#: What is left of a rate that is cut, and what a raised one comes to.
CUT, RAISED = (0.40, 0.55), (1.8, 2.3)
Show = Literal["nothing", "counts", "numbers", "minutes", "shares"]


@dataclass(frozen=True)
class Posed:
    """A question as it is asked now. `review` is the case it is about, None where it is the lesson's own.

    `show` says what of the case is drawn: its counts, `metrics` beside their usual, `metrics` by minute, or shares.
    """

    question: Question
    review: Review | None = None
    show: Show = "nothing"
    metrics: tuple[str, ...] = ()


Maker = Callable[[Question, np.random.Generator, Knowledge], "Posed | None"]


def made_shop(
    rng: np.random.Generator, knowledge: Knowledge, cut: dict[str, float], also: Sequence[int] = ()
) -> Review:
    """A made-up shop whose last LIVE has the cut, and the earlier ones at the places `also` from the end."""
    cuts = {SESSIONS - 1 - back: cut for back in (0, *also)}
    lives = shops.calm_shop(rng, IMPRESSIONS * rng.uniform(0.7, 1.4), SESSIONS, cuts)
    return review(lives[-1], lives[:-1], knowledge)


def factors(found: Review) -> tuple[str, ...]:
    metrics = found.knowledge.metrics
    return tuple(
        name for name, each in found.judgements.items() if metrics[name].role == "factor" and each.verdict != "unknown"
    )
