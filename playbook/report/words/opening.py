"""How a review opens: what was sold, which step made the difference, what was weak, and what to do first.

All of it speaks of one step: that of the money where money can be split, then the metrics on it. Where money and
metrics point elsewhere a sentence says why.
"""

from __future__ import annotations

from playbook import formats
from playbook.diagnosis.findings import Judgement, Leak
from playbook.knowledge.strategies import Strategy
from playbook.language import N_, _, ngettext
from playbook.pipeline import Review

from .sentences import FIRST_USUAL, below, joined, lasting_sentence, slide_sentence, weak_sentence

_ALL_IN_ONE = {
    "reach": N_(
        "All three worst metrics are in Reach: look first at what people see before they enter, and at what keeps them "
        "there."
    ),
    "engage": N_(
        "All three worst metrics are in Engage: people came in but took little part; look at what the host asks of "
        "them."
    ),
    "convert": N_(
        "All three worst metrics are in Convert: people were there but did not buy; look at pins, bag, price and "
        "closing."
    ),
}
#: By how many metrics are shown, and how many of them are below usual.
_WORST = {
    (1, 1): N_("The worst metric, below your usual"),
    (2, 1): N_("The two worst: one below your usual"), (2, 2): N_("The two worst, all below your usual"),
    (3, 1): N_("The three worst: one below your usual"), (3, 2): N_("The three worst: two below your usual"),
    (3, 3): N_("The three worst, all below your usual"),
}  # fmt: skip
#: By what is known of it: GMV, orders, length, views.
_FIRST = {
    "gol": N_("Your first LIVE here sold {gmv} in {orders} over {length}."),
    "go": N_("Your first LIVE here sold {gmv} in {orders}."),
    "gl": N_("Your first LIVE here sold {gmv} over {length}."),
    "g": N_("Your first LIVE here sold {gmv}."),
    "o": N_("Your first LIVE here brought {orders}; its file has no GMV."),
    "v": N_("Your first LIVE here had {views} views; its file has no GMV."),
    "": N_("Your first LIVE here is here."),
}
_THIS = {
    "gol": N_("This LIVE sold {gmv} in {orders} over {length}."),
    "go": N_("This LIVE sold {gmv} in {orders}."),
    "gl": N_("This LIVE sold {gmv} over {length}."),
    "g": N_("This LIVE sold {gmv}."),
    "o": N_("This LIVE brought {orders}; its file has no GMV."),
    "v": N_("This LIVE had {views} views; its file has no GMV."),
    "": N_("This LIVE is here."),
}


def headline(review: Review) -> str:
    """One sentence: what happened, in money where it is known; what was sold while there is no usual."""
    session, found = review.session, review.diagnosis
    if session.running:
        return _("This LIVE was still running when the file was made.")
    if found.history_sessions == 0:
        return _sold(review, _FIRST)
    if found.history_sessions < FIRST_USUAL:
        lives = found.history_sessions + 1
        few = _("{lives} LIVEs so far: too few to say what is usual for you.", lives=lives)
        return f"{_sold(review, _THIS)} {few}"
    leak = found.leak
    if leak is None:
        return _without_money(review)
    less, amount = leak.gmv < leak.usual_gmv, _amount(review, leak)
    if leak.could_be_noise and less:
        return _("You sold {amount} less than usual; your LIVEs differ by as much.", amount=amount)
    if leak.could_be_noise:
        return _("You sold {amount} more than usual; your LIVEs differ by as much.", amount=amount)
    if less:
        sentence = _("You sold {amount} less than your usual LIVE of this length.", amount=amount)
    else:
        sentence = _("You sold {amount} more than your usual LIVE of this length.", amount=amount)
    if leak.main is None:
        return sentence
    step = _step(review, leak.main.factor)
    step = f"{step[:1].upper()}{step[1:]}"
    most = _("{step} cost most of it.", step=step) if less else _("{step} brought most of it.", step=step)
    return f"{sentence} {most}"


def _amount(review: Review, leak: Leak) -> str:
    """`Rp 3,5 jt (64%)`: how far from the usual, and which part of it that is."""
    amount = formats.money_short(abs(leak.gmv - leak.usual_gmv), review.session.currency)
    return f"{amount} ({formats.change_size(leak.gmv / leak.usual_gmv - 1)})" if leak.usual_gmv else amount


def details(review: Review) -> list[str]:
    """The evidence under the headline, a handful of short sentences."""
    found = review.diagnosis
    if found.history_sessions == 0:
        return [_("There is nothing to compare its numbers with yet.")]
    if found.history_sessions < FIRST_USUAL:
        return []
    lines = [each for each in (sold_line(review), money_and_metrics(review)) if each]
    weak = spoken_first(review)
    lines += [weak_sentence(review, each) for each in weak[:2]]
    if not weak and _quiet(review):
        lines.append(_("No metric fell outside the range of your usual LIVEs."))
    lines += [_story(review, story.metrics) for story in found.stories[:1]]
    lines += [lasting_sentence(review, each) for each in found.lasting[:1]]
    mentioned = {each.metric for each in found.lasting[:1]}
    lines += [slide_sentence(review, each.metric) for each in found.slides if each.metric not in mentioned][:1]
    if found.worst_dimension:
        lines.append(_(_ALL_IN_ONE[found.worst_dimension]))
    return lines


