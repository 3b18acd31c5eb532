"""Browse what the playbook knows: strategies with search and filters, tools, scenarios, routines."""

from __future__ import annotations

import streamlit as st

from playbook.knowledge.load import Knowledge
from playbook.knowledge.strategies import Strategy
from playbook.ui.frame import paths, shop, state
from playbook.ui.frame.escape import escape

from . import card
from .facts import facts

DIMENSIONS = ("reach", "engage", "convert")
MOMENTS = {"before": "Before", "during": "During", "after": "After"}


def show(knowledge: Knowledge) -> None:
    st.title("Strategies", anchor=False)
    st.markdown("What to try, when, with which tool, and the words for it. Nothing here needs an upload.")
    owner = shop.current()
    paths.tell_of_own_playbook(owner.playbook_folder if owner else None)
    names = ["Strategies", "Tools", "Where to look", "Routines"]
    tabs = st.tabs(names, key="browse_tabs", on_change="rerun", bind="query-params")
    for tab, paint in zip(tabs, (strategies, tools, scenarios, routines), strict=True):
        if tab.open:
            with tab:
                paint(knowledge)


def strategies(knowledge: Knowledge) -> None:
    found = [each for each in knowledge.strategies.values() if each.status != "retired"]
    found.sort(key=lambda each: (DIMENSIONS.index(each.dimension), each.metrics[0], each.order))
    text = st.text_input(
        "Search", type="search", placeholder="Search: giveaway, pin, follow ...", key="search", live=True,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    with st.grid(3, min_column_width=220):
        dimension = st.pills(
            "Dimension", DIMENSIONS, format_func=str.capitalize, key="filter_dimension", persist_state="session"
        )
        moment = st.pills(
            "Moment", list(MOMENTS), format_func=MOMENTS.__getitem__, key="filter_moment", persist_state="session"
        )
        used = sorted({metric for each in found for metric in each.metrics})
        metric = st.selectbox(
            "Metric", used, index=None, placeholder="any", key="filter_metric", persist_state="session",
            format_func=lambda name: knowledge.metrics[name].label,
        )  # fmt: skip
        tool = st.selectbox(
            "Tool", list(knowledge.tools), index=None, placeholder="any", key="filter_tool", persist_state="session",
            format_func=lambda name: knowledge.tools[name].label,
        )  # fmt: skip
        scenario = st.selectbox(
            "Situation", list(knowledge.scenarios), index=None, placeholder="any", key="filter_scenario",
            persist_state="session", format_func=lambda name: knowledge.scenarios[name].label,
        )  # fmt: skip
    shown = [
        each
        for each in found
        if (not dimension or each.dimension == dimension)
        and (not moment or moment in each.moment)
        and (not metric or metric in each.metrics)
        and (not tool or tool in each.tools)
        and (not scenario or scenario in each.scenarios)
        and matches(each, text or "")
    ]
    st.caption(f"{len(shown)} of {len(found)} strategies")
    if not shown:
        st.info(
            "No strategy fits all of these. Remove a filter, or search for another word.",
            icon=":material/search_off:",
        )
    with st.grid(3, min_column_width=290):
        for each in shown:
            card.card(each, knowledge)


def matches(strategy: Strategy, text: str) -> bool:
    """Whether every word searched for stands somewhere in the strategy."""
    said = [line for lines in (strategy.say or {}).values() for line in lines]
    parts = [strategy.id, strategy.title, strategy.summary, *strategy.metrics, *strategy.tools, *said]
    parts += [each.step for each in strategy.do] + [each.fact for each in strategy.facts]
    haystack = " ".join(parts).casefold()
    return all(word in haystack for word in text.casefold().split())


def tools(knowledge: Knowledge) -> None:
    for name, tool in knowledge.tools.items():
        with st.expander(escape(tool.label), icon=":material/handyman:", key=f"tool_{name}"):
            st.markdown(escape(tool.what))
            st.markdown("\n".join(f"- {escape(each)}" for each in tool.use_for))
            st.caption(f"Where: {escape(tool.where)}")
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
            st.markdown("**Ask yourself**")
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
