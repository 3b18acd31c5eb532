"""A strategy on screen: as a line, and as a page of its own; `rows.py` has it as a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from playbook import formats
from playbook.knowledge.load import Knowledge
from playbook.knowledge.markets import language_of
from playbook.knowledge.strategies import Condition, Strategy
from playbook.report.forms.checklist import checklist_html, checklist_text
from playbook.report.forms.page import language
from playbook.report.pdf import as_pdf
from playbook.report.words import plans, sentences
from playbook.ui.files import loading
from playbook.ui.frame import shell
from playbook.ui.frame.escape import escape

from . import change
from .facts import facts, market

PAGE = "strategies.py"
STATUS_WORDS = {"draft": "draft: shown here, not yet recommended", "retired": "retired"}


def open_link(strategy: Strategy, label: str = "Open the strategy") -> None:
    """A link that can be shared: it carries the strategy's id in the address."""
    shell.link(PAGE, label, icon=":material/arrow_forward:", strategy=strategy.id)


def line(strategy: Strategy) -> None:
    """Title and link apart: the label of a link is cut off where the title of a strategy goes on in a second line."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(escape(strategy.title), width="content")
        open_link(strategy, "Open")


def facts_line(strategy: Strategy, knowledge: Knowledge) -> str:
    """Tool, moment, who and how long, in one line."""
    tools = [knowledge.tools[each].label for each in strategy.tools if each in knowledge.tools]
    moment = f"{formats.listed(strategy.moment)} the LIVE"
    parts = [*tools, moment, plans.FOR[strategy.owner].lower()]
    if strategy.minutes:
        parts.append(f"about {strategy.minutes:g} min")
    return " · ".join(parts)


def whole(strategy: Strategy, knowledge: Knowledge) -> None:
    """The page of one strategy."""
    shell.link(PAGE, "All strategies", icon=":material/arrow_back:")
    with st.container(key=f"strategy_{strategy.id}"):
        st.title(escape(strategy.title), anchor=False)
        labels = [knowledge.metrics[each].label for each in strategy.metrics if each in knowledge.metrics]
        st.caption(
            f"Helps {escape(', '.join(map(sentences.lowered, labels)))} · {escape(facts_line(strategy, knowledge))}"
        )
        if strategy.status != "tested":
            st.badge(STATUS_WORDS[strategy.status], icon=":material/edit_note:", color="gray")
        st.markdown(escape(strategy.summary))
        change.offer(strategy)
        with st.container(horizontal=True):
            st.download_button(
                "Checklist to print", checklist_html(strategy, knowledge), f"{strategy.id}.html", "text/html",
                icon=":material/print:", key="checklist_html", on_click="ignore",
                help="Opens in a browser, prints on one page.",
            )  # fmt: skip
            st.download_button(
                "Checklist as PDF", lambda: as_pdf(checklist_html(strategy, knowledge)), f"{strategy.id}.pdf",
                "application/pdf", icon=":material/picture_as_pdf:", key="checklist_pdf", on_click="ignore",
            )  # fmt: skip
            st.download_button(
                "Checklist for chat", checklist_text(strategy, knowledge), f"{strategy.id}.md", "text/markdown",
                icon=":material/chat:", key="checklist_md", on_click="ignore",
            )  # fmt: skip
        st.header("What to do", anchor=False)
        steps(strategy)
        words(strategy)
        tries(strategy, knowledge)
        lessons(strategy, knowledge)
        reasons(strategy, knowledge)


def steps(strategy: Strategy) -> None:
    lines = []
    for index, each in enumerate(strategy.do, 1):
        small = each.small_print
        lines.append(f"{index}. {escape(each.step)}" + (f"  \n   :gray[{escape(small)}]" if small else ""))
    st.markdown("\n".join(lines))


def words(strategy: Strategy) -> None:
    """Lines for the host, by language, with a copy button; what must be true stands above them."""
    if strategy.truth_required:
        needed = "\n".join(f"- {escape(each)}" for each in strategy.truth_required)
        st.warning(needed, title="Say these lines only when this is true", icon=":material/verified:")
    if not strategy.say:
        return
    st.markdown("**Words to say**")
    mine, others = spoken_here(strategy, market())
    _in_languages({each: strategy.say[each] for each in mine})
    if others:
        with st.expander("In other languages", icon=":material/translate:"):
            _in_languages({each: strategy.say[each] for each in others})


def spoken_here(strategy: Strategy, here: str | None) -> tuple[list[str], list[str]]:
    """The languages of a strategy's words that a market's hosts speak, English with them, and the other ones."""
    languages = list(strategy.say or {})
    own = language_of(here)
    if own is None:
        return languages, []
    mine = [each for each in dict.fromkeys((own, "en")) if each in languages]
    return mine, [each for each in languages if each not in mine]


def _in_languages(said: Mapping[str, Sequence[str]]) -> None:
    tabs = st.tabs([escape(language(each)) for each in said])
    for lines, tab in zip(said.values(), tabs, strict=True):
        with tab:
            for text in lines:
                st.code(text, language=None, wrap_lines=True)


def tries(strategy: Strategy, knowledge: Knowledge) -> None:
    """What the shop's own plans say of it, once there are any."""
    kept = loading.of_shop()
    found = kept.evidence.get(strategy.id) if kept else None
    if found:
        st.markdown(f"**In your shop:** {escape(plans.evidence_sentence(found, knowledge))}")


