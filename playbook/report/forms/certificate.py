"""What somebody passed, as a page to print and sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from playbook import formats

from .page import rendered


def certificate_html(name: str, shop: str, parts: Sequence[tuple[str, Sequence[tuple[str, str]]]], day: date) -> str:
    """`parts` has a title and lines of what was passed with a small note. Every text is escaped by the template."""
    written = [(title, list(lines)) for title, lines in parts if lines]
    return rendered("certificate", name=name, shop=shop, parts=written, day=formats.day_and_year(day))
