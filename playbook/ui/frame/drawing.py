"""Charts on a page: written out for the browser once, drawn at a height that is held from the start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from threading import Lock
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import altair
import streamlit as st

from playbook.report.charts.review import Chart

from . import once

Owner = TypeVar("Owner")
P = ParamSpec("P")

#: Altair's settings are those of the whole process.
_settings = Lock()


class Drawing(NamedTuple):
    """A chart as Vega-Lite with its tables, and its height in pixels."""

    spec: dict[str, Any]
    height: int


def draw(made: Drawing, key: str, alt: str) -> None:
    """Put a chart on the page.

    Without a height Streamlit gives a chart none until it is drawn. What stands below then moves, the page scrolls to
    keep its place, and a menu that is open closes, as menus do when their page scrolls.
    """
    st.vega_lite_chart(made.spec, key=key, alt=alt, height=made.height)


def draw_to_select(made: Drawing, key: str, alt: str, selection: str) -> Any:
    """As `draw`; what is selected in the chart comes back, and selecting draws the page anew."""
    return st.vega_lite_chart(
        made.spec, key=key, alt=alt, height=made.height, on_select="rerun", selection_mode=selection
    )


def drawing_of(
    owner: Owner, make: Callable[Concatenate[Owner, P], Chart | None], *args: P.args, **kwargs: P.kwargs
) -> Drawing | None:
    """The chart that `make(owner, ...)` makes, written out once for an owner that never changes; None if it is."""
    return once.of(owner, _made, make, args, tuple(sorted(kwargs.items())))


def _made(
    owner: Owner, make: Callable[..., Chart | None], args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]
) -> Drawing | None:
    chart = make(owner, *args, **dict(kwargs))
    return None if chart is None else drawing(chart)


def drawing(chart: Chart) -> Drawing:
    """Write a chart out. That takes Altair ten times as long as Streamlit takes to send it.

    Tables go as Arrow under a name that changes with what is in them. No check against the schema of Vega-Lite: it
    takes half of the time, and the tests of the charts make it.
    """
    tables: dict[str, Any] = {}
    altair.data_transformers.register("arrow_tables", _as_table)
    # The default theme would set a width and a height of its own.
    with _settings, altair.theme.enable("none"), altair.data_transformers.enable("arrow_tables", tables=tables):
        spec = chart.to_dict(validate=False)
    return Drawing({**spec, "datasets": {**spec.get("datasets", {}), **tables}}, chart.height)


def _as_table(data: Any, tables: dict[str, Any]) -> dict[str, str]:
    import pyarrow as pa

    table = pa.Table.from_pandas(data, preserve_index=False)
    name = _name(table)
    tables[name] = table
    return {"name": name}


def _name(table: Any) -> str:
    digest = hashlib.sha256(str(table.schema.remove_metadata()).encode())
    for column in table.columns:
        for chunk in column.chunks:
            for buffer in chunk.buffers():
                digest.update(b"\0" if buffer is None else buffer)
    return digest.hexdigest()[:32]
