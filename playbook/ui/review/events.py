"""Events typed after the LIVE, or taken from the pad: lines for the keyboard, and a table to put them right."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.model.session import EVENT_TYPES, Event, Session
from playbook.store.access import Role
from playbook.store.store import Store
from playbook.ui.files import loading
from playbook.ui.frame import edits, keys, notices, rights, shop
from playbook.ui.frame.escape import escape

from . import lines

COLUMNS = ("Minute", "Type", "Product", "Detail", "End", "Note")


def show(opened: Store, shop_id: str, session: Session) -> None:
    """Six events in under a minute: a line each, and Save."""
    from_pad(opened, shop_id, session)
    typed(opened, shop_id, session, "event_lines")
    table = keys.of_live("events", shop_id, session.id)
    stored, seen = edits.steady((frame(session.events), session), table)
    before = edits.rows(table, stored)
    st.caption("In the table minutes count from the start of the LIVE.")
    st.data_editor(
        before, num_rows="dynamic", hide_index=True, key=table, placeholder="",
        alt="Events of this LIVE", column_config=columns(session),
    )  # fmt: skip
    edits.keep(table)
    st.button(
        "Save events", key=keys.of_live("save_events", shop_id, session.id), icon=":material/save:",
        on_click=save, args=(opened, shop_id, seen, before, table),
    )  # fmt: skip


def typed(opened: Store, shop_id: str, session: Session, name: str, first: str = "") -> None:
    """Events as lines of text, by keyboard alone; what is not saved is there again after a change of page."""
    box = keys.of_live(name, shop_id, session.id)
    kept = keys.unsaved(box)
    if box not in st.session_state:
        st.session_state[box] = st.session_state.get(kept) or first
    st.text_area(
        "What happened, a line each", key=box, height=110, placeholder=lines.HINT,
        help="The time into the LIVE or on the clock, what it was, and the product. Tab, then Enter, saves.",
    )  # fmt: skip
    st.session_state[kept] = st.session_state[box]
    understood, _ = lines.read(st.session_state[box], session)
    if understood:
        st.caption(escape(f"Understood: {'; '.join(lines.said(each) for each in understood)}."))
    st.button(
        "Save these lines", key=keys.of_live(f"save_{name}", shop_id, session.id), icon=":material/save:",
        on_click=save_lines, args=(opened, shop_id, session, box),
    )  # fmt: skip


def save_lines(opened: Store, shop_id: str, session: Session, box: str) -> None:
    """The lines as they stand, beside the events that the LIVE has; those that cannot be read stay in the box."""
    text = st.session_state.get(box) or ""
    events, wrong = lines.read(text, session)
    if wrong or not events:
        notices.refused("\n".join(f"- {each}" for each in wrong) or f"Type a line like '{lines.HINT}'.", text)
        return
    whole = tuple(sorted((*session.events, *events), key=lambda each: each.minute))
    said = f"{formats.several(len(events), 'event')} saved"
    if notices.attempt(lambda: opened.set_parts(shop_id, session.id, events=whole, seen=session), said, text):
        for name in (box, keys.unsaved(box)):
            st.session_state.pop(name, None)


def log(session: Session, number: int, minute: float) -> None:
    """In the card of a dip: what happened then, by the clock. Nothing where the LIVE is not saved."""
    opened, owner = shop.store(), shop.current()
    if opened is None or owner is None or not loading.is_kept(session.id) or not rights.may(Role.host, owner.id):
        return
    opener = keys.of_live(f"log_open_{number}", owner.id, session.id)
    with st.popover("Log what happened", icon=":material/edit_note:", key=opener):
        typed(opened, owner.id, session, f"log_{number}", f"{lines.clock_of(session, minute)} ")


def save(opened: Store, shop_id: str, session: Session, before: pd.DataFrame, table: str) -> None:
    """The rows of the table into the LIVE that it was drawn for, as long as its events are those of the table."""
    typed = edits.edited(before, st.session_state.get(table))
    events, wrong = read(typed)
    if wrong:
        notices.refused("\n".join(f"- {each}" for each in wrong), title="These rows cannot be saved")
    else:
        notices.attempt(
            lambda: opened.set_parts(shop_id, session.id, events=events, seen=session),
            f"{formats.several(len(events), 'event')} saved", typed.to_csv(index=False),
        )  # fmt: skip
        edits.settled(table)


def from_pad(opened: Store, shop_id: str, session: Session) -> None:
    """Offer the pad that was tapped during this LIVE."""
    begun = session.start
    if begun is None or session.events:
        return
    tapped = [each for each in opened.running.listed(shop_id, near=begun) if each.spans()]
    if not tapped:
        return
    live = min(tapped, key=lambda each: abs(each.start - begun))
    said = formats.several(len(live.spans()), "event")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/sensors: {said} {'was' if said[:2] == '1 ' else 'were'} tapped during this LIVE.")
        st.button(
            "Use them", key=keys.of_live("use_pad", shop_id, session.id), type="primary", on_click=notices.act,
            args=(
                lambda: opened.set_parts(shop_id, session.id, events=live.events(begun), seen=session),
                "Events taken from the pad",
            ),
        )  # fmt: skip


def frame(events: tuple[Event, ...]) -> pd.DataFrame:
    rows = [
        (each.minute, each.type, each.product, each.detail, each.end_minute, each.note)
        for each in sorted(events, key=lambda each: each.minute)
    ]
    made = pd.DataFrame(rows, columns=list(COLUMNS))
    return made.astype(
        {"Minute": "float64", "End": "float64"} | dict.fromkeys(("Type", "Product", "Detail", "Note"), "object")
    )


def columns(session: Session) -> dict[str, Any]:
    last = session.duration_minutes or 1440.0
    minute = st.column_config.NumberColumn(min_value=0.0, max_value=float(last), step=0.5, format="%g")
    end = st.column_config.NumberColumn(min_value=0.0, max_value=float(last), step=0.5, format="%g")
    kind = st.column_config.SelectboxColumn(options=list(EVENT_TYPES), format_func=kind_words)
    products = sorted(
        {each.name for each in session.products if each.name} | {e.product for e in session.events if e.product}
    )
    product = st.column_config.SelectboxColumn(options=products) if products else st.column_config.TextColumn()
    return {"Minute": minute, "Type": kind, "Product": product, "End": end}


def kind_words(kind: object) -> str:
    """`flash sale` for `flash_sale`."""
    return str(kind).replace("_", " ")


def read(typed: pd.DataFrame) -> tuple[list[Event], list[str]]:
    """Events of the complete rows, and what is wrong with the others, in words."""
    events, wrong = [], []
    for number, row in enumerate(typed.to_dict("records"), 1):
        values = {str(name): (None if pd.isna(value) or value == "" else value) for name, value in row.items()}
        if all(value is None for value in values.values()):
            continue
        if values["Minute"] is None or values["Type"] is None:
            wrong.append(f"Row {number} needs a minute and a type.")
            continue
        end = values["End"]
        if end is not None and end < values["Minute"]:
            wrong.append(f"Row {number} ends at minute {end:g}, before it begins at {values['Minute']:g}.")
            continue
        events.append(
            Event(values["Type"], float(values["Minute"]), end, values["Detail"], values["Product"], values["Note"])
        )
    return events, wrong
