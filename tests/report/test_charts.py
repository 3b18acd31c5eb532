"""Every chart is Vega-Lite by the schema: the pages write them out without that check."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from playbook.diagnosis.over_lives.over_time import over_time
from playbook.knowledge.lessons import FileSample
from playbook.pipeline import review
from playbook.report.charts import during, history, products
from playbook.report.charts import review as charts
from playbook.report.charts.review import Chart
from playbook.training.samples import sample_review
from tests.conftest import ROOT
from tests.diagnosis.shops import live, wobbly

from .build import KNOWLEDGE, reviewed


def every_chart() -> Iterator[tuple[str, Chart | None]]:
    found = reviewed(hostile=False)
    metrics = KNOWLEDGE.metrics
    yield "waterfall", charts.waterfall(found, "#000000")
    yield "funnel", charts.funnel(found, "#000000")
    for each in found.diagnosis.worst:
        yield f"band of {each.metric}", charts.band(found, each.metric)
    frame = found.session.trend
    assert frame is not None
    shown = [(metrics["impressions"], "impressions"), (metrics["err"], "views")]
    events = found.session.events
    for index, panel in enumerate(charts.trend(frame, 5.0, events, found.diagnosis.dips, shown, "USD")):
        yield f"trend {index}", panel
    past = over_time(wobbly(20, 0.05), metrics, 20)
    for name in ("err", "gmv_per_hour"):
        yield f"control {name}", history.control_chart(past, metrics[name], name)
    yield "heat map", history.heat_map(past, metrics, ["err", "ctr"])
    course = [(float(minute), found.judgements["err"]) for minute in (10, 20, 30)]
    yield "so far", during.so_far(course, metrics["err"], "USD")
    room = sample_review(FileSample(kind="files", folder="looked_did_not_buy"), KNOWLEDGE).diagnosis.products
    assert room is not None
    yield "products", products.funnel_plot(room, "USD")


def test_every_chart_is_vega_lite_and_has_a_height() -> None:
    for name, chart in every_chart():
        assert chart is not None, name
        spec = chart.to_dict(validate=True)  # raises where the schema does not hold
        assert isinstance(spec["height"], int) and spec["height"] > 0, name


def test_without_a_value_there_is_no_chart() -> None:
    session = live(20, views=None)
    unknown = review(session, wobbly(20, 0.05), KNOWLEDGE)
    assert unknown.judgements["err"].value is None and charts.band(unknown, "err") is None
    assert charts.waterfall(review(session, [], KNOWLEDGE), "#000000") is None


def test_no_channel_is_given_as_a_bare_text() -> None:
    """Of a text, altair first writes out its whole schema to find the class; a chart of five took twice the time."""
    loose = [
        f"{path.relative_to(ROOT)}:{word.value.lineno}: {word.arg}"
        for folder in ("playbook/report/charts", "playbook/ui")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "encode"
        for word in call.keywords
        if any(
            isinstance(each, ast.Constant) and isinstance(each.value, str)
            for each in (word.value.elts if isinstance(word.value, ast.List) else [word.value])
        )
    ]
    assert loose == []
