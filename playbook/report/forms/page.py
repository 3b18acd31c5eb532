"""The template engine of every HTML file that leaves: what comes from a file or a person is escaped by it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape


def rendered(template: str, **values: Any) -> str:
    """The page of `template`.html.j2 in this folder. Raises jinja2.UndefinedError for a value that is not given."""
    return _templates().get_template(f"{template}.html.j2").render(**values)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
