"""How a review opens: what was sold, which step made the difference, what was weak, and what to do first.

All of it speaks of one step: that of the money where money can be split, then the metrics on it. Where money and
metrics point elsewhere a sentence says why.
"""

from __future__ import annotations

from playbook import formats
from playbook.diagnosis.findings import Judgement, Leak
from playbook.knowledge.strategies import Strategy
from playbook.pipeline import Review

from .sentences import FIRST_USUAL, below, joined, lasting_sentence, slide_sentence, weak_sentence

_DIMENSION_HINTS = {
    "reach": "look first at what people see before they enter, and at what keeps them there.",
    "engage": "people came in but took little part; look at what the host asks of them.",
    "convert": "people were there but did not buy; look at pins, bag, price and closing.",
}
_NUMBERS = ("no", "one", "two", "three")


def headline(review: Review) -> str:
    """One sentence: what happened, in money where it is known; what was sold while there is no usual."""
    session, found = review.session, review.diagnosis
    if session.running:
        return "This LIVE was still running when the file was made."
    if found.history_sessions == 0:
        return f"Your first LIVE here {_sold(review)}."
    if found.history_sessions < FIRST_USUAL:
        lives = found.history_sessions + 1
        return f"This LIVE {_sold(review)}. {lives} LIVEs so far: too few to say what is usual for you."
    leak = found.leak
    if leak is None:
        return _without_money(review)
    gap = f"{difference(review, leak)} than"
    if leak.could_be_noise:
        return f"You sold {gap} usual; your LIVEs differ by as much."
    sentence = f"You sold {gap} your usual LIVE of this length."
    if leak.main is None:
        return sentence
    verb = "cost" if leak.gmv < leak.usual_gmv else "brought"
    return f"{sentence} {_step(review, leak.main.factor).capitalize()} {verb} most of it."


def difference(review: Review, leak: Leak) -> str:
    """`Rp 3,5 jt (64%) less`: the amount, its part of the usual, and the direction."""
    amount = formats.money_short(abs(leak.gmv - leak.usual_gmv), review.session.currency)
    part = f" ({formats.change_size(leak.gmv / leak.usual_gmv - 1)})" if leak.usual_gmv else ""
    return f"{amount}{part} {'less' if leak.gmv < leak.usual_gmv else 'more'}"


def details(review: Review) -> list[str]:
    """The evidence under the headline, a handful of short sentences."""
    found = review.diagnosis
    if found.history_sessions == 0:
        return ["There is nothing to compare its numbers with yet."]
    if found.history_sessions < FIRST_USUAL:
        return []
    lines = [each for each in (sold_line(review), money_and_metrics(review)) if each]
    weak = spoken_first(review)
    lines += [weak_sentence(review, each) for each in weak[:2]]
    if not weak and _quiet(review):
        lines.append("No metric fell outside the range of your usual LIVEs.")
    lines += [_story(review, story.metrics) for story in found.stories[:1]]
    lines += [lasting_sentence(review, each) for each in found.lasting[:1]]
    mentioned = {each.metric for each in found.lasting[:1]}
    lines += [slide_sentence(review, each.metric) for each in found.slides if each.metric not in mentioned][:1]
    if found.worst_dimension:
        hint = _DIMENSION_HINTS[found.worst_dimension]
        lines.append(f"All three worst metrics are in {found.worst_dimension.capitalize()}: {hint}")
    return lines


def sold_line(review: Review) -> str:
    """`Rp 1,9 jt in 13 orders; your usual is Rp 5,4 jt.` Empty where GMV cannot be compared."""
    leak = review.diagnosis.leak
    if leak is None:
        return ""
    orders = review.session.orders
    many = "" if orders is None else f" in {_orders(orders)}"
    now, usual = (formats.money_short(each, review.session.currency) for each in (leak.gmv, leak.usual_gmv))
    return f"{now}{many}; your usual is {usual}."


def money_and_metrics(review: Review) -> str:
    """Why the money and the verdicts on metrics point to different steps; empty where they agree."""
    leak, weak = review.diagnosis.leak, below(review)
    if leak is None:
        return ""
    if leak.could_be_noise:
        return _although(review, leak) if weak else ""
    if leak.gmv > leak.usual_gmv:
        return "What was weak cost less than the other steps brought." if weak else ""
    if leak.main is None:
        if weak:
            return "No single step made most of the difference."
        return "No single step fell outside its range: several small differences add up."
    judged = review.judgements.get(leak.main.factor)
    if judged is None or judged.verdict == "below" or _same_step(review, leak.main.factor, weak):
        return ""
    short = review.knowledge.metrics[leak.main.factor].short
    return f"{short} was low but inside its range, so it is not called weak; in money it made the largest difference."


