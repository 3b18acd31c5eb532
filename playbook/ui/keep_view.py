"""The shop's particulars, and what is yours to take along and to erase."""

from __future__ import annotations

import tempfile
import zoneinfo
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import streamlit as st

from ..report import sentences
from ..store.records import Shop, Trashed
from ..store.store import Store
from . import shop, state
from .escape import escape

CURRENCIES = ("BRL", "EUR", "GBP", "IDR", "JPY", "MXN", "MYR", "PHP", "SGD", "THB", "USD", "VND")


def show() -> None:
    opened, owner = shop.store(), shop.current()
    if opened is None:
        st.error(escape(shop.trouble() or "The store cannot be used."), icon=":material/database_off:")
        return
    particulars(opened, owner)
    take_along(opened, owner)
    bring_back(opened)
    erase(opened, owner)
    st.caption(f"Everything is kept in {opened.where}")


def particulars(opened: Store, owner: Shop | None) -> None:
    """Name, time zone, currency, market of this shop; and a new shop."""
    if owner:
        st.subheader("This shop", anchor=False)
        with st.form("shop", border=True):
            with st.grid(4, min_column_width=180):
                name = st.text_input("Name", value=owner.name, key="shop_name", max_chars=80)
                zones = ["", *sorted(zoneinfo.available_timezones())]
                zone = st.selectbox(
                    "Time zone", zones, index=zones.index(owner.timezone or ""), key="shop_zone",
                    help="Only files from the API need it.",
                )  # fmt: skip
                codes = sorted({"", *CURRENCIES, owner.currency or ""})
                currency = st.selectbox("Currency", codes, index=codes.index(owner.currency or ""), key="shop_currency")
                market = st.text_input("Market", value=owner.market or "", key="shop_market", max_chars=40)
            if st.form_submit_button("Save", icon=":material/save:", key="save_shop") and shop.attempt(
                lambda: opened.change_shop(
                    owner.id, name=name, timezone=zone or None, currency=currency or None, market=market or None
                ),
                "Saved",
            ):
                st.rerun()
    with st.popover("Add a shop", icon=":material/add_business:"):
        name = st.text_input("Name of the new shop", key="add_shop_name", max_chars=80)
        if st.button("Add", key="add_shop", type="primary"):
            made: list[Shop] = []
            if shop.attempt(lambda: made.append(opened.create_shop(name or "")), "Added"):
                shop.choose(made[0].id)
                st.rerun()


def take_along(opened: Store, owner: Shop | None) -> None:
    st.subheader("Take it along", anchor=False)
    st.markdown("A backup holds every shop in one file. The CSV files hold this shop in the layout of our templates.")
    day = f"{datetime.now():%Y%m%d}"
    with st.container(horizontal=True):
        st.download_button(
            "Backup", lambda: _written(opened.backup, "backup.playbook"), f"live_playbook_{day}.playbook",
            "application/octet-stream", key="backup", icon=":material/save:", on_click="ignore",
        )  # fmt: skip
        if owner:
            st.download_button(
                "Everything as CSV", lambda: _written(lambda path: opened.export_csv(owner.id, path), "shop.zip"),
                f"{owner.name}_{day}.zip", "application/zip", key="export_csv", icon=":material/folder_zip:",
                on_click="ignore",
            )  # fmt: skip
    with st.popover("Restore a backup", icon=":material/settings_backup_restore:"):
        st.markdown(
            "What is here now is **replaced** by what is in the backup, and kept in a file "
            "beside the store until three more restores."
        )
        given = st.file_uploader("Backup file", type=["playbook"], key="restore_file")
        if (
            given is not None
            and st.button("Replace everything by this backup", key="restore", type="primary")
            and shop.attempt(lambda: _restore(opened, given.getvalue()), "Restored")
        ):
            state.hold(())
            st.rerun()


def _written(write: object, name: str) -> bytes:
    """What a function writes into a file, as bytes."""
    assert callable(write)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
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
    st.subheader("Trash", anchor=False)
    st.caption("What is deleted stays here for 30 days.")
    for index, each in enumerate(found[:50]):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(escape(_named(each)))
            days = max((each.until - datetime.now(UTC)).days, 0)
            st.caption(f"{days} days left")
            if st.button(
                "Bring back", key=f"bring_back_{index}", icon=":material/restore_from_trash:"
            ) and shop.attempt(partial(_bring_back, opened, each), "Brought back"):
                st.rerun()


def _named(each: Trashed) -> str:
    if each.session_id is None:
        return f"Shop {each.shop}"
    return f"{sentences.day(each.start)} · {each.title or each.session_id} · {each.shop}"


def _bring_back(opened: Store, each: Trashed) -> None:
    if each.session_id is None:
        opened.restore_shop(each.shop_id)
    else:
        opened.restore_session(each.shop_id, each.session_id)


def erase(opened: Store, owner: Shop | None) -> None:
    """Each needs its name or a word typed: nobody deletes a shop by a slip."""
    with st.popover("Delete", icon=":material/delete_forever:"):
        if owner:
            typed = st.text_input(
                f"Type {escape(owner.name)} to delete this shop with all its LIVEs", key="delete_shop_name"
            )
            ready = (typed or "").strip() == owner.name
            if st.button("Delete this shop", disabled=not ready, key="delete_shop") and shop.attempt(
                lambda: opened.delete_shop(owner.id), "Deleted; it can be brought back for 30 days"
            ):
                state.hold(())
                st.rerun()
        word = st.text_input("Type everything to delete every shop", key="delete_all_word")
        sure = (word or "").strip() == "everything"
        if st.button("Delete every shop", disabled=not sure, key="delete_all") and shop.attempt(
            opened.delete_everything, "Deleted; it can be brought back for 30 days"
        ):
            state.hold(())
            st.rerun()
        full = bool(opened.trash())
        if st.button("Empty the trash for good", disabled=not full, key="empty_trash") and shop.attempt(
            opened.empty_trash, "The trash is empty"
        ):
            st.rerun()
