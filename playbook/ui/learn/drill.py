"""Drills on screen: a LIVE to read, a few questions, the answer with its reason, the next one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import streamlit as st

from playbook import formats
from playbook.advice.grounds import numbers
from playbook.advice.match import match
from playbook.knowledge.load import Knowledge
from playbook.language import N_, _, pgettext
from playbook.report.words import sentences
from playbook.report.words.sentences import lowered
from playbook.store.records import LearningResult
from playbook.training import drills
from playbook.training import walk as walks
from playbook.training.mastery import Mastery, answered, mastery, weights
from playbook.training.walk import walk
from playbook.ui.frame import shop, state, trainee
from playbook.ui.frame.escape import escape
from playbook.ui.review import minutes as minutes_view
from playbook.ui.strategies import card

from . import case

NOTHING_LABEL = N_("Nothing stands out")
#: From this level on the usual range is no longer given: past LIVEs have to do.
WITHOUT_RANGE = 3
BAND = N_("Band: 95% of ordinary LIVEs.")
CLICK = N_("Click a dot to choose it.")
FIRST = N_("Choose what it is first, or that nothing stands out.")
WHICH_DIMENSION = N_("Choose its dimension too.")
WHICH_MINUTES = N_("Move the ends of the slider to the dip too.")
DIMENSIONS = ("reach", "engage", "convert")
OWN_LIVES = 40


@dataclass(frozen=True)
class DrillRun:
    """The drill on screen, which one of this visit it is, how it was answered, and how that was marked.

    Answered and not marked: what is weak was found, and what to try is still asked.
    """

    drill: drills.Drill
    number: int
    marked: drills.Marked | None = None
    tried: drills.Try | None = None
    #: Of the final walk: the LIVEs that are still to come after this one; None for a drill of its own.
    after: tuple[drills.Drill, ...] | None = None


def topic_label(topic: str, knowledge: Knowledge) -> str:
    """`ERR`, `dip in ERR`, `nothing stands out`."""
    name = topic.removeprefix("dip_")
    if name not in knowledge.metrics:
        return _("nothing stands out")
    metric = knowledge.metrics[name].short
    return _("dip in {metric}", metric=metric) if topic.startswith("dip_") else metric


def standing(results: list[LearningResult]) -> Mastery:
    """What the drills done so far say of the person."""
    return mastery([part for each in results if each.kind == "drill" for part in answered(each.item, each.detail)])


def _where_you_stand(now: Mastery, knowledge: Knowledge) -> None:
    """Each topic and step that was asked about, with the level believed and how sure that is."""
    if not now.parts:
        return
    rows = [
        {
            _("About"): _(NOTHING_LABEL) if topic == drills.NOTHING else topic_label(topic, knowledge),
            pgettext("part of an answer", "Step"): _(WORDS[step]) if step in WORDS else step,
            pgettext("of a person who learns", "Level"): f"{belief.mean:.1f}",
            _("Give or take"): f"{belief.sd:.1f}",
            _("Answers"): belief.answers,
        }
        for (topic, step), belief in sorted(now.parts.items(), key=lambda each: each[1].mean)
    ]  # fmt: skip
    with st.expander(_("Where you stand, the weakest first"), icon=":material/monitoring:"):
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="drill_standing", alt=_("Level by topic and step"))


def start(topic: str | None = None) -> None:
    """Ask for another drill; it is drawn when the part is shown."""
    st.session_state[state.DRILL] = None
    st.session_state[state.DRILL_TOPIC] = topic
    st.session_state["learn_tabs"] = "Drills"


def show(knowledge: Knowledge, results: list[LearningResult]) -> None:
    done = [each for each in results if each.kind == "drill"]
    now = standing(results)
    at = now.whole.level
    st.caption(
        _(
            "Level {level} of {highest} · {done} done. The level follows your answers; what you know least comes up "
            "most. What went wrong comes back tomorrow.",
            level=at,
            highest=drills.HIGHEST,
            done=len(done),
        )
    )
    _where_you_stand(now, knowledge)
    running: DrillRun | None = st.session_state[state.DRILL]
    topic = st.session_state[state.DRILL_TOPIC]
    if running is None and topic is None:
        with st.container(horizontal=True):
            st.button(_("Start a drill"), type="primary", key="drill_start", on_click=_begin,
                      args=(knowledge, now, None))  # fmt: skip
            if _own_lives():
                st.button(_("From my own LIVEs"), key="drill_own", on_click=_begin_own, args=(knowledge,))
            st.button(_("Final walk"), key="drill_walk", icon=":material/flag:", on_click=begin_walk, args=(knowledge,),
                      help=_("Two hard LIVEs in a row, read right in every part, without a range."))  # fmt: skip
        if any(each.kind == "walk" and each.passed for each in results):
            st.badge(_("Final walk passed"), icon=":material/check:", color="green")
        message = st.session_state[state.DRILL_MESSAGE]
        if message:
            st.info(escape(message))
        return
    if running is None:
        _begin(knowledge, now, topic)
        running = st.session_state[state.DRILL]
    if running is None:
        st.info(escape(str(st.session_state[state.DRILL_MESSAGE])))
        return
    with st.container(key="drill"):
        one(running, knowledge)


def _begin(knowledge: Knowledge, now: Mastery, topic: str | None) -> None:
    st.session_state[state.DRILL_TOPIC] = None
    try:
        level = now.whole.level if topic is None else now.of(topic).level
        often = weights(now, drills.topics(knowledge))
        made = drills.drill(secrets.randbelow(2**31), level, knowledge, topic, often)
    except drills.NoDrill as error:
        st.session_state[state.DRILL_MESSAGE] = str(error)
        return
    _put(made)


def _put(made: drills.Drill, after: tuple[drills.Drill, ...] | None = None) -> None:
    st.session_state[state.DRILL_COUNT] += 1
    st.session_state[state.DRILL_MESSAGE] = None
    st.session_state[state.DRILL] = DrillRun(made, st.session_state[state.DRILL_COUNT], after=after)


def begin_walk(knowledge: Knowledge) -> None:
    """The first of two LIVEs in a row."""
    st.session_state["learn_tabs"] = "Drills"
    st.session_state[state.DRILL_TOPIC] = None
    try:
        first, *rest = walk(secrets.randbelow(2**31), knowledge)
    except drills.NoDrill as error:
        st.session_state[state.DRILL_MESSAGE] = str(error)
        return
    _put(first, tuple(rest))


def _own_lives() -> int:
    opened, owner = shop.store(), shop.current()
    return len(opened.sessions(owner.id, limit=OWN_LIVES)) if opened and owner else 0


def _begin_own(knowledge: Knowledge) -> None:
    """One of the shop's latest LIVEs that has a single clear answer, in an order that chance decides."""
    opened, owner = shop.store(), shop.current()
    if opened is None or owner is None:
        return
    lives = [each for each in opened.sessions(owner.id, limit=OWN_LIVES) if each.ordinary]
    for index in np.random.default_rng(secrets.randbelow(2**31)).permutation(len(lives))[:12]:
        whole = opened.session(owner.id, lives[int(index)].id)
        made = drills.own_drill(whole, opened.history(owner.id, whole.start), knowledge)
        if made is not None:
            _put(made)
            return
    st.session_state[state.DRILL_MESSAGE] = _(
        "None of your latest LIVEs has a single clear answer yet. It takes about five LIVEs before one, or a trend "
        "file."
    )


