"""What a review says in words. Short, in the seller's terms, and never more than the numbers carry."""

from __future__ import annotations

from datetime import datetime, timedelta

from playbook import formats, language
from playbook.diagnosis.findings import Judgement, Lasting, More, Weakness, WhatIf
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _, ngettext, pgettext
from playbook.model.session import ORDERS, Session
from playbook.pipeline import Review

_VERDICTS = {
    "below": N_("below usual"), "usual": N_("as usual"), "above": N_("above usual"), "unknown": N_("cannot tell"),
}  # fmt: skip
#: Earlier sessions from which on a usual is spoken of.
FIRST_USUAL = 3
_DIMENSIONS = {"reach": N_("Reach"), "engage": N_("Engage"), "convert": N_("Convert")}


def verdict(name: str) -> str:
    """`below usual`: a verdict as people read it."""
    return _(_VERDICTS[name])


def dimension(name: str) -> str:
    """`Reach`: one of the three parts of the playbook as people read it."""
    return _(_DIMENSIONS[name])


def when(session: Session) -> str:
    """`Sat, Nov 14, 2026 · 19:02–21:41 · 2 h 39 min`, without clock where the day alone is known."""
    parts = []
    if session.start:
        parts.append(formats.weekday(session.start, year=True))
    if session.start and not session.day_alone:
        clock = f"{session.start:%H:%M}"
        if session.duration_minutes:
            clock += f"–{session.start + timedelta(minutes=session.duration_minutes):%H:%M}"
        parts.append(clock)
    if session.duration_minutes:
        parts.append(formats.seconds(round(session.duration_minutes) * 60))
    return " · ".join(parts) or _("start unknown")


def day(start: datetime | None) -> str:
    """`2 Nov` or `Nov 2`, for a LIVE named in passing."""
    return formats.day(start) if start else _("an earlier LIVE")


def value(review: Review, judgement: Judgement, number: float | None = None) -> str:
    """A metric's value (or another number in its unit) as a person reads it."""
    shown = judgement.value if number is None else number
    metric = review.knowledge.metrics[judgement.metric]
    return formats.value_short(shown, metric.shown_as, review.session.currency)


def against_usual(review: Review, judgement: Judgement) -> str:
    """`usual 8.4%`; of GMV the amount between the two: `Rp 3,5 jt less`, short enough for a tile. Else why not."""
    if judgement.usual is None:
        return short_reason(judgement)
    metric, currency = review.knowledge.metrics[judgement.metric], review.session.currency
    usual = _("usual {value}", value=formats.value_short(judgement.usual, metric.shown_as, currency))
    if judgement.metric != "gmv" or judgement.value is None or judgement.value == judgement.usual:
        return usual
    amount = formats.money_short(abs(judgement.value - judgement.usual), currency)
    if judgement.value < judgement.usual:
        return _("{amount} less", amount=amount)
    return _("{amount} more", amount=amount)


def usual_range(review: Review, judgement: Judgement) -> str:
    metric = review.knowledge.metrics[judgement.metric]
    return formats.value_range(judgement.low, judgement.high, metric.shown_as, review.session.currency)


def market(review: Review, judgement: Judgement) -> str:
    """`market 9.0% (LIVE Dashboard, 2026-11-01), 60% below it`; empty where nobody typed a figure."""
    typed = judgement.benchmark
    if typed is None:
        return ""
    figure, source = value(review, judgement, typed.value), ", ".join(filter(None, (typed.source, typed.date)))
    if judgement.value is None or not typed.value:
        return _("market {value} ({source})", value=figure, source=source)
    apart = judgement.value / typed.value - 1
    if formats.change(apart) == formats.change(0.0):
        return _("market {value} ({source}), the same", value=figure, source=source)
    part = formats.change_size(apart)
    if apart < 0:
        return _("market {value} ({source}), {part} below it", value=figure, source=source, part=part)
    return _("market {value} ({source}), {part} above it", value=figure, source=source, part=part)


def formula(review: Review, judgement: Judgement) -> str:
    """How the value came about, with this LIVE's counts filled in: `4,970 views / 41,234 impressions`."""
    metric = review.knowledge.metrics[judgement.metric]
    if metric.type != "ratio" or judgement.value is None:
        return ""
    sides = []
    for name, number in ((metric.numerator, judgement.numerator), (metric.denominator, judgement.denominator)):
        if name == "hours":
            sides.append(_("{number} hours", number=formats.decimal(number)))
            continue
        count = review.knowledge.counts[counted(review, name)]
        money = count.unit == "money"
        text = formats.money(number, review.session.currency) if money else formats.count(number)
        label = count.label if money else lowered(count.label)
        sides.append(pgettext("one side of a formula", "{number} {count}", number=text, count=label))
    times = f" x {formats.count(metric.times)}" if metric.times != 1 else ""
    return f"{sides[0]} / {sides[1]}{times}"


