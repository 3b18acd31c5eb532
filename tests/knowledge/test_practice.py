"""Practice scenarios: the built-in ones stand, one's own add to them, and what is wrong is told with its line."""

from __future__ import annotations

import re
from pathlib import Path

from playbook.knowledge.load import CONTENT, load

SHIPPED = (CONTENT / "practice" / "weekday_evening.yaml").read_text(encoding="utf-8")


def own(folder: Path, name: str, text: str) -> Path:
    (folder / "practice").mkdir()
    (folder / "practice" / name).write_text(text, encoding="utf-8")
    return folder


def test_at_least_five_on_three_levels() -> None:
    found = load().practice.values()
    assert len(found) >= 5 and {each.level for each in found} == {"first", "middle", "hard"}


def test_own_scenarios_add(tmp_path: Path) -> None:
    folder = own(tmp_path, "mine.yaml", SHIPPED.replace("id: weekday_evening", "id: mine"))
    found = load(folder)
    assert not found.problems and {"mine", "weekday_evening"} <= set(found.practice)


def test_a_wrong_file_is_told_and_switched_off(tmp_path: Path) -> None:
    folder = own(tmp_path, "mine.yaml", SHIPPED.replace("starts: 10-40", "starts: 10-95"))
    found = load(folder)
    told = [str(each) for each in found.problems]
    assert "mine" not in found.practice and "weekday_evening" in found.practice
    assert any("is not the file's name; call the file weekday_evening.yaml" in each for each in told)
    assert any("minute 95 is after the end of the LIVE at 90" in each for each in told)


def test_causes_are_named_and_drawn_as_the_file_says(tmp_path: Path) -> None:
    text = SHIPPED.replace("id: weekday_evening", "id: mine").replace("tired_host", "tyred_host")
    told = [str(each) for each in load(own(tmp_path, "mine.yaml", text)).problems]
    assert len(told) == 1 and "tyred_host" in told[0] and "tired_host" in told[0]


def test_causes_without_a_draw_are_told(tmp_path: Path) -> None:
    text = re.sub("draw: .*\n", "", SHIPPED.replace("id: weekday_evening", "id: mine"))
    told = [str(each) for each in load(own(tmp_path, "mine.yaml", text)).problems]
    assert any("causes and draw belong together; write both or none" in each for each in told)


def test_causes_of_ones_own_are_laid_over(tmp_path: Path) -> None:
    causes = (CONTENT / "causes.yaml").read_text(encoding="utf-8").replace("the host was tired", "no sleep")
    (tmp_path / "causes.yaml").write_text(causes, encoding="utf-8")
    found = load(own(tmp_path, "mine.yaml", SHIPPED.replace("id: weekday_evening", "id: mine")))
    assert not found.problems
    assert "no sleep" in [each.says for each in found.practice["mine"].causes if not isinstance(each, str)]
    (tmp_path / "causes.yaml").write_text(causes.replace("[45%, 60%]", "[60%, 45%]"), encoding="utf-8")
    assert any("write the smaller one first, like [40%, 55%]" in str(each) for each in load(tmp_path).problems)
