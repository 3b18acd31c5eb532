"""A Review as a few lines of plain text for a chat: nothing to render, nothing to unfold."""

from __future__ import annotations

from collections.abc import Iterator

from playbook import formats
from playbook.pipeline import Review
from playbook.plans.plan import Plan
from playbook.report.words import dips, opening, plans, sentences
from playbook.report.words.naming import about, shop_of

#: What one message of a chat takes without being folded.
LONGEST = 700
#: A LIVE's title or a shop's name that is longer is cut.
_NAME = 120


def as_chat(review: Review, plan: Plan | None = None, shop: str = "") -> str:
    """At most LONGEST characters: which LIVE, what happened, what was weak, the deepest dip, what to do, the plan.

    A line that does not fit any more is left out, the first two are cut instead.
    """
    with formats.written_for(review.session.currency):
        first, second, *rest = _lines(review, plan, shop)
    made = [_cut(first, 2 * _NAME), _cut(second, LONGEST // 2)]
    for line in rest:
        if len("\n".join([*made, line])) <= LONGEST:
            made.append(line)
    return "\n".join(made)


def _lines(review: Review, plan: Plan | None, shop: str) -> Iterator[str]:
    """What counts most comes first; each on one line."""
    found = review.diagnosis
    yield about(review.session, shop_of(review.session, shop))
    yield _one(opening.headline(review))
    if opening.sold_line(review):
        yield _one(opening.sold_line(review))
    first = opening.to_do(review)
    yield from ([f"Next: {_one(first)}"] if first else [])
    weak = [each for each in found.worst if review.judgements[each.metric].verdict == "below"]
    for each in weak:
        judged = review.judgements[each.metric]
        again = sentences.repeated(each)
        yield _one(
            f"{review.knowledge.metrics[each.metric].short} {sentences.value(review, judged)}, "
            f"usual {sentences.usual_range(review, judged)}" + (f", {again[:1].lower()}{again[1:]}" if again else "")
        )
    deepest = max(found.dips, key=lambda each: each.depth, default=None)
    if deepest is not None:
        yield _one(dips.dip_line(deepest, review.knowledge.metrics))
    if plan is not None:
        yield _one(f"Planned: {plan.title}, {plans.when_done(plan)}")


def _one(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
