"""One lesson as a page: goal, reading, sliders, worked example, tries, quiz, what comes next."""

from __future__ import annotations

import streamlit as st

from playbook import formats
from playbook.knowledge.lessons import Lesson
from playbook.knowledge.load import Knowledge
from playbook.knowledge.metrics import Ratio
from playbook.language import _, ngettext
from playbook.pipeline import Review
from playbook.report.charts import review as charts
from playbook.report.words import sentences
from playbook.training.reading import pieces
from playbook.training.samples import NoSample, sample_review
from playbook.ui.files import loading
from playbook.ui.frame import shell, trainee
from playbook.ui.frame.drawing import draw, drawing_of
from playbook.ui.frame.escape import escape, prose
from playbook.ui.review import detail
from playbook.ui.review import minutes as minutes_view
from playbook.ui.review import page as review_view
from playbook.ui.strategies import card

from . import page, quiz, see

#: Sliders reach this many times the sample's own count, at least as far as these.
REACH, LEAST_TOP = 2.0, 100


def whole(lesson: Lesson, knowledge: Knowledge) -> None:
    """The page of one lesson."""
    shell.link(page.PAGE, _("All lessons"), icon=":material/arrow_back:")
    with st.container(key=f"lesson_{lesson.id}"):
        st.title(escape(lesson.title), anchor=False)
        length = ngettext("about {n} minute", "about {n} minutes", lesson.minutes, n=lesson.minutes)
        st.caption(f"{_(page.LEVELS[lesson.level])} · {length}")
        goal = escape(lesson.goal)
        st.markdown(_(":material/flag: **Afterwards you can:** {goal}", goal=goal))
        trainee.picker()
        _reading(lesson, knowledge)
        try:
            review = sample_review(lesson.sample, knowledge)
        except NoSample as error:
            st.error(escape(str(error)), title=_("This lesson's example cannot be shown"), icon=":material/error:")
            return
        if lesson.feel:
            sliders(lesson, knowledge, review)
        own = _asked_about(lesson)
        example(lesson, review) if own is None else own_example(lesson, own)
        st.header(_("Try it on your own LIVE"), anchor=False)
        if own is None:
            own_live(lesson)
        st.markdown("\n".join(f"- {escape(each)}" for each in lesson.tries))
        links(lesson, knowledge)
        quiz.show(lesson, knowledge, review)
        following(lesson, knowledge)


def _reading(lesson: Lesson, knowledge: Knowledge) -> None:
    """The reading in pieces, a picture to answer after each but the last; what pictures are left stand after it."""
    parts = pieces(lesson.read)
    for place, text in enumerate(parts):
        st.markdown(prose(text), width=720)
        here = lesson.see[place:] if place + 1 == len(parts) else lesson.see[place : place + 1]
        for number, each in enumerate(here, place):
            see.show(each, knowledge, f"see_{lesson.id}_{number}")


def sliders(lesson: Lesson, knowledge: Knowledge, review: Review) -> None:
    """A metric's formula to move with the hand, starting from the sample's own counts."""
    st.header(_("Feel the formula"), anchor=False)
    with st.container(border=True, key="feel"):
        name = st.selectbox(
            _("Metric"), lesson.feel, key="feel_metric", width=320,
            format_func=lambda each: knowledge.metrics[each].label,
        )  # fmt: skip
        metric = knowledge.metrics[name]
        assert isinstance(metric, Ratio)  # the files are checked for it
        above, below = (_slider(each, name, knowledge, review) for each in (metric.numerator, metric.denominator))
        value = above / below * metric.times if below else None
        shown = formats.value(value, metric.shown_as, review.session.currency)
        st.metric(metric.label, shown, help=metric.plain)
        times = f" × {metric.times:,}" if metric.times != 1 else ""
        st.caption(f"{_label(metric.numerator, knowledge)} / {_label(metric.denominator, knowledge)}{times}")
        st.caption(escape(metric.why))


def _label(count: str, knowledge: Knowledge) -> str:
    return _("Hours") if count == "hours" else knowledge.counts[count].label


def _slider(count: str, metric: str, knowledge: Knowledge, review: Review) -> float:
    known = review.session.hours if count == "hours" else review.session.counts.get(count)
    start = float(known or LEAST_TOP / 2)
    if count == "hours":
        start = min(max(round(start * 2) / 2, 0.5), 8.0)
        return float(st.slider(_("Hours"), 0.5, 8.0, start, 0.5, key=f"feel_{metric}_hours"))
    top = max(int(start * REACH), LEAST_TOP)
    step = max(10 ** (len(str(top)) - 3), 1)
    return float(
        st.slider(_label(count, knowledge), 0, top, int(start), step, key=f"feel_{metric}_{count}", format="localized")
    )


