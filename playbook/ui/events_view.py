"""Events typed after the LIVE, or taken from the pad: a table for the keyboard."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ..pads import of_live, saved
from ..session import EVENT_TYPES, Event, Session
from ..store.store import Store
from . import shop
from .escape import escape

COLUMNS = ("Minute", "Type", "Product", "Detail", "End", "Note")


def show(opened: Store, shop_id: str, session: Session) -> None:
    """Six events in under a minute: minute, type, product, next row."""
    st.caption("Minutes count from the start of the LIVE. Enter and Tab move on; an empty last row adds one.")
    from_pad(opened, shop_id, session)
    typed = st.data_editor(
        frame(session.events), num_rows="dynamic", hide_index=True, key=f"events_{session.id}", placeholder="",
        alt="Events of this LIVE", column_config=columns(session),
    )  # fmt: skip
    if st.button("Save events", key="save_events", icon=":material/save:"):
        events, wrong = read(typed)
        if wrong:
            st.error(
                "\n".join(f"- {escape(each)}" for each in wrong),
                title="These rows cannot be saved",
                icon=":material/edit:",
            )
        elif shop.attempt(lambda: opened.set_parts(shop_id, session.id, events=events), f"{len(events)} events saved"):
            st.rerun()


def from_pad(opened: Store, shop_id: str, session: Session) -> None:
    """Offer the pad that was tapped during this LIVE."""
    pad = of_live(session.start, saved()) if session.start else None
    if pad is None or not pad.taps or session.events:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/sensors: {len(pad.taps)} events were tapped on the pad during this LIVE.")
        if st.button("Use them", key="use_pad", type="primary") and shop.attempt(
            lambda: opened.set_parts(shop_id, session.id, events=pad.events(session.start)), "Events taken from the pad"
        ):
            st.rerun()


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
