"""Browse what the playbook knows: strategies with search and filters, tools, scenarios, routines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from playbook.knowledge.load import Knowledge
from playbook.knowledge.search import index_of
from playbook.knowledge.strategies import Strategy
from playbook.language import N_, _, ngettext
from playbook.store.shelf import Place
from playbook.ui.frame import boundary, once, paths, shop, state
from playbook.ui.frame.escape import escape
from playbook.ui.frame.tabs import tabs

from . import card, picture, rows, shelf, steps, weak
from .facts import facts
from .shelf import ShopShelf
from .steps import VisitorStep
from .weak import WeakSteps


def show(knowledge: Knowledge) -> None:
    st.title(_("Strategies"), anchor=False)
    st.markdown(_("What to try, when, with which tool, and the words for it. Nothing here needs an upload."))
    owner = shop.current()
    paths.tell_of_own_playbook(owner.playbook_folder if owner else None)
    names = (N_("Strategies"), N_("Tools"), N_("Where to look"), N_("Routines"))
    for tab, paint in zip(tabs(names, "browse_tabs"), (strategies, tools, scenarios, routines), strict=True):
        if tab.open:
            with tab:
                paint(knowledge)


def strategies(knowledge: Knowledge) -> None:
    """Search, the weak steps of the shop, the picture, and under it the rows it is narrowed to."""
    text = st.text_input(
        _("Search"), type="search", placeholder=_("Search: nobody follows, ERR, giveaway ..."), key="search", live=True,
        label_visibility="collapsed", bind="query-params",
    )  # fmt: skip
    found, every = once.of(knowledge, steps.of_each), once.of(knowledge, steps.shown)
    weak_here, mine = WeakSteps(), ShopShelf()
    with boundary.section(N_("What is weak in your shop")):
        weak_here, mine = weak.current(), shelf.current()
    if not text:
        if not st.session_state.get(picture.CHOSEN["step"]):
            weak_steps(weak_here, found, knowledge)
        picture.draw(found, weak.steps(weak_here, knowledge), knowledge)
    with st.grid(2, min_column_width=240):
        moment = picture.moment()
        place = _place(mine)
    chosen = Chosen(
        text or "",
        next((each for each in found if not text and each.name == st.session_state.get(picture.CHOSEN["step"])), None),
        None if text else st.session_state.get(picture.CHOSEN["tool"]), moment, place,
    )  # fmt: skip
    listed(chosen, every, knowledge, mine, weak_here)


def weak_steps(weak_here: WeakSteps, found: Sequence[VisitorStep], knowledge: Knowledge) -> None:
    """What is weak in the shop, with a button to what helps, above everything else."""
    for metric, reason in weak_here.why.items():
        step = next((each for each in found if each.name == steps.id_of(knowledge.metrics[metric].step)), None)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f":material/trending_down: {escape(reason)}", width="content")
            if step is not None:
                many = len(step.strategies)
                st.button(
                    ngettext("{n} strategy", "{n} strategies", many, n=many),
                    key=f"weak_{metric}", icon=":material/arrow_downward:",
                    on_click=picture.choose, args=("step", step.name),
                )  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed by; nothing lets all through."""

    text: str = ""
    step: VisitorStep | None = None
    tool: str | None = None
    moment: str | None = None
    place: Place | None = None

    def __call__(self, strategy: Strategy, mine: ShopShelf) -> bool:
        return (
            (self.step is None or strategy.id in self.step.strategies)
            and (not self.tool or self.tool in strategy.tools)
            and (not self.moment or self.moment in strategy.moment)
            and (not self.place or mine.places.get(strategy.id) == self.place)
        )


def _place(mine: ShopShelf) -> Place | None:
    """A place of the shelf to look at, once something stands on it."""
    if not mine.places:
        return None
    there = {place: _(word) for place, word in shelf.WORDS.items() if place in mine.places.values()}
    words = st.pills(
        _("Our shelf"),
        list(there.values()),
        key="shelf",
        bind="query-params",
        label_visibility="collapsed",
    )
    return next((place for place, each in there.items() if each == words), None)


