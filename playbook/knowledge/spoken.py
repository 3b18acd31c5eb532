"""The words of the knowledge in another language: every text that a model marks, looked up in that catalog.

Nothing else changes: ids, numbers, conditions and the phrases that violations are recognised by stay as they are. What
a seller wrote in a file of their own is in no catalog, and stays as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playbook import language
from playbook.language.fields import Spoken, said

#: The parts of the knowledge that have words, by the file or folder of content/ they stand in.
PARTS = {
    "counts": "metrics.yaml", "metrics": "metrics.yaml", "tools": "tools.yaml", "scenarios": "scenarios.yaml",
    "routines": "routines.yaml", "strategies": "strategies", "lessons": "lessons", "practice": "practice",
    "craft": "craft.yaml", "violations": "violations.yaml",
}  # fmt: skip


def in_words(parts: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Maps of models, or models, in the language of this code."""
    with language.speaking(code):
        return {name: _part(part) for name, part in parts.items()}


def _part(part: Any) -> Any:
    if isinstance(part, Mapping):
        return type(part)({key: said(each, _say) for key, each in part.items()})  # type: ignore[call-arg]
    return said(part, _say)


def _say(text: str, mark: Spoken) -> str:
    return language.pgettext(mark.context, text) if mark.context else language.gettext(text)
