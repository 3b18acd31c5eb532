"""Answers of the Open API as people save them: pages behind one another, minutes without groups or without a whole."""

from __future__ import annotations

import json

import pytest

from playbook.imports import read_files
from playbook.imports.formats.json_text import documents
from playbook.model.session import UnusableFile


def pages(export, size=2):
    """The list of LIVEs in several answers."""
    whole = json.loads(export("api_sessions.json")[1])
    lives = whole["data"]["live_stream_sessions"]
    return [
        whole | {"data": {"live_stream_sessions": lives[at : at + size], "total_count": len(lives)}}
        for at in range(0, len(lives), size)
    ]


def read(text: str, **options):
    return read_files([("answer.jsonl", text.encode())], **{"timezone": "UTC"} | options)


@pytest.mark.parametrize("between", ["\n", "\r\n", "", " ", "\n\n", ",\n", "\n\x1e"])
def test_pages_behind_one_another_are_one_list(make, export, between):
    reading = read(between.join(map(json.dumps, pages(export))))
    assert [live.id for live in reading.sessions] == [live["room"] for live in make.LIVES]
    assert (reading.failures, reading.warnings) == ((), ())


@pytest.mark.parametrize("indent", [None, 1])
def test_a_live_a_line_or_lists_behind_one_another(make, export, indent):
    lives = [live for page in pages(export) for live in page["data"]["live_stream_sessions"]]
    line_each = "\n".join(json.dumps(live, indent=indent) for live in lives)
    lists = "\n".join(json.dumps(lives[at : at + 2], indent=indent) for at in (0, 2))
    for text in (line_each, lists, json.dumps(lives, indent=indent)):
        assert [live.id for live in read(text).sessions] == [live["room"] for live in make.LIVES]


def test_a_page_that_is_missing_is_told_and_one_that_failed_as_well(export):
    first, second = pages(export)
    assert "2 more LIVEs are on further pages" in read(json.dumps(first)).questions[-1].text
    failed = {"code": 98001001, "message": "internal error", "data": None}
    reading = read("\n".join(map(json.dumps, [first, failed, second])))
    assert len(reading.sessions) == 4
    assert [each.message for each in reading.failures] == [
        "answer.jsonl, page 2: the API answered with error 98001001 (internal error), not with numbers. Mend "
        "what it names, if anything, and ask it again. "
        "The other pages are read."
    ]
    with pytest.raises(UnusableFile, match="answered with error 98001001"):
        read("\n".join(map(json.dumps, [failed, failed])))


def test_where_json_lines_stop_making_sense_is_told_by_its_place(export):
    first, second = map(json.dumps, pages(export))
    with pytest.raises(UnusableFile, match=r"answer\.jsonl, row 2, column \d+: the JSON stops making sense here"):
        read(f"{first}\n{second[:-40]}")
    with pytest.raises(UnusableFile, match="row 2, column 1: the JSON stops making sense here"):
        read(f"{first}\nand so on")


def test_documents_are_found_wherever_one_ends():
    assert documents(' {"a": [1]} {"b": 2},\n[3]') == [{"a": [1]}, {"b": 2}, [3]]
    with pytest.raises(json.JSONDecodeError):
        documents("  ")


def test_minutes_without_groups(make, export):
    reading = read_files([export("api_minutes_flat.json")], timezone="UTC")
    (live,), start = reading.sessions, make.LIVES[-1]["start"]
    assert (reading.files[0].profile, reading.files[0].unread, reading.warnings) == ("api_minutes_flat", {}, ())
    assert (live.start, live.duration_minutes, live.currency, live.counts["gmv"]) == (start, 60, "USD", 870)
    assert list(live.trend["minute"]) == [float(row) for row in range(60)]
    for row in range(60):
        expected = make.minute_counts(row)
        assert live.trend["gmv"][row] == pytest.approx(expected["gmv"] / 1000)
        assert live.trend["sku_orders"][row] == expected["sku_orders"]


@pytest.mark.parametrize("name", ["api_minutes.json", "api_minutes_flat.json"])
def test_minutes_without_a_whole_begin_with_the_first(make, export, name):
    document = json.loads(export(name)[1])
    document["data"].pop("overall", None)
    document["data"].get("performance", {}).pop("overall", None)
    (live,) = read(json.dumps(document)).sessions
    start = make.LIVES[-1]["start"]
    assert (live.id, live.start, live.duration_minutes) == (start.isoformat(timespec="minutes"), start, 60)
    assert live.counts["gmv"] == pytest.approx(sum(make.minute_counts(row)["gmv"] for row in range(60)) / 1000)
    asked = read(json.dumps(document), timezone=None)
    assert [each.about for each in asked.questions] == ["timezone"]
    laid = read_files([export("api_sessions.json"), ("minutes.json", json.dumps(document).encode())], timezone="UTC")
    assert [each.trend is None for each in laid.sessions] == [True, True, True, False]


def test_minutes_of_several_lives_are_not_laid_on_one(export):
    document = json.loads(export("api_minutes.json")[1])
    again = json.loads(json.dumps(document))
    again["data"]["performance"]["overall"]["start_time"] = "1790000000"
    with pytest.raises(UnusableFile, match=r"holds the minutes of 2 LIVEs\. Give the answer for each LIVE"):
        read("\n".join(map(json.dumps, [document, again])))
    half = json.loads(json.dumps(document))
    minutes = half["data"]["performance"]["intervals"]
    one, two = json.loads(json.dumps(half)), half
    one["data"]["performance"]["intervals"], two["data"]["performance"]["intervals"] = minutes[:30], minutes[30:]
    (live,) = read("\n".join(map(json.dumps, [one, two]))).sessions
    assert len(live.trend) == 60


def test_the_overview_by_day_is_no_live():
    days = [{"start_date": f"2026-07-0{day}", "end_date": f"2026-07-0{day + 1}", "sku_orders": 4} for day in (1, 2)]
    for day in days:
        day["gmv"] = {"amount": "99.00", "currency": "USD"}
    with pytest.raises(UnusableFile, match=r"overview of all LIVEs by day\..*shop_lives/performance"):
        read(json.dumps({"code": 0, "data": {"performance": {"intervals": days}}}))
