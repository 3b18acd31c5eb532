"""Practice scenarios: the built-in ones stand, one's own add to them, and what is wrong is told with its line."""

from __future__ import annotations

from pathlib import Path

from playbook.knowledge.load import CONTENT, load

SHIPPED = (CONTENT / "practice" / "people_pass_by.yaml").read_text(encoding="utf-8")


def own(folder: Path, name: str, text: str) -> Path:
    (folder / "practice").mkdir()
    (folder / "practice" / name).write_text(text, encoding="utf-8")
    return folder


def test_at_least_five_on_three_levels() -> None:
    found = load().practice.values()
    assert len(found) >= 5 and {each.level for each in found} == {"first", "middle", "hard"}


def test_own_scenarios_add(tmp_path: Path) -> None:
    folder = own(tmp_path, "mine.yaml", SHIPPED.replace("id: people_pass_by", "id: mine"))
    found = load(folder)
    assert not found.problems and {"mine", "people_pass_by"} <= set(found.practice)


def test_a_wrong_file_is_told_and_switched_off(tmp_path: Path) -> None:
    folder = own(tmp_path, "mine.yaml", SHIPPED.replace("from_minute: 0", "from_minute: 95"))
    found = load(folder)
    told = [str(each) for each in found.problems]
    assert "mine" not in found.practice and "people_pass_by" in found.practice
    assert any("is not the file's name; call the file people_pass_by.yaml" in each for each in told)
    assert any("minute 95 is after the end of the LIVE at 90" in each for each in told)
