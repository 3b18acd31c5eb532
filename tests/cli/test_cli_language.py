"""`--language`, anywhere on the line, and the variables of the environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from playbook.cli import main
from playbook.language import catalogs, current
from playbook.language.pseudo import PSEUDO
from tests.conftest import ROOT

SAMPLE = [str(each) for each in sorted((ROOT / "data/samples/fewer_came_in").iterdir())]


def said(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main.main(words) == 0
    return capsys.readouterr().out


def test_a_review_is_said_in_the_language_that_was_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    english = said(["review", *SAMPLE], capsys)
    assert "Fewer people came in" in english
    pseudo = said(["review", *SAMPLE, "--language", "en_XA"], capsys)
    assert "Ƒéŵéŕ þéöþļé çåɱé îñ" in pseudo and "Fewer people came in" not in pseudo
    assert said(["--language=en_XA", "review", *SAMPLE], capsys) == pseudo
    monkeypatch.setenv(catalogs.AT_FIRST, "en_XA")
    assert said(["review", *SAMPLE], capsys) == pseudo
    assert said(["review", *SAMPLE, "--language", "en"], capsys) == english
    monkeypatch.setenv(catalogs.AT_FIRST, "xx")
    assert said(["review", *SAMPLE], capsys) == english
    assert current() == "en"


def test_a_language_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["review", *SAMPLE, "--language", "xx"]) == 2
    assert "no language 'xx'. There are: en, " in capsys.readouterr().err


def test_the_app_is_told_which_languages_are_tried_and_spoken_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["playbook"])
    monkeypatch.setattr("runpy.run_module", lambda *_, **__: None)
    for name in (catalogs.TRIED, catalogs.AT_FIRST):
        monkeypatch.setenv(name, "")
    assert main.main(["app", "--language", "id", "--try-languages", "id", "pt_BR", "--server.port", "8600"]) == 0
    assert (os.environ[catalogs.TRIED], os.environ[catalogs.AT_FIRST]) == ("id,pt_BR", "id")


def test_what_commands_print_and_refuse_is_said_in_the_language(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Results and refusals of the store, of files and of the commands themselves."""
    kept, files = str(tmp_path / "kept.playbook"), SAMPLE
    spoken = ["--language", PSEUDO]
    assert main.main(["import", *files, "--db", kept, "--shop", "Dana", "--create", *spoken]) == 0
    for words, code, plain in (
        (["shops", "--db", kept], 0, "reviewed"),
        (["history", "--db", kept, "--shop", "Dana", "--limit", "0"], 2, "give a number"),
        (["history", "--db", kept, "--shop", "Eko"], 2, "There is no shop"),
        (["merge", "--db", kept, "--shop", "Dana"], 2, "Say which shop"),
        (["move", "--db", kept, "--shop", "Dana", "--undo"], 2, "taken back"),
        (["delete", "latest", "--db", kept, "--shop", "Dana"], 0, "deleted"),
        (["delete", "--db", kept, "--shop", "Dana", "--undo"], 0, "Taken back"),
        (["import", "nowhere.csv", "--db", kept, "--shop", "Dana"], 2, "there is no such file"),
        (["import", "--undo", "--db", kept, "--shop", "Dana"], 0, "was taken back"),
        (["backup", str(tmp_path / "b.playbook"), "--db", kept], 0, "holds everything"),
        (["backup", str(tmp_path / "b.playbook"), "--db", kept], 2, "such a file already"),
        (["restore", str(tmp_path / "b.playbook"), "--db", kept], 2, "already has"),
        (["users", "audit", "x@y.zz", "--db", kept], 2, "takes no address"),
    ):
        capsys.readouterr()
        assert main.main([*words, *spoken]) == code, words
        out = "".join(capsys.readouterr())
        assert "[" in out and plain not in out, (words, out)
