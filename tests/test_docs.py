"""Documentation that cannot fall behind: every key, page, profile, metric and strategy field stands somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import playbook
from playbook.imports import built_in_profiles
from playbook.ui.frame import shell

ROOT = Path(__file__).resolve().parents[1]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_key_of_the_json_is_documented() -> None:
    sessions = playbook.read(sorted((ROOT / "data/samples/fewer_came_in").iterdir()))
    found = playbook.review(sessions[-1], sessions[:-1], playbook.load()).to_dict()
    documented = text("docs/json.md")
    for key in found:
        assert f"`{key}`" in documented or f"`{key}[]`" in documented, key


def test_every_page_stands_in_the_readme() -> None:
    readme = text("README.md")
    assert {path.name for path in (ROOT / "pages").glob("*.py")} == {each.file for each in shell.ENTRIES}
    assert all(f"| {each.title} |" in readme for each in shell.ENTRIES)


def test_the_guide_shows_every_page_with_pictures_that_are_there() -> None:
    guide = text("docs/guide.md")
    assert all(f"## {each.title}" in guide for each in shell.ENTRIES)
    pictures = re.findall(r"\]\(images/([a-z_]+\.png)\)", guide)
    assert len(pictures) >= 9
    assert all((ROOT / "docs" / "images" / name).stat().st_size > 10_000 for name in pictures)


def test_every_profile_and_every_part_of_the_package_is_documented() -> None:
    exports, architecture = text("docs/exports.md"), text("docs/architecture.md")
    assert [name for name in built_in_profiles() if name not in exports] == []
    parts = [path for path in (ROOT / "playbook").iterdir() if path.is_dir() and not path.name.startswith("_")]
    assert [path.name for path in parts if f"playbook/{path.name}/" not in architecture] == []


def test_every_benchmark_stands_in_the_readme() -> None:
    readme = text("README.md")
    assert all(f"`{path.name}`" in readme for path in (ROOT / "benchmarks").glob("[a-z]*.py"))


def test_every_module_that_is_named_is_there() -> None:
    """`stats/scan.py` in a page, or in what a benchmark says of itself, is a file of the tree or of `playbook/`."""
    places = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", *(ROOT / "benchmarks").rglob("*.py")]
    named = {
        (path.name, name)
        for path in places
        for name in re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", path.read_text("utf-8"))
    }
    assert len(named) > 10
    assert [each for each in named if not any((root / each[1]).is_file() for root in (ROOT, ROOT / "playbook"))] == []
