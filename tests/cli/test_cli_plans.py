"""Plans in a terminal: choose, answer, read the verdict; and the report as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
FEWER = [str(path) for path in sorted((ROOT / "data/samples/fewer_came_in").iterdir())]


@pytest.fixture
def shop(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["import", *FEWER, "--shop", "Linen", "--create"]) == 0
    capsys.readouterr()
    return ["--shop", "Linen"]


def test_a_plan_is_chosen_answered_and_told(shop: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", *shop]) == 0
    assert "err_billboard: Put up a billboard" in capsys.readouterr().out
    assert main(["plan", *shop, "--choose", "err_billboard"]) == 0
    printed = capsys.readouterr()
    written = printed.err
    days = printed.out.splitlines()
    assert days and all(each.endswith((": with it", ": without it")) for each in days)
    plan = written.removeprefix("Written down as ").split(":")[0]
    assert main(["outcomes", *shop]) == 0
    told = capsys.readouterr().out
    assert plan in told and "Cannot tell yet: no LIVE since was drawn with it" in told
    assert main(["plan", *shop, "--choose", "dip_no_pin_entrance"]) == 2
    assert "is open and acts on the same number" in capsys.readouterr().err


def test_a_plan_for_every_live_draws_none(shop: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", *shop, "--choose", "err_billboard", "--every-live"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["outcomes", *shop]) == 0
    assert "Cannot tell yet: there was no LIVE since" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plan", "--choose", "no_such"], "'no_such' is not among the changes to choose from"),
        (["outcomes", "--done", "latest"], "Name the plan with --plan ID. There are: none."),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], words: str, shop: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([arguments[0], *shop, *arguments[1:]]) == 2
    assert words in capsys.readouterr().err


def test_the_report_is_a_file(tmp_path: Path) -> None:
    out = tmp_path / "mine.html"
    assert main(["report", *FEWER, "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert text.lstrip().startswith("<!doctype html>") and "<svg" in text
