"""The key principles as a picture that is the way in: three dimensions, their steps, the tools on them, the moments.

Everything in it is a button or a choice, so that it is walked by keyboard and by thumb alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from playbook.knowledge.load import Knowledge
from playbook.language import N_, _
from playbook.ui.frame import addresses
from playbook.ui.frame.escape import escape

from .steps import DIMENSIONS, VisitorStep

CHOSEN = {addresses.STEP: "strategies_step", addresses.TOOL: "strategies_tool"}
MEANINGS = {
    "reach": (N_(":blue-badge[1 Reach]"), N_("The LIVE is shown, people come in and stay.")),
    "engage": (N_(":violet-badge[2 Engage]"), N_("They talk, follow and share.")),
    "convert": (N_(":green-badge[3 Convert]"), N_("They open products and buy.")),
}
#: By tool; one of somebody's own has the last.
ICONS = {
    "live_dashboard": ":material/monitoring:", "shopping_bag": ":material/shopping_bag:",
    "live_giveaways": ":material/redeem:", "live_flash_sales": ":material/bolt:", "live_manager": ":material/tune:",
    "live_pin": ":material/push_pin:", "live_events": ":material/event:", "billboard": ":material/ad:",
}  # fmt: skip
OTHER_ICON = ":material/handyman:"
MOMENTS = {"before": N_("Before"), "during": N_("During"), "after": N_("After")}


def draw(found: Sequence[VisitorStep], weak: Collection[str], knowledge: Knowledge) -> None:
    """Steps by dimension, those that are weak here marked; then the tools.

    With a step chosen only its dimension and its tools stay, so that on a phone its strategies stand right under it.
    """
    step = chosen(addresses.STEP, [each.name for each in found])
    tool = chosen(addresses.TOOL, list(knowledge.tools))
    at = next((each for each in found if each.name == step), None)
    with st.container(key="principles", gap="small"):
        with st.grid(1 if at else 3, min_column_width=240):
            for dimension in (at.dimension,) if at else DIMENSIONS:
                _dimension(dimension, [each for each in found if each.dimension == dimension], weak, step)
        _tools(at.tools if at else list(knowledge.tools), tool, knowledge)


def moment() -> str | None:
    """Before, during or after: chosen, or None."""
    labels = {name: _(word) for name, word in MOMENTS.items()}
    words = st.segmented_control(
        _("When"), list(labels.values()), key="moment", bind="query-params", width="stretch",
        label_visibility="collapsed",
    )  # fmt: skip
    return next((name for name, each in labels.items() if each == words), None)


def _dimension(name: str, found: Sequence[VisitorStep], weak: Collection[str], step: str | None) -> None:
    badge, meaning = MEANINGS[name]
    with st.container(border=True, height="stretch", gap="small"):
        st.markdown(f"**{_(badge)}** {_(meaning)}")
        with st.container(horizontal=True, gap="xsmall"):
            for each in found:
                _step(each, each.name in weak, each.name == step)
            if step:
                st.button(_("All steps"), key="all_steps", icon=":material/apps:", on_click=choose, type="tertiary",
                          args=(addresses.STEP, None))  # fmt: skip


def _step(step: VisitorStep, weak: bool, is_chosen: bool) -> None:
    """One step: its name, how many strategies, and under it the signs of their tools."""
    signs = " ".join(ICONS.get(each, OTHER_ICON) for each in step.tools) or ":material/record_voice_over:"
    mark = ":material/trending_down: " if weak else ""
    st.button(
        f"{mark}**{escape(step.label.capitalize())}** {len(step.strategies)}  \n{signs}",
        key=f"step_{step.name.replace(' ', '_')}", width="content",
        type="primary" if is_chosen else "secondary", on_click=choose,
        args=(addresses.STEP, None if is_chosen else step.name),
        help=_("Weak in your last LIVE") if weak else None,
    )  # fmt: skip


def _tools(names: Sequence[str], tool: str | None, knowledge: Knowledge) -> None:
    """What the signs mean; each narrows the list to its tool."""
    with st.container(horizontal=True, gap="xsmall", key="principle_tools"):
        for name in names:
            st.button(
                escape(knowledge.tools[name].label), key=f"tool_{name}_only", icon=ICONS.get(name, OTHER_ICON),
                type="primary" if name == tool else "tertiary", on_click=choose,
                args=(addresses.TOOL, None if name == tool else name),
            )  # fmt: skip


def choose(kind: str, name: str | None) -> None:
    """Narrow the list by a step or a tool; None takes it away."""
    st.session_state[CHOSEN[kind]] = name


def chosen(kind: str, options: Sequence[str]) -> str | None:
    """The step or tool that the list is narrowed by: of the address where somebody came by it, else of the visit."""
    asked = addresses.take(kind)
    if asked is not None:
        st.session_state[CHOSEN[kind]] = asked[-1] if asked else None
        if asked and asked[-1] not in options:
            name = asked[-1][:80]
            step = kind == addresses.STEP
            said = (
                _("There is no step '{name}' here.", name=name)
                if step
                else _("There is no tool '{name}' here.", name=name)
            )
            st.warning(escape(said), icon=":material/link_off:")
    now = st.session_state.get(CHOSEN[kind])
    found = now if now in options else None
    addresses.say(kind, (found,) if found else ())
    return found
