"""The landing of Learn: today's portion first, then the course, drills and people."""

from __future__ import annotations

import streamlit as st

from playbook import formats
from playbook.knowledge.lessons import Lesson
from playbook.knowledge.load import Knowledge
from playbook.language import N_, _, ngettext, pgettext
from playbook.store.access import Role
from playbook.store.records import Assignment, LearningResult
from playbook.training import schedule
from playbook.training.asked import handed_in, still_open
from playbook.ui.frame import rights, shell, shop, trainee
from playbook.ui.frame.escape import escape
from playbook.ui.frame.tabs import tabs

from . import drill, host, people

PAGE = "learn.py"
LEVELS = {"new": N_("First steps"), "growing": N_("Growing"), "seasoned": N_("Seasoned")}
PARTS = (N_("Course"), N_("Drills"), N_("Host"), N_("People"))
WHY = {"assigned": N_("assigned to you"), "again": N_("time to repeat"), "new": N_("next in the course")}


def show(knowledge: Knowledge) -> None:
    st.title(_("Learn"), anchor=False)
    st.markdown(_("Read a LIVE and act on it, before it costs money. Every answer is checked with the same review."))
    trainee.picker()
    trainee.keep_progress()
    results = trainee.results()
    today(knowledge, results)
    parts = [name for name in PARTS if name != "People" or rights.here(Role.coach)]
    for name, tab in zip(parts, tabs(parts, "learn_tabs"), strict=True):
        if tab.open:
            with tab:
                _part(name, knowledge, results)


def _part(name: str, knowledge: Knowledge, results: list[LearningResult]) -> None:
    if name == "Course":
        course(knowledge, results)
    elif name == "Drills":
        drill.show(knowledge, results)
    elif name == "Host":
        host.show(knowledge, results)
    else:
        people.show(knowledge)


def tasks(knowledge: Knowledge, results: list[LearningResult], assigned: list[Assignment]) -> list[schedule.DueTask]:
    """What the current person should do today."""
    asked = [schedule.Asked(each.kind, each.item, each.due) for each in assigned if each.kind != "quota"]
    done = schedule.days(((each.kind, each.item, each.at, each.passed) for each in results), shop.local)
    return schedule.today(done, asked, list(knowledge.lessons.values()), shop.today())


def today(knowledge: Knowledge, results: list[LearningResult]) -> None:
    """At most a quarter of an hour, the most pressing first."""
    asked = _open(results)
    found = [each for each in tasks(knowledge, results, asked) if _offered(each, knowledge)]
    with st.container(border=True, key="today"):
        quotas(asked, results)
        if not found:
            st.markdown(_(":material/task_alt: **Nothing is due today.** A drill keeps the eye sharp."))
            return
        total = round(sum(each.minutes for each in found))
        st.markdown(
            ngettext(
                ":material/today: **Today, about {n} minute**", ":material/today: **Today, about {n} minutes**", total,
                n=total,
            )
        )  # fmt: skip
        for each in found:
            line(each, knowledge)


def _open(results: list[LearningResult]) -> list[Assignment]:
    """What was assigned to the current person and is not done yet."""
    opened, who = shop.store(), trainee.current()
    return still_open(opened.assignments(who.shop_id, who.id), results) if opened and who else []


def quotas(asked: list[Assignment], results: list[LearningResult]) -> None:
    """What is asked for by number: how far it is."""
    for each in asked:
        if each.kind != "quota":
            continue
        day = formats.day(each.due) if each.due else None
        by = _("assigned to you, by {day}", day=day) if day else _("assigned to you")
        what, done = _(people.QUOTAS[each.item]), handed_in(each, results)
        words = _("{what}: {done} of {asked}", what=what, done=done, asked=each.many)
        st.markdown(f":material/checklist: **{words}** :gray[{by}]")


def _offered(task: schedule.DueTask, knowledge: Knowledge) -> bool:
    """A practice LIVE is played when it was assigned; an exercise that was taken out is not asked for."""
    if task.kind == "walk":
        return task.why == "assigned"
    if task.kind == "craft":
        return task.item in knowledge.craft
    return task.kind != "practice" or task.why == "assigned"


