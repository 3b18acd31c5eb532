"""All shops as one table by need. The three that need somebody first stand above it with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.desk.needs import ShopNeed, pressing
from playbook.knowledge.metrics import Metric
from playbook.language import N_, _, pgettext
from playbook.report.words import desk as words
from playbook.store.access import Role
from playbook.store.records import Shop
from playbook.ui.files import loading
from playbook.ui.frame import edits, keys, notices, rights, shell, shop, state
from playbook.ui.frame.escape import escape
from playbook.ui.frame.titles import titles

from . import known

#: Rows of the table before it scrolls by itself.
_TALL = 620


def show() -> None:
    every = known.all_shops()
    if not every:
        nothing_yet()
        return
    metrics = loading.knowledge().metrics
    left = known.missing(every)
    st.header(escape(words.headline(every)), anchor=False)
    if left:
        known.go_on(left, len(every))
    first(pressing(every), metrics)
    shown = narrowed(every)
    table(shown, metrics)
    labels(shown)


def nothing_yet() -> None:
    message = shop.trouble()
    if message:
        st.error(escape(message), icon=":material/database_off:")
        return
    st.info(_("There is no shop yet. The first upload makes one."), icon=":material/storefront:")
    shell.link("review.py", _("Go to the review page"), icon=":material/arrow_forward:")


def first(found: Sequence[ShopNeed], metrics: Mapping[str, Metric]) -> None:
    """A card for each shop that needs somebody, with the reason and the way to the review."""
    if not found:
        return
    with st.grid(len(found), min_column_width=250):
        for each in found:
            card(each, metrics)


def card(each: ShopNeed, metrics: Mapping[str, Metric]) -> None:
    """One shop, why, and the way to its review."""
    with st.container(border=True, height="stretch", key=f"needs_{each.shop.id}"):
        with formats.written_for(each.glance.currency if each.glance else None):
            st.markdown(f"**{escape(each.shop.name)}**")
            st.markdown(escape(words.why(each, metrics)))
        if st.button(_("Open the review"), key=keys.of_shop("open", each.shop.id), icon=":material/troubleshoot:"):
            open_review(each)


def open_review(need: ShopNeed) -> None:
    """Leave for the review of a shop's last LIVE."""
    shop.choose(need.shop.id)
    state.hold(())
    if need.glance and need.glance.last:
        state.choose_live(need.glance.last.id)
    shell.leave_for("review.py")


def narrowed(every: Sequence[ShopNeed]) -> list[ShopNeed]:
    """The shops that the search, the tags and the person in charge leave; all three stand in the address."""
    tags = sorted({tag for each in every for tag in each.shop.labels}, key=str.casefold)
    people = sorted({each.shop.in_charge for each in every if each.shop.in_charge}, key=str.casefold)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            _("Search"), type="search", placeholder=_("Shop, host, tag ..."), key="desk_find", live=True, width=260,
            bind="query-params",
        ) or ""  # fmt: skip
        person = None
        if people:
            person = st.selectbox(
                _("In charge"), people, index=None, key="desk_person", placeholder=_("Everybody"), width=200,
                bind="query-params",
            )  # fmt: skip
        wanted = st.pills(_("Tags"), tags, selection_mode="multi", key="desk_tags", format_func=escape,
                          bind="query-params") if tags else []  # fmt: skip
    found = [each for each in every if _has(each, text)]
    found = [each for each in found if person is None or each.shop.in_charge == person]
    return [each for each in found if set(wanted or ()) <= set(each.shop.labels)]


def _has(need: ShopNeed, text: str) -> bool:
    host = need.glance.last.host if need.glance and need.glance.last else None
    looked = " ".join(filter(None, (need.shop.name, host, need.shop.in_charge, need.shop.tags))).casefold()
    return all(word in looked for word in text.casefold().split())


