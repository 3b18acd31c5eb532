"""What a rerun of each page costs beside a bare page: `python benchmarks/pages.py [RUNS]`.

The bare page makes the same calls of Streamlit for texts, tables, charts, widgets and containers, in the same order,
with values that are ready: frames for tables, Altair's own charts. It looks nothing up and computes nothing. Both are
run in this process by Streamlit's own test runner, and the time of the script's thread is taken, the least of several
runs. With 200 LIVEs saved, and for the review a sample with a trend, products and channels.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import altair
import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playbook.ui import entry  # noqa: E402
from playbook.ui.frame import shell  # noqa: E402

LIVES = 200
#: Every call of these puts something on the page.
DRAWING = (
    "badge", "button", "caption", "checkbox", "data_editor", "dataframe", "date_input", "divider",
    "download_button", "error", "file_uploader", "header", "image", "info", "markdown", "metric", "multiselect",
    "number_input", "page_link", "pills", "progress", "radio", "segmented_control", "selectbox", "slider",
    "subheader", "success", "table", "text", "text_area", "text_input", "time_input", "title", "toggle",
    "vega_lite_chart", "warning", "write",
)  # fmt: skip
#: Every call of these gives one or several places to draw in.
PLACES = ("columns", "container", "expander", "grid", "popover", "tabs")
ENTER, LEAVE = "enter", "leave"
#: What is called with what; places are entered and left by the number of the call that made them, and which of them.
Call = tuple[str, tuple[Any, ...], dict[str, Any]]

#: What the bare page draws, and how long the last run of either took: scripts of the test runner import this module.
calls: list[Call] = []
charts: list[Any] = []
spent: list[float] = []


def timed(run: Callable[[], None]) -> None:
    """Run a script, also one that ends by asking for a rerun, and note the time of its thread."""
    began = time.thread_time()
    try:
        run()
    finally:
        spent.append(time.thread_time() - began)


def bare() -> None:
    """The whole script of the bare page."""
    made: list[Any] = []
    for name, args, kwargs in calls:
        if name == ENTER:
            _place(made, *args).__enter__()
        elif name == LEAVE:
            _place(made, *args).__exit__(None, None, None)
        else:
            made.append(getattr(st, name)(*args, **kwargs))


def _place(made: list[Any], call: int | None, which: int | None) -> Any:
    if call is None:
        return st.sidebar
    return made[call] if which is None else made[call][which]


def least(app: AppTest, times: int) -> float:
    for _ in range(2):
        app.run()
    assert not app.exception, app.exception[0].value
    spent.clear()
    for _ in range(times):
        app.run()
    return min(spent)


@contextmanager
def recorded() -> Iterator[list[Call]]:
    """Every drawing call made through `st` inside the block, and every place that is entered and left."""
    made: list[Call] = []
    places: dict[int, tuple[int | None, int | None]] = {id(st.sidebar): (None, None)}
    kept: list[Any] = []  # so that no number is given twice
    before = {name: getattr(st, name) for name in (*DRAWING, *PLACES)}
    enter, leave = DeltaGenerator.__enter__, DeltaGenerator.__exit__

    def noting(name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            result = before[name](*args, **kwargs)
            number = sum(each[0] not in (ENTER, LEAVE) for each in made)
            made.append((name, args, kwargs))
            kept.append(result)
            if name in PLACES:
                several = isinstance(result, (list, tuple))
                for which, place in enumerate(result if several else [result]):
                    places[id(place)] = (number, which if several else None)
            return result

        return call

    def entered(self: DeltaGenerator) -> None:
        if id(self) in places:
            made.append((ENTER, places[id(self)], {}))
        enter(self)

    def left(self: DeltaGenerator, *of: Any) -> Any:
        if id(self) in places:
            made.append((LEAVE, places[id(self)], {}))
        return leave(self, *of)

    for name in before:
        setattr(st, name, noting(name))
    DeltaGenerator.__enter__, DeltaGenerator.__exit__ = entered, left
    try:
        yield made
    finally:
        for name, original in before.items():
            setattr(st, name, original)
        DeltaGenerator.__enter__, DeltaGenerator.__exit__ = enter, leave


def remember_charts() -> None:
    """Let every chart that is written out say which it was."""
    plain = altair.TopLevelMixin.to_dict

    def numbered(self: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        spec = plain(self, *args, **kwargs)
        if not (kwargs.get("context") or {}).get("top_level", True):
            return spec  # a layer of another
        charts.append(self)
        return {**spec, "usermeta": {"chart": len(charts) - 1}}

    altair.TopLevelMixin.to_dict = numbered


def ready(call: Call) -> Call:
    """As a bare page says it: a chart is Altair's, a link to a page needs the page where there is no folder of them."""
    name, args, kwargs = call
    if name == "vega_lite_chart":
        return "altair_chart", (charts[args[0]["usermeta"]["chart"]],), kwargs
    if name != "page_link":
        return call
    pages = {page.title: page for page in shell.pages()}
    return name, (pages.get(getattr(args[0], "title", ""), args[0]), *args[1:]), kwargs


