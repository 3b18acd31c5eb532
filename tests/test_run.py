"""The set-up script: what it says when it is asked for nothing it knows."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_script", ROOT / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_a_command_it_says_which_there_are() -> None:
    done = subprocess.run([sys.executable, "run.py"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "app [--paths DIR [DIR ...]] [--with screenshots] [STREAMLIT OPTIONS] | test [PYTEST OPTIONS]" in done.stdout


def test_every_benchmark_it_names_is_there(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[str] = []

    def start(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        started.append(command[1])
        return subprocess.CompletedProcess(command, 1 if command[1].endswith("pages.py") else 0)

    monkeypatch.setattr(script, "ensure_browser", lambda: False)
    monkeypatch.setattr(script.subprocess, "run", start)
    assert all((ROOT / "benchmarks" / f"{name}.py").exists() for name in script.BENCHMARKS)
    assert script.run_benchmarks() == 1
    assert started == ["benchmarks/speed.py", "benchmarks/pages.py"]  # what fails ends the run
    assert "many visitors did NOT run" in capsys.readouterr().out


def test_an_environment_that_does_not_start_counts_as_none(script: ModuleType, tmp_path: Path) -> None:
    assert not script.works(tmp_path / "bin" / "python")
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert not script.works(broken)
    assert script.works(Path(sys.executable))


def test_the_fingerprint_follows_the_lock(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "ROOT", tmp_path)
    (tmp_path / "lock").mkdir()
    (tmp_path / "lock" / "app.txt").write_text("a")
    before = script.fingerprint("app")
    (tmp_path / "lock" / "app.txt").write_text("b")
    assert script.fingerprint("app") != before


class Installers:
    """Stands in for subprocess.run: notes what is started, and what fails is chosen."""

    def __init__(self, *failing: str) -> None:
        self.failing, self.started, self.only_uv = failing, [], ""

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        if command[3] == "config":
            return subprocess.CompletedProcess(command, 0, "global.find-links='/a /b'\n", "")
        name = "bootstrap" if command[-1].endswith("uv.txt") else command[2]
        if name == "bootstrap":
            self.only_uv = Path(command[-1]).read_text()
        assert "--require-hashes" in command
        self.started.append(name)
        return subprocess.CompletedProcess(command, int(name in self.failing), "", "")


@pytest.mark.parametrize(
    ("failing", "started"),
    [
        ((), ["bootstrap", "uv"]),
        (("bootstrap",), ["bootstrap", "pip"]),
        (("uv",), ["bootstrap", "uv", "pip"]),
    ],
)
def test_packages_are_installed_by_uv_and_else_by_pip_each_by_its_hash_and_once(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: tuple[str, ...], started: list[str]
) -> None:
    run = Installers(*failing)
    monkeypatch.setattr(script, "VENV", tmp_path)
    monkeypatch.setattr(script, "works", lambda _: True)
    monkeypatch.setattr(script.subprocess, "run", run)
    script.ensure_environment("dev")
    script.ensure_environment("dev")
    assert run.started == started
    assert run.only_uv.startswith("uv==") and run.only_uv.count("==") == 1
    assert run.only_uv.count("--hash=sha256:") > 5 and not run.only_uv.rstrip().endswith("\\")


def test_where_nothing_can_be_installed_the_reason_is_told(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "VENV", tmp_path)
    monkeypatch.setattr(script, "works", lambda _: True)
    monkeypatch.setattr(script.subprocess, "run", Installers("bootstrap", "pip"))
    with pytest.raises(SystemExit, match="could not be installed"):
        script.ensure_environment("dev")
    assert not list(tmp_path.iterdir()), "the next run tries again"


def test_uv_gets_what_is_set_for_pip_and_the_environment_counts_most(script: ModuleType) -> None:
    said = (
        ":env:.find-links='/here'\nglobal.cert='/ca.crt'\nglobal.extra-index-url='file:///a file:///b'\n"
        "global.find-links='/there'\ninstall.no-color='true'\n"
    )
    assert script.uv_settings(said) == {
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "/here",
        "SSL_CERT_FILE": "/ca.crt",
        "UV_INDEX": "file:///a file:///b",
    }


def test_without_apt_and_without_sudo_the_line_to_run_is_printed(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(script.os, "geteuid", lambda: 1000, raising=False)
    assert not script.apt_install("chromium")
    assert "sudo apt-get install -y chromium" in capsys.readouterr().out
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    assert not script.apt_install("chromium")


def test_without_postgresql_the_run_says_so_loudly(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def missing(*_arguments: object, **_options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1)

    monkeypatch.setattr(script.subprocess, "run", missing)
    monkeypatch.setattr(script, "apt_install", asked.append)
    assert not script.ensure_postgresql()
    assert asked == ["postgresql"]
    assert "did NOT run" in script.NO_POSTGRESQL and "sudo apt-get install -y postgresql" in script.NO_POSTGRESQL


def test_the_app_is_opened_from_this_tree_and_the_folder_one_stands_in(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[list[str], dict[str, str], object]] = []

    def start(command: list[str], env: dict[str, str], **more: object) -> subprocess.CompletedProcess[str]:
        started.append((command[1:], env, more.get("cwd")))
        return subprocess.CompletedProcess(command, 7)

    monkeypatch.setattr(script.subprocess, "run", start)
    assert script.open_app(["--server.port", "8600", "--paths", "one"]) == 7
    ((command, environment, folder),) = started
    assert command == ["-m", "playbook", "app", "--server.port", "8600", "--paths", "one"]
    assert environment["PYTHONPATH"] == str(ROOT)
    assert folder is None


def test_the_first_check_that_fails_ends_the_run_and_an_unknown_one_is_told(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[str] = []

    def start(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        started.append(command[2])
        return subprocess.CompletedProcess(command, 1 if command[2] == "mypy" else 0)

    monkeypatch.setattr(script.subprocess, "run", start)
    assert script.run_checks([]) == 1
    assert started == ["ruff", "ruff", "mypy"]
    assert script.run_checks(["examples"]) == 0
    assert started[3:] == ["playbook"]
    assert script.run_checks(["styl"]) == 2
    assert "There is no check styl. There are: style, format, types" in capsys.readouterr().out
