"""The schemas in content/schema/ are those of the models, and fit the files."""

from __future__ import annotations

import json
from pathlib import Path

from playbook.authoring.schema import MODELS, schemas, write
from playbook.knowledge.load import CONTENT, load


def test_the_schemas_are_fresh() -> None:
    """When this fails: .venv/bin/python -m playbook.authoring.schema"""
    fresh = schemas(load())
    assert set(fresh) == {f"{name}.schema.json" for name in MODELS}
    for name, text in fresh.items():
        assert (CONTENT / "schema" / name).read_text(encoding="utf-8") == text, name


def test_known_ids_are_closed_choices() -> None:
    knowledge = load()
    schema = json.loads(schemas(knowledge)["strategy.schema.json"])
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["additionalProperties"] is False
    assert schema["properties"]["metrics"]["items"]["enum"] == list(knowledge.metrics)
    assert schema["properties"]["tools"]["items"]["enum"] == list(knowledge.tools)
    condition = schema["$defs"]["Condition"]["properties"]
    assert "is" in condition and "state" not in condition
    assert "hours" in schema["$defs"]["Example"]["properties"]["usual"]["propertyNames"]["enum"]
    assert '"known"' not in json.dumps(schema).replace('"known", "new"', "")


def test_writing(tmp_path: Path) -> None:
    write(tmp_path / "schema")
    assert {path.name for path in (tmp_path / "schema").iterdir()} == set(schemas(load()))
