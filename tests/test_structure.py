"""The house rules that a reader of the tree relies on."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "playbook"

#: What each part of the package may import from the package. Whoever is not listed may import anything but ui.
ALLOWED: dict[str, set[str]] = {
    "places": set(),
    "session": set(),
    "currencies": {"currencies"},
    "formats": {"currencies"},
    "templates": set(),
    "spreadsheet": set(),
    "knowledge": {"knowledge", "currencies"},
    "userdata": {"knowledge"},
    "imports": {"imports", "knowledge", "session", "currencies"},
    "even_trend": set(),
    "running": {"even_trend", "session"},
    "store": {"store", "session", "running", "imports", "userdata", "templates", "spreadsheet"},
    "metrics": {"metrics", "knowledge", "session"},
    "diagnosis": {"diagnosis", "metrics", "knowledge.metrics", "knowledge.reader", "session"},
    "simulation": {"simulation", "metrics", "knowledge.metrics", "session"},
    "advice": {"advice", "diagnosis", "knowledge", "metrics", "session", "formats"},
    "training": {
        "training",
        "places",
        "pipeline",
        "advice",
        "diagnosis",
        "simulation",
        "imports",
        "knowledge",
        "metrics",
        "session",
        "report",
        "formats",
    },
    "pipeline": {"advice", "diagnosis", "knowledge", "session", "report"},
    "report": {
        "report",
        "pipeline",
        "advice",
        "diagnosis",
        "knowledge",
        "metrics",
        "session",
        "formats",
        "spreadsheet",
    },
}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Absolute dotted names that a file imports, relative imports resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            found |= {".".join([*base, alias.name]) for alias in node.names} | {".".join(base)}
    return found


def part(name: str) -> str:
    """`playbook.knowledge.reader.read` -> `knowledge.reader`; `playbook.model.session` -> `session`."""
    return ".".join(name.split(".")[1:3])


def test_imports_go_one_way() -> None:
    for path in modules():
        assert_goes_one_way(path)


def assert_goes_one_way(path: Path) -> None:
    home = path.relative_to(PACKAGE).with_suffix("").parts[0]
    ours = {part(name) for name in imported(path) if name.startswith("playbook.")}
    if home not in ALLOWED:
        return
    allowed = ALLOWED[home]
    wrong = {name for name in ours if name and name.split(".")[0] not in allowed and name not in allowed}
    wrong -= {each.split(".")[0] for each in allowed}  # `from playbook.knowledge import metrics`
    assert not wrong, (
        f"{path.relative_to(ROOT)}: {home} may import {sorted(allowed) or 'nothing'} of playbook, not {sorted(wrong)}"
    )


def test_only_the_screens_import_streamlit() -> None:
    for path in modules():
        if path.relative_to(PACKAGE).parts[0] != "ui":
            wrong = [
                name for name in imported(path) if name.split(".")[0] == "streamlit" or name.startswith("playbook.ui")
            ]
            assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_every_page_enters_first_and_stays_thin(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    statements = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert ast.unparse(statements[1]) == "shell.enter()", "after the docstring, the guard comes first"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80


def test_the_command_line_for_json_imports_no_screen_and_no_charts(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from playbook.cli.main import main\n"
        f"main(['review', *{[str(each) for each in sorted((ROOT / 'data/samples/fewer_came_in').iterdir())]!r},"
        f" '--format', 'json', '--out', {str(tmp_path / 'out.json')!r}])\n"
        "heavy = {'streamlit', 'altair', 'openpyxl', 'sqlalchemy', 'alembic', 'matplotlib'} & set(sys.modules)\n"
        "heavy |= {'scipy.stats'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_command_line_starts_without_what_only_numbers_need() -> None:
    code = (
        "import sys, playbook\n"
        "from playbook.cli.main import parser\n"
        "parser().format_help()\n"
        "heavy = {'numpy', 'pandas', 'pydantic', 'scipy', 'streamlit', 'yaml'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_public_name_is_there_when_asked_for() -> None:
    import playbook

    assert all(callable(getattr(playbook, name)) for name in playbook.__all__)
    assert set(playbook.__all__) <= set(dir(playbook))
    with pytest.raises(AttributeError, match="reveiw"):
        _ = playbook.reveiw  # type: ignore[attr-defined]
