"""A Markdown file whose head is YAML between two lines of `---`; the text below becomes the key `read`."""

from __future__ import annotations

from dataclasses import replace

from .files import File
from .reader import Document, Problem, parse_text

_FENCE = "---"


def front_matter(file: File) -> tuple[Document | None, list[Problem]]:
    """The file as if its text stood under `read:`. Lines count as in the Markdown file."""
    try:
        lines = file.raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        return None, [Problem(file.name, 1, 1, f"is not UTF-8 text (byte {error.start}); save it as UTF-8")]
    if not lines or lines[0].strip() != _FENCE:
        return None, [Problem(file.name, 1, 1, "begins without ---; put the keys of the lesson between two such lines")]
    end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == _FENCE), None)
    if end is None:
        return None, [Problem(file.name, 1, 1, "the head is not closed; put --- on a line of its own after the keys")]
    document, problems = parse_text("\n".join(["", *lines[1:end]]), file.name)
    if document is None or not isinstance(document.data, dict):
        return document, problems
    if "read" in document.data:
        return None, [document.at(["read"], "read: the text below the second --- is the reading; remove this key")]
    text = "\n".join(lines[end + 1 :]).strip()
    return replace(document, data={**document.data, "read": text}), problems
