"""By start hour and weekday: when LIVEs of this shop do better, with ranges, and what is only luck."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from playbook import formats
from playbook.diagnosis.over_lives.slots import NEEDED_LIVES, WEEKDAYS, Slot, Slots
from playbook.diagnosis.over_lives.slots import slots as slots_of
from playbook.language import N_, _, ngettext, pgettext
from playbook.report.charts import groups as charts
from playbook.report.charts.review import Chart
from playbook.ui.files import loading
from playbook.ui.frame import once
from playbook.ui.frame.drawing import draw, drawing_of
from playbook.ui.frame.escape import escape
from playbook.ui.frame.saved import Saved

from . import lives

#: What was more of in a slot, by the step of GMV an hour in which it stands out: of a weekday, of a start hour.
_MORE = {
    "impressions": (
        N_("LIVEs on {slot} had more impressions an hour ({more}); GMV an hour between {low} and {high}."),
        N_("LIVEs from about {slot} had more impressions an hour ({more}); GMV an hour between {low} and {high}."),
    ),
    "views": (
        N_("LIVEs on {slot} had more views an impression ({more}); GMV an hour between {low} and {high}."),
        N_("LIVEs from about {slot} had more views an impression ({more}); GMV an hour between {low} and {high}."),
    ),
    "product_clicks": (
        N_("LIVEs on {slot} had more clicks a view ({more}); GMV an hour between {low} and {high}."),
        N_("LIVEs from about {slot} had more clicks a view ({more}); GMV an hour between {low} and {high}."),
    ),
    "sku_orders": (
        N_("LIVEs on {slot} had more orders a click ({more}); GMV an hour between {low} and {high}."),
        N_("LIVEs from about {slot} had more orders a click ({more}); GMV an hour between {low} and {high}."),
    ),
    "gmv": (
        N_("LIVEs on {slot} had more GMV an order ({more}); GMV an hour between {low} and {high}."),
        N_("LIVEs from about {slot} had more GMV an order ({more}); GMV an hour between {low} and {high}."),
    ),
}
#: The charts: what their keys are made of, and how they are headed.
_BY_START, _BY_WEEKDAY = N_("By start"), N_("By weekday")


def show() -> None:
    kept = loading.of_shop()
    if kept is None or not kept.sessions:
        lives.nothing_yet()
        return
    found = once.of(kept, _found)
    st.header(escape(headline(found)), anchor=False)
    if not found.lives or not (found.hours or found.days):
        return
    for title, part, made in ((_BY_START, found.hours, _hours), (_BY_WEEKDAY, found.days, _days)):
        chart = drawing_of(kept, made)
        st.markdown(f"**{escape(_(title))}**")
        if chart is None:
            st.caption(_("All LIVEs that can be compared are in one of them."))
            continue
        named = [_slot(each) for each in part if each.better]
        better = ", ".join(named) or pgettext("slots that are better than luck", "none")
        draw(chart, f"slots_{title}", _("GMV an hour by slot; better than luck: {slots}", slots=better))
    many = formats.count(found.lives)
    counted = ngettext(
        "GMV an hour of {count} LIVE, lengths and the shop's slow drift taken out.",
        "GMV an hour of {count} LIVEs, lengths and the shop's slow drift taken out.",
        found.lives, count=many,
    )  # fmt: skip
    meaning = _(
        "The dot is drawn towards nought as far as a slot is uncertain, the line holds 95 % of where it may lie. "
        "A slot is called better for GMV an hour, or for one step of it: impressions, views, clicks, orders, GMV an "
        "order. By luck that happens in at most one of twenty shops in which none is better. Other things may differ "
        "with it."
    )
    st.caption(f"{counted} {meaning}")
    if found.left_out:
        st.caption(ngettext(
            "{count} LIVE left out: another currency, account or kind of GMV, no GMV, or no length.",
            "{count} LIVEs left out: another currency, account or kind of GMV, no GMV, or no length.",
            found.left_out, count=formats.count(found.left_out),
        ))  # fmt: skip


def headline(found: Slots) -> str:
    """The one that stands out, or that none does, or how many LIVEs are missing."""
    if found.lives < NEEDED_LIVES:
        return ngettext(
            "{count} LIVE can be compared by hour; it takes {needed}.",
            "{count} LIVEs can be compared by hour; it takes {needed}.",
            found.lives, count=formats.count(found.lives), needed=NEEDED_LIVES,
        )  # fmt: skip
    best = found.best
    if best is None:
        return _("No hour and no weekday stands out beyond luck.")
    low, high = formats.change(best.low), formats.change(best.high)
    said, weekday = {"slot": _slot(best), "low": low, "high": high}, best.label in WEEKDAYS
    if best.step is not None and best.step_change is not None:
        of_day, of_hour = _MORE[best.step]
        return _(of_day if weekday else of_hour, **said, more=formats.change(best.step_change))
    change = formats.change(best.change)
    if weekday:
        return _("LIVEs on {slot} sold more an hour: {change}, between {low} and {high}.", **said, change=change)
    return _("LIVEs from about {slot} sold more an hour: {change}, between {low} and {high}.", **said, change=change)


def _slot(slot: Slot) -> str:
    return lives.weekday(slot.label) if slot.label in WEEKDAYS else slot.label


def _found(kept: Saved) -> Slots:
    return slots_of(kept.sessions)


def _hours(kept: Saved) -> Chart | None:
    found = once.of(kept, _found)
    return charts.slot_chart(found.hours, [each.label for each in found.hours])


def _days(kept: Saved) -> Chart | None:
    days = [replace(each, label=lives.weekday(each.label)) for each in once.of(kept, _found).days]
    return charts.slot_chart(days, [lives.weekday(each) for each in WEEKDAYS])