def table(shown: Sequence[ShopNeed], metrics: Mapping[str, Metric]) -> None:
    """One row a shop; a click on it opens the review of its last LIVE."""
    if not shown:
        st.info(_("No shop has all of that."), icon=":material/filter_list_off:")
        return
    st.caption(_("Those that need somebody first. A click on a row opens the review of the last LIVE."))
    frame = once_frame(shown, metrics)
    event = st.dataframe(
        frame, hide_index=True, key="desk_table", on_select="rerun", selection_mode=("single-row", "single-cell"),
        height=min(_TALL, 36 * (len(frame) + 1) + 4), alt=_("Shops, those that need somebody first"), placeholder="",
        column_config=titles(frame) | {
            "Shop": st.column_config.TextColumn(_("Shop"), width=150, pinned=True),
            "Needs": st.column_config.TextColumn(_("Needs"), width=190),
            "Against usual": st.column_config.NumberColumn(
                _("Against usual"), format="%+d%%",
                help=_("GMV of the last LIVE against a usual LIVE of its length, in percent.")
            ),
            "Ups and downs": st.column_config.TextColumn(
                _("Ups and downs"), help=_("Whether LIVEs of this shop differ by as much without a reason.")
            ),
            "Days since": st.column_config.NumberColumn(_("Days since"), format="%d", help=_("Since the last LIVE.")),
            "Weekly look": st.column_config.NumberColumn(
                _("Look, days"), format="%d", help=_("Since the last weekly look.")
            ),
            "LIVEs": st.column_config.NumberColumn(_("LIVEs"), format="localized"),
            "Not opened": st.column_config.NumberColumn(
                _("Not opened"), format="localized", help=_("Reviews that nobody opened.")
            ),
        },
    )  # fmt: skip
    picked = [*event["selection"]["rows"], *(row for row, _column in event["selection"].get("cells", ()))]
    if picked:
        open_review(shown[picked[0]])


def once_frame(shown: Sequence[ShopNeed], metrics: Mapping[str, Metric]) -> pd.DataFrame:
    """The table; columns that nobody filled are left out."""
    frame = pd.DataFrame([_row(each, metrics) for each in shown])
    empty = ("Weakest", "Repeat offenders", "Plan", "Host", "In charge", "Tags")
    return frame.drop(columns=[name for name in empty if not frame[name].any()])


def _row(need: ShopNeed, metrics: Mapping[str, Metric]) -> dict[str, object]:
    glance, owner = need.glance, need.shop
    with formats.written_for(glance.currency if glance else owner.currency):
        weakest = (
            words.weak_words(need.weak[0], metrics[need.weak[0].metric], glance.currency)
            if need.weak and glance
            else ""
        )
    change = None if glance is None or glance.change is None else round(glance.change * 100)
    return {
        N_("Shop"): owner.name,
        N_("Needs"): words.needs_words(need),
        N_("Against usual"): change,
        N_("Ups and downs"): "" if change is None or glance is None else _ups_and_downs(glance.noise),
        N_("Weakest"): weakest,
        N_("Repeat offenders"): words.repeats_words(need, metrics),
        N_("Days since"): need.days,
        N_("Weekly look"): need.look_days,
        N_("Plan"): words.plan_words(glance.plan) if glance else "",
        N_("Host"): (glance.last.host or "") if glance and glance.last else "",
        N_("In charge"): owner.in_charge or "",
        N_("Tags"): ", ".join(owner.labels),
        N_("LIVEs"): need.line.sessions,
        N_("Not opened"): need.line.not_reviewed,
    }


def _ups_and_downs(noise: bool) -> str:
    """Whether a change lies within what LIVEs of the shop differ by anyway."""
    return pgettext("ups and downs", "ordinary") if noise else pgettext("ups and downs", "beyond")


def labels(shown: Sequence[ShopNeed]) -> None:
    """Who is in charge of which shop, and its tags: typed in a table."""
    mine = [each.shop for each in shown if rights.may(Role.owner, each.shop.id)]
    if not mine:
        return
    with st.expander(_("Tags and who is in charge"), icon=":material/sell:"):
        st.caption(_("Tags with commas between them."))
        frame = pd.DataFrame(
            {"Shop": [each.name for each in mine], "In charge": [each.in_charge or "" for each in mine],
             "Tags": [each.tags or "" for each in mine]}
        )  # fmt: skip
        key = "desk_labels"
        mine, frame = edits.steady((mine, frame), key)
        frame = edits.rows(key, frame)
        st.data_editor(frame, hide_index=True, key=key, disabled=["Shop"], alt=_("Tags and people in charge"),
                       column_config=titles(frame))  # fmt: skip
        edits.keep(key)
        st.button(_("Save"), key="desk_save", icon=":material/save:", on_click=_save, args=(tuple(mine), frame, key))


def _save(mine: tuple[Shop, ...], frame: pd.DataFrame, key: str) -> None:
    opened = shop.store()
    assert opened
    typed = edits.edited(frame, st.session_state.get(key))
    changes: dict[str, dict[str, str | None]] = {}
    for each, row in zip(mine, typed.to_dict("records"), strict=True):
        wanted = {"in_charge": row["In charge"] or None, "tags": row["Tags"] or None}
        changed = {name: value for name, value in wanted.items() if value != getattr(each, name)}
        if changed:
            changes[each.id] = changed
    seen = {each.id: {"in_charge": each.in_charge, "tags": each.tags} for each in mine}
    edits.settled(key)
    if changes:
        notices.attempt(lambda: opened.change_shops(changes, seen=seen), _("Saved"), typed.to_csv(index=False))
