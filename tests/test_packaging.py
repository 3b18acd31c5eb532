"""What is needed stands in pyproject.toml; requirements and locks say the same; the wheel carries all of the app."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
import venv
from pathlib import Path

import pytest

import playbook
import run
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURS = f"{PROJECT['name']}["


def wanted(text: str) -> set[str]:
    """The packages of a requirements file, without what it includes."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return {line for line in lines if line and not line.startswith("-r")}


@pytest.mark.parametrize("extra", ["", *PROJECT["optional-dependencies"]])
def test_requirements_say_what_the_project_says(extra: str) -> None:
    said = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    file = ROOT / ("requirements" + (f"-{extra}" if extra else "") + ".txt")
    assert wanted(file.read_text(encoding="utf-8")) == {each for each in said if not each.startswith(OURS)}


def test_a_contributor_gets_every_extra() -> None:
    extras = set(PROJECT["optional-dependencies"]) - {"dev"}
    (included,) = [each for each in PROJECT["optional-dependencies"]["dev"] if each.startswith(OURS)]
    assert set(included.removeprefix(OURS).rstrip("]").split(",")) == extras
    dev = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    assert all(f"-r requirements-{extra}.txt" in dev for extra in extras)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize(
    ("lock", "extras"),
    [
        ("app", []),
        ("server", ["postgres", "signin"]),
        ("screenshots", ["screenshots"]),
        ("dev", list(PROJECT["optional-dependencies"])),
    ],
)
def test_the_lock_pins_all_with_hashes_and_names_no_registry(lock: str, extras: list[str]) -> None:
    text = (ROOT / "lock" / f"{lock}.txt").read_text(encoding="utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    pinned = re.findall(
        r"^([\w.-]+)(?:\[[\w,-]+\])?==\S+(?: ;[^\n\\]*)?[^\n]*((?:\n    --hash=\S+[^\n]*)+)", text, re.M
    )
    assert len(pinned) == len([line for line in text.splitlines() if line[:1].isalnum()])
    said = [*PROJECT["dependencies"], *(each for extra in extras for each in PROJECT["optional-dependencies"][extra])]
    names = {normal(re.split(r"[\[<>=!~; ]", each)[0]) for each in said if not each.startswith(OURS)}
    assert names <= {normal(name) for name, _ in pinned}


def test_an_extra_is_asked_for_by_its_name() -> None:
    assert run.with_extra(["--with", "screenshots", "--server.port", "1"]) == ("screenshots", ["--server.port", "1"])
    assert run.with_extra(["--paths", "x"]) == ("", ["--paths", "x"])
    assert run.with_extra(["--with", "nothing"])[0] is None and run.with_extra(["--with"])[0] is None
    assert all((ROOT / "lock" / f"{extra}.txt").exists() for extra in run.EXTRAS)


def test_one_version_is_said_everywhere() -> None:
    assert playbook.__version__ == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def installed(tmp_path: Path) -> Path:
    """The folder of programs of an empty environment into which the wheel of this tree was installed."""
    built = tmp_path / "dist"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "lock" / "app.txt")], check=True)
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    return programs


@pytest.mark.long
def test_the_wheel_works_in_an_empty_environment(tmp_path: Path) -> None:
    programs = installed(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    python, command = str(programs / "python"), str(shutil.which("playbook", path=str(programs)))

    where = "import playbook, pathlib; print(pathlib.Path(playbook.__file__).parent)"
    asked = subprocess.run([python, "-c", where], cwd=elsewhere, env=environment, capture_output=True, text=True)
    package = Path(asked.stdout.strip())
    assert ROOT not in package.parents and (package / "py.typed").exists()

    sample = sorted(str(path) for path in (package / "beside/data/samples/fewer_came_in").iterdir())
    reviewed = subprocess.run(
        [command, "review", *sample], cwd=elsewhere, env=environment, capture_output=True, text=True
    )
    assert reviewed.returncode == 0, reviewed.stderr
    assert "less than your usual LIVE" in reviewed.stdout
    checked = subprocess.run([command, "check"], cwd=elsewhere, env=environment, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = [command, "app", "--server.headless", "true", "--server.port", str(port)]
    with subprocess.Popen(app, cwd=elsewhere, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            assert answer(f"http://127.0.0.1:{port}/_stcore/health") == "ok"
        finally:
            server.terminate()
            server.wait(20)


def answer(address: str, seconds: float = 60) -> str:
    """What a server says as soon as it is up."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as said:
                return str(said.read().decode())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
