"""What docs/security.md promises and no other test holds; and that every line of it names a test that exists."""

# ruff: noqa: E501 - the lists of what is forbidden read better packed

from __future__ import annotations

import ast
import re
import socket
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

import playbook
from playbook.imports.formats.tables import MAX_BYTES
from playbook.imports.layout.mapping import profile_stem
from playbook.knowledge.load import load
from playbook.knowledge.reader import PlainLoader
from playbook.model.running import RunningLive, Tap
from playbook.report.forms.as_html import as_html
from playbook.spreadsheet import harmless
from playbook.store import Store
from playbook.store.csv_files import _stem
from tests.app.conftest import fresh
from tests.conftest import ROOT
from tests.store.lives import full

SAMPLE = ROOT / "data/samples/fewer_came_in"
CODE = sorted([*(ROOT / "playbook").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"])
#: Modules that run code from data, start programs or open connections.
NOT_IMPORTED = {
    "pickle", "marshal", "shelve", "dill", "joblib", "code", "ctypes", "subprocess", "pty", "socket", "ssl", "http", "urllib.request",
    "ftplib", "smtplib", "telnetlib", "xmlrpc", "requests", "httpx", "aiohttp", "urllib3", "websockets", "webbrowser",
}  # fmt: skip
NOT_CALLED = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "os.spawnv", "pd.read_pickle",
              "yaml.load", "yaml.load_all", "yaml.full_load", "yaml.unsafe_load", "st.html", "st.iframe", "st.secrets.load"}  # fmt: skip
#: The one place that starts programs by a fixed line, and the one that looks for a free port.
STARTS = {
    ROOT / "playbook/processes.py": {"subprocess"},
    ROOT / "playbook/ui/phone/starting.py": {"socket"},
}
#: A line of the threat model names its tests like this.
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_runs_code_from_data_or_opens_a_connection(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    assert not names & {"urllib"}  # of it only `urllib.parse`, which reads addresses and opens none
    assert not {part for name in names for part in (name, name.split(".")[0])} & (
        NOT_IMPORTED - STARTS.get(path, set())
    )
    # The cookies of browser.py, which lets only ids of ours into its script, and one fixed style.
    allowed = {"st.html"} if path.name in ("browser.py", "stylesheet.py") else set()
    for name, call in calls(tree):
        assert name not in NOT_CALLED - allowed, f"{name} in line {call.lineno}"
        words = {word.arg: ast.unparse(word.value) for word in call.keywords}
        assert "unsafe_allow_html" not in words and words.get("shell") != "True", f"line {call.lineno}"


def test_yaml_is_read_by_one_safe_loader() -> None:
    assert issubclass(PlainLoader, (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    reader = ROOT / "playbook/knowledge/reader.py"
    for path in CODE:
        for name, call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            reads = name.startswith("yaml.") and name.split(".")[1] in {"compose", "scan", "parse", "safe_load"}
            assert not reads or path == reader, f"{path.name}, line {call.lineno}: {name}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: !!python/object/apply:os.system ['echo x']", "tags (!name) are not used here; remove it"),
        ("a: !!int 0x", "tags (!name) are not used here; remove it"),
        ("a: !!timestamp y", "tags (!name) are not used here; remove it"),
        ("%TAG ! tag:yaml.org,2002:\n---\na: !float x", "tags (!name) are not used here; remove it"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "aliases (*name) are not used here; write it out"),
    ],
)
def test_yaml_that_would_run_or_unfold_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    found = [problem.message for problem in load(tmp_path).problems]
    assert found == [said]


def test_the_settings_of_the_server() -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert MAX_BYTES / 1e6 <= settings["server"]["maxUploadSize"] <= 50, "an upload is bounded before it is read"
    assert settings["browser"]["gatherUsageStats"] is False
    assert not {"enableXsrfProtection", "enableCORS", "enableStaticServing"} & set(settings["server"])
    assert settings["server"]["allowedHosts"] == ["localhost", "127.0.0.1", "::1"]
    assert settings["client"]["showErrorDetails"] == "type", "no traceback with paths on the screen"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..", "/abs", "a/b\\c", "C:\\x", ".hidden", "nul\0", "x" * 500, "é/../"]
)
def test_a_name_never_becomes_a_path(name: str) -> None:
    taken: set[str] = set()
    for stem in (_stem(name, taken), _stem(name, taken)):
        assert re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,90}", stem)
    if name != "..":
        assert re.fullmatch(r"my_\w{1,60}", profile_stem(name))


def test_a_hostile_id_stays_inside_the_zip(tmp_path: Path) -> None:
    import zipfile

    with Store.open(str(tmp_path / "s.db")) as store:
        shop = store.create_shop("../../shop")
        store.apply(store.plan_import(shop.id, [full(0, id="../../../evil")]))
        store.export_csv(shop.id, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        names = archive.namelist()
    assert len(names) > 4 and not [name for name in names if ".." in name.split("/") or name.startswith("/")]


def test_events_to_download_run_no_formula() -> None:
    start = datetime(2026, 11, 20, 19)
    live = RunningLive(start, taps=(Tap(start, "pin", "=HYPERLINK(1)", None, "+1"),))
    assert "'=HYPERLINK(1),'+1" in live.events_csv(harmless)
    assert "pin,,,=HYPERLINK(1),+1" in live.events_csv(str), "the file that is read again keeps the name as it is"


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way out of this process is closed; what the process says to itself goes on."""

    def refuse(*where: Any, **_more: Any) -> Any:
        raise AssertionError(f"a connection was tried: {where[1:]}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, lambda *where, **more: refuse(None, *where, **more))


@pytest.mark.usefixtures("no_network")
def test_the_block_blocks() -> None:
    with pytest.raises(AssertionError, match="a connection was tried"), socket.socket() as way_out:
        way_out.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match="a connection was tried"):
        socket.create_connection(("192.0.2.1", 80))


@pytest.mark.usefixtures("no_network")
def test_reading_reviewing_and_reporting_send_nothing(tmp_path: Path) -> None:
    sessions = playbook.read(sorted(SAMPLE.iterdir()))
    review = playbook.review(sessions[-1], sessions[:-1], playbook.load())
    assert review.to_dict()["worst"] and "<svg" in as_html(review)
    with Store.open(str(tmp_path / "s.db")) as store:
        shop = store.create_shop("Dana")
        store.apply(store.plan_import(shop.id, sessions))
        assert len(store.sessions(shop.id)) == len(sessions)


@pytest.mark.usefixtures("no_network")
def test_the_pages_send_nothing() -> None:
    at = fresh().run().button(key="sample_fewer_came_in").click().run()
    for path in sorted((ROOT / "pages").glob("*.py")):
        at = at.switch_page(f"pages/{path.name}").run()
        assert not at.exception, path.name


def threats() -> list[str]:
    """The lines of the table of the threat model."""
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| threat", "| ---"))]


def test_every_threat_names_a_test_that_exists() -> None:
    lines = threats()
    assert len(lines) >= 20
    for line in lines:
        named = NAMED.findall(line)
        assert named, f"no test is named: {line}"
        for file, test in named:
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{file}::{test}"
