"""The shop's particulars, and what is yours to take along and to erase."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import streamlit as st

from playbook import formats, language
from playbook.currencies import OFFERED
from playbook.language import _, ngettext
from playbook.report.words import sentences
from playbook.store.access import Role
from playbook.store.errors import StoreError
from playbook.store.records import Shop, Trashed
from playbook.store.store import Store
from playbook.ui.frame import keys, notices, rights, sample_shop, shop, state
from playbook.ui.frame.escape import escape

#: What is typed to delete every shop, in every language.
_ALL = "everything"
#: What was typed in the form of a shop and is not saved, with what stood in it before.
DRAFT = "shop_draft"
#: What is asked of a shop.
_ASKED = ("name", "timezone", "currency", "market")


def show() -> None:
    if sample_shop.no_place_for_files():
        return
    opened, owner = shop.store(), shop.current()
    if opened is None:
        st.error(escape(shop.trouble() or _("The store cannot be used.")), icon=":material/database_off:")
        return
    particulars(opened, owner)
    take_along(opened, owner)
    bring_back(opened)
    erase(opened, owner)
    if rights.may(Role.owner, None):
        st.caption(escape(_("Everything is kept in {place}", place=opened.where)))


def particulars(opened: Store, owner: Shop | None) -> None:
    """Name, time zone, currency, market of this shop; and a new shop."""
    if owner and rights.may(Role.owner, owner.id):
        shop_form(opened, owner)
    if not rights.may(Role.owner, None):
        return
    with st.popover(_("Add a shop"), icon=":material/add_business:"):
        name = st.text_input(_("Name of the new shop"), key="add_shop_name", max_chars=80)
        if st.button(_("Add"), key="add_shop", type="primary"):
            made: list[Shop] = []
            if shop.attempt(lambda: made.append(opened.create_shop(name or "")), _("Added")):
                shop.choose(made[0].id)
                st.rerun()


def shop_form(opened: Store, owner: Shop) -> None:
    """The boxes are those of this shop as it was drawn, and Save changes this shop and no other.

    A shop that somebody changed meanwhile is drawn anew, so a box's key carries what stood in it before. What was typed
    stays until it is saved, also over a change of page or shop: a form of Streamlit's would tell of it at Save only.
    """
    now, draft = _particulars(owner), keys.of_shop(DRAFT, owner.id)
    before, shown = st.session_state.get(draft, (now, now))
    stamp = hashlib.sha256(repr(sorted(before.items())).encode()).hexdigest()[:8]
    boxes = {name: keys.of_shop(f"shop_{name}_{stamp}", owner.id) for name in _ASKED}
    for name, box in boxes.items():
        st.session_state.setdefault(box, shown[name])
    zones, codes = ({"", each, *offered} for each, offered in ((shown["timezone"], shop.zones()),
                                                               (shown["currency"], OFFERED)))  # fmt: skip
    st.header(_("This shop"), anchor=False)
    with st.container(border=True, key=keys.of_shop("shop", owner.id)):
        with st.grid(4, min_column_width=180):
            st.text_input(_("Name"), key=boxes["name"], max_chars=80)
            st.selectbox(_("Time zone"), sorted(zones), key=boxes["timezone"],
                         help=_("Only files from the API need it."))  # fmt: skip
            st.selectbox(_("Currency"), sorted(codes), key=boxes["currency"])
            st.text_input(_("Market"), key=boxes["market"], max_chars=40)
        st.button(
            _("Save"), icon=":material/save:", key=keys.of_shop("save_shop", owner.id),
            on_click=save_shop, args=(opened, owner.id, before, boxes),
        )  # fmt: skip
    typed = _typed(boxes)
    if typed != before:
        st.session_state[draft] = (before, typed)
    else:
        st.session_state.pop(draft, None)


def _particulars(owner: Shop) -> dict[str, str]:
    return {name: getattr(owner, name) or "" for name in _ASKED}


def _typed(boxes: dict[str, str]) -> dict[str, str]:
    return {name: (st.session_state[box] or "").strip() for name, box in boxes.items()}


def save_shop(opened: Store, shop_id: str, before: dict[str, str], boxes: dict[str, str]) -> None:
    """Change what was changed in the form of this shop; what was left alone stays as others may have set it.

    After a refusal what was typed stands beside what is there by now.
    """
    typed, draft = _typed(boxes), keys.of_shop(DRAFT, shop_id)
    changed = {name: value or None for name, value in typed.items() if value != before[name]}
    words = "\n".join(f"{name}: {value}" for name, value in typed.items() if value != before[name])
    if notices.attempt(lambda: opened.change_shop(shop_id, seen=before, **changed), _("Saved"), words):
        st.session_state.pop(draft, None)
        return
    with suppress(StoreError):  # said above
        before = _particulars(opened.shop(shop_id))
    st.session_state[draft] = (before, typed)


def take_along(opened: Store, owner: Shop | None) -> None:
    everything, this = rights.may(Role.owner, None), rights.here(Role.coach)
    if not (everything or this):
        return
    st.header(_("Take it along"), anchor=False)
    st.markdown(
        _("A backup holds every shop in one file. The CSV files hold this shop in the layout of our templates.")
    )
    day = f"{shop.today():%Y%m%d}"
    written = partial(_written, notices.board(), language.current())
    with st.container(horizontal=True):
        if everything:
            st.download_button(
                _("Backup"), lambda: written(opened.backup, "backup.playbook"), f"live_playbook_{day}.playbook",
                "application/octet-stream", key="backup", icon=":material/save:",
            )  # fmt: skip
        if owner and this:
            st.download_button(
                _("Everything as CSV"),
                lambda: written(lambda path: opened.export_csv(owner.id, path), "shop.zip"),
                f"{owner.name}_{day}.zip", "application/zip", key="export_csv", icon=":material/folder_zip:",
            )  # fmt: skip
    if not everything:
        return
    with st.popover(_("Restore a backup"), icon=":material/settings_backup_restore:"):
        st.markdown(
            _(
                "What is here now is **replaced** by what is in the backup, and kept in a file beside the store until "
                "three more restores."
            )
        )
        given = st.file_uploader(_("Backup file"), type=["playbook"], key="restore_file")
        if (
            given is not None
            and st.button(_("Replace everything by this backup"), key="restore", type="primary")
            and shop.attempt(lambda: _restore(opened, given.getvalue()), _("Restored"))
        ):
            shop.leave()
            state.hold(())
            st.rerun()


def _written(board: notices.Board, spoken: str, write: Callable[[Path], object], name: str) -> bytes:
    """What a function writes into a file, as bytes.

    A download that fails says nothing by itself. The click draws the page anew, which says what is wrong with the
    store; what else it was stands on the board, in the language of the page: this is called without it.
    """
    with language.speaking(spoken), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        try:
            write(path)
        except StoreError as error:
            board.refuse(str(error), title=_("Nothing was written"))
            raise
        return path.read_bytes()


def _restore(opened: Store, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backup.playbook"
        path.write_bytes(content)
        opened.restore(path, replace=True)


def bring_back(opened: Store) -> None:
    found = opened.trash()
    if not found:
        return
    st.header(_("Trash"), anchor=False)
    st.caption(_("What is deleted stays here for 30 days."))
    for each in found[:50]:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(escape(_named(each)))
            days = max((each.until - datetime.now(UTC)).days, 0)
            st.caption(ngettext("{count} day left", "{count} days left", days, count=days))
            st.button(
                _("Bring back"), key=keys.of_live("bring_back", each.shop_id, each.session_id or ""),
                icon=":material/restore_from_trash:", on_click=notices.act,
                args=(partial(_bring_back, opened, each), _("Brought back")),
            )  # fmt: skip
    empty(opened, found)


def empty(opened: Store, found: list[Trashed]) -> None:
    """Asked with what will go, and only that goes: a colleague may delete something meanwhile."""
    shops = sum(each.session_id is None for each in found)
    lives = len(found) - shops
    names = []
    if shops:
        count = formats.count(shops)
        names.append(ngettext("{count} shop with its LIVEs", "{count} shops with their LIVEs", shops, count=count))
    if lives:
        names.append(formats.lives(lives))
    what = formats.listed(names)
    if not rights.may(Role.owner, None):
        return
    with st.popover(_("Empty the trash"), icon=":material/delete_forever:", key="ask_empty_trash"):
        st.markdown(_("**{what}** will be erased for good. There is no way back.", what=what))
        st.button(
            _("Erase {what}", what=what), key="empty_trash", on_click=notices.act,
            args=(partial(opened.empty_trash, max(each.deleted_at for each in found)), _("The trash is empty")),
        )  # fmt: skip


def _named(each: Trashed) -> str:
    if each.session_id is None:
        return _("Shop {shop}", shop=each.shop)
    return f"{sentences.day(each.start)} · {each.title or each.session_id} · {each.shop}"


def _bring_back(opened: Store, each: Trashed) -> None:
    if each.session_id is None:
        opened.restore_shop(each.shop_id)
    else:
        opened.restore_session(each.shop_id, each.session_id)


def erase(opened: Store, owner: Shop | None) -> None:
    """Each needs its name or a word typed: nobody deletes a shop by a slip."""
    everything = rights.may(Role.owner, None)
    if not rights.here(Role.owner):
        return
    box = keys.of_shop("erase", owner.id if owner else None)
    with st.popover(_("Delete"), icon=":material/delete_forever:", key=box):
        if owner:
            typed = st.text_input(
                _("Type {shop} to delete this shop with all its LIVEs", shop=escape(owner.name)),
                key=keys.of_shop("delete_shop_name", owner.id),
            )
            ready = (typed or "").strip() == owner.name
            st.button(
                _("Delete this shop"), disabled=not ready, key=keys.of_shop("delete_shop", owner.id),
                on_click=delete_shop, args=(opened, owner),
            )  # fmt: skip
        if not everything:
            return
        word = st.text_input(_("Type {word} to delete every shop", word=_ALL), key="delete_all_word")
        sure = (word or "").strip() == _ALL
        st.button(_("Delete every shop"), disabled=not sure, key="delete_all", on_click=delete_all, args=(opened,))


def delete_shop(opened: Store, owner: Shop) -> None:
    """The shop that was drawn, with what is held for it; it can be taken back where it happened."""
    if not notices.attempt(lambda: opened.delete_shop(owner.id)):
        return
    state.hold(())
    shop.leave()
    notices.undoable(
        _("{shop} was deleted; it can be brought back for 30 days.", shop=owner.name),
        partial(_shop_back, opened, owner.id),
        _("{shop} is back", shop=owner.name),
    )


def _shop_back(opened: Store, shop_id: str) -> None:
    opened.restore_shop(shop_id)
    shop.choose(shop_id)


def _all_back(opened: Store, shop_ids: list[str]) -> None:
    for each in shop_ids:
        opened.restore_shop(each)


def delete_all(opened: Store) -> None:
    """Every shop; each can be brought back from the trash."""
    mine = opened.shops()
    if not notices.attempt(opened.delete_everything):
        return
    st.session_state["delete_all_word"] = ""
    state.hold(())
    shop.leave()
    notices.undoable(
        _("Every shop was deleted; they can be brought back for 30 days."),
        partial(_all_back, opened, [each.id for each in mine]),
        _("Every shop is back"),
    )
