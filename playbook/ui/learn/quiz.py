"""A lesson's quiz: one form, every kind of question, and the reason for each answer afterwards."""

from __future__ import annotations

import streamlit as st

from playbook.knowledge.lessons import Lesson, MarkDip, NumberAnswer, Order, PickStrategy, Question
from playbook.knowledge.load import Knowledge
from playbook.pipeline import Review
from playbook.training.lessons import Answer, Feedback, Graded, grade, shuffled
from playbook.ui.frame import trainee
from playbook.ui.frame.escape import escape
from playbook.ui.review import minutes

PLACES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
UNITS = {"percent": "Your answer, in %", "seconds": "Your answer, in seconds", "money": "Your answer, in money",
         "number": "Your answer"}  # fmt: skip


def _key(lesson: Lesson, name: str) -> str:
    return f"{name}_{lesson.id}"


def graded(lesson: Lesson) -> Graded | None:
    """How the quiz went on this visit; None before it was handed in, or when it is taken again."""
    found: Graded | None = st.session_state.get(_key(lesson, "graded"))
    return found if found is not None and len(found.feedback) == len(lesson.quiz) else None


def show(lesson: Lesson, knowledge: Knowledge, review: Review) -> None:
    st.header("Quiz", anchor=False)
    done = graded(lesson)
    st.caption(f"{len(lesson.quiz)} questions; {lesson.pass_mark:.0%} right to pass.")
    with st.form(_key(lesson, "quiz"), enter_to_submit=False):
        answers: dict[int, Answer | None] = {}
        for index, question in enumerate(lesson.quiz):
            st.markdown(f"**{index + 1:d}. {escape(question.ask)}**")
            answers[index] = _ask(question, f"q{index}_{_attempt(lesson)}_{lesson.id}", knowledge, review)
            if done is not None:
                _feedback(question, done.feedback[index], knowledge)
        handed_in = st.form_submit_button(
            "Check my answers", type="primary", key=_key(lesson, "check"), disabled=done is not None
        )
    if handed_in and done is None:
        open_ones = [str(index + 1) for index, each in answers.items() if each is None]
        if open_ones:
            st.warning(f"Not answered yet: question {escape(', '.join(open_ones))}. Answer first, then check again.")
            return
        _hand_in(lesson, answers)
        st.rerun()
    if done is not None:
        _outcome(lesson, done)


def _attempt(lesson: Lesson) -> int:
    return int(st.session_state.get(_key(lesson, "attempt"), 0))


def _hand_in(lesson: Lesson, answers: dict[int, Answer | None]) -> None:
    result = grade(lesson, answers)
    st.session_state[_key(lesson, "graded")] = result
    wrong = [index + 1 for index, each in enumerate(result.feedback) if not each.correct]
    trainee.record("lesson", lesson.id, result.score, result.passed, {"wrong": wrong, "questions": len(lesson.quiz)})


def _outcome(lesson: Lesson, done: Graded) -> None:
    right = sum(each.correct for each in done.feedback)
    words = f"{right} of {len(done.feedback)} right."
    with st.container(key="quiz_outcome"):
        if done.passed:
            st.success(words, title="Passed", icon=":material/check_circle:")
        else:
            st.warning(
                f"{words} Read the reasons above and take it again; it comes back tomorrow.", title="Not passed yet",
                icon=":material/replay:",
            )  # fmt: skip
    trainee.keep_progress()
    st.button("Take it again", key=_key(lesson, "again"), icon=":material/replay:", on_click=_again, args=(lesson,))


def _again(lesson: Lesson) -> None:
    st.session_state[_key(lesson, "graded")] = None
    st.session_state[_key(lesson, "attempt")] = _attempt(lesson) + 1


def _feedback(question: Question, feedback: Feedback, knowledge: Knowledge) -> None:
    right = feedback.right
    if isinstance(question, PickStrategy) and right in knowledge.strategies:
        right = knowledge.strategies[right].title
    if feedback.correct:
        st.success(escape(feedback.why), title="Right", icon=":material/check:")
    else:
        title = "Not right" if feedback.answered else "Not answered"
        st.error(escape(f"The answer: {right}. {feedback.why}"), title=title, icon=":material/close:")


def _ask(question: Question, key: str, knowledge: Knowledge, review: Review) -> Answer | None:
    """The widget of a question and what stands in it; None while it is empty."""
    if isinstance(question, NumberAnswer):
        typed = st.number_input(UNITS[question.unit], value=None, key=key, format="%.10g", width=260)
        if typed is None:
            return None
        return float(typed) / 100 if question.unit == "percent" else float(typed)
    if isinstance(question, MarkDip):
        return _marked(question, key, knowledge, review)
    if isinstance(question, Order):
        return _ordered(question, key)
    listed = shuffled(question)

    def title(each: str) -> str:
        return escape(knowledge.strategies[each].title if isinstance(question, PickStrategy) else each)

    kind = "Strategies" if isinstance(question, PickStrategy) else "Answers"
    picked: str | None = st.radio(kind, listed, index=None, key=key, format_func=title, label_visibility="collapsed")
    return picked


def _marked(question: MarkDip, key: str, knowledge: Knowledge, review: Review) -> Answer | None:
    """The stretch marked; None while the slider stands as it was drawn."""
    minutes.trend(review, [question.metric], f"{key}_chart", shaded=False)
    last = int(review.session.duration_minutes or 1)
    label = f"Minutes of the dip in {knowledge.metrics[question.metric].label}"
    start, end = st.slider(label, 0, last, (0, last), key=key, help="Both ends move with the arrow keys too.")
    return None if (start, end) == (0, last) else (float(start), float(end))


def _ordered(question: Order, key: str) -> Answer | None:
    listed = shuffled(question)
    with st.grid(len(listed), min_column_width=170):
        picked = [
            st.selectbox(PLACES[place], listed, index=None, key=f"{key}_{place}", placeholder="Choose")
            for place in range(len(listed))
        ]
    chosen = tuple(each for each in picked if each is not None)
    return chosen if len(chosen) == len(listed) else None