def counted(review: Review, name: str) -> str:
    """The count that is shown where `name` is meant: orders are those of the kind that the export prints."""
    return ORDERS.get(review.session.orders_kind or "", name) if name == "sku_orders" else name


def what_if_sentence(review: Review, what_if: WhatIf) -> str:
    """`With ERR at your usual 8.4%: 2,300 more entries, about 21 more orders, about $480 more (between $350 and $610).`

    Counted on at this LIVE's own rates; the range is that of the money.
    """
    metric, currency = review.knowledge.metrics[what_if.factor], review.session.currency
    usual = formats.value(what_if.usual, metric.shown_as, currency)
    money = what_if.more[-1]
    first = next((each for each in what_if.more if each.count != "gmv"), None)
    shown = [each for each in (first, what_if.of("sku_orders")) if each is not None and each.amount >= 0.5]
    parts = [_about(each) for each in dict.fromkeys(shown)]
    parts.append(_("about {amount} more", amount=formats.money_short(money.amount, currency)))
    low, high = (formats.money_short(each, currency) for each in (max(money.low, 0.0), money.high))
    said = {"metric": lowered(metric.short), "usual": usual, "gains": ", ".join(parts), "high": high}
    if money.low > 0:
        return _("With {metric} at your usual {usual}: {gains} (between {low} and {high}).", **said, low=low)
    return _("With {metric} at your usual {usual}: {gains} (anything up to {high}).", **said)


def _about(more: More) -> str:
    """`2,300 more entries`, `about 21 more orders`: two digits, as the range allows no more."""
    digits = max(len(f"{more.amount:.0f}") - 2, 0)
    number = round(more.amount, -digits) if digits else round(more.amount)
    count = formats.count(number) if digits else _("about {number}", number=number)
    if more.count == "impressions":
        return ngettext("{count} more impression", "{count} more impressions", number, count=count)
    if more.count == "views":
        return ngettext("{count} more entry", "{count} more entries", number, count=count)
    if more.count == "product_clicks":
        return ngettext("{count} more product click", "{count} more product clicks", number, count=count)
    return ngettext("{count} more order", "{count} more orders", number, count=count)


def largest_what_ifs(review: Review, at_most: int = 2) -> list[WhatIf]:
    """Those that are worth most money, the largest first."""
    return sorted(review.diagnosis.what_ifs, key=lambda each: -each.more[-1].amount)[:at_most]


def lowered(word: str) -> str:
    """Lower case unless a short name; in other languages also a name with a capital further on stays as it is."""
    if language.current() != language.SOURCE and word[1:] != word[1:].lower():
        return word
    return word if word.isupper() or word[1:2].isupper() else word[:1].lower() + word[1:]


def below(review: Review) -> list[Judgement]:
    """Factor metrics below usual, worst first; without those left out by choice."""
    weak = [
        each
        for name, each in review.judgements.items()
        if each.verdict == "below"
        and review.knowledge.metrics[name].role == "factor"
        and name not in review.diagnosis.left_out
    ]
    return sorted(weak, key=lambda each: -(each.log_bayes_factor or 0))


def weak_sentence(review: Review, judgement: Judgement) -> str:
    """`Fewer people came in: ERR 6.1%, your usual range is 7.4–9.6%. Third time in six LIVEs.`"""
    metric = review.knowledge.metrics[judgement.metric]
    place = next((each for each in review.diagnosis.worst if each.metric == judgement.metric), None)
    again = repeated(place) if place else ""
    said = {"less": metric.less, "metric": metric.short, "value": value(review, judgement),
            "range": usual_range(review, judgement)}  # fmt: skip
    if again:
        return _("{less}: {metric} {value}, your usual range is {range}. {again}.", **said, again=again)
    return _("{less}: {metric} {value}, your usual range is {range}.", **said)


_AGAIN = {
    2: N_("Second time in {lives} LIVEs"), 3: N_("Third time in {lives} LIVEs"), 4: N_("Fourth time in {lives} LIVEs"),
    5: N_("Fifth time in {lives} LIVEs"), 6: N_("Sixth time in {lives} LIVEs"),
}  # fmt: skip


