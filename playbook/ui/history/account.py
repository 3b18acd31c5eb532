"""The account and the whole shop beside its LIVEs, month by month; months that are closed stay as they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.desk.months import Month, changed_since, lives_of, month_of, months
from playbook.imports import apart
from playbook.imports.daily import day_totals
from playbook.language import N_, _, ngettext, pgettext
from playbook.model.session import Session, UnusableFile
from playbook.store.access import Role
from playbook.store.records import ACCOUNT_FIGURES, AccountFigure, ClosedMonth, Shop
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import keys, notices, pace, rights, shop
from playbook.ui.frame.escape import escape
from playbook.ui.frame.titles import titles

#: By why the GMV of a LIVE is in no sum: how many there are.
_LEFT_OUT = {
    "no GMV": N_("{many} with no GMV"), "another currency": N_("{many} with another currency"),
    "another kind of GMV": N_("{many} with another kind of GMV"),
}  # fmt: skip
#: Months of the table.
_SHOWN = 24


def show() -> None:
    kept, owner, opened = loading.of_shop(), shop.current(), shop.store()
    if owner is None or opened is None:
        return
    sessions = kept.sessions if kept else ()
    figures, closed = opened.account(owner.id), opened.closed_months(owner.id)
    found = months(sessions, figures, closed)
    if not found:
        st.markdown(_("No month has a LIVE or a total yet."))
    else:
        st.header(escape(headline(found[0])), anchor=False)
        frame = pd.DataFrame([row(each) for each in found[:_SHOWN]])
        frame = frame.drop(columns=[name for name in frame if not frame[name].any()])
        st.dataframe(
            frame, hide_index=True, key=keys.of_shop("account_months", owner.id), placeholder="",
            column_config=titles(frame),
            alt=_("Month by month: LIVEs beside the account"),
        )  # fmt: skip
        remarks(found, sessions, figures)
        closing(opened, owner, found, closed)
    if rights.may(Role.host, owner.id):
        typed(opened, owner)
        upload(opened, owner)
        delete(opened, owner, figures)


def headline(latest: Month) -> str:
    """The latest month in a sentence."""
    lives = formats.lives(latest.lives)
    said = {"month": name_of(latest.month), "lives": lives}
    if latest.gmv is None:
        return _("{month}: {lives}, GMV not known.", **said)
    gmv = formats.money_short(latest.gmv, latest.currency)
    if latest.share is None:
        return _("{month}: {lives}, {gmv}.", **said, gmv=gmv)
    part = formats.percent_in(latest.share, 0)
    return _("{month}: {lives}, {gmv}, {part} of the shop's.", **said, gmv=gmv, part=part)


def name_of(month: str) -> str:
    """`August 2026`."""
    return formats.month_and_year(date.fromisoformat(f"{month}-01"))


def row(each: Month) -> dict[str, str]:
    """A month; a figure of which days are missing says how many it has."""
    name = name_of(each.month)
    return {
        N_("Month"): _("{month} (closed)", month=name) if each.closed else name,
        N_("LIVEs"): formats.count(each.lives),
        N_("Hours"): formats.decimal(each.hours) if each.hours is not None else _("not all known"),
        N_("GMV of LIVEs"): formats.money_short(each.gmv, each.currency) if each.gmv is not None else _("not known"),
        N_("GMV of LIVEs, account"): _figure(each, "live_gmv"),
        N_("GMV of the shop"): _figure(each, "shop_gmv"),
        N_("LIVEs' part"): formats.percent_in(each.share, 0) if each.share is not None else "",
        N_("Orders of the shop"): _figure(each, "orders"),
        N_("Followers"): _figure(each, "followers"),
        N_("New from LIVEs"): formats.count(each.new_followers) if each.new_followers is not None else "",
    }


def _figure(each: Month, name: str) -> str:
    value = each.account.get(name)
    if value is None:
        return ""
    said = formats.money_short(value, each.currency) if name.endswith("gmv") else formats.count(round(value))
    if not each.missing(name):
        return said
    days = each.days[name]
    return ngettext("{figure} ({count} day)", "{figure} ({count} days)", days, figure=said, count=formats.count(days))


def remarks(found: Sequence[Month], sessions: Sequence[Session], figures: Sequence[AccountFigure]) -> None:
    """LIVEs that a sum leaves out, money in two currencies, and closed months that would be others by now."""
    for each in found[:_SHOWN]:
        if each.left_out:
            why = ", ".join(_(_LEFT_OUT[reason], many=many) for reason, many in each.left_out.items())
            month = name_of(each.month)
            st.caption(escape(_("{month}: the GMV of LIVEs leaves out {lives}.", month=month, lives=why)))
        if each.closed:
            other = changed_since(each, month_of(each.month, lives_of(sessions, each.month), figures))
            if other:
                st.caption(escape(_(
                    "{month} was closed on {day} by {who}. Since then other files came in: {figures} would be "
                    "different now.",
                    month=name_of(each.month), day=formats.day(each.closed), who=each.who,
                    figures=formats.listed([_(name) for name in other]),
                )))  # fmt: skip
    currencies = {each.currency for each in figures if each.currency} | {
        each.currency for each in found if each.currency
    }
    if len(currencies) > 1:
        listed = ", ".join(sorted(currencies))
        st.caption(
            escape(_("Totals are in several currencies: {currencies}. They are not converted.", currencies=listed))
        )


def closing(opened: Store, owner: Shop, found: Sequence[Month], closed: Sequence[ClosedMonth]) -> None:
    """Settle a month with a client: its figures stay, whatever comes in later."""
    ended = [each for each in found if each.closed is None and each.month < f"{shop.today():%Y-%m}"]
    if rights.may(Role.coach, owner.id) and ended:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            wanted = st.selectbox(
                _("Month to close"), [each.month for each in ended], format_func=name_of, width=220,
                key=keys.of_shop("close_which", owner.id),
            )  # fmt: skip
            month = next(each for each in ended if each.month == wanted)
            st.button(
                _("Close it"), icon=":material/lock:", key=keys.of_shop("close_month", owner.id), on_click=notices.act,
                args=(partial(opened.close_month, owner.id, wanted, month.data()),
                      _("{month} is closed", month=name_of(wanted))),
            )  # fmt: skip
        st.caption(_("A closed month shows these figures from now on, whatever files come in later."))
    if rights.may(Role.owner, owner.id) and closed:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            again = st.selectbox(_("Closed month"), [each.month for each in closed], format_func=name_of, width=220,
                                 key=keys.of_shop("open_which", owner.id))  # fmt: skip
            st.button(_("Open it again"), icon=":material/lock_open:", key=keys.of_shop("open_month", owner.id),
                      on_click=notices.act, args=(partial(opened.open_month, owner.id, again),))  # fmt: skip


def typed(opened: Store, owner: Shop) -> None:
    """Totals of a month or of any days, from the screen of Seller Center."""
    with (
        st.expander(_("Type totals"), icon=":material/edit:"),
        st.form(keys.of_shop("account_form", owner.id), border=False),
    ):
        first = shop.today().replace(day=1) - timedelta(days=1)
        boxes = {name: keys.of_shop(f"account_{name}", owner.id) for name in ("from", "to", *ACCOUNT_FIGURES)}
        with st.grid(3, min_column_width=170):
            st.date_input(
                pgettext("first day", "From"), first.replace(day=1), format=formats.typed_day(), key=boxes["from"]
            )
            st.date_input(pgettext("last day", "To"), first, format=formats.typed_day(), key=boxes["to"])
            for name, label in ACCOUNT_FIGURES.items():
                st.number_input(_(label), min_value=0.0, value=None, step=1.0, key=boxes[name])
        st.form_submit_button(_("Keep"), icon=":material/save:", key=keys.of_shop("account_keep", owner.id),
                              on_click=_keep, args=(opened, owner, boxes))  # fmt: skip


def _keep(opened: Store, owner: Shop, boxes: dict[str, str]) -> None:
    said: dict[str, Any] = {name: st.session_state.get(key) for name, key in boxes.items()}
    figures = [
        AccountFigure(said["from"], said["to"], name, float(said[name]),
                      owner.currency if name.endswith("gmv") else None)
        for name in ACCOUNT_FIGURES
        if said[name] is not None
    ]  # fmt: skip
    if not figures or not said["from"] or not said["to"]:
        notices.refused(_("Type at least one total, and the first and last day it is of."))
        return
    notices.attempt(lambda: opened.keep_account(owner.id, figures), _("Kept"))


def upload(opened: Store, owner: Shop) -> None:
    """Exports with a row a day: Core Stats of LIVEs, Shop Analytics, the overview of a business."""
    with st.expander(_("From an export"), icon=":material/upload_file:"):
        st.caption(_("LIVE Performance Core Stats, Shop Analytics or Business Overview: files with a row a day."))
        key = keys.of_shop("account_upload", owner.id)
        held = st.file_uploader(_("Totals by day"), type=["xlsx", "csv", "xls"], accept_multiple_files=True, key=key)
        if not held:
            return
        st.button(_("Keep these totals"), icon=":material/save:", key=keys.of_shop("account_take", owner.id),
                  on_click=_take, args=(opened, owner, [(each.name, each.getvalue()) for each in held]))  # fmt: skip


def _take(opened: Store, owner: Shop, files: Sequence[tuple[str, bytes]]) -> None:
    for name, content in files:
        if not pace.may_read():
            notices.refused(pace.too_often())
            return
        try:
            read = day_totals(name, apart.read_rows([(name, content)]), owner.currency)
        except UnusableFile as error:
            notices.refused(str(error))
            continue
        figures = [AccountFigure(each.first, each.last, each.name, each.value, each.currency, name) for each in read]
        kinds = formats.listed([_(kind) for kind in sorted({ACCOUNT_FIGURES[each.name] for each in figures})])
        days = len({each.first for each in figures})
        said = ngettext(
            "{file}: {figures}, {days} days",
            "{file}: {figures}, {days} days",
            days,
            file=name,
            figures=kinds,
            days=days,
        )
        notices.attempt(partial(opened.keep_account, owner.id, figures), said)


def delete(opened: Store, owner: Shop, figures: Sequence[AccountFigure]) -> None:
    """Everything that came from one file, or was typed."""
    sources = sorted({each.source for each in figures})
    if not sources or not rights.may(Role.coach, owner.id):
        return
    with st.popover(_("Delete totals"), icon=":material/delete:"):
        which = st.selectbox(
            pgettext("where totals came from", "From"),
            sources,
            format_func=escape,
            key=keys.of_shop("account_source", owner.id),
        )
        gone = [each for each in figures if each.source == which]
        many = len(gone)
        st.button(ngettext("Delete {count} total", "Delete {count} totals", many, count=formats.count(many)),
                  key=keys.of_shop("account_drop", owner.id),
                  on_click=notices.act, args=(partial(opened.drop_account, owner.id, gone), _("Deleted")))  # fmt: skip
