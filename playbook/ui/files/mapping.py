"""A layout nobody has seen: sample rows, what each column may mean, and a person's answers saved as a profile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, cast

import pandas as pd
import streamlit as st

from playbook import formats
from playbook.currencies import OFFERED
from playbook.imports import (
    FileReading,
    FilesRead,
    Suggestion,
    UnknownTable,
    presets,
    profile_from_mapping,
    suggest_mapping,
)
from playbook.imports.layout.mapping import profile_stem
from playbook.knowledge.exports import COUNT_FIELDS, OTHER_FIELDS, Kind
from playbook.language import N_, _, ngettext, pgettext
from playbook.ui.frame import notices, shell, state
from playbook.ui.frame.escape import escape

from . import layouts, loading

KINDS = {
    "sessions": N_("a list of LIVEs, one row each"),
    "trend": N_("one LIVE over time"),
    "products": N_("the products of one LIVE"),
}
FIELD_WORDS = {
    "session_id": N_("LIVE id"), "title": N_("Title"), "creator": N_("Account"), "host": N_("Host"),
    "start": N_("Start"), "end": N_("End"), "duration": N_("Length"), "currency": N_("Currency"),
    "minute": N_("Minute of the LIVE"), "time": N_("Clock time"), "product_id": N_("Product id"),
    "product": N_("Product name"), "price": N_("Price"), "pinned_minutes": N_("Minutes pinned"),
}  # fmt: skip
DECIMALS = {"auto": N_("work it out"), "point": N_("a point: 1,234.50"), "comma": N_("a comma: 1.234,50")}
LENGTHS = {"minutes": N_("minutes"), "hours": N_("hours"), "seconds": N_("seconds"), "days": N_("days (spreadsheet)")}
ORDERS = {None: N_("work it out"), True: N_("day first: 31/12/2026"), False: N_("month first: 12/31/2026")}
CURRENCIES = ("", "USD", *(code for code in OFFERED if code != "USD"))


def show() -> None:
    """Tables to map, and the mappings saved so far."""
    result = loading.reading()
    if result:
        what_was_read(result)
    unknown = result.unknown if result else ()
    if not unknown:
        st.markdown(
            _(
                "When a file has a layout that is not known, it appears here: you say once what its columns mean, and "
                "from then on it is recognised. No file waits for that now."
            )
        )
    for index, table in enumerate(unknown):
        one_table(table, index)
    saved_mappings()


def what_was_read(result: FilesRead) -> None:
    """After a layout was saved: what its file gave, and the way to the review."""
    saved = st.session_state.get(state.here(state.MAPPED))
    if saved is None:
        return
    file = next((each for each in result.files if each.profile == saved), None)
    if file is None:
        why = escape(" ".join(each.message for each in result.failures))
        if why:
            said = _("The layout is saved, but with it no LIVE could be read: {why}", why=why)
        else:
            said = _("The layout is saved, but with it no LIVE could be read: nothing stands below its header")
        st.error(said, icon=":material/edit:")
        return
    dated = [each.start for each in result.sessions if each.start]
    st.success(escape(_gave(file, dated)), icon=":material/check_circle:")
    shell.link("review.py", _("Go to the review"), icon=":material/arrow_forward:")


def _gave(file: FileReading, starts: Sequence[datetime]) -> str:
    """What was read with a layout that was just saved; of which days where they are known."""
    rows = ngettext("{count} row", "{count} rows", file.rows, count=formats.count(file.rows))
    known = len(file.columns)
    columns = ngettext("{count} column", "{count} columns", known, count=formats.count(known))
    values = {"file": file.name, "rows": rows, "columns": columns, "unused": len(file.unread)}
    if not starts:
        return _("Saved. {file}: {rows} read; {columns} with a meaning, {unused} not used.", **values)
    return _(
        "Saved. {file}: {rows} read, from {first} to {last}; {columns} with a meaning, {unused} not used.",
        first=formats.day_and_year(min(starts)), last=formats.day_and_year(max(starts)), **values,
    )  # fmt: skip


def one_table(table: UnknownTable, index: int) -> None:
    st.header(escape(table.file), anchor=False)
    sample = pd.DataFrame(list(table.rows[:5]), columns=_unique(table.headers))
    alt = _("First rows of {file}", file=table.file)
    st.dataframe(sample, hide_index=True, key=f"map_sample_{index}", alt=alt)
    st.markdown(_("Say what this file is and what its columns hold. Leave the rest at “not used”."))
    picked = st.segmented_control(
        _("What is in this file?"), list(KINDS), format_func=lambda each: _(KINDS[each]), default="sessions",
        required=True, key=f"map_kind_{index}",
    )  # fmt: skip
    kind = cast("Kind", picked)
    suggestions = {each.header: each for each in suggest_mapping(table, loading.profiles().values(), kind)}
    preset = presets(table)
    currencies = tuple(dict.fromkeys((*CURRENCIES, preset.currency or "")))
    with st.form(f"map_{index}", border=True):
        choices = columns(table, suggestions, kind, index)
        with st.grid(4, min_column_width=180):
            decimal = st.selectbox(_("Decimal sign"), list(DECIMALS), format_func=lambda each: _(DECIMALS[each]),
                                   index=list(DECIMALS).index(preset.decimal),
                                   key=f"map_decimal_{index}")  # fmt: skip
            length = st.selectbox(_("Lengths without a unit"), list(LENGTHS), format_func=lambda each: _(LENGTHS[each]),
                                  index=list(LENGTHS).index(preset.plain_number),
                                  key=f"map_length_{index}")  # fmt: skip
            order = st.selectbox(_("Dates with slashes"), list(ORDERS), format_func=lambda each: _(ORDERS[each]),
                                 index=list(ORDERS).index(preset.day_first),
                                 key=f"map_order_{index}")  # fmt: skip
            currency = st.selectbox(
                _("Currency if none"), currencies, index=currencies.index(preset.currency or ""),
                key=f"map_currency_{index}",
            )  # fmt: skip
        name = st.text_input(_("Name this layout"), value=table.file.rsplit(".", 1)[0], key=f"map_name_{index}")
        if st.form_submit_button(_("Save and read the file"), type="primary", key=f"map_save_{index}"):
            try:
                text = profile_from_mapping(
                    name, table, choices, kind=kind, decimal=cast("Literal['auto', 'point', 'comma']", decimal),
                    plain_number=cast("Literal['seconds', 'minutes', 'hours', 'days']", length), day_first=order,
                    currency=currency or None,
                )  # fmt: skip
            except ValueError as error:
                st.error(escape(_("This cannot be saved yet: {why}.", why=error)), icon=":material/edit:")
                return
            message = layouts.keep_profile(profile_stem(name), text)
            if message:
                st.error(escape(_("The layout is not saved: {why}", why=message)), icon=":material/error:")
                return
            st.session_state[state.here(state.MAPPED)] = profile_stem(name)
            st.rerun()


def columns(table: UnknownTable, suggestions: dict[str, Suggestion], kind: str, index: int) -> dict[str, str]:
    """One selectbox a column, with the suggestion chosen when it is a known spelling, and offered when it is close."""
    fields = ["", *OTHER_FIELDS[kind], *COUNT_FIELDS]
    counts = loading.knowledge().counts
    chosen: dict[str, str] = {}

    def words(field: str) -> str:
        if field in FIELD_WORDS:
            return _(FIELD_WORDS[field])
        return counts[field].label if field in counts else _("not used")

    with st.grid(3, min_column_width=240):
        for position, header in enumerate(table.headers):
            if not header.strip():
                continue
            hint = suggestions.get(header)
            start = fields.index(hint.field) if hint and hint.confidence == "known" else 0
            with st.container(gap=None):
                field = st.selectbox(
                    escape(header),
                    fields,
                    index=start,
                    format_func=words,
                    key=f"map_{index}_{kind}_{position}",
                    help=escape(f"{words(hint.field)}? {hint.why}.") if hint else None,
                )
                st.caption(escape(_samples(table, position)))
            if field:
                chosen[header] = field
    close = [f"{each.header}: {words(each.field)}?" for each in suggestions.values() if each.confidence == "close"]
    if close:
        similar = escape("; ".join(close))
        st.caption(_("Similar, for you to decide: {columns}", columns=similar))
    return chosen


def _samples(table: UnknownTable, position: int) -> str:
    """The first values of a column, to be seen beside its box."""
    cells = (row[position].strip() for row in table.rows if position < len(row))
    some = list(dict.fromkeys(cell[:24] for cell in cells if cell))[:3]
    values = ", ".join(some)
    return _("like {values}", values=values) if some else pgettext("a column without values", "empty")


def saved_mappings() -> None:
    """What was saved so far, to see, copy and remove."""
    texts = layouts.current().texts
    if not texts:
        return
    st.header(_("Saved layouts"), anchor=False)
    st.caption(_("They are known in every shop, to everybody who works with this store."))
    for name, text in texts.items():
        with st.expander(escape(name), icon=":material/table_chart:"):
            st.code(text, language="yaml")
            st.button(_("Remove this layout"), key=f"remove_{name}", on_click=_remove, args=(name, text),
                      icon=":material/delete:")  # fmt: skip


def _remove(name: str, text: str) -> None:
    message = layouts.drop_profile(name)
    if message:
        notices.refused(message)
    else:
        removed, back = _("The layout {name} is removed.", name=name), _("{name} is back", name=name)
        notices.undoable(removed, lambda: layouts.keep_profile(name, text), back)


def _unique(headers: tuple[str, ...]) -> list[str]:
    """Table widgets want every column name once."""
    seen: dict[str, int] = {}
    names = []
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        names.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return names
