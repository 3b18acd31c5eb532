"""No export: the numbers of one LIVE typed or pasted from the screen become a file of our own template.

Nothing is saved by Enter: what was understood stands under the fields first, and a button saves it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from datetime import date, datetime, time

import streamlit as st

from playbook import formats
from playbook.currencies import OFFERED
from playbook.imports import Typed, length_minutes, looked_over, pasted_counts, typed_counts
from playbook.knowledge.exports import MONEY_FIELDS
from playbook.language import N_, _, ngettext
from playbook.spreadsheet import csv_text
from playbook.ui.frame import shop, state
from playbook.ui.frame.escape import escape

from . import loading

#: Template columns, in the order in which a screen shows them; labels and help come from metrics.yaml.
NUMBERS = (
    "impressions", "views", "viewers", "avg_viewing_seconds", "comments", "new_followers", "shares", "likes",
    "product_impressions", "product_clicks", "sku_orders", "orders_paid", "gmv",
)  # fmt: skip
#: Where the label of metrics.yaml would not fit on one line, or says too little beside the others.
SHORT = {"avg_viewing_seconds": N_("Viewing time, seconds"), "orders_paid": N_("Orders, kind not said")}
CURRENCIES = ("USD", *(code for code in OFFERED if code != "USD"))
HEADER = ("session_id", "start", "minutes", "title", "currency", *NUMBERS)
FILE = "typed_lives.csv"
#: Where amounts are written with a plain dollar sign as well.
_DOLLARS = frozenset({"USD", "MXN", "SGD", "CAD", "AUD", "TWD", "CLP", "COP"})


def form() -> None:
    """Any number may stay empty. Several LIVEs can be typed, one after the other."""
    st.markdown(
        _(
            "Copy what the phone shows after the LIVE, as it shows it: 1,234 or 12.4K. Leave out what you do not see: "
            "**empty is unknown, not zero**."
        )
    )
    paste()
    with st.container(border=True, key="typed"):
        with st.grid(4, min_column_width=160):
            st.date_input(_("Date"), value=shop.today(), format=formats.typed_day(), key=_box("date"))
            st.time_input(_("Start"), value=time(19, 0), key=_box("time"))
            st.text_input(_("Length"), key=_box("minutes"), max_chars=24, placeholder=_("118, 1:58 or 1h 58m"))
            st.selectbox(_("Currency"), currencies(), key=_box("currency"))
            for name in NUMBERS:
                st.text_input(label(name), help=loading.knowledge().counts[name].plain, key=_box(name), max_chars=32)
        st.text_input(_("Title (optional)"), key=_box("title"), max_chars=120)
        echo()
        st.button(_("Review this LIVE"), type="primary", icon=":material/check:", key=_box("submit"), on_click=_submit)
        for each in missing() if st.session_state.get(_box("asked")) else ():
            st.error(escape(each), icon=":material/edit:")


def paste() -> None:
    """A whole page of the dashboard fills in the fields, which a person looks over and saves."""
    with st.expander(_("Paste the numbers instead"), icon=":material/content_paste:"):
        st.text_area(
            _("Text copied from the dashboard"), key=_box("pasted"), height=120,
            placeholder=_("Select all on the dashboard, copy, and paste here. Any language; the whole page is fine."),
        )  # fmt: skip
        st.button(_("Fill in the numbers"), icon=":material/south:", key=_box("fill"), on_click=_fill)
        said = st.session_state.get(_box("pasted_said"), ())
        if said:
            st.caption("\n".join(f"- {escape(each)}" for each in said))


def label(name: str) -> str:
    return _(SHORT[name]) if name in SHORT else loading.knowledge().counts[name].label


def echo() -> None:
    """What is understood of the fields so far, before anything is saved."""
    read, minutes = understood(), length_minutes(_text("minutes"))
    parts = []
    if minutes is not None:
        length = f"{minutes:g}"
        parts.append(_("Length {minutes} minutes", minutes=length))
    currency = st.session_state[_box("currency")]
    for name in NUMBERS:
        if name in read.counts:
            known, shown = label(name), _shown(name, read.counts[name], currency)
            about = name in read.rounded
            parts.append(_("{number} about {value}", number=known, value=shown) if about else f"{known} {shown}")
    if parts:
        with st.container(key=_box("echo")):
            st.markdown(_(":material/check: Understood: {numbers}", numbers=escape(" · ".join(parts))))
    for name, why in {**read.problems, **read.doubts}.items():
        show = st.error if name in read.problems and st.session_state.get(_box("asked")) else st.warning
        show(escape(f"{label(name)}: {why}."), icon=":material/edit:")


def missing() -> list[str]:
    """What is needed beside the numbers that `echo` could not read; of the fields as they are now."""
    found = []
    if length_minutes(_text("minutes")) is None:
        typed = _text("minutes")
        found.append(
            _("'{typed}' is not a length like 118, 1:58 or 1h 58m.", typed=typed) if typed
            else _("Type the length of the LIVE.")
        )  # fmt: skip
    read = understood()
    if not read.counts and not read.problems:
        found.append(_("Type at least one number of the LIVE."))
    return found


def understood() -> Typed:
    """The fields as numbers, in the currency that is chosen."""
    currency = st.session_state[_box("currency")]
    read = looked_over(typed_counts({name: _text(name) for name in NUMBERS}, currency))
    sign = read.currency
    if sign and sign != currency and not (sign == "USD" and currency in _DOLLARS) and "gmv" in read.counts:
        why = _(
            "typed in {sign}, and the currency chosen is {currency}; choose {sign}, or leave the sign out",
            sign=sign, currency=currency,
        )  # fmt: skip
        counts = {name: value for name, value in read.counts.items() if name != "gmv"}
        return Typed(counts, {**read.problems, "gmv": why}, read.rounded, sign, read.doubts)
    return read


def held() -> state.HeldFile | None:
    """The file of typed LIVEs, for the download button."""
    return next((each for each in state.files() if each.origin == "typed"), None)


def _submit() -> None:
    """Before the page is drawn again: only then may the fields be emptied."""
    read, minutes = understood(), length_minutes(_text("minutes"))
    lacking = bool(read.problems or missing())
    st.session_state[_box("asked")] = lacking
    if lacking or minutes is None:
        return
    day = st.session_state[_box("date")]
    assert isinstance(day, date)
    start = datetime.combine(day, st.session_state[_box("time")])
    _add(start, minutes, _text("title"), st.session_state[_box("currency")], read)
    for name in ("minutes", "title", "pasted", *NUMBERS):
        st.session_state[_box(name)] = ""
    st.session_state[_box("pasted_said")] = ()


def _fill() -> None:
    currency = st.session_state[_box("currency")]
    read, unread = pasted_counts(_text("pasted"), loading.profiles(), currency)
    found = {name: value for name, value in read.counts.items() if name in NUMBERS}
    for name, value in found.items():
        short = name in read.rounded and value >= 1000  # so that it stays known to be rounded
        st.session_state[_box(name)] = f"{value / 1000:.10g}K" if short else f"{value:.10g}"
    if read.currency in currencies() and not (read.currency == "USD" and currency in _DOLLARS):
        st.session_state[_box("currency")] = read.currency
    st.session_state[_box("pasted_said")] = tuple(_of_paste(found, read, unread))


def _of_paste(found: Collection[str], read: Typed, unread: Sequence[str]) -> list[str]:
    """What was filled in, what to look at again, and what was left."""
    said = [
        ngettext(
            "{count} number filled in below. Look them over, add the length, and save.",
            "{count} numbers filled in below. Look them over, add the length, and save.",
            len(found), count=formats.count(len(found)),
        )
    ]  # fmt: skip
    said += [
        _("Look again: {number}: {why}.", number=label(name), why=why)
        for name, why in read.doubts.items()
        if name in found
    ]
    rounded = ", ".join(label(name) for name in read.rounded if name in found)
    if rounded:
        said.append(_("Rounded by the screen: {numbers}.", numbers=rounded))
    said += [
        _("Not filled in: {number}: {why}.", number=label(name), why=why)
        for name, why in read.problems.items()
        if name in NUMBERS
    ]
    shown, more = ", ".join(unread[:8]), len(unread) - 8
    if more > 0:
        said.append(
            ngettext(
                "Not read: {pieces} and {more} more piece.", "Not read: {pieces} and {more} more pieces.", more,
                pieces=shown, more=more,
            )
        )  # fmt: skip
    elif unread:
        said.append(_("Not read: {pieces}.", pieces=shown))
    return said


def currencies() -> tuple[str, ...]:
    """The shop's own first."""
    owner = shop.current()
    first = (owner.currency,) if owner and owner.currency else ()
    return tuple(dict.fromkeys((*first, *CURRENCIES)))


def _shown(name: str, value: float, currency: str) -> str:
    if name in MONEY_FIELDS:
        return formats.money(value, currency)
    return formats.seconds(value) if name == "avg_viewing_seconds" else formats.count(value)


def _box(name: str) -> str:
    return state.here(f"typed_{name}")


def _text(name: str) -> str:
    return str(st.session_state.get(_box(name)) or "").strip()


def _add(start: datetime, minutes: float, title: str, currency: str, read: Typed) -> None:
    before = held()
    old = list(csv.reader(io.StringIO(before.content.decode()))) if before else [list(HEADER)]
    stamp = f"{start:%Y-%m-%d %H:%M}"
    # An id that says no more than the start: the export of this LIVE, which has its Room ID, takes its place.
    row = [start.isoformat(timespec="minutes"), stamp, f"{minutes:g}", title, currency]
    row += [f"{read.counts[name]:.10g}" if name in read.counts else "" for name in NUMBERS]
    rows = [each for each in old if each[0] != row[0]] + [row]
    content = csv_text(rows, line_end="\n").encode()
    others = tuple(each for each in state.files() if each.origin == "upload")
    state.hold((*others, state.HeldFile(FILE, content, "typed")))
    state.choose_live(row[0])
