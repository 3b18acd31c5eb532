"""The LIVE that the address of the review page names, and what is said when it is not there."""

from __future__ import annotations

import streamlit as st

from playbook.language import _
from playbook.store.store import Store
from playbook.ui.files import bar, loading
from playbook.ui.files.loading import Lives
from playbook.ui.frame import addresses, keys, notices, shell, shop, state
from playbook.ui.frame.escape import escape

#: So many of the latest LIVEs are offered in place of one that is not there.
_OFFERED = 5


def adopt() -> None:
    """Show the LIVE of the address where somebody came by it. A sample gives way; the user's own files do not."""
    asked = addresses.take(addresses.LIVE)
    if not asked:
        return
    held = state.files()
    if held and all(each.origin == "sample" for each in held):
        state.hold(())
    state.choose_live(asked[-1])


def in_address(found: Lives) -> None:
    """Only LIVEs that are saved have an address: what else is shown is in this visit alone."""
    if missing(found):
        addresses.say(addresses.LIVE, (str(state.chosen_live()),))
    elif found.shop_id is not None and found.sessions:
        addresses.say(addresses.LIVE, (loading.chosen(found).id,))


def missing(found: Lives) -> bool:
    """Whether a LIVE was chosen that is not among those that are shown."""
    wanted = state.chosen_live()
    return wanted is not None and all(each.id != wanted for each in found.sessions)


def say_missing(found: Lives) -> None:
    """In place of a review: what is known of the LIVE, and those that are there."""
    wanted, opened, owner = str(state.chosen_live()), shop.store(), shop.current()
    if found.shop_id is None and found.sessions:
        st.info(
            _(
                "The address names a LIVE, and files that are not saved are open here. Put the files away to see the "
                "LIVE, or stay with the files."
            ),
            icon=":material/folder_open:",
        )
        with st.container(horizontal=True, key="live_or_files"):
            st.button(_("Put the files away"), key=state.here("to_the_live"), on_click=_to_the_live, args=(wanted,))
            st.button(
                _("Stay with the files"), key=state.here("to_the_files"), on_click=state.choose_live, args=(None,)
            )
        return
    live = wanted[:80]
    if owner:
        said = _("There is no LIVE '{live}' in {shop}.", live=live, shop=owner.name)
    else:
        said = _("There is no LIVE '{live}'.", live=live)
    with st.container(border=True, key="live_missing"):
        st.warning(escape(said), title=_("The LIVE of this address is not there"), icon=":material/link_off:")
        if opened and owner:
            _in_trash(opened, owner.id, wanted)
        for each in reversed(found.sessions[-_OFFERED:]):
            st.button(
                escape(bar.label(each)), key=keys.of_live("open_instead", found.shop_id, each.id),
                type="tertiary",
                on_click=state.choose_live, args=(each.id,),
            )  # fmt: skip
        if found.sessions:
            shell.link("history.py", _("All LIVEs"), icon=":material/show_chart:", history_tabs="LIVEs")


def _to_the_live(wanted: str) -> None:
    state.hold(())
    state.choose_live(wanted)


def _in_trash(opened: Store, shop_id: str, wanted: str) -> None:
    if any(each.shop_id == shop_id and each.session_id == wanted for each in opened.trash()):
        st.button(
            _("It is in the trash: bring it back"), key=keys.of_live("bring_live_back", shop_id, wanted),
            icon=":material/restore_from_trash:", on_click=notices.act,
            args=(lambda: opened.restore_session(shop_id, wanted), _("Brought back")),
        )  # fmt: skip