def one(running: DrillRun, knowledge: Knowledge) -> None:
    drill, number = running.drill, running.number
    known = running.tried is not None
    if running.after is not None:
        at = walks.LIVES - len(running.after)
        st.caption(_("Final walk, LIVE {at} of {lives}. Every part has to be right.", at=at, lives=walks.LIVES))
    if drill.kind == "dip":
        st.markdown(_("**Is there a dip? In what, and when?** The first 15 to 30 minutes of ERR are a warm-up."))
        _curves(drill, number, shaded=known)
    else:
        st.markdown(_("**Is something weak in this LIVE, or is it an ordinary one?** About one in four is."))
        _numbers(drill, number, known)
    if running.tried is None:
        tried = _form(drill, number, knowledge)
        if tried is not None:
            _answered(running, tried)
    elif running.marked is None:
        strategy = _what_to_try(drill, number, knowledge)
        if strategy is not None:
            _answered(running, replace(running.tried, strategy=strategy))
    else:
        _said(drill, running.tried, running.marked, knowledge)
        _answer(drill, running.tried, running.marked, knowledge)
        _way_on(running, running.marked, knowledge)


def _way_on(running: DrillRun, marked: drills.Marked, knowledge: Knowledge) -> None:
    """The next drill; in a walk the next LIVE as long as all were right, and how it ended."""
    if running.after is None:
        st.button(_("Next drill"), type="primary", key="drill_next", on_click=_next, args=(knowledge,))
    elif marked.passed and running.after:
        st.button(_("Next LIVE"), type="primary", key="drill_next", on_click=_put,
                  args=(running.after[0], running.after[1:]))  # fmt: skip
    else:
        if marked.passed:
            st.success(_("Two LIVEs in a row read right."), title=_("Final walk passed"), icon=":material/flag:")
        else:
            st.warning(_("The walk ends here. Another one is about other LIVEs."), icon=":material/flag:")
        with st.container(horizontal=True):
            st.button(_("Walk again"), key="drill_walk_again", on_click=begin_walk, args=(knowledge,))
            st.button(_("Next drill"), key="drill_next", on_click=_next, args=(knowledge,))