def lessons(strategy: Strategy, knowledge: Knowledge) -> None:
    """Lessons that go with it; the lesson names the strategy, so that both link to each other."""
    for each in knowledge.lessons.values():
        if strategy.id in each.strategies:
            shell.link("learn.py", f"Lesson: {each.title}", icon=":material/school:", lesson=each.id)


def reasons(strategy: Strategy, knowledge: Knowledge) -> None:
    """When it is recommended, how to see whether it helped, facts with market and date, sources."""
    left, right = st.columns(2, gap="large")
    with left:
        st.header("When it is recommended", anchor=False)
        for condition in strategy.when:
            st.markdown(f"- {escape(condition_words(condition, knowledge))}")
        if strategy.not_when:
            st.markdown("**Leave it when**")
            st.markdown("\n".join(f"- {escape(each)}" for each in strategy.not_when))
    with right:
        st.header("How to see whether it helped", anchor=False)
        watch = strategy.watch
        label = knowledge.metrics[watch.metric].label if watch.metric in knowledge.metrics else watch.metric
        st.markdown(
            f"Watch **{escape(label.lower())}** {_span(escape(watch.within))}; worth having: {watch.hope:+.0%}."
        )
    if strategy.facts:
        st.header("Facts behind it", anchor=False)
        facts(strategy.facts)
    origin = "The platform's LIVE Traffic Playbook advises it." if strategy.origin == "source_document" else (
        "The platform's LIVE Traffic Playbook says nothing on this; it comes from the field."
    )  # fmt: skip
    st.caption(
        f"{origin} Sources: {escape('; '.join(strategy.sources))}. Last changed {escape(str(strategy.changed))}."
    )


def _span(within: str) -> str:
    """`within 15 min`, `in the next LIVE`, `over the next 3 LIVEs`."""
    if within == "next LIVE":
        return "in the next LIVE"
    return f"over the next {within}" if within.endswith("LIVEs") else f"within {within}"


ROLES = {
    "leaks": "is opened as often as others and bought less",
    "pin": "is bought more than others, and hardly shown or not pinned",
    "move_up": "few have seen and many of those bought",
    "not_clicked": "is shown as much as others and opened less",
}
STATES = {
    "below_usual": "is below your usual range",
    "not_below_usual": "is not below your usual range",
    "above_usual": "is above your usual range",
    "low": "is low for you",
    "sliding": "has been sliding over the last five LIVEs",
    "chronic": "stays below the benchmark you typed in",
}


def condition_words(condition: Condition, knowledge: Knowledge) -> str:
    """One line of `when` as a sentence."""
    if condition.finding == "product":
        return f"The review notices a product that {ROLES[condition.of or '']}"
    if condition.finding == "unused":
        return f"The log of events of this LIVE has no {(condition.of or '').replace('_', ' ')}"
    if condition.finding:
        kind = f"{condition.kind} " if condition.kind else ""
        about = f" ({condition.of})" if condition.of else ""
        pinned = f", with {condition.pinned} pinned" if condition.pinned else ""
        after = f", shortly after a {condition.after.replace('_', ' ')}" if condition.after else ""
        return f"The review notices a {kind}{condition.finding}{about}{pinned}{after}"
    name = condition.metric or condition.count or ""
    label = knowledge.metrics[name].label if name in knowledge.metrics else name
    size = f", by at least {condition.by_at_least:.0%}" if condition.by_at_least else ""
    return f"{label} {STATES[condition.state or '']}{size}"
