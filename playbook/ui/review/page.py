"""The review page from top to bottom: sentence, numbers, money, funnel, three worst, what to do, detail."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from playbook import formats
from playbook.advice.recommend import Recommendation, suggestions_for
from playbook.diagnosis.findings import Judgement, Weakness
from playbook.language import _, pgettext
from playbook.pipeline import Review
from playbook.report.charts import review as charts
from playbook.report.words import opening, sentences
from playbook.ui.files import loading
from playbook.ui.frame import shell, state
from playbook.ui.frame.drawing import draw, drawing_of
from playbook.ui.frame.escape import escape
from playbook.ui.strategies import card, change

from . import beside, detail, levels, planned
from .detail import HUES, recent_line

VERDICT_LOOK = {
    "below": ("red", ":material/trending_down:"),
    "above": ("green", ":material/trending_up:"),
    "usual": ("gray", ":material/drag_handle:"),
    "unknown": ("gray", ":material/help:"),
}


def show(review: Review) -> None:
    """Everything about one LIVE. What is missing is said where it would stand."""
    formats.write_for(review.session.currency)
    top(review)
    headline_numbers(review)
    money_and_funnel(review)
    worst(review, lessons=True)
    advice(review)
    detail.downloads(review)
    detail.detail(review)


def top(review: Review) -> None:
    session = review.session
    if session.host:
        st.caption(escape(_("Host {name}", name=session.host)))
    with st.container(key="money_sentence"):
        st.title(opening.headline(review), anchor=False)
    detail.report(review)
    lines = opening.details(review)
    if lines:
        st.markdown(escape(" ".join(lines)))
    levels.show(review)
    planned.show(review)
    first_to_do(review)
    if review.notes:
        with st.expander(_("Before you trust the numbers ({count})", count=len(review.notes)), icon=":material/info:"):
            for note in review.notes:
                st.markdown(f"- {escape(note)}")
    if review.diagnosis.history_sessions < sentences.FIRST_USUAL:
        no_history(review)


def first_to_do(review: Review) -> None:
    """What to do, within the first screen; the cards further down give the reasons and the rest."""
    what, rest = opening.to_do_parts(review)
    if what:
        with st.container(key="to_do"):
            st.markdown(f":material/flag: **{escape(what)}.** {escape(rest)}")


def no_history(review: Review) -> None:
    """How to get a history at once, and strategies for what felt weak meanwhile."""
    with st.container(border=True, key="no_history"):
        st.markdown(_("**Get your history in one step**"))
        st.markdown(
            _(
                "In Seller Center or LIVE Center, export the session list of the **last 28 days** and add that file "
                "above. Every LIVE in it becomes part of your usual; three are enough to start."
            )
        )
        factors = {name: each.label for name, each in review.knowledge.metrics.items() if each.role == "factor"}
        felt = st.pills(
            _("Until then: what felt weak?"), list(factors), format_func=factors.__getitem__, selection_mode="multi",
            key="felt_weak",
        )  # fmt: skip
        for strategy in suggestions_for(felt or [], review.knowledge):
            card.line(strategy)
        routine = review.knowledge.routines.get("after_live")
        if routine:
            with st.expander(_("The routine: {name}", name=escape(routine.label)), icon=":material/checklist:"):
                st.markdown("\n".join(f"- {escape(step.do)}" for step in routine.steps))


def headline_numbers(review: Review) -> None:
    """The four to six numbers a seller chose, each with its usual."""
    chosen = [review.judgements[name] for name in state.settings().headline if name in review.judgements]
    known = [each for each in chosen if each.value is not None]
    with st.container(key="headline"), st.grid(3, min_column_width=160):
        for each in known:
            number(review, each)
    missing = [review.knowledge.metrics[each.metric].label for each in chosen if each.value is None]
    if missing:
        st.caption(_("Not known from this export: {metrics}.", metrics=", ".join(missing)))


def number(review: Review, judgement: Judgement) -> None:
    metric = review.knowledge.metrics[judgement.metric]
    gap = judgement.gap
    st.metric(
        metric.label,
        formats.value_short(judgement.value, metric.shown_as, review.session.currency),
        delta=formats.change(gap) if gap is not None else None,
        delta_color=_delta_colour(judgement),
        delta_description=escape(sentences.against_usual(review, judgement)),
        help=escape(tooltip(review, judgement)),
        delta_arrow="off",  # the sign says it; two tiles and their whole numbers fit beside each other on a phone
        chart_data=recent_line(judgement),
        height="stretch",
    )


def _delta_colour(judgement: Judgement) -> Literal["normal", "off"]:
    """Only what lies outside the usual range is coloured: an arrow inside it would shout about noise."""
    return "normal" if judgement.verdict in ("below", "above") else "off"


def tooltip(review: Review, judgement: Judgement) -> str:
    metric = review.knowledge.metrics[judgement.metric]
    parts = [metric.plain]
    counts = sentences.formula(review, judgement)
    if counts:
        parts.append(_("This LIVE: {counts}.", counts=counts))
    if judgement.low is not None:
        parts.append(_("Your usual range: {range}.", range=sentences.usual_range(review, judgement)))
    if judgement.benchmark is not None:
        said = sentences.market(review, judgement)
        parts.append(f"{said[:1].upper()}{said[1:]}.")
    if judgement.reported is not None and judgement.value is not None:
        printed = sentences.value(review, judgement, judgement.reported)
        if printed != sentences.value(review, judgement):
            parts.append(_("The file prints {value}.", value=printed))
    if judgement.approximate:
        parts.append(_("A count of it is worked out from a printed rate, so this is approximate."))
    return "\n\n".join(parts)


def money_and_funnel(review: Review) -> None:
    leak, funnel = review.diagnosis.leak, drawing_of(review, charts.funnel, shell.ink())
    if leak is None and funnel is None:
        return
    # On a phone the columns stand one under the other: the funnel comes first there.
    left, right = st.columns([2, 3], gap="large") if leak and funnel else (st.container(), st.container())
    if leak:
        with right:
            st.header(_("Where the difference came from"), anchor=False)
            named = review.knowledge.metrics[leak.main.factor].label if leak.main else _("no single step")
            waterfall = drawing_of(review, charts.waterfall, shell.ink())
            if waterfall:
                alt = _("From the usual GMV to this LIVE's, by funnel step; largest: {step}", step=named)
                draw(waterfall, "leak_chart", alt)
            if leak.could_be_noise:
                st.caption(_("The gap as a whole could be chance: LIVEs like this differ by as much."))
            else:
                for each in sentences.largest_what_ifs(review, 1):
                    st.markdown(escape(sentences.what_if_sentence(review, each)))
    if funnel:
        with left:
            st.header(_("Funnel"), anchor=False)
            weak = [review.knowledge.metrics[each.metric].label for each in sentences.below(review)]
            named = ", ".join(weak) or pgettext("weak links of the funnel", "none")
            draw(funnel, "funnel_chart", _("From impressions to orders; weak link: {metrics}", metrics=named))


def worst(review: Review, *, lessons: bool = False) -> None:
    """The worst metrics, a card each; with `lessons` each leads to the lesson about it."""
    found = review.diagnosis.worst
    if not found:
        return
    st.header(opening.worst_title(review), anchor=False)
    with st.grid(len(found), min_column_width=260):
        for each in found:
            with st.container(border=True, height="stretch", key=f"worst_{each.metric}"):
                worst_card(review, each)
                if lessons:
                    lesson_link(review, each.metric)


def lesson_link(review: Review, metric: str) -> None:
    """To the lesson that is about fewest metrics with this one among them: it says most of it."""
    about = [each for each in review.knowledge.lessons.values() if metric in each.teaches]
    if about:
        lesson = min(about, key=lambda each: (len(each.teaches), each.order))
        # The title is too long for a card. The lesson shows this LIVE where it is one of the shop's.
        shell.link("learn.py", _("Lesson about it"), icon=":material/school:", help=lesson.title, lesson=lesson.id,
                   of=review.session.id)  # fmt: skip


def worst_card(review: Review, weakness: Weakness) -> None:
    judgement = review.judgements[weakness.metric]
    metric = review.knowledge.metrics[weakness.metric]
    st.markdown(f"**{metric.label}** · :{HUES[metric.dimension]}[{sentences.dimension(metric.dimension)}]")
    usual = sentences.value(review, judgement, judgement.usual)
    st.metric(metric.label, sentences.value(review, judgement), label_visibility="collapsed",
              delta=judgement.gap and formats.change(judgement.gap), delta_color=_delta_colour(judgement),
              delta_description=escape(_("usual {value}", value=usual)))  # fmt: skip
    chart = drawing_of(review, charts.band, weakness.metric)
    if chart:
        draw(
            chart,
            f"band_{weakness.metric}",
            _(
                "{metric} {value}; usual range {range}",
                metric=metric.label,
                value=sentences.value(review, judgement),
                range=sentences.usual_range(review, judgement),
            ),
        )
    tint, icon = VERDICT_LOOK[judgement.verdict]
    st.markdown(f":{tint}[{icon} **{escape(sentences.status_line(review, judgement, weakness))}**]")
    for line in (sentences.market(review, judgement), sentences.best_line(review, judgement, weakness)):
        if line:
            st.caption(escape(line[:1].upper() + line[1:]))
    beside.offer(review, weakness)


def advice(review: Review) -> None:
    """Recommended strategies, the first step readable without a click."""
    if not review.recommendations:
        if review.diagnosis.history_sessions >= sentences.FIRST_USUAL:
            st.header(_("What to do"), anchor=False)
            st.markdown(escape(sentences.no_advice(review)))
            shell.link("strategies.py", _("Pick one thing to practise"), icon=":material/menu_book:")
        return
    st.header(_("What to do"), anchor=False)
    many = len(review.recommendations)
    with st.grid({1: 1, 2: 2, 4: 2}.get(many, 3), min_column_width=250):
        for each in review.recommendations:
            with st.container(border=True, height="stretch", key=f"recommendation_{each.id}"):
                recommendation(review, each)


def recommendation(review: Review, each: Recommendation) -> None:
    strategy = each.strategy
    st.markdown(f"**{escape(each.title)}**")
    st.caption(escape(each.because))
    label, step = opening.first_step(strategy)
    st.markdown(f"**{escape(label)}:** {escape(step)}")
    st.caption(escape(card.facts_line(strategy, review.knowledge)))
    with st.expander(_("All steps and words to say"), key=f"steps_{each.id}"):
        card.steps(strategy)
        card.words(strategy)
    if loading.is_kept(review.session.id):
        change.offer(strategy)
    card.open_link(strategy)
