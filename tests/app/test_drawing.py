"""Charts as they go to the browser."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import altair as alt
import pandas as pd
from streamlit.testing.v1 import AppTest

from playbook.report.charts.review import Chart
from playbook.ui.frame import drawing as drawings
from playbook.ui.frame.drawing import drawing, drawing_of

from .test_once import Owner

UI = Path(drawings.__file__).parent


def chart(*values: float) -> Chart:
    frame = pd.DataFrame({"x": range(len(values)), "y": values, "name": [None, *"abcdef"[: len(values) - 1]]})
    line = alt.Chart(frame).mark_line().encode(x="x:Q", y="y:Q")
    return alt.layer(line, alt.Chart(frame).mark_point().encode(x="x:Q", y="y:Q")).properties(height=80)


def test_tables_are_named_by_what_is_in_them() -> None:
    one, same, other = drawing(chart(1, 2)), drawing(chart(1, 2)), drawing(chart(1, 3))
    assert list(one.spec["datasets"]) == list(same.spec["datasets"]) != list(other.spec["datasets"])
    (table,) = one.spec["datasets"].values()  # both layers draw the same
    assert table.to_pylist() == [{"x": 0, "y": 1, "name": None}, {"x": 1, "y": 2, "name": "a"}]


def test_no_width_or_height_of_altairs_own_is_set() -> None:
    made = drawing(chart(1, 2))
    assert made.height == 80
    assert "continuousWidth" not in made.spec.get("config", {}).get("view", {})
    assert alt.theme.active == "default" and alt.data_transformers.active == "default"


def test_an_empty_table_is_drawn_too() -> None:
    empty = alt.Chart(pd.DataFrame({"x": [], "y": []})).mark_point().encode(x="x:Q", y="y:Q").properties(height=10)
    (table,) = drawing(empty).spec["datasets"].values()
    assert table.num_rows == 0


def test_charts_written_out_at_the_same_time_keep_their_own_tables() -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda number: drawing(chart(number, number + 1)), range(40)))
    for number, each in enumerate(made):
        parts = [each.spec, *each.spec["layer"]]
        assert {part["data"]["name"] for part in parts if "data" in part} == set(each.spec["datasets"])
        (table,) = each.spec["datasets"].values()
        assert table["y"].to_pylist() == [number, number + 1]


def test_it_is_written_out_once_for_an_owner() -> None:
    made: list[float] = []

    def make(owner: Owner, value: float) -> Chart | None:
        made.append(value)
        return chart(value, 2) if value else None

    owner = Owner("a")
    assert drawing_of(owner, make, 1) is drawing_of(owner, make, 1)
    assert drawing_of(owner, make, 0) is None
    assert made == [1, 0]


def test_charts_are_drawn_only_here() -> None:
    """Streamlit writes Altair's charts out under a lock of its own: two locks would not keep each other out."""
    for path in UI.glob("*.py"):
        called = {each.attr for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.Attribute)}
        assert "altair_chart" not in called, path.name
        assert path.name == "drawing.py" or "vega_lite_chart" not in called, path.name


def test_the_browser_gets_the_tables_apart_and_the_height() -> None:
    def page() -> None:
        import altair as alt
        import pandas as pd

        from playbook.ui.frame.drawing import draw, drawing

        frame = pd.DataFrame({"x": [1, 2], "y": [3, 4]})
        draw(drawing(alt.Chart(frame).mark_line().encode(x="x:Q", y="y:Q").properties(height=70)), "line", "A line")

    at = AppTest.from_function(page).run()
    assert not at.exception
    (element,) = at.get("vega_lite_chart")
    assert len(element.proto.datasets) == 1 and "datasets" not in element.proto.spec
    assert element.proto.alt == "A line"
