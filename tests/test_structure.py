"""The house rules that a reader of the tree relies on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "playbook"

#: Every part of the package from the ground up, with the parts below it that it may import. `imports`, `diagnosis`,
#: `report` and `ui` are split into their folders, so that no circle hides inside them.
ALLOWED: dict[str, str] = {
    "spreadsheet": "",
    "language": "",
    "model": "spreadsheet",
    "currencies": "",
    "places": "",
    "processes": "",
    "templates": "spreadsheet",
    "stats": "",
    "formats": "currencies",
    "knowledge": "currencies",
    "messages": "knowledge places",
    "userdata": "knowledge",
    "metrics": "knowledge model",
    "imports.results": "model",
    "imports.hints": "imports.results formats",
    "imports.became": "imports.results model",
    "imports.cells": "currencies",
    "imports.formats": "knowledge model",
    "imports.layout": "formats imports.results imports.cells imports.formats currencies knowledge model",
    "imports.own": "imports.results imports.cells imports.formats imports.layout knowledge",
    "imports.pasted": "imports.cells currencies knowledge model",
    "imports.opening": "imports.results imports.formats imports.layout imports.own knowledge model",
    "imports.lives": (
        "formats imports.results imports.cells imports.formats imports.layout imports.opening knowledge model"
    ),
    "imports.daily": "imports.cells currencies model",
    "imports.schedule": "imports.cells model",
    "imports.transcripts": "imports.formats model",
    "imports.reading": (
        "imports.results imports.cells imports.formats imports.layout imports.own imports.opening imports.lives"
        " knowledge model"
    ),
    "imports": "imports.results imports.layout imports.lives imports.pasted imports.reading",
    "imports.apart": "processes imports.results imports.reading knowledge model",
    "imports.screenshots": "imports.apart imports.cells imports.pasted imports.reading currencies knowledge model",
    "store": "formats imports imports.results imports.lives imports.formats model spreadsheet templates userdata",
    "kept_layouts": "imports imports.own imports.layout knowledge store userdata",
    "simulation": "metrics model spreadsheet",
    "diagnosis.findings": "",
    "diagnosis.baseline": "diagnosis.findings knowledge metrics model stats",
    "diagnosis.by_minute": "diagnosis.findings knowledge model stats",
    "diagnosis.money": "diagnosis.findings diagnosis.baseline knowledge metrics model stats",
    "diagnosis.over_lives": "diagnosis.findings diagnosis.baseline knowledge metrics model stats",
    "diagnosis.parts": "diagnosis.findings diagnosis.baseline model stats",
    "diagnosis.of_export": "diagnosis.findings model",
    "diagnosis.diagnose": (
        "diagnosis.findings diagnosis.baseline diagnosis.by_minute diagnosis.money diagnosis.over_lives"
        " diagnosis.parts knowledge metrics model"
    ),
    "diagnosis": "diagnosis.findings diagnosis.of_export diagnosis.diagnose",
    "advice": "diagnosis formats knowledge",
    "plans": "advice diagnosis formats knowledge metrics model stats store",
    "said": "diagnosis.findings diagnosis.by_minute knowledge metrics model",
    "during": "advice diagnosis knowledge metrics model",
    "authoring": "advice diagnosis knowledge model",
    "remarks": "diagnosis.findings formats",
    "review_json": "advice diagnosis knowledge model remarks",
    "pipeline": "advice diagnosis formats knowledge model remarks review_json",
    "desk": "diagnosis imports knowledge model pipeline plans store",
    "past": "diagnosis imports model store userdata",
    "report.words": "said remarks store desk advice diagnosis during formats knowledge model pipeline plans",
    "report.charts": "diagnosis formats knowledge metrics model pipeline report.words",
    "report.forms": (
        "remarks desk during advice diagnosis formats knowledge pipeline plans report.charts report.words spreadsheet"
    ),
    "report.unprintable": "",
    "report.pdf": "report.unprintable",
    "report.deck": (
        "report.unprintable report.words report.forms report.charts desk formats knowledge metrics model pipeline plans"
        " store"
    ),
    "practice": "formats knowledge model simulation",
    "training": "places authoring diagnosis formats imports knowledge metrics model pipeline report simulation",
    "bulk": (
        "formats kept_layouts diagnosis imports knowledge model past pipeline report review_json spreadsheet store"
        " userdata"
    ),
    "cli": (
        "desk places authoring bulk diagnosis formats imports knowledge model past pipeline plans practice"
        " kept_layouts report"
        " review_json store training userdata"
    ),
    "ui.frame": "kept_layouts places diagnosis formats imports knowledge model pipeline plans report store userdata",
    "ui.files": (
        "ui.frame kept_layouts places currencies diagnosis formats imports knowledge model pipeline plans report"
        " spreadsheet store userdata"
    ),
    "ui.strategies": "ui.frame ui.files diagnosis formats knowledge plans report store",
    "ui.review": (
        "remarks ui.frame ui.files ui.strategies advice authoring diagnosis formats imports.transcripts knowledge"
        " metrics model pipeline plans report review_json said store"
    ),
    "ui.phone": "places processes store userdata",
    "ui.live": (
        "processes ui.phone "
        "ui.frame ui.files ui.strategies ui.review diagnosis during formats imports knowledge model report spreadsheet"
        " store userdata"
    ),
    "ui.history": (
        "remarks desk ui.frame ui.files diagnosis formats imports knowledge metrics model report spreadsheet store"
    ),
    "ui.desk": (
        "ui.frame ui.files ui.review desk diagnosis formats knowledge metrics model pipeline plans report store"
    ),
    "ui.next_live": (
        "during ui.frame ui.files ui.strategies diagnosis formats knowledge model pipeline plans report store"
    ),
    "ui.data": "spreadsheet ui.frame ui.files currencies formats imports knowledge report store templates userdata",
    "ui.learn": (
        "ui.frame ui.files ui.review ui.strategies advice formats knowledge pipeline report spreadsheet store training"
    ),
    "ui.practice": "ui.frame ui.files ui.review formats knowledge model pipeline practice report store",
    "ui.entry": "ui.frame ui.review",
}
#: What people read is written in every part, so every part may say it in their language.
EVERYWHERE = {"language"}
SPLIT = ("imports", "diagnosis", "report", "ui")


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
    """`playbook.knowledge.reader.read` -> `knowledge`; `playbook.imports.cells.times` -> `imports.cells`."""
    first, *rest = name.split(".")[1:3] or [""]
    if first in SPLIT and rest and (PACKAGE / first / rest[0]).with_suffix(".py").exists():
        return f"{first}.{rest[0]}"
    return f"{first}.{rest[0]}" if first in SPLIT and rest and (PACKAGE / first / rest[0]).is_dir() else first


def home(path: Path) -> str:
    return part(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))


def test_imports_go_one_way() -> None:
    wrong = []
    for path in modules():
        here = home(path)
        if here in ("__init__", "__main__", ""):
            continue  # the public names, loaded when first used
        new = here not in ALLOWED and bool(path.read_text(encoding="utf-8"))
        assert not new, f"{here} is a new part: say what it may import"
        allowed = {here, *EVERYWHERE, *ALLOWED.get(here, "").split()}
        ours = {part(name) for name in imported(path) if name.startswith("playbook.")} - {"", "__version__"}
        wrong += [
            f"{path.relative_to(ROOT)} imports {name}"
            for name in sorted(ours)
            if name not in allowed
            and name.split(".")[0] not in allowed
            and not any(a.startswith(f"{name}.") for a in allowed)
        ]
    assert not wrong, "\n".join(wrong)


def test_no_part_stands_on_one_above_it() -> None:
    """What a part may import stands above it in the list, so there can be no circle of parts."""
    below: set[str] = set()
    for name, allowed in ALLOWED.items():
        upward = {each for each in allowed.split() if each not in below}
        upward = {each for each in upward if not any(name.startswith(f"{each}.") for name in below)}
        assert not upward, f"{name} may import {sorted(upward)}, which the list has below it"
        below.add(name)


def test_no_circle_of_modules() -> None:
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in modules()
    }
    graph = {name: {each for each in imported(path) if each in names} - {name} for name, path in names.items()}
    graph = {name: {each for each in found if not name.startswith(f"{each}.")} for name, found in graph.items()}
    done = tuple(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle
    assert len(done) == len(names)


#: What leaves the program in a form that others run or draw is written in one place each.
WRITTEN_IN = {
    r"csv\.(writer|DictWriter)|\bDictWriter\b": {"spreadsheet.py"},
    r"from html import escape|html\.escape\(": {"report/charts/svg.py"},
    r"<!doctype": {"report/forms/page.py"},
    r"\bEnvironment\(": {"report/forms/page.py"},
}


@pytest.mark.parametrize("pattern", WRITTEN_IN)
def test_csv_and_html_are_written_in_one_place(pattern: str) -> None:
    found = {path.relative_to(PACKAGE).as_posix() for path in modules() if re.search(pattern, path.read_text("utf-8"))}
    assert found <= WRITTEN_IN[pattern]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_screens_import_streamlit(path: Path) -> None:
    screen = path.relative_to(PACKAGE).parts[0] == "ui"
    tops = {name.split(".")[0] for name in imported(path)}
    assert screen or "streamlit" not in tops
    assert screen or not any(name.startswith("playbook.ui") for name in imported(path))


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_every_page_enters_first_and_stays_thin(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    statements = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    assert ast.unparse(statements[1]) == "entry.enter()", "after the docstring, the guard comes first"
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


def test_no_two_public_classes_have_one_name() -> None:
    """A name says one thing wherever it is met."""
    homes: dict[str, list[str]] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]):
        for each in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(each, ast.ClassDef) and not each.name.startswith("_"):
                homes.setdefault(each.name, []).append(str(path.relative_to(ROOT)))
    assert not {name: paths for name, paths in homes.items() if len(paths) > 1}


def test_what_pages_keep_has_a_bound() -> None:
    """One idea of a cache: Streamlit's, each with `max_entries`; what one run looks up twice is in `frame/once.py`."""
    calls = [
        (path, node)
        for path in sorted((PACKAGE / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("cache_resource", "cache_data")
    ]
    assert calls
    assert [
        f"{path}:{call.lineno}" for path, call in calls if "max_entries" not in {k.arg for k in call.keywords}
    ] == []
