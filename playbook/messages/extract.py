"""Every message there is: of the Python files, of the templates of reports, and of the words in content/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from jinja2.ext import babel_extract

from playbook import language
from playbook.knowledge import column_words
from playbook.knowledge.exports import load_profiles
from playbook.knowledge.load import CONTENT, load
from playbook.knowledge.spoken import PARTS
from playbook.language.fields import Spoken, said
from playbook.places import PAGES

PACKAGE = Path(__file__).resolve().parent.parent
#: Comments in the code that begin so are for translators.
COMMENTS = ("Translators:",)
#: The context and the message under which a language says its own name.
OWN_NAME = ("name of this language, in itself", "English")
_CALLS = re.compile(r"\b(?:_|NN?_|n?p?gettext)\(")
#: Where the functions themselves are.
_NOT_OURS = {"language", "messages"}
_KEYWORDS = {**DEFAULT_KEYWORDS, "NN_": (1, 2)}
_OPTIONS = {"encoding": "utf-8"}


def template() -> Catalog:
    """A catalog without translations: what every language is asked for."""
    found = _empty()
    context, name = OWN_NAME
    found.add(name, context=context, auto_comments=["What this language calls itself, like Tiếng Việt."])
    for path, message, comments, of in (*_of_python(), *_of_templates()):
        found.add(message, locations=[(path, 0)], auto_comments=comments, context=of)
    for path, text, mark in of_content():
        found.add(text, locations=[(path, 0)], context=mark.context)
    for path, text, of in of_exports():
        found.add(text, locations=[(path, 0)], context=of)
    return found


def _empty() -> Catalog:
    return Catalog(
        project="LIVE Traffic Playbook", header_comment="# Messages of the LIVE Traffic Playbook.", fuzzy=False
    )


Found = tuple[str, Any, list[str], str | None]


def _of_python() -> Iterator[Found]:
    own = (each for each in PACKAGE.rglob("*.py") if each.relative_to(PACKAGE).parts[0] not in _NOT_OURS)
    for path in (*sorted(own), *sorted(PAGES.glob("*.py"))):
        if _CALLS.search(path.read_text(encoding="utf-8")):
            yield from _of_file(path, "python")


def _of_templates() -> Iterator[Found]:
    for path in sorted(PACKAGE.rglob("*.j2")):
        yield from _of_file(path, babel_extract)


def _of_file(path: Path, method: Any) -> Iterator[Found]:
    folder = PAGES if path.is_relative_to(PAGES) else PACKAGE
    source, name = BytesIO(path.read_bytes()), f"{folder.name}/{path.relative_to(folder).as_posix()}"
    for _, message, comments, context in extract(method, source, _KEYWORDS, COMMENTS, _OPTIONS, True):
        yield name, message, comments, context


def of_content() -> Iterator[tuple[str, str, Spoken]]:
    """Words of the built-in knowledge: the file they stand in, the text, its mark."""
    with language.speaking(language.SOURCE):
        knowledge = load()
    for part, place in PARTS.items():
        whole = getattr(knowledge, part)
        for name, each in whole.items() if isinstance(whole, Mapping) else [("", whole)]:
            yield from ((_file(place, name), *words) for words in words_of(each))


def of_exports() -> Iterator[tuple[str, str, str | None]]:
    """Words about files: the file they stand in, the text, its context."""
    for name, profile in load_profiles(CONTENT / "exports")[0].items():
        for text in (profile.title, profile.how_to_export.strip()):
            yield f"playbook/content/exports/{name}.yaml", text, None
    for text in column_words.every_word():
        yield "playbook/knowledge/column_words.py", text, column_words.CONTEXT


def words_of(model: Any) -> list[tuple[str, Spoken]]:
    """The texts of a model that people read, each with its mark."""
    found: list[tuple[str, Spoken]] = []

    def note(text: str, mark: Spoken) -> str:
        found.append((text, mark))
        return text

    said(model, note)
    return found


def _file(place: str, name: str) -> str:
    if (CONTENT / place).is_dir():
        place = next(f"{place}/{each.name}" for each in (CONTENT / place).iterdir() if each.stem == name)
    return f"playbook/content/{place}"