def compare(app: AppTest, times: int) -> tuple[float, float, int]:
    """Milliseconds of a rerun and of its bare page, and how many things they draw."""
    ours = least(app, times)
    with recorded() as made:
        app.run()
    calls[:] = made
    blank = AppTest.from_string(
        "import streamlit as st\nfrom benchmarks import pages\nfrom playbook.ui.frame import shell\n"
        "st.navigation(shell.pages(), position='hidden')\npages.calls[:] = map(pages.ready, pages.calls)\n"
        "pages.timed(pages.bare)\n",
        default_timeout=60,
    )
    return ours * 1000, least(blank, times) * 1000, sum(each[0] in DRAWING for each in calls)


def views(home: str) -> Iterator[tuple[str, AppTest]]:
    """Each page in a state in which there is something to see."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    yield "Landing", app
    app.button(key="sample_fewer_came_in").click().run()
    for tab in ("All metrics", "Minute by minute", "Products", "Channels and followers"):
        app.session_state["detail_tabs"] = tab
        yield f"Review: {tab}", app
    fill(home)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    yield "Review of a saved LIVE", app
    for page in ("next_live", "live", "strategies", "learn", "practice"):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        yield (
            next(each.title for each in shell.ENTRIES if each.file == f"{page}.py"),
            app.switch_page(f"pages/{page}.py"),
        )
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run().switch_page("pages/history.py").run()
    for tab in ("Weekly look", "LIVEs", "Trends", "Heat map", "Compare", "All shops"):
        app.session_state["history_tabs"] = tab
        yield f"History: {tab}", app
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run().switch_page("pages/data.py").run()
    for tab in ("What was read", "Templates", "Playbook", "Settings", "Keep and erase"):
        app.session_state["data_tabs"] = tab
        yield f"Data: {tab}", app


def fill(home: str) -> None:  # noqa: ARG001
    from playbook.simulation.shops import restless_shop
    from playbook.store import Store

    with Store.open() as store:
        shop = store.create_shop("Evening shop")
        lives = restless_shop(np.random.default_rng(2), LIVES, 20_000.0)
        store.apply(store.plan_import(shop.id, lives), other_creators=True)


def main(times: int) -> None:
    remember_charts()
    plain = entry.run
    entry.run = lambda: timed(plain)
    print("| page | draws | rerun, ms | bare, ms | ratio |")
    print("| --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as home:
        os.environ["PLAYBOOK_HOME"] = home
        for name, app in views(home):
            ours, plainly, number = compare(app, times)
            print(f"| {name} | {number} | {ours:.0f} | {plainly:.0f} | {ours / plainly:.2f} |", flush=True)


if __name__ == "__main__":
    # The scripts of the test runner import this module by its name and must find the same one.
    from benchmarks import pages

    pages.main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
