"""A line that was said well enters the shop's own strategies: one more line under `say` of a copy of a strategy."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from playbook.knowledge.load import CONTENT, Knowledge, load
from playbook.knowledge.reader import parse_text

LONGEST = 300


class LineRefused(Exception):  # noqa: N818 - named for what happened
    """The line was not kept. The text is for people."""


@dataclass(frozen=True)
class KeptLine:
    """The file that was written, and what it was before: None where there was none."""

    path: Path
    before: bytes | None
    after: bytes


def keep_line(folder: Path, knowledge: Knowledge, strategy: str, language: str, line: str) -> KeptLine:
    """Write the line into the folder of one's own strategies. Raises LineRefused; then the folder is as it was."""
    words = " ".join(line.split())
    if not words or len(words) > LONGEST:
        raise LineRefused(f"A line has 1 to {LONGEST} characters.")
    if strategy not in knowledge.strategies:
        raise LineRefused("This strategy is not in the playbook any more. Choose another one.")
    path = _own_file(folder, strategy)
    before = _bytes(path)
    source = before if before is not None else _bytes(CONTENT / "strategies" / f"{strategy}.yaml")
    if source is None:
        raise LineRefused("The file of this strategy is not there. Choose another one.")
    known = {str(each) for each in load(folder).problems}
    kept = KeptLine(path, before, with_line(source.decode("utf-8-sig"), language, words).encode())
    _write(path, kept.after)
    wrong = [str(each) for each in load(folder).problems if str(each) not in known]
    if wrong:
        take_back(kept)
        raise LineRefused(f"With this line the strategy would be switched off: {wrong[0]}")
    return kept


def take_back(kept: KeptLine) -> None:
    """The file as it was before. Raises LineRefused where somebody changed it meanwhile."""
    if _bytes(kept.path) != kept.after:
        raise LineRefused(f"{kept.path.name} was changed meanwhile. Take the line out by hand.")
    if kept.before is None:
        kept.path.unlink()
    else:
        _write(kept.path, kept.before)


def with_line(text: str, language: str, line: str) -> str:
    """The text of a strategy with one more line to say; everything else, comments too, stays. Raises LineRefused."""
    document, _problems = parse_text(text, "strategy")
    found = _say(document.root if document else None)
    if found is None:
        raise LineRefused("This strategy has no lines to say yet. Choose one that has some.")
    of_language = next((lines for name, lines in found.value if name.value == language), None)
    node = of_language or found.value[-1][1]
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or found.flow_style or not node.value:
        raise LineRefused("The lines of this strategy stand in one row of its file. Add this one by hand.")
    if line in [each.value for each in (of_language.value if of_language else ())]:
        raise LineRefused("This strategy has this line already.")
    rows = text.splitlines(keepends=True)
    after = node.value[-1].end_mark
    at = after.line if after.column == 0 else after.line + 1
    dash = node.start_mark.column
    name = found.value[0][0].start_mark.column
    added = "" if of_language else f"{' ' * name}{language}:\n"
    if rows and at == len(rows) and not rows[-1].endswith("\n"):
        rows[-1] += "\n"
    return "".join([*rows[:at], f"{added}{' ' * dash}- {json.dumps(line, ensure_ascii=False)}\n", *rows[at:]])


def _say(document: yaml.Node | None) -> yaml.MappingNode | None:
    pairs = document.value if isinstance(document, yaml.MappingNode) else []
    found = next((value for name, value in pairs if name.value == "say"), None)
    return found if isinstance(found, yaml.MappingNode) and found.value else None


def _own_file(folder: Path, strategy: str) -> Path:
    """Where the folder has this strategy, else where it is to stand."""
    places = [folder / sub / f"{strategy}{suffix}" for sub in ("", "strategies") for suffix in (".yaml", ".yml")]
    return next((each for each in places if each.is_file()), folder / "strategies" / f"{strategy}.yaml")


def _bytes(path: Path) -> bytes | None:
    return _tried(path, lambda: path.read_bytes() if path.is_file() else None)


def _write(path: Path, data: bytes) -> None:
    def write() -> None:
        path.parent.mkdir(exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(data)
        beside.replace(path)

    _tried(path, write)


def _tried(path: Path, work: Callable[[], bytes | None]) -> bytes | None:
    try:
        return work()
    except OSError as error:
        raise LineRefused(
            f"{path}: {error.strerror or 'cannot be used'}. Check that the folder may be written."
        ) from None
