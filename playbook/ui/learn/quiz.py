"""A lesson's quiz: one question at a time on a fresh case, the reason for its answer at once, then the next."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

import streamlit as st

from playbook.knowledge.lessons import Choice, Lesson, MarkDip, NumberAnswer, Order, PickStrategy, Question
from playbook.knowledge.load import Knowledge
from playbook.language import N_, _, ngettext, pgettext
from playbook.pipeline import Review
from playbook.training.cases import Posed
from playbook.training.lessons import Answer, Feedback, Graded, answer_words, feedback, score, shuffled
from playbook.training.pool import posed
from playbook.ui.frame import trainee
from playbook.ui.frame.escape import escape
from playbook.ui.review import minutes

from . import case

PLACES = (N_("First"), N_("Second"), N_("Third"), N_("Fourth"), N_("Fifth"), N_("Sixth"))
UNITS = {"percent": N_("Your answer, in %"), "seconds": N_("Your answer, in seconds"),
         "money": N_("Your answer, in money"), "number": N_("Your answer")}  # fmt: skip
NOT_ANSWERED = N_("Answer it first, then check.")


@dataclass(frozen=True)
class QuizRun:
    """A quiz being taken: the seed of its cases, the questions posed so far, and how the answered ones went."""

    seed: int
    attempt: int
    posed: tuple[Posed, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    missed: tuple[dict[str, str], ...] = ()


def _key(lesson: Lesson, name: str) -> str:
    return f"{name}_{lesson.id}"


def _run(lesson: Lesson) -> QuizRun:
    found: QuizRun | None = st.session_state.get(_key(lesson, "quiz_run"))
    if found is None or len(found.posed) > len(lesson.quiz):
        found = QuizRun(secrets.randbelow(2**31), 0)
        st.session_state[_key(lesson, "quiz_run")] = found
    return found


def graded(lesson: Lesson) -> Graded | None:
    """How the quiz went on this visit; None before its last question was answered, or when it is taken again."""
    run: QuizRun | None = st.session_state.get(_key(lesson, "quiz_run"))
    return score(lesson, run.feedback) if run and len(run.feedback) == len(lesson.quiz) else None


def show(lesson: Lesson, knowledge: Knowledge, review: Review) -> None:
    st.header(_("Quiz"), anchor=False)
    many = len(lesson.quiz)
    mark = f"{lesson.pass_mark:.0%}"
    st.caption(
        ngettext(
            "{n} question; {part} right to pass. Each time about other LIVEs.",
            "{n} questions; {part} right to pass. Each time about other LIVEs.",
            many, n=many, part=mark,
        )
    )  # fmt: skip
    run = _run(lesson)
    answered = len(run.feedback)
    if answered < len(run.posed) or (not run.posed and many):
        run = _question(lesson, run, answered, knowledge, review)
    elif answered:
        _answered(lesson, run, answered - 1, knowledge, review)
    if answered == many:
        _outcome(lesson, score(lesson, run.feedback))


def _question(lesson: Lesson, run: QuizRun, index: int, knowledge: Knowledge, review: Review) -> QuizRun:
    """The question to be answered now."""
    if index == len(run.posed):
        made = posed(lesson.quiz[index], knowledge, run.seed * 31 + index)
        run = replace(run, posed=(*run.posed, made))
        st.session_state[_key(lesson, "quiz_run")] = run
    now = run.posed[index]
    key = f"q{index}_{run.attempt}_{lesson.id}"
    with st.container(key=_key(lesson, "quiz")):
        _asked(lesson, index, now.question)
        if isinstance(now.question, MarkDip):
            _drag(now.question, key, now.review or review)
        _clicked(now, _case(now, key), key, knowledge)
        with st.form(f"form_{key}", enter_to_submit=False):
            answer = _ask(now.question, key, run.seed, knowledge, now.review or review)
            handed_in = st.form_submit_button(_("Check"), type="primary", key=_key(lesson, "check"))
    if handed_in and answer is None:
        st.warning(_(NOT_ANSWERED))
    elif handed_in and answer is not None:
        _mark(lesson, run, now.question, answer, knowledge)
        st.rerun()
    return run


def _asked(lesson: Lesson, index: int, question: Question) -> None:
    at, ask = index + 1, escape(question.ask)
    st.markdown(_("**{at} of {all}. {question}**", at=at, all=len(lesson.quiz), question=ask))


def _case(now: Posed, key: str) -> str | None:
    """What the question is about; the metric that was clicked just now, where a click answers."""
    if now.review is None:
        return None
    if now.show == "counts":
        case.counts(now.review, key)
    elif now.show == "numbers":
        return case.numbers(now.review, now.metrics, key, to_click=_by_click(now) and not key.startswith("told"))
    elif now.show == "shares":
        case.shares(now.review, key)
    elif now.show == "minutes" and not isinstance(now.question, MarkDip):
        minutes.trend(now.review, list(now.metrics), f"{key}_minutes", shaded=True)
    return None


def _by_click(now: Posed) -> bool:
    check = getattr(now.question, "check", None)
    return isinstance(now.question, Choice) and check is not None and check.about in ("worst", "leak")


def _clicked(now: Posed, metric: str | None, key: str, knowledge: Knowledge) -> None:
    """A click on a dot is the answer of its metric, until another is chosen."""
    if metric is None or not isinstance(now.question, Choice):
        return
    label = knowledge.metrics[metric].label
    if label in now.question.choices:
        st.session_state[key] = label


def _mark(lesson: Lesson, run: QuizRun, question: Question, answer: Answer, knowledge: Knowledge) -> None:
    told = feedback(question, answer)
    run = replace(run, feedback=(*run.feedback, told))
    if not told.correct:
        missed = {
            "ask": question.ask,
            "answer": answer_words(question, answer),
            "right": _right(question, told, knowledge),
        }
        run = replace(run, missed=(*run.missed, missed))
    st.session_state[_key(lesson, "quiz_run")] = run
    if len(run.feedback) == len(lesson.quiz):
        result = score(lesson, run.feedback)
        wrong = [index + 1 for index, each in enumerate(result.feedback) if not each.correct]
        detail = {"wrong": wrong, "questions": len(lesson.quiz), "missed": list(run.missed)}
        trainee.record("lesson", lesson.id, result.score, result.passed, detail)


def _answered(lesson: Lesson, run: QuizRun, index: int, knowledge: Knowledge, review: Review) -> None:
    """The question that was answered last, with its case and its reason, and the way on."""
    now, told = run.posed[index], run.feedback[index]
    with st.container(key=_key(lesson, "quiz_told")):
        _asked(lesson, index, now.question)
        key = f"told{index}_{run.attempt}_{lesson.id}"
        if isinstance(now.question, MarkDip):
            minutes.trend(now.review or review, [now.question.metric], f"{key}_chart", shaded=True)
        else:
            _case(now, key)
        _feedback(now.question, told, knowledge)
        if index + 1 < len(lesson.quiz):
            st.button(_("Next question"), type="primary", key=_key(lesson, "next"), icon=":material/arrow_forward:",
                      on_click=_next, args=(lesson, knowledge))  # fmt: skip


def _next(lesson: Lesson, knowledge: Knowledge) -> None:
    run = _run(lesson)
    index = len(run.posed)
    made = posed(lesson.quiz[index], knowledge, run.seed * 31 + index)
    st.session_state[_key(lesson, "quiz_run")] = replace(run, posed=(*run.posed, made))


def _outcome(lesson: Lesson, done: Graded) -> None:
    right = sum(each.correct for each in done.feedback)
    words = _("{right} of {all} right.", right=right, all=len(done.feedback))
    with st.container(key="quiz_outcome"):
        if done.passed:
            st.success(words, title=_("Passed"), icon=":material/check_circle:")
        else:
            again = _("Take it again about other LIVEs; it comes back tomorrow.")
            st.warning(
                f"{words} {again}", title=_("Not passed yet"), icon=":material/replay:",
            )  # fmt: skip
    trainee.keep_progress()
    st.button(_("Take it again"), key=_key(lesson, "again"), icon=":material/replay:", on_click=_again, args=(lesson,))


def _again(lesson: Lesson) -> None:
    before = _run(lesson)
    st.session_state[_key(lesson, "quiz_run")] = QuizRun(secrets.randbelow(2**31), before.attempt + 1)


def _right(question: Question, told: Feedback, knowledge: Knowledge) -> str:
    """The right answer in words, a strategy by its title."""
    if isinstance(question, PickStrategy) and told.right in knowledge.strategies:
        return knowledge.strategies[told.right].title
    return told.right


def _feedback(question: Question, told: Feedback, knowledge: Knowledge) -> None:
    if told.correct:
        st.success(escape(told.why), title=pgettext("an answer", "Right"), icon=":material/check:")
    else:
        right = _right(question, told, knowledge)
        words = _("The answer: {answer}.", answer=right)
        st.error(escape(f"{words} {told.why}"), title=_("Not right"), icon=":material/close:")


def _ask(question: Question, key: str, seed: int, knowledge: Knowledge, review: Review) -> Answer | None:
    """The widget of a question and what stands in it; None while it is empty."""
    if isinstance(question, NumberAnswer):
        typed = st.number_input(_(UNITS[question.unit]), value=None, key=key, format="%.10g", width=260)
        if typed is None:
            return None
        return float(typed) / 100 if question.unit == "percent" else float(typed)
    if isinstance(question, MarkDip):
        return _marked(question, key, knowledge, review)
    if isinstance(question, Order):
        return _ordered(question, key, seed)
    listed = shuffled(question, str(seed))

    def title(each: str) -> str:
        return escape(knowledge.strategies[each].title if isinstance(question, PickStrategy) else each)

    kind = _("Strategies") if isinstance(question, PickStrategy) else _("Answers")
    picked: str | None = st.radio(kind, listed, index=None, key=key, format_func=title, label_visibility="collapsed")
    return picked


def _drag(question: MarkDip, key: str, review: Review) -> None:
    """The curve to drag over; what was dragged over stands in the slider."""
    st.caption(_("Drag over the curve, or move the ends of the slider."))
    marked = minutes.trend(review, [question.metric], f"{key}_chart", shaded=False, to_drag=True)
    if (span := case.fresh(marked, f"{key}_chart")) is not None:
        st.session_state[key] = span


def _marked(question: MarkDip, key: str, knowledge: Knowledge, review: Review) -> Answer | None:
    """The stretch marked; None while the slider stands as it was drawn."""
    last = int(review.session.duration_minutes or 1)
    label = _("Minutes of the dip in {metric}", metric=knowledge.metrics[question.metric].label)
    start, end = st.slider(label, 0, last, (0, last), key=key, help=_("Both ends move with the arrow keys too."))
    return None if (start, end) == (0, last) else (float(start), float(end))


def _ordered(question: Order, key: str, seed: int) -> Answer | None:
    listed = shuffled(question, str(seed))
    with st.grid(len(listed), min_column_width=170):
        picked = [
            st.selectbox(_(PLACES[place]), listed, index=None, key=f"{key}_{place}", placeholder=_("Choose"))
            for place in range(len(listed))
        ]
    chosen = tuple(each for each in picked if each is not None)
    return chosen if len(chosen) == len(listed) else None
