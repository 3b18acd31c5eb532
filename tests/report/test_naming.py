"""Every file that leaves says whose it is and of which LIVE: in its text and in its name."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from playbook import formats
from playbook.pipeline import Review
from playbook.plans.briefs import briefs
from playbook.report.charts import review as charts
from playbook.report.charts import svg
from playbook.report.forms.as_chat import LONGEST, as_chat
from playbook.report.forms.as_csv import as_csv
from playbook.report.forms.as_html import as_html
from playbook.report.forms.as_markdown import as_markdown
from playbook.report.forms.as_text import as_text
from playbook.report.forms.briefs import briefs_html, briefs_markdown
from playbook.report.forms.run_sheet import SheetHead, run_sheet, run_sheet_html
from playbook.report.words import naming
from playbook.review_json import as_text as json_text
from playbook.review_json import named
from tests.diagnosis.shops import wobbly

from .build import HOSTILE, KNOWLEDGE, planned, reviewed

UI = Path(__file__).resolve().parents[2] / "playbook" / "ui"
SHOP = "Kopi & Linen: Rumah"
#: Files that are about no LIVE, by the key of their button, and why.
ABOUT_NO_LIVE = {
    "checklist_html": "a strategy, for whichever LIVE", "checklist_md": "a strategy, for whichever LIVE",
    "checklist_pdf": "a strategy, for whichever LIVE",
    "template_": "an empty sheet", "backup": "every shop", "export_csv": "all LIVEs of a shop, whose name it has",
    "people_csv": "what people of a shop learned", "typed_download": "typed LIVEs, each with its own row",
    "get": "taps of a LIVE on air, whose start it has", "pad_download": "taps of a LIVE on air, whose start it has",
    "weekly_": "all shops", "history_csv": "all LIVEs of a shop, whose name it has",
    "calendar": "LIVEs to come of a shop, whose name it has",
}  # fmt: skip


#: What names a file by shop and LIVE; the first five call the last.
NAMED = ("name(", "_name(", "sheet_name(", "download_name(", "pad_view.download_name(", "naming.file_name(")


def test_every_download_has_the_shop_and_the_live_in_its_name_or_is_about_none() -> None:
    seen = set()
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr != "download_button":
                continue
            key = next(ast.unparse(each.value) for each in node.keywords if each.arg == "key")
            about = next((each for each in ABOUT_NO_LIVE if each in key), None)
            seen.add(about)
            name = ast.unparse(node.args[2])
            assert about or name.startswith(NAMED), f"{path}: {key} is called {name}"
    assert seen >= {"backup", None}


@pytest.fixture(scope="module")
def found() -> Review:
    return reviewed(hostile=False)


def test_every_form_of_a_review_says_whose_it_is(found: Review) -> None:
    plan = planned(found, hostile=False)
    heading = naming.about(found.session, SHOP)
    made = briefs(found.recommendations, KNOWLEDGE, plan)
    forms = {
        "html": as_html(found, plan=plan, shop=SHOP), "chat": as_chat(found, plan, SHOP),
        "markdown": as_markdown(found, plan, shop=SHOP), "text": as_text(found, SHOP), "csv": as_csv(found, SHOP),
        "json": json_text(named(found.to_dict(), SHOP)), "briefs": briefs_html(made, heading),
        "briefs for a chat": briefs_markdown(made, heading),
    }  # fmt: skip
    for name, text in forms.items():
        assert "Rumah" in text, name
        assert "Evening LIVE" in text or name == "chat", name
        start = found.session.start
        assert start is not None
        assert formats.day_and_year(start) in text or start.isoformat() in text, name


def test_a_name_is_one_that_every_system_takes(found: Review) -> None:
    start = found.session.start
    assert (
        naming.file_name("review", "html", SHOP, found.session) == f"review_Kopi-Linen-Rumah_{start:%Y%m%d_%H%M}.html"
    )
    assert naming.file_name("review", "md", "ร้านผ้า", found.session).startswith("review_ร้านผ้า_")
    odd = naming.file_name("review", "csv", "../../etc/passwd\0 CON?*", replace(found.session, start=None, id="a/b"))
    assert not set(odd) & set('\\/:*?"<>|\0')
    assert odd == "review_etc-passwd-CON_a-b.csv"
    assert naming.shop_of(replace(found.session, creator="linen.id")) == "linen.id"


@pytest.mark.parametrize("hostile", [False, True])
def test_a_chat_takes_it_as_it_is(hostile: bool) -> None:
    review = reviewed(hostile)
    text = as_chat(review, planned(review, hostile), SHOP * (30 if hostile else 1))
    assert len(text) <= LONGEST
    lines = text.splitlines()
    assert "Rumah" in lines[0]
    assert lines[1].startswith("You sold")
    assert len(lines) >= 4
    if not hostile:
        assert not set(text) & set("*#|<>`_")
        assert "ERR" in text


def test_the_report_has_the_funnel_of_the_page(found: Review) -> None:
    drawn = charts.funnel(found, "#000").to_dict(validate=False)
    rows = next(iter(drawn["datasets"].values()))
    picture = str(svg.funnel(found))
    places = [picture.index(f">{row['step']}<") for row in rows]
    assert places == sorted(places)
    assert picture.count("<rect") == len(rows)


def test_the_report_has_the_note_and_says_how_it_was_made_in_plain_words(found: Review) -> None:
    html = as_html(found, shop=SHOP, note="camera swap\n<b>at 19:50</b>")
    assert "camera swap\n&lt;b&gt;at 19:50" in html
    last = html[html.index("How this was made") :]
    assert "Divisia" not in last
    assert "what was seen, not why" in last
    assert ".last { break-before: page; }" in html


def test_the_run_sheet_has_clock_hosts_products_and_what_is_usual_by_then() -> None:
    from datetime import datetime

    from playbook.during.marks import UsualMark

    sheet = run_sheet(KNOWLEDGE, None, 90, datetime(2026, 12, 1, 19, 30))
    head = SheetHead(SHOP, "Ayu and Rina", ("Linen shirt", HOSTILE), (UsualMark(30.0, {"err": 0.12}, 5),), "USD")
    html = run_sheet_html(sheet, KNOWLEDGE, head)
    for words in (
        "Kopi &amp; Linen",
        "Tue, Dec 1, 2026, 19:30",
        "Ayu and Rina",
        "Linen shirt",
        "20:00 (0:30)",
        "12.0%",
    ):
        assert words in html, words
    assert "<script>alert" not in html


def test_what_is_usual_by_a_minute_is_the_middle_of_lives_that_reached_it() -> None:
    import pandas as pd

    from playbook.during.marks import usual_marks

    def with_trend(each, views: float):
        rows = pd.DataFrame({"minute": range(0, 60, 5), "impressions": [100.0] * 12, "views": [views] * 12})
        return replace(each, trend=rows, trend_step=5.0, duration_minutes=60.0)

    past = [with_trend(each, views) for each, views in zip(wobbly(4, 0.0), (10.0, 12.0, 50.0, 12.0), strict=True)]
    marks = usual_marks(past, KNOWLEDGE.metrics, ["err"], [30.0, 45.0, 90.0])
    assert [(each.minute, round(each.values["err"], 3), each.lives) for each in marks] == [
        (30.0, 0.12, 4),
        (45.0, 0.12, 4),
    ]
    assert usual_marks(past[:2], KNOWLEDGE.metrics, ["err"], [30.0]) == []
