"""Events typed after the LIVE, or taken from the pad: a table for the keyboard."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.model.session import EVENT_TYPES, Event, Session
from playbook.store.store import Store
from playbook.ui.frame import edits, keys, notices

COLUMNS = ("Minute", "Type", "Product", "Detail", "End", "Note")


def show(opened: Store, shop_id: str, session: Session) -> None:
    """Six events in under a minute: minute, type, product, next row."""
    st.caption("Minutes count from the start of the LIVE. Enter and Tab move on; an empty last row adds one.")
    from_pad(opened, shop_id, session)
    before, table = frame(session.events), keys.of_live("events", shop_id, session.id)
    st.data_editor(
        before, num_rows="dynamic", hide_index=True, key=table, placeholder="",
        alt="Events of this LIVE", column_config=columns(session),
    )  # fmt: skip
    st.button(
        "Save events", key=keys.of_live("save_events", shop_id, session.id), icon=":material/save:",
        on_click=save, args=(opened, shop_id, session.id, before, table),
    )  # fmt: skip


def save(opened: Store, shop_id: str, session_id: str, before: pd.DataFrame, table: str) -> None:
    """The rows of the table into the LIVE that it was drawn for."""
    typed = edits.edited(before, st.session_state.get(table))
    events, wrong = read(typed)
    if wrong:
        notices.refused("\n".join(f"- {each}" for each in wrong), title="These rows cannot be saved")
    else:
        notices.attempt(
            lambda: opened.set_parts(shop_id, session_id, events=events),
            f"{formats.several(len(events), 'event')} saved", typed.to_csv(index=False),
        )  # fmt: skip


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
                lambda: opened.set_parts(shop_id, session.id, events=live.events(begun)),
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
    minute = st.column_config.NumberColumn(min_value=0.0, max_value=float(last), step=0.5, format="%g", required=True)
    end = st.column_config.NumberColumn(min_value=0.0, max_value=float(last), step=0.5, format="%g")
    kind = st.column_config.SelectboxColumn(options=list(EVENT_TYPES), required=True, format_func=kind_words)
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