def line(task: schedule.DueTask, knowledge: Knowledge) -> None:
    day = formats.day(task.due) if task.due and task.why == "assigned" else None
    why, minutes = _("assigned to you, by {day}", day=day) if day else _(WHY[task.why]), f"{task.minutes:.0f}"
    length = pgettext("length of time", "{min} min", min=minutes)
    with st.container(horizontal=True, vertical_alignment="center"):
        if task.kind == "lesson":
            st.markdown(f"**{escape(knowledge.lessons[task.item].title)}**")
            open_link(knowledge.lessons[task.item], _("Open"))
        elif task.kind == "drill":
            topic = drill.topic_label(task.item, knowledge)
            label = escape(_("Drill: {topic}", topic=topic))
            st.button(
                label, key=f"today_{task.item}", icon=":material/exercise:", type="tertiary",
                on_click=drill.start, args=(task.item,),
            )  # fmt: skip
        elif task.kind == "craft":
            st.button(
                escape(_("Host: {exercise}", exercise=knowledge.craft[task.item].title)),
                key=f"today_craft_{task.item}",
                icon=":material/mic:", type="tertiary", on_click=host.start, args=(task.item,),
            )  # fmt: skip
        elif task.kind == "walk":
            st.button(_("Final walk"), key="today_walk", icon=":material/flag:", type="tertiary",
                      on_click=drill.begin_walk, args=(knowledge,))  # fmt: skip
        elif task.item in knowledge.practice:
            shell.link(
                "practice.py", _("Practice LIVE: {title}", title=knowledge.practice[task.item].title),
                icon=":material/sports_esports:", scenario=task.item,
            )  # fmt: skip
        else:
            gone = _("Practice LIVE: {title}", title=task.item.replace("_", " "))
            st.markdown(f":material/sports_esports: {escape(gone)}")
        st.caption(f"{why} · {length}")


def open_link(lesson: Lesson, label: str) -> None:
    """A link that can be shared: it carries the lesson's id in the address."""
    shell.link(PAGE, label, icon=":material/school:", lesson=lesson.id)


def course(knowledge: Knowledge, results: list[LearningResult]) -> None:
    """Every lesson with its state, in the order of the course."""
    passed = {each.item for each in results if each.kind == "lesson" and each.passed}
    lessons = list(knowledge.lessons.values())
    if not lessons:
        st.info(_("No lesson could be read. The Data page says what is wrong with the files."))
        return
    done = sum(each.id in passed for each in lessons)
    many = len(lessons)
    st.progress(
        done / many,
        text=ngettext("{done} of {n} lesson passed", "{done} of {n} lessons passed", many, done=done, n=many),
    )
    for level, title in LEVELS.items():
        of_level = [each for each in lessons if each.level == level]
        if of_level:
            st.header(_(title), anchor=False)
            with st.grid(3, min_column_width=250):
                for each in of_level:
                    card(each, results)
    with st.container(border=True, key="final_walk"):
        st.markdown(_("**The final walk**: two hard LIVEs in a row, read right without help."))
        if any(each.kind == "walk" and each.passed for each in results):
            st.badge(_("Passed"), icon=":material/check:", color="green")
        st.button(
            _("Start the walk"), key="course_walk", icon=":material/flag:", on_click=drill.begin_walk,
            args=(knowledge,),
        )  # fmt: skip


def card(lesson: Lesson, results: list[LearningResult]) -> None:
    tries = [each for each in results if each.kind == "lesson" and each.item == lesson.id]
    with st.container(border=True, height="stretch", key=f"lesson_{lesson.id}"):
        st.markdown(f"**{escape(lesson.title)}**")
        st.caption(escape(lesson.goal))
        if any(each.passed for each in tries):
            best = f"{max(each.score for each in tries):.0%}"
            st.badge(_("Passed, {score}", score=best), icon=":material/check:", color="green")
        elif tries:
            last = f"{tries[-1].score:.0%}"
            st.badge(_("Not yet, {score}", score=last), icon=":material/replay:", color="orange")
        open_link(lesson, _("Open, {minutes} min", minutes=lesson.minutes))
