"""The products of a LIVE: what to do first, each against the others, prices, and the pitch rounds."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.advice.grounds import product_words
from playbook.diagnosis.findings import ProductFound, ProductRoom
from playbook.pipeline import Review
from playbook.remarks import sentence
from playbook.report.charts import products
from playbook.report.forms.tables import NOTHING, product_rate
from playbook.report.words import products as words
from playbook.ui.frame import shell
from playbook.ui.frame.drawing import draw, drawing_of
from playbook.ui.frame.escape import escape

#: The column of a product's own past.
OWN = "CTOR before"


def show(review: Review) -> None:
    room = review.diagnosis.products
    if room is None:
        st.info(
            "No product list of this LIVE. Add its Product export, or fill in our template: then you see what is "
            "opened and not bought, what to pin and what to move up.",
            icon=":material/inventory_2:",
        )
        shell.link("data.py", "Templates on the Data page", icon=":material/arrow_forward:")
    else:
        answer(room)
        chart = drawing_of(room, products.funnel_plot, review.session.currency)
        if chart:
            draw(chart, "products_chart", "CTOR of each product by its clicks, with what chance alone would give")
        st.caption("Inside the band is what chance gives a product that sells like the others: the fewer clicks, the "
                   "wider.")  # fmt: skip
        table(review, room)
        said = words.prices(review)
        for line in words.changed(room):
            st.markdown(escape(line))
        for line in filter(None, (*map(sentence, room.missing), said, words.market(review))):
            st.caption(escape(line))
    rounds(review)


def answer(room: ProductRoom) -> None:
    """The first thing to do, then every product that has a role."""
    st.markdown(f"**{escape(words.products_line(room))}**")
    cards = [(role, found) for role in words.ROLES if (found := room.of_role(role))]
    if sum(len(found) for _, found in cards) < 2:  # one product, and the sentence has said it
        return
    with st.grid(2, min_column_width=260):
        for role, found in cards:
            title, advice = words.ROLES[role]
            with st.container(border=True, height="stretch", key=f"products_{role}"):
                st.markdown(f"**{title}**")
                st.markdown("\n".join(f"- {escape(product_words(each, role))}" for each in found[:5]))
                st.caption(advice)


def table(review: Review, room: ProductRoom) -> None:
    currency = review.session.currency
    number = st.column_config.NumberColumn(format="localized")
    frame = pd.DataFrame([_row(each, currency) for each in words.in_order(room)])
    st.dataframe(
        filled(frame, "Stands out", "Price", OWN),
        hide_index=True,
        key="products_table",
        alt="Products of this LIVE with impressions, clicks, orders, rates with their ranges and GMV",
        column_config={
            "Shown": number,
            "Clicks": number,
            "Orders": number,
            "Product": st.column_config.TextColumn(width=172, pinned=True),
            "Stands out": st.column_config.TextColumn(width=150),
        },
    )


def filled(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Without those of the columns that say nothing in any row: they only push the others out of sight."""
    return frame.drop(columns=[each for each in columns if frame[each].isin([NOTHING, formats.unknown()]).all()])


def _row(each: ProductFound, currency: str | None) -> dict[str, object]:
    roles = ", ".join(words.ROLES[role][0].lower() for role in each.roles)
    return {
        "Product": each.name,
        "Shown": each.impressions,
        "Clicks": each.clicks,
        "Orders": each.orders,
        "Product CTR": product_rate(each.ctr),
        "CTOR": product_rate(each.ctor),
        OWN: words.own_past(each),
        "GMV": formats.money_short(each.gmv, currency),
        "Stands out": roles or "–",
        "Price": formats.money(each.price, currency),
        "Pinned": {True: "yes", False: "no", None: "not known"}[each.pinned],
    }


def rounds(review: Review) -> None:
    """The five numbers of each pitch round, for a log with pins."""
    found = review.diagnosis.rounds
    if not found:
        return
    st.markdown("**Pitch rounds**")
    frame = pd.DataFrame(
        {
            "At": formats.clock(each.minute),
            "Product": each.product or "not named",
            "Orders in 3 min": formats.count(round(each.orders_after_pin))
            if each.orders_after_pin is not None
            else "–",
            "Minutes": each.minutes,
            "Build-up": f"{each.build_up:.0f} min" if each.build_up is not None else "–",
            "Room in build-up": formats.change(each.views_change) if each.views_change is not None else "–",
            "Closes": "–" if each.closes is None else str(each.closes),
            "LIVE CTR": formats.percent(each.click_rate) if each.click_rate is not None else "–",
            "CTOR": formats.percent(each.ctor) if each.ctor is not None else "–",
            "Note": words.round_note(each),
        }
        for each in found
    )
    longest = max((each.minutes or 0 for each in found), default=0) or 1
    shown = filled(frame, "Build-up", "Room in build-up", "Closes", "Note")
    st.dataframe(
        shown, hide_index=True, key="rounds", alt="Pitch rounds with their length, orders, clicks and CTOR",
        column_config={
            "Minutes": st.column_config.ProgressColumn(format="%.0f", min_value=0, max_value=float(longest)),
        },
    )  # fmt: skip
    taps = " Build-up and closes come from taps on Script before and during it."
    st.caption(
        "A round is a stretch with one product pinned; clicks and orders are those of the whole room in it."
        + (taps if {"Build-up", "Closes"} & set(shown) else "")
    )
