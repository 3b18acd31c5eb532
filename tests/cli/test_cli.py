"""The command line as other programs rely on it: exit codes, streams, formats, the JSON's keys."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import playbook
from playbook.cli.main import main, parser

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "samples"
FEWER = [str(path) for path in sorted((SAMPLES / "fewer_came_in").iterdir())]


@pytest.fixture
def review(tmp_path: Path) -> dict[str, object]:
    out = tmp_path / "review.json"
    assert main(["review", *FEWER, "--format", "json", "--out", str(out)]) == 0
    loaded: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
    return loaded


def numbers(value: object) -> Iterator[float]:
    if isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each)
    elif isinstance(value, float):
        yield value


def test_the_json_has_the_keys_that_others_rely_on(review: dict[str, object]) -> None:
    assert set(review) >= {
        "version", "session", "counts", "gmv_kind", "metrics", "worst", "worst_dimension", "leak", "dips",
        "recommendations", "notes",
    }  # fmt: skip
    assert review["version"] == 1
    session, counts = review["session"], review["counts"]
    assert isinstance(session, dict) and isinstance(counts, dict)
    assert set(session) >= {"id", "title", "start", "duration_minutes", "currency", "history_sessions"}
    assert list(counts)[:11] == [
        "impressions", "views", "viewers", "product_impressions", "product_clicks", "sku_orders", "gmv", "comments",
        "new_followers", "shares", "likes",
    ]  # fmt: skip
    assert counts["viewers"] is None, "this layout has no viewers, and unknown is not zero"
    assert review["gmv_kind"] == "attributed"
    assert all(math.isfinite(number) for number in numbers(review))


def test_metrics_worst_and_leak_hold_together(review: dict[str, object]) -> None:
    metrics = {each["id"]: each for each in review["metrics"]}  # type: ignore[attr-defined]
    assert set(metrics) == set(playbook.load().metrics)
    err, counts = metrics["err"], review["counts"]
    assert err["value"] == counts["views"] / counts["impressions"]  # type: ignore[index]
    assert err["verdict"] == "below" and err["value"] < err["low"] < err["usual"] < err["high"]
    assert abs(err["reported"] - err["value"]) < 1e-5
    worst = review["worst"]
    assert isinstance(worst, list) and [each["rank"] for each in worst] == list(range(1, len(worst) + 1))
    assert all(metrics[each["metric"]]["value"] < metrics[each["metric"]]["usual"] for each in worst)
    assert worst[0]["metric"] == "err" and worst[0]["status"] == "repeat" and worst[0]["weak_in_last_5"] == 1
    leak = review["leak"]
    assert isinstance(leak, dict)
    gap = round(leak["gmv"] - leak["usual_gmv"], 2)
    assert round(sum(part["amount"] for part in leak["parts"]), 2) == gap
    assert all(part["low"] <= part["amount"] <= part["high"] for part in leak["parts"])


def test_python_and_the_command_line_say_the_same(review: dict[str, object]) -> None:
    sessions = playbook.read(FEWER)
    from_python = playbook.review(sessions[-1], history=sessions[:-1], knowledge=playbook.load()).to_dict()
    assert json.loads(json.dumps(from_python)) == review
    assert sessions[-1].trend is not None and sessions[0].trend is None
    assert {"id", "title", "start", "duration_minutes", "currency", "counts", "exported_at"} <= set(
        sessions[0].to_dict()
    )
    assert sessions[0].to_dict()["exported_at"] == "2026-11-09T08:36:00"


def test_python_reads_one_path_without_a_list_around_it() -> None:
    expected = [session.to_dict() for session in playbook.read(FEWER[:1])]
    for one in (FEWER[0], Path(FEWER[0])):
        assert [session.to_dict() for session in playbook.read(one)] == expected


def test_only_earlier_sessions_are_history(tmp_path: Path) -> None:
    sessions = playbook.read(FEWER)
    out = tmp_path / "review.json"
    start = sessions[6].start
    assert start
    assert main(["review", FEWER[0], "--session", start.isoformat(), "--format", "json", "--out", str(out)]) == 0
    assert json.loads(out.read_text())["session"]["history_sessions"] == 6


@pytest.mark.parametrize("form", ["text", "json", "html", "md"])
@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir() if path.name != "healthy"))
def test_every_sample_in_every_format(sample: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in sorted((SAMPLES / sample).iterdir())]
    assert main(["review", *files, "--format", form]) == 0
    out = capsys.readouterr().out
    assert len(out) > 500
    assert "None" not in out and "nan" not in out.split()


def test_the_html_report_needs_no_network_and_escapes_what_files_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.csv"
    rows = ["session_id,start,minutes,title,impressions,views"]
    rows += [
        f"s{day},2026-08-{day:02d} 19:00,120,<img src=x onerror=alert(1)>,10000,{900 + day}" for day in range(1, 7)
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    assert main(["review", str(path), "--format", "html"]) == 0
    html = capsys.readouterr().out
    assert "<img" not in html and "&lt;img" in html
    assert "http://" not in html.replace("http://www.w3.org", "") and "https://" not in html


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["review", "no-such-file.csv"], "no-such-file.csv: there is no such file"),
        (["review", str(ROOT / "data" / "samples")], "no file in this folder"),
        (["review", str(ROOT / "LICENSE")], "no known export has these columns"),
        (["review", FEWER[0], "--session", "nobody"], "No LIVE 'nobody' in these files"),
        (["review", FEWER[0], "--timezone", "Mars/Crater"], "There is no timezone 'Mars/Crater'"),
        (["review", FEWER[0], "--out", "/no/such/place/x.json"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert words in captured.err and not captured.out and "Traceback" not in captured.err


def test_a_bad_file_beside_good_ones_is_told_and_the_rest_is_reviewed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    assert main(["review", FEWER[0], str(bad), "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert "bad.xlsx" in captured.err
    assert json.loads(captured.out)["session"]["id"]


def test_check_and_test_answer_for_the_built_in_knowledge(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert main(["test"]) == 0
    assert "examples passed" in capsys.readouterr().err


def test_check_points_at_the_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = (ROOT / "playbook/content/strategies/err_billboard.yaml").read_text(encoding="utf-8")
    (tmp_path / "err_billboard.yaml").write_text(source.replace("owner:", "ownr:"), encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    line = source.splitlines().index(next(each for each in source.splitlines() if each.startswith("owner:"))) + 1
    assert f"err_billboard.yaml:{line}:1: ownr: not a known field; did you mean 'owner'?" in capsys.readouterr().out


def test_a_strategy_of_ones_own_is_recommended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = (ROOT / "playbook/content/strategies/err_billboard.yaml").read_text(encoding="utf-8")
    mine = source.replace("id: err_billboard", "id: our_billboard").replace("title: ", "title: Our way to ", 1)
    (tmp_path / "our_billboard.yaml").write_text(mine, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 0
    assert main(["test", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main(["review", *FEWER, "--playbook", str(tmp_path), "--format", "json"]) == 0
    assert "our_billboard" in {each["strategy"] for each in json.loads(capsys.readouterr().out)["recommendations"]}


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    commands = parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    for name, command in commands.items():  # type: ignore[union-attr]
        assert f"## {name}" in text
        for action in command._actions:
            for option in action.option_strings:
                assert option in ("-h", "--help") or option in text, f"{name} {option}"


def test_a_closed_pipe_is_no_traceback() -> None:
    command = f"'{sys.executable}' -m playbook review {' '.join(repr(path) for path in FEWER)} | head -1"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert "Traceback" not in done.stderr


def test_review_says_which_strategy_is_switched_off_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = ROOT / "playbook" / "content" / "strategies" / "err_billboard.yaml"
    text = shipped.read_text(encoding="utf-8").replace("facts:\n", "say:\n  en: [While stocks last]\nfacts:\n", 1)
    (tmp_path / "ours.yaml").write_text(text.replace("id: err_billboard", "id: ours"), encoding="utf-8")
    assert main(["review", *FEWER, "--playbook", str(tmp_path), "--format", "json"]) == 0
    told = capsys.readouterr()
    assert "'While stocks last' is wording the platform objects to" in told.err
    assert "switched off" in told.err
    assert "ours" not in {each["strategy"] for each in json.loads(told.out)["recommendations"]}


def test_check_lists_facts_that_are_older(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = ROOT / "playbook" / "content" / "strategies" / "share_reason.yaml"
    (tmp_path / "share_reason.yaml").write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 0
    assert main(["check", str(tmp_path), "--older-than", "180"]) == 1
    assert "share_reason.yaml:" in (listed := capsys.readouterr().out) and "stated 2021" in listed
    with pytest.raises(SystemExit):
        main(["check", "--older-than", "soon"])


def test_the_report_as_pdf_and_as_slides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["review", *FEWER, "--pdf", "a.pdf", "--out", "a.txt"]) == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF") and "WHAT TO DO" in (tmp_path / "a.txt").read_text()
    assert main(["report", *FEWER, "--format", "pptx", "--month", "--agency", "Bright", "--colour", "#AA3300"]) == 0
    assert next(tmp_path.glob("month_*2026-11.pptx")).read_bytes().startswith(b"PK")
    assert main(["report", *FEWER, "--format", "pptx", "--colour", "red"]) == 2
    assert main(["report", *FEWER, "--format", "pptx", "--logo", "none.png"]) == 2
