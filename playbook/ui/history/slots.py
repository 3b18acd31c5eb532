"""By start hour and weekday: when LIVEs of this shop do better, with ranges, and what is only luck."""

from __future__ import annotations

import streamlit as st

from playbook import formats
from playbook.diagnosis.over_lives.slots import NEEDED_LIVES, WEEKDAYS, Slot, Slots
from playbook.diagnosis.over_lives.slots import slots as slots_of
from playbook.report.charts import groups as charts
from playbook.report.charts.review import Chart
from playbook.ui.files import loading
from playbook.ui.frame import once
from playbook.ui.frame.drawing import draw, drawing_of
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import Saved

from . import lives

#: What was more of in a slot, by the step of GMV an hour in which it stands out.
_STEPS = {"impressions": "impressions an hour", "views": "views an impression", "product_clicks": "clicks a view",
          "sku_orders": "orders a click", "gmv": "GMV an order"}  # fmt: skip


def show() -> None:
    kept = loading.of_shop()
    if kept is None or not kept.sessions:
        lives.nothing_yet()
        return
    found = once.of(kept, _found)
    st.header(escape(headline(found)), anchor=False)
    if not found.lives or not (found.hours or found.days):
        return
    for title, part, made in (("By start", found.hours, _hours), ("By weekday", found.days, _days)):
        chart = drawing_of(kept, made)
        st.markdown(f"**{escape(title)}**")
        if chart is None:
            st.caption("All LIVEs that can be compared are in one of them.")
            continue
        better = ", ".join(each.label for each in part if each.better) or "none"
        draw(chart, f"slots_{title}", f"GMV an hour by slot; better than luck: {better}")
    st.caption(
        f"GMV an hour of {formats.several(found.lives, 'LIVE')}, lengths and the shop's slow drift taken out. The "
        "dot is drawn towards nought as far as a slot is uncertain, the line holds 95 % of where it may lie. A slot is "
        "called better for GMV an hour, or for one step of it: impressions, views, clicks, orders, GMV an order. By "
        "luck that happens in at most one of twenty shops in which none is better. Other things may differ with it."
    )
    if found.left_out:
        st.caption(
            f"{formats.several(found.left_out, 'LIVE')} left out: another currency, account or kind of GMV, no GMV, or "
            "no length."
        )


def headline(found: Slots) -> str:
    """The one that stands out, or that none does, or how many LIVEs are missing."""
    if found.lives < NEEDED_LIVES:
        return f"{formats.several(found.lives, 'LIVE')} can be compared by hour; it takes {NEEDED_LIVES}."
    best = found.best
    if best is None:
        return "No hour and no weekday stands out beyond luck."
    if best.step is None or best.step_change is None:
        return f"LIVEs {_named(best)} sold more an hour: {formats.change(best.change)}, {_range(best)}."
    more = formats.change(best.step_change)
    return f"LIVEs {_named(best)} had more {_STEPS[best.step]} ({more}); GMV an hour {_range(best)}."


def _named(slot: Slot) -> str:
    return f"on {slot.label}" if slot.label in WEEKDAYS else f"from about {slot.label}"


def _range(slot: Slot) -> str:
    return f"between {formats.change(slot.low)} and {formats.change(slot.high)}"


def _found(kept: Saved) -> Slots:
    return slots_of(kept.sessions)


def _hours(kept: Saved) -> Chart | None:
    found = once.of(kept, _found)
    return charts.slot_chart(found.hours, [each.label for each in found.hours])


def _days(kept: Saved) -> Chart | None:
    return charts.slot_chart(once.of(kept, _found).days, WEEKDAYS)
