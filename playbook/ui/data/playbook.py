"""The playbook's health: what is loaded, the user's own folder, problems with their place, known layouts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.knowledge.load import Knowledge
from playbook.language import _, ngettext
from playbook.store.access import Role
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import choices, keys, notices, paths, rights, shop, state
from playbook.ui.frame.escape import escape

from .files_read import holds

FOR_ALL = "own_folder"


def show() -> None:
    knowledge = loading.knowledge()
    counts = {
        status: sum(each.status == status for each in knowledge.strategies.values())
        for status in ("tested", "draft", "retired")
    }
    st.markdown(
        _(
            "**{strategies} strategies** ({tested} tested, {draft} draft), {tools} tools, {situations} situations, "
            "{metrics} metrics, {layouts} file layouts.",
            strategies=len(knowledge.strategies), tested=counts["tested"], draft=counts["draft"],
            tools=len(knowledge.tools), situations=len(knowledge.scenarios), metrics=len(knowledge.metrics),
            layouts=len(loading.profiles()),
        )
    )  # fmt: skip
    own_folder(knowledge)
    problems(knowledge)
    layouts()


def own_folder(knowledge: Knowledge) -> None:
    st.header(_("Your own strategies"), anchor=False)
    st.markdown(
        _(
            "A folder of YAML files laid over the built-in ones: a new id adds a strategy, the same id replaces one. "
            "Copy any file from `playbook/content/strategies`, change it, and give it a new name and id."
        )
    )
    opened, owner = shop.store(), shop.current()
    paths.tell_of_own_playbook(owner.playbook_folder if owner else None)
    if not paths.offered(_("Choosing a folder")):
        return
    if rights.may(Role.owner, None):
        st.session_state[FOR_ALL] = state.settings().playbook_folder or ""
        st.text_input(
            _("Folder on this computer"), key=FOR_ALL, placeholder="/home/me/our-playbook", on_change=_for_all
        )
    if opened and owner and rights.may(Role.owner, owner.id):
        box = keys.of_shop("shop_folder", owner.id)
        st.session_state[box] = owner.playbook_folder or ""
        st.text_input(
            _("Another folder for {shop} only", shop=escape(owner.name)), key=box, on_change=_for_shop,
            args=(opened, owner.id, box, owner.playbook_folder),
            help=_("Empty: the folder above. This shop's reviews, briefs and command line use it."),
        )  # fmt: skip
    if knowledge.own:
        own = ", ".join(sorted(knowledge.own))
        st.success(escape(_("From your folder: {names}", names=own)), icon=":material/check_circle:")


def _for_all() -> None:
    wanted = _folder(st.session_state[FOR_ALL])
    if wanted is not None:
        message = choices.change(playbook_folder=wanted or None)
        if message:
            notices.refused(message)


def _for_shop(opened: Store, shop_id: str, box: str, before: str | None) -> None:
    wanted = _folder(st.session_state[box])
    seen = {"playbook_folder": before}
    if wanted is not None:
        notices.attempt(lambda: opened.change_shop(shop_id, seen=seen, playbook_folder=wanted), _("Saved"), wanted)


def _folder(typed: str | None) -> str | None:
    """The folder in full, empty for none; None where there is no such folder or it may not be read, which is said."""
    wanted = (typed or "").strip()
    if not wanted:
        return ""
    found = paths.admitted(wanted)
    if found is None:
        not_read = _("{path} is not read.", path=wanted)
        notices.refused(f"{not_read} {paths.outside()}", wanted)
    elif not found.is_dir():
        said = _("There is no folder {path}. Type the full path of a folder on this computer.", path=wanted)
        notices.refused(said, wanted)
    else:
        return str(found)
    return None


def problems(knowledge: Knowledge) -> None:
    """Each problem where it stands; a bad file is switched off, the rest goes on."""
    for problem in state.settings_problems():
        st.error(escape(_("{problem} (the defaults are used)", problem=problem)), icon=":material/error:")
    if not knowledge.problems:
        st.caption(_(":material/check_circle: No problems in the knowledge files."))
        return
    many = len(knowledge.problems)
    st.error(
        "\n".join(f"- {escape(str(each))}" for each in knowledge.problems),
        title=ngettext(
            "{count} problem; these files are switched off", "{count} problems; these files are switched off",
            many, count=formats.count(many),
        ),
        icon=":material/error:",
    )  # fmt: skip


def layouts() -> None:
    st.header(_("Layouts that are recognised"), anchor=False)
    rows = [
        {
            _("Layout"): each.called,
            _("Holds"): holds(each.kind),
            _("Where to download it"): each.way_to_export,
        }
        for each in loading.profiles().values()
        if each.kind != "lookalike"
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="layouts", alt=_("Recognised file layouts"))
