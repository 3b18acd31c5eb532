"""A strategy on screen: as a line, and as a page of its own; `rows.py` has it as a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from playbook.knowledge.event_words import event_words
from playbook.knowledge.load import Knowledge
from playbook.knowledge.markets import language_of
from playbook.knowledge.strategies import Condition, Strategy
from playbook.language import N_, _
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
STATUS_WORDS = {"draft": N_("draft: shown here, not yet recommended"), "retired": N_("retired")}


def open_link(strategy: Strategy, label: str | None = None) -> None:
    """A link that can be shared: it carries the strategy's id in the address."""
    shell.link(PAGE, label or _("Open the strategy"), icon=":material/arrow_forward:", strategy=strategy.id)


def line(strategy: Strategy) -> None:
    """Title and link apart: the label of a link is cut off where the title of a strategy goes on in a second line."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(escape(strategy.title), width="content")
        open_link(strategy, _("Open"))


def facts_line(strategy: Strategy, knowledge: Knowledge) -> str:
    """Tool, moment, who and how long, in one line."""
    tools = [knowledge.tools[each].label for each in strategy.tools if each in knowledge.tools]
    parts = [*tools, plans.moments(strategy.moment), _(plans.FOR[strategy.owner]).lower()]
    if strategy.minutes:
        minutes = f"{strategy.minutes:g}"
        parts.append(_("about {minutes} min", minutes=minutes))
    return " · ".join(parts)


def whole(strategy: Strategy, knowledge: Knowledge) -> None:
    """The page of one strategy."""
    shell.link(PAGE, _("All strategies"), icon=":material/arrow_back:")
    with st.container(key=f"strategy_{strategy.id}"):
        st.title(escape(strategy.title), anchor=False)
        labels = [knowledge.metrics[each].label for each in strategy.metrics if each in knowledge.metrics]
        helped = _("Helps {metrics}", metrics=", ".join(map(sentences.lowered, labels)))
        st.caption(f"{escape(helped)} · {escape(facts_line(strategy, knowledge))}")
        if strategy.status != "tested":
            st.badge(_(STATUS_WORDS[strategy.status]), icon=":material/edit_note:", color="gray")
        st.markdown(escape(strategy.summary))
        change.offer(strategy)
        with st.container(horizontal=True):
            st.download_button(
                _("Checklist to print"), checklist_html(strategy, knowledge), f"{strategy.id}.html", "text/html",
                icon=":material/print:", key="checklist_html", on_click="ignore",
                help=_("Opens in a browser, prints on one page."),
            )  # fmt: skip
            st.download_button(
                _("Checklist as PDF"), lambda: as_pdf(checklist_html(strategy, knowledge)), f"{strategy.id}.pdf",
                "application/pdf", icon=":material/picture_as_pdf:", key="checklist_pdf", on_click="ignore",
            )  # fmt: skip
            st.download_button(
                _("Checklist for chat"), checklist_text(strategy, knowledge), f"{strategy.id}.md", "text/markdown",
                icon=":material/chat:", key="checklist_md", on_click="ignore",
            )  # fmt: skip
        st.header(_("What to do"), anchor=False)
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
        st.warning(needed, title=_("Say these lines only when this is true"), icon=":material/verified:")
    if not strategy.say:
        return
    st.markdown(_("**Words to say**"))
    mine, others = spoken_here(strategy, market())
    unspoken(strategy, market())
    _in_languages({each: strategy.say[each] for each in mine})
    if others:
        with st.expander(_("In other languages"), icon=":material/translate:"):
            _in_languages({each: strategy.say[each] for each in others})


def spoken_here(strategy: Strategy, here: str | None) -> tuple[list[str], list[str]]:
    """The languages of a strategy's words that a market's hosts speak, English with them, and the other ones."""
    languages = list(strategy.say or {})
    own = language_of(here)
    if own is None:
        return languages, []
    mine = [each for each in dict.fromkeys((own, "en")) if each in languages]
    return mine, [each for each in languages if each not in mine]


def unspoken(strategy: Strategy, here: str | None) -> None:
    """That a strategy, as one of an agency's own, has no words in the language of the shop's market."""
    own = language_of(here)
    if own is not None and own not in (strategy.say or {}):
        st.caption(_("There are no words in {language} yet; these are in English.", language=escape(language(own))))


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
        said = escape(plans.evidence_sentence(found, knowledge))
        st.markdown(_("**In your shop:** {sentence}", sentence=said))


def lessons(strategy: Strategy, knowledge: Knowledge) -> None:
    """Lessons that go with it; the lesson names the strategy, so that both link to each other."""
    for each in knowledge.lessons.values():
        if strategy.id in each.strategies:
            shell.link("learn.py", _("Lesson: {title}", title=each.title), icon=":material/school:", lesson=each.id)


def reasons(strategy: Strategy, knowledge: Knowledge) -> None:
    """When it is recommended, how to see whether it helped, facts with market and date, sources."""
    left, right = st.columns(2, gap="large")
    with left:
        st.header(_("When it is recommended"), anchor=False)
        for condition in strategy.when:
            st.markdown(f"- {escape(condition_words(condition, knowledge))}")
        if strategy.not_when:
            st.markdown(_("**Leave it when**"))
            st.markdown("\n".join(f"- {escape(each)}" for each in strategy.not_when))
    with right:
        st.header(_("How to see whether it helped"), anchor=False)
        watch = strategy.watch
        label = knowledge.metrics[watch.metric].label if watch.metric in knowledge.metrics else watch.metric
        st.markdown(_watched(escape(label.lower()), watch.within, f"{watch.hope:+.0%}"))
    if strategy.facts:
        st.header(_("Facts behind it"), anchor=False)
        facts(strategy.facts)
    if strategy.origin == "source_document":
        origin = _("The platform's LIVE Traffic Playbook advises it.")
    else:
        origin = _("The platform's LIVE Traffic Playbook says nothing on this; it comes from the field.")
    changed = _("Sources: {sources}. Last changed {day}.", sources="; ".join(strategy.sources), day=strategy.changed)
    st.caption(f"{origin} {escape(changed)}")


def _watched(metric: str, within: str, hope: str) -> str:
    """What to watch: `within` is `15 min`, `next LIVE` or `3 LIVEs`."""
    if within == "next LIVE":
        return _("Watch **{metric}** in the next LIVE; worth having: {hope}.", metric=metric, hope=hope)
    number = within.split()[0]
    if within.endswith("LIVEs"):
        return _(
            "Watch **{metric}** over the next {number} LIVEs; worth having: {hope}.",
            metric=metric, number=number, hope=hope,
        )  # fmt: skip
    return _("Watch **{metric}** within {number} min; worth having: {hope}.", metric=metric, number=number, hope=hope)


ROLES = {
    "leaks": N_("The review notices a product that is opened as often as others and bought less"),
    "pin": N_("The review notices a product that is bought more than others, and hardly shown or not pinned"),
    "move_up": N_("The review notices a product that few have seen and many of those bought"),
    "not_clicked": N_("The review notices a product that is shown as much as others and opened less"),
}
STATES = {
    "below_usual": N_("{metric} is below your usual range"),
    "not_below_usual": N_("{metric} is not below your usual range"),
    "above_usual": N_("{metric} is above your usual range"),
    "low": N_("{metric} is low for you"),
    "sliding": N_("{metric} has been sliding over the last five LIVEs"),
    "chronic": N_("{metric} stays below the benchmark you typed in"),
}


NOTICED = {
    ("dip", None): N_("The review notices a dip"), ("dip", "sudden"): N_("The review notices a sudden dip"),
    ("dip", "prolonged"): N_("The review notices a prolonged dip"),
    ("violation", None): N_("The review notices a violation"),
    ("violation", "known"): N_("The review notices a known violation"),
    ("violation", "new"): N_("The review notices a new violation"),
    ("channel", None): N_("The review notices a channel"), ("followers", None): N_("The review notices a followers"),
}  # fmt: skip
PINNED = {"nothing": N_("{condition}, with nothing pinned"), "something": N_("{condition}, with something pinned")}


def _noticed(condition: Condition) -> str:
    """What the review has to notice, with where it is narrowed to."""
    known = NOTICED.get((condition.finding or "", condition.kind))
    if known:
        said = _(known)
    else:
        what = f"{condition.kind} {condition.finding}" if condition.kind else condition.finding
        said = _("The review notices a {what}", what=what)
    if condition.of:
        said = f"{said} ({condition.of})"
    if condition.pinned:
        said = _(PINNED[condition.pinned], condition=said)
    if condition.after:
        event = event_words(condition.after)
        said = _("{condition}, shortly after a {event}", condition=said, event=event)
    return said


def condition_words(condition: Condition, knowledge: Knowledge) -> str:
    """One line of `when` as a sentence."""
    if condition.finding == "product":
        return _(ROLES[condition.of or ""])
    if condition.finding == "unused":
        event = event_words(condition.of or "")
        return _("The log of events of this LIVE has no {event}", event=event)
    if condition.finding:
        return _noticed(condition)
    name = condition.metric or condition.count or ""
    label = knowledge.metrics[name].label if name in knowledge.metrics else name
    said = _(STATES[condition.state or ""], metric=label)
    if condition.by_at_least:
        size = f"{condition.by_at_least:.0%}"
        return _("{condition}, by at least {size}", condition=said, size=size)
    return said