def repeated(weakness: Weakness) -> str:
    """`Third time in six LIVEs`, `New in this LIVE`, or nothing."""
    if weakness.status == "repeat":
        times, lives = weakness.weak_in_last_5 + 1, weakness.judged_in_last_5 + 1
        return _(_AGAIN[times], lives=lives)
    return _("New in this LIVE") if weakness.status == "new" else ""


def slide_sentence(review: Review, name: str) -> str:
    """`Comment rate has been sliding: 3.1% over the last five LIVEs, 4.0% before (-22%).`"""
    slide = next(each for each in review.diagnosis.slides if each.metric == name)
    metric: Metric = review.knowledge.metrics[name]
    recent, earlier = (
        formats.value(each, metric.shown_as, review.session.currency) for each in (slide.recent, slide.earlier)
    )
    return _(
        "{metric} has been sliding: {recent} over the last five LIVEs, {earlier} in those before ({change}).",
        metric=metric.label, recent=recent, earlier=earlier, change=formats.change(slide.change),
    )  # fmt: skip


def lasting_sentence(review: Review, lasting: Lasting) -> str:
    """`CTR has been low since 12 Oct: 6.1% over the last 8 LIVEs, 12.0% before (-49%).`"""
    metric = review.knowledge.metrics[lasting.metric]
    recent, earlier = (
        formats.value(each, metric.shown_as, review.session.currency) for each in (lasting.recent, lasting.earlier)
    )
    said = {"metric": metric.label, "day": day(lasting.since), "recent": recent, "lives": lasting.lives,
            "earlier": earlier, "change": formats.change(lasting.change)}  # fmt: skip
    if metric.good == "low":
        return _(
            "{metric} has been high since {day}: {recent} over the last {lives} LIVEs, {earlier} before ({change}).",
            **said,
        )
    return _(
        "{metric} has been low since {day}: {recent} over the last {lives} LIVEs, {earlier} before ({change}).", **said
    )


def accept_label(review: Review, lasting: Lasting) -> str:
    """`6.1% is our usual CTR now`: what the button says that accepts the level."""
    metric = review.knowledge.metrics[lasting.metric]
    level = formats.value(lasting.recent, metric.shown_as, review.session.currency)
    return _("{value} is our usual {metric} now", value=level, metric=metric.short)


def accepted(metric: Metric, since: datetime) -> str:
    """`CTR: your usual is of the LIVEs since 12 Oct.`"""
    return _("{metric}: your usual is of the LIVEs since {day}.", metric=metric.short, day=day(since))


def status_line(review: Review, judgement: Judgement, weakness: Weakness | None) -> str:  # noqa: ARG001
    """What a card says under its chart: the verdict with its history, or the weaker evidence, or why not."""
    if judgement.verdict == "unknown":
        return _("cannot tell: {reason}", reason=judgement.reason) if judgement.reason else _("cannot tell")
    words = verdict(judgement.verdict)
    if judgement.verdict == "below":
        again = repeated(weakness) if weakness else ""
        return f"{words} · {again[:1].lower()}{again[1:]}" if again else words
    if judgement.verdict == "usual" and judgement.usual is not None and judgement.value is not None:
        if judgement.value < judgement.usual:
            words = _("low, inside your range")
        elif judgement.value > judgement.usual:
            words = _("high, inside your range")
    return f"{words} · {judgement.graded[0]}" if judgement.graded else words


def short_reason(judgement: Judgement) -> str:
    """Why something is unknown, without what would be needed: `no usual yet`, `too few to tell`."""
    return (judgement.reason or _("cannot tell")).split(":")[0]


def best_line(review: Review, judgement: Judgement, weakness: Weakness) -> str:
    """`Best: 2 Nov, 10.1%, flagship pinned`; empty when there is no earlier LIVE."""
    best = weakness.best_session
    if best is None:
        return ""
    known = [*best.events[:2], *best.products[:2]]
    said = {"day": day(best.start), "value": value(review, judgement, best.value)}
    if known:
        return _("Best: {day}, {value}, {what}", **said, what=formats.listed(known))
    return _("Best: {day}, {value}", **said)


def no_advice(review: Review) -> str:
    """Why nothing is recommended: nothing was weak, or nothing can be judged yet."""
    if review.diagnosis.history_sessions < FIRST_USUAL:
        return _(
            "Advice needs a usual to compare with. Export the last 28 days and add that file: it brings the history."
        )
    return _("Nothing was weak enough to call for a change. Keep the routine.")


def joined(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`, lower case unless a short name."""
    return formats.listed([lowered(word) for word in words])
