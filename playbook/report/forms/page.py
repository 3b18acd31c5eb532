"""The template engine of every HTML file that leaves: what comes from a file or a person is escaped by it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.core import Locale, UnknownLocaleError
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape


def rendered(template: str, **values: Any) -> str:
    """The page of `template`.html.j2 in this folder. Raises jinja2.UndefinedError for a value that is not given."""
    return _templates().get_template(f"{template}.html.j2").render(**values)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["language"] = language
    return made


#: Languages that their speakers call otherwise than CLDR does.
_CALLED = {"id": "Bahasa Indonesia", "ms": "Bahasa Melayu"}


def language(code: str) -> str:
    """The name of a language as those who speak it write it: `pt-BR` is `Português (Brasil)`; unknown codes stay."""
    if code in _CALLED:
        return _CALLED[code]
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (ValueError, UnknownLocaleError):
        return code
    return name[:1].upper() + name[1:] if name else code