def listed(
    chosen: Chosen, every: Sequence[Strategy], knowledge: Knowledge, mine: ShopShelf, weak_here: WeakSteps
) -> None:
    """The rows: as found where something is searched for, else the weak steps first and what is not for us last."""
    why = dict(weak_here.advised)
    if chosen.text:
        hits = once.of(knowledge, index_of).find(chosen.text)
        shown = [
            knowledge.strategies[each.strategy] for each in hits if chosen(knowledge.strategies[each.strategy], mine)
        ]
    else:
        order = {name: at for at, name in enumerate(chosen.step.strategies)} if chosen.step else {}
        shown = sorted((each for each in every if chosen(each, mine)), key=lambda each: order.get(each.id, 0))
    many, whole = len(shown), len(every)
    st.caption(ngettext("{shown} of {n} strategy", "{shown} of {n} strategies", whole, shown=many, n=whole))
    if not shown:
        st.info(
            _("No strategy fits all of these. Remove a filter, or search for one word: follow, pin, bag, impressions."),
            icon=":material/search_off:",
        )
    if chosen.text or chosen.step:
        rows.draw(shown, knowledge, mine, why)
        return
    for title, is_weak, group in grouped(shown, knowledge, mine, weak_here):
        mark = ":material/trending_down: " if is_weak else ""
        st.header(f"{mark}{escape(title)}", anchor=False)
        rows.draw(group, knowledge, mine, why)


def grouped(
    shown: Sequence[Strategy], knowledge: Knowledge, mine: ShopShelf, weak_here: WeakSteps
) -> Iterator[tuple[str, bool, list[Strategy]]]:
    """Title, whether it is weak, and strategies of each group; each strategy in the first that takes it."""
    left = [each for each in shown if mine.places.get(each.id) != "not_for_us"]
    for metric in weak_here.why:
        group = weak_here.answering(metric, left)
        left = [each for each in left if each not in group]
        if group:
            step = knowledge.metrics[metric].step.capitalize()
            yield _("{step}: weak in your last LIVE", step=step), True, group
    for name in dict.fromkeys(steps.main(each, knowledge) for each in left):
        group = [each for each in left if steps.main(each, knowledge) == name]
        yield steps.label(name).capitalize(), False, group
    unwanted = [each for each in shown if mine.places.get(each.id) == "not_for_us"]
    if unwanted:
        yield _("Not for us"), False, unwanted


def tools(knowledge: Knowledge) -> None:
    for name, tool in knowledge.tools.items():
        with st.expander(escape(tool.label), icon=":material/handyman:", key=f"tool_{name}"):
            st.markdown(escape(tool.what))
            st.markdown("\n".join(f"- {escape(each)}" for each in tool.use_for))
            where = escape(tool.where)
            st.caption(_("Where: {place}", place=where))
            for each in tool.cautions:
                st.markdown(f":material/warning: {escape(each)}")
            facts(tool.facts)
            for strategy in knowledge.strategies.values():
                if name in strategy.tools and strategy.status != "retired":
                    card.line(strategy)


def scenarios(knowledge: Knowledge) -> None:
    for name, scenario in knowledge.scenarios.items():
        with st.expander(escape(scenario.label), icon=":material/travel_explore:", key=f"scenario_{name}"):
            st.markdown(f"**{escape(scenario.question)}**")
            st.markdown("\n".join(f"- **{escape(each.place)}**: {escape(each.look_for)}" for each in scenario.where))
            st.markdown(_("**Ask yourself**"))
            st.markdown("\n".join(f"- {escape(each)}" for each in scenario.ask))
            for each in scenario.remarks:
                st.caption(escape(each))
            for strategy in knowledge.strategies.values():
                if name in strategy.scenarios and strategy.status != "retired":
                    card.line(strategy)


def routines(knowledge: Knowledge) -> None:
    for name, routine in knowledge.routines.items():
        st.header(escape(routine.label), anchor=False)
        st.caption(escape(routine.when))
        for index, each in enumerate(routine.steps):
            st.checkbox(
                escape(each.do), key=state.here(f"routine_{name}_{index}"), help=escape(each.why) if each.why else None,
                persist_state="session",
            )  # fmt: skip
