"""Catalogs as files: the template, one .po a language for translators, one .mo for the program, and their index.

What is written depends on the messages alone, never on the day or the line, so that a change shows what changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from playbook.language import catalogs

from .extract import OWN_NAME

#: Lines of a header that change by themselves.
_RESTLESS = (
    b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Language-Team',
    b'"Project-Id-Version', b'"Report-Msgid-Bugs-To',
)  # fmt: skip
_WIDTH = 110


def po_of(code: str, place: Path | None = None) -> Path:
    """Where the messages of a language stand."""
    return (place or catalogs.PLACE) / code / "LC_MESSAGES" / f"{catalogs.DOMAIN}.po"


def codes(place: Path | None = None) -> list[str]:
    """The languages that have a catalog."""
    return sorted(path.parts[-3] for path in (place or catalogs.PLACE).glob("*/LC_MESSAGES/*.po"))


def template_path(place: Path | None = None) -> Path:
    return (place or catalogs.PLACE) / f"{catalogs.DOMAIN}.pot"


def read(path: Path, code: str | None = None) -> Catalog:
    """A catalog of a file. Raises OSError where it is not there."""
    with path.open("rb") as file:
        return read_po(file, locale=code)


def as_po(catalog: Catalog) -> bytes:
    """A catalog as text for translators, by the files that its messages stand in."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=_WIDTH, sort_by_file=True, include_lineno=False, ignore_obsolete=False)
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_RESTLESS))


def as_mo(catalog: Catalog) -> bytes:
    """A catalog as the program reads it; what is fuzzy is left out."""
    buffer = BytesIO()
    write_mo(buffer, _Bare(catalog))
    return buffer.getvalue()


class _Bare:
    """A catalog whose header says nothing but what a program needs to know, so no day and no version of Babel."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog, self.num_plurals, self.charset = catalog, catalog.num_plurals, "utf-8"

    def __iter__(self) -> Iterator[Message]:
        header = f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {self._catalog.plural_forms}\n"
        yield Message("", header)
        yield from messages(self._catalog)


def updated(code: str, template: Catalog, place: Path | None = None) -> Catalog:
    """The catalog of a language with every message of the template, and its translations of those it had."""
    path = po_of(code, place)
    found = read(path, code) if path.exists() else Catalog(locale=code, fuzzy=False)
    found.header_comment = f"# {Locale.parse(code).english_name} messages of the LIVE Traffic Playbook."
    found.project, found.fuzzy = template.project, False
    found.update(template, no_fuzzy_matching=True, update_header_comment=False)
    return found


def write(code: str, catalog: Catalog, place: Path | None = None) -> None:
    path = po_of(code, place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_po(catalog))


def compile_all(place: Path | None = None) -> None:
    """Write what the program reads, of every language, and the index."""
    for code in codes(place):
        path = po_of(code, place)
        path.with_suffix(".mo").write_bytes(as_mo(read(path, code)))
    index_path(place).write_text(index(place), encoding="utf-8")


def index_path(place: Path | None = None) -> Path:
    return (place or catalogs.PLACE) / "languages.json"


def index(place: Path | None = None) -> str:
    """What each language calls itself, and how much of it is translated, down to a ten-thousandth."""
    listed = {}
    for code in codes(place):
        catalog = read(po_of(code, place), code)
        own = catalog.get(OWN_NAME[1], context=OWN_NAME[0])
        name = str(own.string) if own and own.string else Locale.parse(code).get_display_name() or code
        listed[code] = {"name": name[:1].upper() + name[1:], "done": int(10_000 * done(catalog)) / 10_000}
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def done(catalog: Catalog) -> float:
    """The part of its messages that is translated and not fuzzy, 0 to 1."""
    every = messages(catalog)
    return sum(is_translated(each) for each in every) / len(every) if every else 0.0


def messages(catalog: Catalog) -> list[Message]:
    """Without the header."""
    return [each for each in catalog if each.id]


def is_translated(message: Message) -> bool:
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(forms) and not message.fuzzy