def sold_line(review: Review) -> str:
    """`Rp 1,9 jt in 13 orders; your usual is Rp 5,4 jt.` Empty where GMV cannot be compared."""
    leak = review.diagnosis.leak
    if leak is None:
        return ""
    orders = review.session.orders
    now, usual = (formats.money_short(each, review.session.currency) for each in (leak.gmv, leak.usual_gmv))
    if orders is None:
        return _("{gmv}; your usual is {usual}.", gmv=now, usual=usual)
    return _("{gmv} in {orders}; your usual is {usual}.", gmv=now, orders=_orders(orders), usual=usual)


def money_and_metrics(review: Review) -> str:
    """Why the money and the verdicts on metrics point to different steps; empty where they agree."""
    leak, weak = review.diagnosis.leak, below(review)
    if leak is None:
        return ""
    if leak.could_be_noise:
        return _although(review, leak) if weak else ""
    if leak.gmv > leak.usual_gmv:
        return _("What was weak cost less than the other steps brought.") if weak else ""
    if leak.main is None:
        if weak:
            return _("No single step made most of the difference.")
        return _("No single step fell outside its range: several small differences add up.")
    judged = review.judgements.get(leak.main.factor)
    if judged is None or judged.verdict == "below" or _same_step(review, leak.main.factor, weak):
        return ""
    short = review.knowledge.metrics[leak.main.factor].short
    return _(
        "{metric} was low but inside its range, so it is not called weak; in money it made the largest difference.",
        metric=short,
    )


def _although(review: Review, leak: Leak) -> str:
    """Something was weak and sales were not: which step made up for it, where one did."""
    helped = max(leak.parts, key=lambda part: part.amount, default=None)
    if helped is None or helped.amount <= 0:
        return _("Sales were still inside what your LIVEs differ by.")
    amount = formats.money_short(helped.amount, review.session.currency)
    step = _step(review, helped.factor)
    return _("Sales held all the same: {step} brought {amount} more than usual.", step=step, amount=amount)


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
    what, rest = to_do_parts(review)
    return f"{what}. {rest}" if what else ""


def to_do_parts(review: Review) -> tuple[str, str]:
    """The same, what is to be done apart from how it begins; both empty where nothing is advised."""
    if not review.recommendations:
        return "", ""
    first = review.recommendations[0]
    step = f"{first_step_line(first.strategy)}."
    if any(each.verdict == "below" for each in review.judgements.values()):
        return _("To do next: {title}", title=first.title), step
    return _("Worth doing: {title}", title=first.title), f"{first.because} {step}"


def first_step(strategy: Strategy) -> tuple[str, str]:
    """What stands before the step to begin with once the LIVE is over, and that step: never one for the minute."""
    step, now = strategy.next_step
    return (_("First step") if now else _("First step, in the next LIVE")), step


def first_step_line(strategy: Strategy) -> str:
    """The same on one line."""
    return ": ".join(first_step(strategy))


def worst_title(review: Review) -> str:
    """What stands over the worst metrics, of which there are three at most: they need not all be below usual."""
    verdicts = [review.judgements[each.metric].verdict for each in review.diagnosis.worst]
    many, low = len(verdicts), verdicts.count("below")
    if many == 0:
        return _("The worst metrics")
    if low == 0:
        return _("The lowest, none below your usual") if many > 1 else _("The lowest, not below your usual")
    return _(_WORST[many, low])


def no_worst(review: Review) -> str:
    """Why no metric is among the worst."""
    if not any(each.usual is not None for each in review.judgements.values()):
        return _("No metric can be compared yet. Export the last 28 days and add the file: it brings the history.")
    return _("No metric was on the worse side of its usual.")


def _sold(review: Review, sentences: dict[str, str]) -> str:
    """`This LIVE sold $136.60 in 6 orders over 1 h 35 min.`; without GMV what else is known."""
    session = review.session
    gmv, orders, views = session.counts["gmv"], session.orders, session.counts["views"]
    length = session.duration_minutes
    if gmv is not None:
        known = f"g{'' if orders is None else 'o'}{'l' if length else ''}"
    else:
        known = "o" if orders is not None else "v" if views is not None else ""
    return _(
        sentences[known],
        gmv=formats.money_short(gmv, session.currency),
        orders="" if orders is None else _orders(orders),
        length=formats.seconds(round(length or 0) * 60),
        views=formats.count(views),
    )


def _orders(number: float) -> str:
    return ngettext("{count} order", "{count} orders", number, count=formats.count(number))


def _step(review: Review, factor: str) -> str:
    return review.knowledge.metrics[factor].step


def _quiet(review: Review) -> bool:
    """Nothing was below its usual, something could be judged, and nothing is advised."""
    verdicts = [each.verdict for each in review.judgements.values()]
    return "below" not in verdicts and set(verdicts) != {"unknown"} and not review.recommendations


def _without_money(review: Review) -> str:
    weak = spoken_first(review)
    if not weak and review.session.counts["gmv"] is not None:
        return _sold(review, _THIS)
    if not weak:
        return _("Nothing stands out: every rate that could be judged was inside your ordinary range.")
    named = joined([review.knowledge.metrics[each.metric].label for each in weak[:3]])
    named = f"{named[:1].upper()}{named[1:]}"
    return ngettext("{metrics} was below your usual.", "{metrics} were below your usual.", len(weak), metrics=named)


def _story(review: Review, metrics: tuple[str, ...]) -> str:
    named = joined([review.knowledge.metrics[each].label for each in metrics])
    named = f"{named[:1].upper()}{named[1:]}"
    return _("{metrics} fell together; that is often one weakness, not {many}.", metrics=named, many=len(metrics))