def example(lesson: Lesson, review: Review) -> None:
    st.header(_("Look at this one"), anchor=False)
    if lesson.sample.kind != "files":
        what = _("A made-up LIVE.")
    else:
        what = _("One of the sample exports that come with this program.")
    st.caption(f"{what} {escape(_length(review))}")
    st.markdown(prose(lesson.example.text), width=720)
    with st.container(key="example"):
        _drawn(lesson, review)


def _asked_about(lesson: Lesson) -> Review | None:
    """The LIVE of the shop from whose card the lesson was opened."""
    kept, wanted = loading.of_shop(), st.query_params.get("of")
    if kept is None or not any(each.id == wanted for each in kept.sessions):
        return None
    found = kept.review(str(wanted))
    drawable = lesson.example.show != "trend" or found.session.trend is not None
    return found if drawable else None


def own_example(lesson: Lesson, own: Review) -> None:
    """The example drawn of one's own LIVE; what to look for was written of the sample, so it is left out."""
    st.header(_("Look at your own LIVE"), anchor=False)
    st.caption(f"{escape(sentences.when(own.session))}. {escape(_length(own))}")
    with st.container(key="example"):
        _drawn(lesson, own)
    known = [own.judgements[name] for name in lesson.teaches if name in own.judgements]
    with st.grid(3, min_column_width=200):
        for each in known:
            if each.value is not None:
                review_view.number(own, each)
    shell.link(page.PAGE, _("Look at the made-up one instead"), icon=":material/visibility:", lesson=lesson.id)


def _length(review: Review) -> str:
    many, minutes = review.diagnosis.history_sessions, review.session.duration_minutes
    if not minutes:
        return ""
    length = formats.seconds(minutes * 60)
    if not many:
        return f"{length}."
    return ngettext("{length}, {n} LIVE before it.", "{length}, {n} LIVEs before it.", many, length=length, n=many)


def _drawn(lesson: Lesson, review: Review) -> None:
    show = lesson.example.show
    if show == "worst":
        review_view.worst(review)
    elif show == "money":
        review_view.money_and_funnel(review)
    elif show == "funnel":
        chart = drawing_of(review, charts.funnel, shell.ink())
        if chart is not None:
            draw(chart, "example_funnel", _("From impressions to orders, with the rate of each step"))
    elif show == "channels":
        detail.slices(review)
    elif show == "trend":
        hidden = any(each.kind == "dip" for each in lesson.quiz) and not quiz.graded(lesson)
        minutes_view.trend(review, lesson.example.metrics or ["err", "impressions"], "example", shaded=not hidden)
    else:
        names = lesson.example.metrics or [each.metric for each in review.diagnosis.worst]
        known = [review.judgements[name] for name in names if review.judgements[name].value is not None]
        with st.grid(3, min_column_width=200):
            for each in known:
                review_view.number(review, each)


def own_live(lesson: Lesson) -> None:
    """What the lesson is about in the latest LIVE of the shop; nothing while there is none."""
    kept = loading.of_shop()
    if kept is None or not kept.sessions or not lesson.teaches:
        return
    review = kept.latest()
    known = [review.judgements[name] for name in lesson.teaches if name in review.judgements]
    known = [each for each in known if each.value is not None]
    if not known:
        return
    with st.container(border=True, key="own_live"):
        when = escape(sentences.when(review.session))
        st.markdown(_("Your latest LIVE, {when}", when=when))
        with st.grid(3, min_column_width=200):
            for each in known:
                review_view.number(review, each)


def links(lesson: Lesson, knowledge: Knowledge) -> None:
    found = [knowledge.strategies[each] for each in lesson.strategies if each in knowledge.strategies]
    if found:
        with st.expander(_("Strategies that go with it"), icon=":material/menu_book:"):
            for each in found:
                card.line(each)


def following(lesson: Lesson, knowledge: Knowledge) -> None:
    course = list(knowledge.lessons)
    place = course.index(lesson.id) + 1
    if quiz.graded(lesson) and place < len(course):
        after = knowledge.lessons[course[place]]
        page.open_link(after, _("Next lesson: {title}", title=after.title))
