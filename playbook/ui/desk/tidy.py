"""Move LIVEs to another shop, make two shops one, delete many: each with a way back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.language import N_, _, ngettext, pgettext
from playbook.model.session import Session
from playbook.report.words import sentences
from playbook.store.access import Role
from playbook.store.records import Shop, Tidied
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, rights, shop
from playbook.ui.frame.escape import escape
from playbook.ui.frame.titles import titles


def show() -> None:
    opened, here = shop.store(), shop.current()
    kept = loading.of_shop()
    if opened is None or here is None or kept is None:
        return
    if not rights.may(Role.coach, here.id):
        st.info(_("Moving and deleting LIVEs takes a coach of the shop."), icon=":material/lock:")
        return
    last = opened.last_tidied(here.id)
    if last is not None:
        take_back(opened, here, last)
    others = [each for each in shop.shops() if each.id != here.id]
    st.header(_("LIVEs of {shop}", shop=escape(here.name)), anchor=False)
    chosen = choose(here, kept.sessions[::-1])
    many = len(chosen)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if others:
            target = st.selectbox(
                pgettext("the shop that LIVEs are moved to", "To"),
                others,
                format_func=lambda each: each.name,
                key=keys.of_shop("move_to", here.id),
                width=240,
            )
            st.button(
                ngettext("Move {count} LIVE", "Move {count} LIVEs", many, count=formats.count(many)),
                key=keys.of_shop("move", here.id), disabled=not chosen,
                icon=":material/drive_file_move:", on_click=_move, args=(opened, here, chosen, target),
            )  # fmt: skip
        st.button(
            ngettext("Delete {count} LIVE", "Delete {count} LIVEs", many, count=formats.count(many)),
            key=keys.of_shop("delete_many", here.id), disabled=not chosen, icon=":material/delete:",
            on_click=_delete, args=(opened, here, chosen),
        )  # fmt: skip
    odd = {each.currency for each in kept.sessions if each.id in chosen and each.currency}
    if others and target and target.currency and odd - {target.currency}:
        st.warning(
            escape(_(
                "{shop} sells in {currency}, some of these LIVEs in {others}. They will not be compared with each "
                "other.",
                shop=target.name, currency=target.currency, others=", ".join(sorted(odd)),
            )), icon=":material/currency_exchange:",
        )  # fmt: skip
    if others and rights.may(Role.owner, here.id):
        merge(opened, here, others)


def take_back(opened: Store, here: Shop, last: Tidied) -> None:
    said = _last_done(last, {each.id: each.name for each in shop.shops()})
    with st.container(horizontal=True, vertical_alignment="center", key="last_tidied"):
        st.markdown(escape(f"{sentences.day(shop.local(last.at))}: {said}"))
        st.button(
            _("Take it back"), key=keys.of_shop(f"tidy_back_{last.id}", here.id), icon=":material/undo:",
            on_click=notices.act,
            args=(lambda: opened.undo_tidied(here.id, last.id), _("Taken back")),
        )  # fmt: skip


def _last_done(last: Tidied, names: dict[str, str]) -> str:
    lives = formats.count(last.lives)
    if last.kind == "delete":
        return ngettext("{count} LIVE deleted together.", "{count} LIVEs deleted together.", last.lives, count=lives)
    if last.kind == "merge":
        return ngettext(
            "{count} LIVE came from a shop that was merged into this one.",
            "{count} LIVEs came from a shop that was merged into this one.",
            last.lives, count=lives,
        )  # fmt: skip
    other = names.get(last.other_id or "")
    if other is None:
        return ngettext(
            "{count} LIVE moved to a shop that is gone.", "{count} LIVEs moved to a shop that is gone.", last.lives,
            count=lives,
        )  # fmt: skip
    return ngettext("{count} LIVE moved to {shop}.", "{count} LIVEs moved to {shop}.", last.lives, count=lives,
                    shop=other)  # fmt: skip


def choose(here: Shop, newest: tuple[Session, ...]) -> list[str]:
    """The ids of the LIVEs that are ticked."""
    frame = pd.DataFrame(
        {N_("LIVE"): [sentences.when(each) for each in newest], N_("Title"): [each.title or "" for each in newest],
         N_("Host"): [each.host or "" for each in newest],
         N_("GMV"): [formats.money_short(each.counts["gmv"], each.currency) for each in newest],
         N_("Account"): [each.creator or "" for each in newest]}
    )  # fmt: skip
    if len(frame):
        frame = frame.drop(columns=[name for name in ("Title", "Host", "Account") if not frame[name].any()])
    event = st.dataframe(
        frame, hide_index=True, key=keys.of_shop("tidy_table", here.id), on_select="rerun", selection_mode="multi-row",
        height=360, alt=_("LIVEs of this shop, newest first"),
        column_config=titles(frame) | {"LIVE": st.column_config.TextColumn(_("LIVE"), width=280)},
    )  # fmt: skip
    return [newest[row].id for row in event["selection"]["rows"] if row < len(newest)]


def merge(opened: Store, here: Shop, others: list[Shop]) -> None:
    with st.expander(_("Make two shops one"), icon=":material/merge:"):
        st.markdown(
            _(
                "Everything of **{shop}** goes into the other shop: LIVEs, plans, people who learn. What the other has "
                "already stays behind, and the emptied shop lies in the trash for 30 days.",
                shop=escape(here.name),
            )
        )
        target = st.selectbox(
            pgettext("the shop that another one becomes part of", "Into"), others,
            format_func=lambda each: each.name, key=keys.of_shop("merge_to", here.id),
        )  # fmt: skip
        if target:
            st.button(
                escape(_("Merge into {shop}", shop=target.name)), key=keys.of_shop("merge", here.id),
                icon=":material/merge:",
                on_click=_merge, args=(opened, here, target),
            )  # fmt: skip


def _undoable(opened: Store, shop_id: str, done: Tidied, text: str) -> None:
    notices.undoable(text, lambda: opened.undo_tidied(shop_id, done.id), _("Taken back"))


def _move(opened: Store, here: Shop, chosen: list[str], target: Shop) -> None:
    def act() -> None:
        done = opened.move_sessions(here.id, chosen, target.id)
        text = ngettext("{count} LIVE moved to {shop}", "{count} LIVEs moved to {shop}", done.lives,
                        count=formats.count(done.lives), shop=target.name)  # fmt: skip
        _undoable(opened, here.id, done, text)

    notices.attempt(act)


def _delete(opened: Store, here: Shop, chosen: list[str]) -> None:
    def act() -> None:
        done = opened.delete_sessions(here.id, chosen)
        lives = formats.count(done.lives)
        _undoable(
            opened, here.id, done, ngettext("{count} LIVE deleted", "{count} LIVEs deleted", done.lives, count=lives)
        )

    notices.attempt(act)


def _merge(opened: Store, here: Shop, target: Shop) -> None:
    def act() -> None:
        done = opened.merge_shop(here.id, target.id)
        lives = formats.lives(done.lives)
        said = {"shop": here.name, "whole": target.name, "lives": lives}
        if done.left:
            there = formats.lives(len(done.left))
            text = _("{shop} is part of {whole} now: {lives}; {left} were there already", **said, left=there)
        else:
            text = _("{shop} is part of {whole} now: {lives}", **said)
        _undoable(opened, target.id, done, text)
        shop.choose(target.id)

    notices.attempt(act)
