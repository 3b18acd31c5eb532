"""Every text of a drawn SVG is text: whatever stands in it, no element of its own comes of it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from playbook.model.session import Event
from playbook.report.charts import svg

from .build import reviewed

#: Short, for labels of events are cut off.
SIGNS = """<b>"&'</b>"""
SHAPES = {"svg", "rect", "circle", "path", "text"}


def drawings() -> dict[str, Markup]:
    found = reviewed(hostile=False)
    assert found.diagnosis.leak is not None and found.session.trend is not None
    events = (Event("pin", 10.0, product=SIGNS), Event("giveaway", 90.0, detail=SIGNS))
    return {
        "band": svg.band(found.judgements["err"]),
        "funnel": svg.funnel(found),
        "leak": svg.leak(found, found.diagnosis.leak),
        "trend": svg.trend(found.session.trend, 5.0, events, [(20.0, 40.0)]),
    }


def written(drawing: Markup) -> tuple[set[str], str]:
    """The kinds of elements, and every text: what is shown and what is read aloud."""
    tree = ElementTree.fromstring(str(drawing))
    parts = list(tree.iter())
    words = [each.text or "" for each in parts] + [each.get("aria-label", "") for each in parts]
    return {each.tag for each in parts}, "\n".join(words)


def test_what_a_person_wrote_of_an_event_is_shown_as_it_was_written() -> None:
    kinds, words = written(drawings()["trend"])
    assert kinds <= SHAPES and words.count(SIGNS) == 2


@pytest.mark.parametrize("name", ["band", "funnel", "leak", "trend"])
def test_no_word_of_any_drawing_becomes_an_element(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def hostile(*_args: object, **_named: object) -> str:
        return SIGNS

    for each in ("_", "ngettext", "pgettext", "event_label", "reached"):
        monkeypatch.setattr(svg, each, hostile)
    for each in ("count", "money_short", "percent", "clock", "listed"):
        monkeypatch.setattr(svg.formats, each, hostile)
    kinds, words = written(drawings()[name])
    assert kinds <= SHAPES and SIGNS in words


def test_a_name_of_a_count_is_escaped_too() -> None:
    found = reviewed(hostile=False)
    named = {name: each.model_copy(update={"label": SIGNS}) for name, each in found.knowledge.counts.items()}
    kinds, words = written(svg.funnel(replace(found, knowledge=replace(found.knowledge, counts=named))))
    assert kinds <= SHAPES and words.count(SIGNS) >= 4
