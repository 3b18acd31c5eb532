"""Move LIVEs to another shop, make two shops one, delete many: each with a way back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.model.session import Session
from playbook.report.words import sentences
from playbook.store.access import Role
from playbook.store.records import Shop, Tidied
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, rights, shop
from playbook.ui.frame.escape import escape


def show() -> None:
    opened, here = shop.store(), shop.current()
    kept = loading.of_shop()
    if opened is None or here is None or kept is None:
        return
    if not rights.may(Role.coach, here.id):
        st.info("Moving and deleting LIVEs takes a coach of the shop.", icon=":material/lock:")
        return
    last = opened.last_tidied(here.id)
    if last is not None:
        take_back(opened, here, last)
    others = [each for each in shop.shops() if each.id != here.id]
    st.header(f"LIVEs of {escape(here.name)}", anchor=False)
    chosen = choose(here, kept.sessions[::-1])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if others:
            target = st.selectbox(
                "To", others, format_func=lambda each: each.name, key=keys.of_shop("move_to", here.id), width=240
            )
            st.button(
                f"Move {formats.several(len(chosen), 'LIVE')}", key=keys.of_shop("move", here.id), disabled=not chosen,
                icon=":material/drive_file_move:", on_click=_move, args=(opened, here, chosen, target),
            )  # fmt: skip
        st.button(
            f"Delete {formats.several(len(chosen), 'LIVE')}", key=keys.of_shop("delete_many", here.id),
            disabled=not chosen, icon=":material/delete:", on_click=_delete, args=(opened, here, chosen),
        )  # fmt: skip
    odd = {each.currency for each in kept.sessions if each.id in chosen and each.currency}
    if others and target and target.currency and odd - {target.currency}:
        st.warning(
            escape(f"{target.name} sells in {target.currency}, some of these LIVEs in {', '.join(sorted(odd))}. They "
                   "will not be compared with each other."), icon=":material/currency_exchange:",
        )  # fmt: skip
    if others and rights.may(Role.owner, here.id):
        merge(opened, here, others)


def take_back(opened: Store, here: Shop, last: Tidied) -> None:
    names = {each.id: each.name for each in shop.shops()}
    lives = formats.several(last.lives, "LIVE")
    other = names.get(last.other_id or "", "a shop that is gone")
    words = {"move": f"{lives} moved to {other}", "merge": f"{lives} came from a shop that was merged into this one",
             "delete": f"{lives} deleted together"}[last.kind]  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", key="last_tidied"):
        st.markdown(escape(f"{sentences.day(shop.local(last.at))}: {words}."))
        st.button(
            "Take it back", key=keys.of_shop(f"tidy_back_{last.id}", here.id), icon=":material/undo:",
            on_click=notices.act,
            args=(lambda: opened.undo_tidied(here.id, last.id), "Taken back"),
        )  # fmt: skip


def choose(here: Shop, newest: tuple[Session, ...]) -> list[str]:
    """The ids of the LIVEs that are ticked."""
    frame = pd.DataFrame(
        {"LIVE": [sentences.when(each) for each in newest], "Title": [each.title or "" for each in newest],
         "Host": [each.host or "" for each in newest],
         "GMV": [formats.money_short(each.counts["gmv"], each.currency) for each in newest],
         "Account": [each.creator or "" for each in newest]}
    )  # fmt: skip
    if len(frame):
        frame = frame.drop(columns=[name for name in ("Title", "Host", "Account") if not frame[name].any()])
    event = st.dataframe(
        frame, hide_index=True, key=keys.of_shop("tidy_table", here.id), on_select="rerun", selection_mode="multi-row",
        height=360, alt="LIVEs of this shop, newest first",
        column_config={"LIVE": st.column_config.TextColumn(width=280)},
    )  # fmt: skip
    return [newest[row].id for row in event["selection"]["rows"] if row < len(newest)]


def merge(opened: Store, here: Shop, others: list[Shop]) -> None:
    with st.expander("Make two shops one", icon=":material/merge:"):
        st.markdown(
            f"Everything of **{escape(here.name)}** goes into the other shop: LIVEs, plans, people who learn. What the "
            "other has already stays behind, and the emptied shop lies in the trash for 30 days."
        )
        target = st.selectbox("Into", others, format_func=lambda each: each.name, key=keys.of_shop("merge_to", here.id))
        if target:
            st.button(
                escape(f"Merge into {target.name}"), key=keys.of_shop("merge", here.id), icon=":material/merge:",
                on_click=_merge, args=(opened, here, target),
            )  # fmt: skip


def _undoable(opened: Store, shop_id: str, done: Tidied, text: str) -> None:
    notices.undoable(text, lambda: opened.undo_tidied(shop_id, done.id), "Taken back")


def _move(opened: Store, here: Shop, chosen: list[str], target: Shop) -> None:
    def act() -> None:
        done = opened.move_sessions(here.id, chosen, target.id)
        _undoable(opened, here.id, done, f"{formats.several(done.lives, 'LIVE')} moved to {target.name}")

    notices.attempt(act)


def _delete(opened: Store, here: Shop, chosen: list[str]) -> None:
    def act() -> None:
        done = opened.delete_sessions(here.id, chosen)
        _undoable(opened, here.id, done, f"{formats.several(done.lives, 'LIVE')} deleted")

    notices.attempt(act)


def _merge(opened: Store, here: Shop, target: Shop) -> None:
    def act() -> None:
        done = opened.merge_shop(here.id, target.id)
        left = f"; {formats.several(len(done.left), 'LIVE')} were there already" if done.left else ""
        text = f"{here.name} is part of {target.name} now: {formats.several(done.lives, 'LIVE')}{left}"
        _undoable(opened, target.id, done, text)
        shop.choose(target.id)

    notices.attempt(act)