def _answered(running: DrillRun, tried: drills.Try) -> None:
    """Ask on, where there is more to ask; else mark what was answered and keep the result."""
    drill = running.drill
    if tried.strategy is None and drills.asks_what_to_try(drill, tried.metric):
        st.session_state[state.DRILL] = replace(running, tried=tried)
        st.rerun()
    marked = drills.mark(drill, tried)
    st.session_state[state.DRILL] = replace(running, marked=marked, tried=tried)
    trainee.record("drill", drill.topic, marked.score, marked.passed, {"level": drill.level, "parts": marked.parts})
    if running.after is not None and not (marked.passed and running.after):
        right = walks.LIVES - len(running.after) - (not marked.passed)
        trainee.record("walk", walks.ITEM, right / walks.LIVES, marked.passed)
    st.rerun()


def _numbers(drill: drills.Drill, number: int, known: bool) -> None:
    """This LIVE against the usual, without a verdict; at higher levels past LIVEs in place of the range."""
    review, rows, with_range = drill.review, [], known or drill.level < WITHOUT_RANGE
    for name in drill.options:
        judged = review.judgements[name]
        row: dict[str, object] = {
            _("Metric"): review.knowledge.metrics[name].label,
            _("This LIVE"): sentences.value(review, judged),
        }
        if with_range:
            row[_("Usual range")] = sentences.usual_range(review, judged)
        row[pgettext("of a metric", "Usual")] = sentences.value(review, judged, judged.usual)
        rows.append(row)
    st.caption(case.behind(review))
    how_drawn = [_("Dot: this LIVE. Ticks: earlier LIVEs."), *([_(BAND)] if with_range else [])]
    st.caption(" ".join(how_drawn if known else [*how_drawn, _(CLICK)]))
    key = f"drill_strips_{number}_{known}"
    picked = case.strips(review, drill.options, key, with_range=with_range, to_click=not known)
    if picked in drill.options:
        st.session_state[f"drill_metric_{number}"] = picked
    words = _("Metrics of a LIVE beside their usual")
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="drill_numbers", alt=words)


def _curves(drill: drills.Drill, number: int, shaded: bool) -> None:
    metrics = drill.review.knowledge.metrics
    picked = st.multiselect(
        _("Curves"), drill.options, default=list(drill.options[:3]), key=f"drill_curves_{number}", max_selections=4,
        format_func=lambda each: metrics[each].label,
    )  # fmt: skip
    if not shaded:
        st.caption(_("Drag over the first curve to mark a dip."))
    key = f"drill_{number}_{shaded}"
    marked = minutes_view.trend(drill.review, picked, key, shaded=shaded, to_drag=not shaded)
    if not shaded and (span := case.fresh(marked, key)) is not None:
        st.session_state[f"drill_minutes_{number}"] = span


def _form(drill: drills.Drill, number: int, knowledge: Knowledge) -> drills.Try | None:
    """The first questions, the same whatever the answer; None until they are handed in whole."""
    labels = _labels(drill, knowledge)
    with st.form(f"drill_form_{number}", enter_to_submit=False):
        metric = st.selectbox(
            _("What is weak") if drill.kind == "weakness" else _("What dips"), list(labels), index=None,
            format_func=labels.__getitem__, key=f"drill_metric_{number}", placeholder=_("Choose"),
        )  # fmt: skip
        dimension, minutes = None, None
        if drill.kind == "weakness":
            dimension = st.radio(
                _("Its dimension"), DIMENSIONS, index=None, horizontal=True, format_func=sentences.dimension,
                key=f"drill_dimension_{number}",
            )  # fmt: skip
        else:
            last = int(drill.review.session.duration_minutes or 1)
            minutes = st.slider(
                _("Minutes of the dip"), 0, last, (0, last), key=f"drill_minutes_{number}",
                help=_("Leave it when nothing dips. Both ends move with the arrow keys too."),
            )  # fmt: skip
        lacks = FIRST if metric is None else None
        if metric not in (None, drills.NOTHING):
            if drill.kind == "weakness":
                lacks = WHICH_DIMENSION if dimension is None else None
            else:
                lacks = WHICH_MINUTES if minutes == (0, last) else None
        if not st.form_submit_button(_("Check"), type="primary", key=f"drill_check_{number}"):
            return None
        if lacks:
            st.warning(_(lacks))
            return None
    span = (float(minutes[0]), float(minutes[1])) if minutes else None
    return drills.Try(metric, dimension, span)