def _although(review: Review, leak: Leak) -> str:
    """Something was weak and sales were not: which step made up for it, where one did."""
    helped = max(leak.parts, key=lambda part: part.amount, default=None)
    if helped is None or helped.amount <= 0:
        return "Sales were still inside what your LIVEs differ by."
    amount = formats.money_short(helped.amount, review.session.currency)
    return f"Sales held all the same: {_step(review, helped.factor)} brought {amount} more than usual."


def _same_step(review: Review, factor: str, weak: list[Judgement]) -> bool:
    same = (factor, *review.knowledge.metrics[factor].answered_under)
    return any(each.metric in same for each in weak)


def spoken_first(review: Review) -> list[Judgement]:
    """Factors below usual, that of the money first, then by evidence."""
    leak = review.diagnosis.leak
    main = leak.main.factor if leak and leak.main and not leak.could_be_noise else None
    return sorted(below(review), key=lambda each: main is None or not _same_step(review, main, [each]))


def to_do(review: Review) -> str:
    """`To do next: ...`, with the first step of it that can be done now; empty where nothing is advised.

    A step that is for a LIVE on air is told for the next one: this one is over. Where no metric was below its usual the
    reason stands beside it, and it is called worth doing.
    """
    if not review.recommendations:
        return ""
    first = review.recommendations[0]
    label, step = first_step(first.strategy)
    step = f"{label}: {step}."
    if any(each.verdict == "below" for each in review.judgements.values()):
        return f"To do next: {first.title}. {step}"
    return f"Worth doing: {first.title}. {first.because} {step}"


def first_step(strategy: Strategy) -> tuple[str, str]:
    """What stands before the step to begin with once the LIVE is over, and that step: never one for the minute."""
    step, now = strategy.next_step
    return ("First step" if now else "First step, in the next LIVE"), step


def worst_title(review: Review) -> str:
    """What stands over the worst metrics, of which there are three at most: they need not all be below usual."""
    verdicts = [review.judgements[each.metric].verdict for each in review.diagnosis.worst]
    many, low = len(verdicts), verdicts.count("below")
    if many == 0:
        return "The worst metrics"
    if low == 0:
        return "The lowest, none below your usual" if many > 1 else "The lowest, not below your usual"
    named = "The worst metric" if many == 1 else f"The {_NUMBERS[many]} worst"
    if low == many:
        return f"{named}, {'' if many == 1 else 'all '}below your usual"
    return f"{named}: {_NUMBERS[low]} below your usual"


def no_worst(review: Review) -> str:
    """Why no metric is among the worst."""
    if not any(each.usual is not None for each in review.judgements.values()):
        return "No metric can be compared yet. Export the last 28 days and add the file: it brings the history."
    return "No metric was on the worse side of its usual."


def _sold(review: Review) -> str:
    """`sold $136.60 in 6 orders over 1 h 35 min`; without GMV what else is known."""
    session = review.session
    gmv, orders, views = session.counts["gmv"], session.orders, session.counts["views"]
    if gmv is not None:
        words = f"sold {formats.money_short(gmv, session.currency)}"
        words += "" if orders is None else f" in {_orders(orders)}"
    elif orders is not None:
        words = f"brought {_orders(orders)}; its file has no GMV"
    else:
        words = f"had {formats.count(views)} views; its file has no GMV" if views is not None else "is here"
    length = session.duration_minutes
    return words + (f" over {formats.seconds(round(length) * 60)}" if length and gmv is not None else "")


def _orders(number: float) -> str:
    return f"{formats.count(number)} {'order' if number == 1 else 'orders'}"


def _step(review: Review, factor: str) -> str:
    return review.knowledge.metrics[factor].step


def _quiet(review: Review) -> bool:
    """Nothing was below its usual, something could be judged, and nothing is advised."""
    verdicts = [each.verdict for each in review.judgements.values()]
    return "below" not in verdicts and set(verdicts) != {"unknown"} and not review.recommendations


def _without_money(review: Review) -> str:
    weak = spoken_first(review)
    if not weak and review.session.counts["gmv"] is not None:
        return f"This LIVE {_sold(review)}."
    if not weak:
        return "Nothing stands out: every rate that could be judged was inside your ordinary range."
    named = joined([review.knowledge.metrics[each.metric].label for each in weak[:3]])
    return f"{named[:1].upper()}{named[1:]} {'was' if len(weak) == 1 else 'were'} below your usual."


def _story(review: Review, metrics: tuple[str, ...]) -> str:
    named = joined([review.knowledge.metrics[each].label for each in metrics])
    return f"{named[:1].upper()}{named[1:]} fell together; that is often one weakness, not {len(metrics)}."
