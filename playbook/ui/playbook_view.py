"""The playbook's health: what is loaded, one's own folder, problems with their place, known layouts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from .. import formats
from ..knowledge.load import Knowledge
from . import loading, network, state
from .data_view import KINDS
from .escape import escape


def show() -> None:
    knowledge = loading.knowledge()
    counts = {
        status: sum(each.status == status for each in knowledge.strategies.values())
        for status in ("tested", "draft", "retired")
    }
    st.markdown(
        f"**{len(knowledge.strategies)} strategies** ({counts['tested']} tested, {counts['draft']} draft), "
        f"{len(knowledge.tools)} tools, {len(knowledge.scenarios)} situations, {len(knowledge.metrics)} metrics, "
        f"{len(loading.profiles())} file layouts."
    )
    own_folder(knowledge)
    problems(knowledge)
    layouts()


def own_folder(knowledge: Knowledge) -> None:
    st.subheader("Your own strategies", anchor=False)
    st.markdown(
        "A folder of YAML files laid over the built-in ones: a new id adds a strategy, the same id replaces one. "
        "Copy any file from `playbook/content/strategies`, change it, and give it a new name and id."
    )
    if not network.files_by_path("Choosing a folder"):
        return
    now = state.settings().playbook_folder or ""
    typed = st.text_input("Folder on this computer", value=now, key="own_folder", placeholder="/home/me/our-playbook")
    if (typed or "").strip() != now:
        wanted = (typed or "").strip() or None
        if wanted and not Path(wanted).expanduser().is_dir():
            st.error(escape(f"There is no folder {wanted}. Type the full path of a folder on this computer."))
        else:
            message = state.change_settings(playbook_folder=str(Path(wanted).expanduser()) if wanted else None)
            if message:
                st.warning(escape(message))
            else:
                st.rerun()
    if knowledge.own:
        st.success(escape(f"From your folder: {', '.join(sorted(knowledge.own))}"), icon=":material/check_circle:")


def problems(knowledge: Knowledge) -> None:
    """Each problem where it stands; a bad file is switched off, the rest goes on."""
    for problem in state.settings_problems():
        st.error(escape(f"{problem} (the defaults are used)"), icon=":material/error:")
    if not knowledge.problems:
        st.caption(":material/check_circle: No problems in the knowledge files.")
        return
    st.error(
        "\n".join(f"- {escape(str(each))}" for each in knowledge.problems),
        title=f"{formats.several(len(knowledge.problems), 'problem')}; these files are switched off",
        icon=":material/error:",
    )


def layouts() -> None:
    st.subheader("Layouts that are recognised", anchor=False)
    rows = [
        {
            "Layout": each.title,
            "Holds": KINDS.get(each.kind, each.kind),
            "Where to download it": each.how_to_export or "",
        }
        for each in loading.profiles().values()
        if each.kind != "lookalike"
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="layouts", alt="Recognised file layouts")
