"""JSON Schemas of the knowledge files, for editors: completion, hovers, and red lines while typing.

They stand in content/schema/ and are written anew with `python -m playbook.authoring.schema`. A test compares.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from playbook.knowledge.column_words import Headers
from playbook.knowledge.craft import Craft
from playbook.knowledge.exports import Profile
from playbook.knowledge.guides import Routines, Scenarios, Tools
from playbook.knowledge.lessons import Lesson
from playbook.knowledge.load import CONTENT, Knowledge, load
from playbook.knowledge.metrics import Metrics, Plain
from playbook.knowledge.practice import Causes, Practice
from playbook.knowledge.search import SearchWords
from playbook.knowledge.strategies import Strategy
from playbook.knowledge.violations import Violations

#: File name in content/schema/ without its ending, and the model it describes.
MODELS: dict[str, type[BaseModel]] = {
    "causes": Causes,
    "craft": Craft,
    "export": Profile,
    "headers": Headers,
    "lesson": Lesson,
    "metrics": Metrics,
    "practice": Practice,
    "routines": Routines,
    "scenarios": Scenarios,
    "search": SearchWords,
    "strategy": Strategy,
    "tools": Tools,
    "violations": Violations,
}


def schemas(knowledge: Knowledge) -> dict[str, str]:
    """The text of each schema by file name, with the known ids as closed choices."""
    known = {
        "metrics": list(knowledge.metrics),
        "counts": [*knowledge.counts, "hours"],
        "judged_counts": [each.value for each in knowledge.metrics.values() if isinstance(each, Plain)],
        "tools": list(knowledge.tools),
        "scenarios": list(knowledge.scenarios),
        "strategies": list(knowledge.strategies),
    }
    return {f"{name}.schema.json": _text(model, known) for name, model in MODELS.items()}


def write(folder: Path = CONTENT / "schema") -> None:
    """Write all schemas of the built-in knowledge."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas(load()).items():
        (folder / name).write_text(text, encoding="utf-8")


def _text(model: type[BaseModel], known: Mapping[str, Sequence[str]]) -> str:
    schema = _closed(model.model_json_schema(by_alias=True), known)
    full = {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
    return json.dumps(full, indent=2, ensure_ascii=False) + "\n"


def _closed(node: Any, known: Mapping[str, Sequence[str]]) -> Any:
    """Every mark `known` or `known_keys` of the models replaced by the ids there are."""
    if isinstance(node, list):
        return [_closed(item, known) for item in node]
    if not isinstance(node, dict):
        return node
    marks = [key for key in ("known", "known_keys") if isinstance(node.get(key), str)]
    closed = {key: _closed(value, known) for key, value in node.items() if key not in marks}
    if "known" in marks:
        closed["enum"] = list(known[node["known"]])
    if "known_keys" in marks:
        closed["propertyNames"] = {"enum": list(known[node["known_keys"]])}
    return closed


if __name__ == "__main__":
    write()
