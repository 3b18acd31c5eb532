"""What is wrong with a translation that a program can see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from . import files

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
#: Signs that a page gives a meaning: icons, bold, code, links.
_SIGNS = re.compile(r":material/\w+:|\*\*|`|\]\(")


def problems(code: str, catalog: Catalog, whole: bool) -> Iterator[str]:
    """In words, each with its message. `whole`: the language is offered, so nothing may be missing or doubtful."""
    rule = get_plural(code)
    if catalog.num_plurals != rule.num_plurals:
        yield f"{code}: has {catalog.num_plurals} plural forms; CLDR says {rule.num_plurals}: {rule.plural_forms}"
    for message in files.messages(catalog):
        if whole and message.fuzzy:
            yield f"{code}: fuzzy: {_named(message)}"
        if whole and not files.is_translated(message):
            yield f"{code}: missing: {_named(message)}"
        yield from (f"{code}: {wrong}: {_named(message)}" for wrong in _of_message(message))


def _named(message: Message) -> str:
    return repr(message.id[0] if isinstance(message.id, tuple) else message.id)[:120]


def _of_message(message: Message) -> Iterator[str]:
    english = message.id if isinstance(message.id, tuple) else (message.id,)
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    if any(forms) and not all(forms):
        yield "a plural form is missing"
    for form in filter(None, forms):
        allowed = [_names(each) for each in english]
        if _names(form) not in allowed:
            yield f"placeholders {sorted(_names(form))} instead of {sorted(allowed[-1])}"
        if all(_signs(form) != _signs(each) for each in english):
            yield "icons, bold, code or links differ"
        if (form[:1].isspace(), form[-1:].isspace()) != (english[0][:1].isspace(), english[0][-1:].isspace()):
            yield "blanks at the ends differ"


def _names(text: str) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(text))


def _signs(text: str) -> Counter[str]:
    return Counter(_SIGNS.findall(text))


def stale(template: Catalog) -> list[str]:
    """What has to be written anew before it is committed: the template, catalogs, compiled files, the index."""
    found = []
    if not files.template_path().exists() or files.template_path().read_bytes() != files.as_po(template):
        found.append(files.template_path().name)
    for code in files.codes():
        path = files.po_of(code)
        if path.read_bytes() != files.as_po(files.updated(code, template)):
            found.append(f"{code}/{path.name}")
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != files.as_mo(files.read(path, code)):
            found.append(f"{code}/{compiled.name}")
    if not files.index_path().exists() or files.index_path().read_text(encoding="utf-8") != files.index():
        found.append(files.index_path().name)
    return found
