"""Fresh cases of questions about counts, shares, and orders."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from playbook import formats
from playbook.knowledge.lessons import Choice, NumberAnswer, Order, Question, ShopSample
from playbook.knowledge.load import Knowledge
from playbook.language import N_, _
from playbook.metrics.chains import funnel
from playbook.pipeline import Review, review
from playbook.report.words import sentences
from playbook.simulation import shops

from .answers import engine_words
from .cases import CUT, IMPRESSIONS, RAISED, SESSIONS, Maker, Posed, factors, made_shop
from .samples import sessions_of

#: What each count is, in words that do not name it.
MEANT = {
    "impressions": N_("How often was the LIVE shown to somebody?"),
    "views": N_("How often did somebody come into the room?"),
    "product_impressions": N_("How often did a product stand on somebody's screen?"),
    "product_clicks": N_("How often did somebody open a product?"),
    "sku_orders": N_("How many orders came, each product of a basket counted?"),
    "new_followers": N_("How many people began to follow?"),
}
#: What is left of the three lowest: far enough apart to be seen in order.
_LOWEST = ((0.22, 0.28), (0.38, 0.44), (0.55, 0.62))
#: Usual shares of views by channel.
_CHANNELS = {"for_you": 0.62, "following": 0.14, "inbox": 0.10, "search": 0.08, "shop": 0.06}


def _count(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    assert isinstance(question, NumberAnswer) and question.check is not None
    found = made_shop(rng, knowledge, {})
    name = str(rng.choice([each for each in MEANT if found.session.counts.get(each) is not None]))
    right = float(found.session.counts[name] or 0.0)
    number = formats.count(right)
    why = _("That is counted under {count}: {number}.", count=knowledge.counts[name].label, number=number)
    update = {
        "ask": _(MEANT[name]), "right": right, "tolerance": 0.005 * right, "why": why,
        "check": question.check.model_copy(update={"count": name}),
    }  # fmt: skip
    return Posed(question.model_copy(update=update), found, "counts")


def _share(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    assert isinstance(question, Choice) and question.check is not None
    name = question.check.name or ""
    usual = _CHANNELS | {name: _CHANNELS.get(name, 0.1)}
    now = dict(usual)
    now[name] *= [float(rng.uniform(*CUT)), 1.0, float(rng.uniform(*RAISED))][int(rng.integers(3))]
    total = sum(now.values())
    sample = ShopSample.model_construct(
        kind="shop", seed=int(rng.integers(2**31)), sessions=SESSIONS, impressions=float(IMPRESSIONS), left={},
        also_in=[], audiences={}, channels={each: [usual[each], now[each] / total] for each in usual},
    )  # fmt: skip
    session, history = sessions_of(sample)
    found = review(session, history, knowledge)
    words = engine_words(question.check, found)
    right = next((each for each in question.choices if each.casefold() == words.casefold()), None)
    mine = next((each for each in found.diagnosis.channels if each.name == name and each.of == "views"), None)
    if right is None or mine is None or mine.low is None or mine.share is None:
        return None
    share, usual_range = formats.percent(mine.share), formats.value_range(mine.low, mine.high, "percent")
    why = _("Its share was {share}; usual is {usual}.", share=share, usual=usual_range)
    return Posed(question.model_copy(update={"right": right, "why": why}), found, "shares")


def _worst_first(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    assert isinstance(question, Order)
    cut = [str(each) for each in rng.permutation(list(shops.RATES))[:3]]
    found = made_shop(rng, knowledge, {name: float(rng.uniform(*_LOWEST[at])) for at, name in enumerate(cut)})
    if [each.metric for each in found.diagnosis.worst] != cut:
        return None
    times = [found.judgements[name].value / found.judgements[name].usual for name in cut]  # type: ignore[operator]
    if sorted(times) != times:
        return None
    right = [knowledge.metrics[name].label for name in cut]
    why = "; ".join(_beside_usual(found, name) for name in cut)
    asked = question.model_copy(update={"right": right, "why": f"{why}."})
    return Posed(asked, found, "numbers", factors(found))


def _beside_usual(found: Review, name: str) -> str:
    """`Comment rate 0.4%, usual 1% to 2%`."""
    judged, metric = found.judgements[name], found.knowledge.metrics[name].label
    value, usual = sentences.value(found, judged), sentences.usual_range(found, judged)
    return _("{metric} {value}, usual {usual}", metric=metric, value=value, usual=usual)


def _steps(question: Question, rng: np.random.Generator, knowledge: Knowledge) -> Posed | None:
    """Of another LIVE, whose export has one count less or all of them."""
    assert isinstance(question, Order)
    whole = made_shop(rng, knowledge, {})
    steps = [each.count for each in funnel(knowledge.metrics) if not each.fine]
    lacks = [None, *steps, "product_impressions"][int(rng.integers(len(steps) + 2))]
    counts = {name: value for name, value in whole.session.counts.items() if name != lacks}
    found = review(replace(whole.session, counts=counts), [], knowledge)
    names = [knowledge.counts[name].label for name in steps if counts.get(name) is not None]
    if len(names) < 3:
        return None
    mixed = ", ".join(sorted(names))
    ask = _("Put these in the order in which people take them: {names}.", names=mixed)
    return Posed(question.model_copy(update={"ask": ask, "right": names}), found)


MAKERS: dict[str, Maker] = {"count": _count, "share": _share, "worst_first": _worst_first, "steps": _steps}