def _what_to_try(drill: drills.Drill, number: int, knowledge: Knowledge) -> str | None:
    """The second question, once it was seen what is weak; None until it is answered."""
    label = escape(knowledge.metrics[drill.metric or ""].label)
    with st.form(f"drill_strategy_form_{number}", enter_to_submit=False):
        st.markdown(_(":green[:material/check:] **{metric}** it is.", metric=label))
        strategy = st.radio(
            _("What you would try first"), drill.strategies, index=None, key=f"drill_strategy_{number}",
            format_func=lambda each: escape(knowledge.strategies[each].title),
        )  # fmt: skip
        if not st.form_submit_button(_("Check"), type="primary", key=f"drill_check_strategy_{number}"):
            return None
        if strategy is None:
            st.warning(_("Choose one first."))
    return strategy


WORDS = {
    "metric": N_("what it is"), "dimension": N_("its dimension"), "minutes": N_("the minutes"),
    "strategy": N_("what to try"),
}  # fmt: skip


def _labels(drill: drills.Drill, knowledge: Knowledge) -> dict[str, str]:
    return {drills.NOTHING: _(NOTHING_LABEL)} | {each: knowledge.metrics[each].label for each in drill.options}


def _said(drill: drills.Drill, tried: drills.Try, marked: drills.Marked, knowledge: Knowledge) -> None:
    """What was answered, part by part, right or wrong. Fields that were switched off would be drawn empty."""
    start, end = (formats.clock(each) for each in tried.minutes or (None, None))
    minutes = pgettext("minutes of a LIVE", "{start} to {end}", start=start, end=end) if tried.minutes else None
    strategy = knowledge.strategies[tried.strategy].title if tried.strategy else None
    answers = {
        "metric": _labels(drill, knowledge)[tried.metric] if tried.metric else None,
        "dimension": tried.dimension and sentences.dimension(tried.dimension),
        "minutes": minutes,
        "strategy": strategy,
    }
    nothing = _("no answer")
    lines = [
        f"- {':green[:material/check:]' if right else ':red[:material/close:]'} {_(WORDS[name]).capitalize()}: "
        f"**{escape(answers[name] or nothing)}**"
        for name, right in marked.parts.items()
    ]
    with st.container(border=True, key="drill_said"):
        st.markdown(_("Your answer"))
        st.markdown("\n".join(lines))


def _answer(drill: drills.Drill, tried: drills.Try, marked: drills.Marked, knowledge: Knowledge) -> None:
    wrong = [_(WORDS[name]) for name, right in marked.parts.items() if not right]
    with st.container(key="drill_answer"):
        words = solution(drill, knowledge)
        if marked.passed:
            st.success(escape(words), title=pgettext("an answer", "Right"), icon=":material/check:")
        else:
            parts = ", ".join(wrong)
            st.error(escape(words), title=_("Not right: {parts}", parts=parts), icon=":material/close:")
        if tried.strategy and tried.strategy not in drill.right:
            st.markdown(escape(why_not(drill, tried.strategy)))
        for each in sorted(drill.right & set(drill.strategies)):
            card.line(knowledge.strategies[each])


def why_not(drill: drills.Drill, strategy: str) -> str:
    """Why a strategy does not fit this LIVE, by the first of its own conditions that does not hold."""
    review, chosen = drill.review, drill.review.knowledge.strategies[strategy]
    found = match(chosen, review.diagnosis, review.knowledge.metrics)
    if found.deciding is None:
        return _("{strategy}: it fits too, and other things come first here.", strategy=chosen.title)
    line = found.deciding[1]
    asked = lowered(card.condition_words(line.condition, review.knowledge))
    seen = numbers(line, review.knowledge.metrics, review.session.currency)
    return _(
        "{strategy}: it fits when {condition}. Here: {numbers}.",
        strategy=chosen.title, condition=asked, numbers=seen,
    )  # fmt: skip


def _next(knowledge: Knowledge) -> None:
    _begin(knowledge, standing(trainee.results()), None)


def solution(drill: drills.Drill, knowledge: Knowledge) -> str:
    """The answer in a sentence, with the numbers that carry it."""
    if drill.metric is None:
        if drill.kind == "dip":
            return _("Nothing stands out: no stretch lies further below the rest than chance would put it.")
        return _("Nothing stands out: every metric lies inside its usual range. Changing nothing was right.")
    metric = knowledge.metrics[drill.metric]
    if drill.minutes is not None:
        dip = drill.review.diagnosis.dips[0]
        start, end = formats.clock(drill.minutes[0]), formats.clock(drill.minutes[1])
        depth = formats.percent(dip.depth)
        return _(
            "{metric} lost about {part} of itself between {start} and {end}.",
            metric=metric.label, part=depth, start=start, end=end,
        )  # fmt: skip
    judged = drill.review.judgements[drill.metric]
    value, usual = sentences.value(drill.review, judged), sentences.usual_range(drill.review, judged)
    dimension = sentences.dimension(metric.dimension).lower()
    return _(
        "{metric} ({dimension}) was {value}; the usual range is {usual}.",
        metric=metric.label, dimension=dimension, value=value, usual=usual,
    )  # fmt: skip
