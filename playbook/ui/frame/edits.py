"""What somebody did in a table, as a frame: for callbacks, which come before the table is drawn again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd


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
