"""What somebody did in a table: as a frame for callbacks, which come before it is drawn again, and kept until saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from . import keys

T = TypeVar("T")


def edited(before: pd.DataFrame, changes: Mapping[str, Any] | None) -> pd.DataFrame:
    """`before` with the cells edited, rows added and rows deleted that a `st.data_editor` keeps under its key."""
    changes = changes or {}
    rows: list[dict[str, Any]] = [
        {str(name): value for name, value in row.items()} for row in before.to_dict("records")
    ]
    for place, cells in changes.get("edited_rows", {}).items():
        rows[int(place)].update(cells)
    gone = {int(place) for place in changes.get("deleted_rows", ())}
    kept = [row for place, row in enumerate(rows) if place not in gone]
    empty = dict.fromkeys(map(str, before.columns))
    added = [{**empty, **row} for row in changes.get("added_rows", ())]
    made = pd.DataFrame([*kept, *added], columns=list(before.columns))
    numbers = [name for name, kind in before.dtypes.items() if pd.api.types.is_float_dtype(kind)]
    return made.astype(dict.fromkeys(numbers, "float64"))


def steady(made: T, *tables: str) -> T:
    """What these tables are drawn from: while one has edits, what it was first drawn from, else `made`.

    A table drawn from other rows forgets its edits, and a colleague may change the rows at any time. So the edits stay
    until Save, which is told what was seen, and calls `settled`.
    """
    held = _held(*tables)
    if held not in st.session_state or not any(_pending(each) for each in tables):
        st.session_state[held] = made
    kept: T = st.session_state[held]
    return kept


def settled(*tables: str) -> None:
    """The edits were saved, or refused and shown in a notice: the tables are drawn from what there is now."""
    for each in (_held(*tables), *map(_rows, tables), *map(keys.unsaved, tables)):
        st.session_state.pop(each, None)


def rows(table: str, stored: pd.DataFrame) -> pd.DataFrame:
    """The rows that a table is drawn from: `stored`, with what was typed before another page or shop was shown.

    A table that is drawn anew has lost its edits; they are put into its rows then, and stay there until saved. `stored`
    is what `steady` gave.
    """
    changes = st.session_state.get(keys.unsaved(table))
    if table not in st.session_state and _any(changes):
        st.session_state[_rows(table)] = edited(st.session_state.get(_rows(table), stored), changes)
    made: pd.DataFrame = st.session_state.get(_rows(table), stored)
    return made


def keep(table: str) -> None:
    """After a table was drawn: what was typed in it is there again after a change of page or shop."""
    st.session_state[keys.unsaved(table)] = st.session_state.get(table)


def _held(*tables: str) -> str:
    return f"{' '.join(tables)} drawn from"


def _rows(table: str) -> str:
    return f"{table} rows"


def _pending(table: str) -> bool:
    """Whether something was typed that is not saved: in the table, before it was drawn anew, or in its rows by now."""
    return _rows(table) in st.session_state or any(
        _any(st.session_state.get(each)) for each in (table, keys.unsaved(table))
    )


def _any(changes: object) -> bool:
    return isinstance(changes, Mapping) and any(changes.values())
