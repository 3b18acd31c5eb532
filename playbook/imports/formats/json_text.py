"""Text to JSON documents."""

from __future__ import annotations

import json
import re
from typing import Any

#: What stands between two documents: blanks, and the commas of somebody who put pages together by hand.
_BETWEEN = re.compile(r"[\s,\x1e]*")
#: How JSON writes the halves of signs beyond the first 65,536; most of them stand in pairs.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def documents(text: str) -> list[Any]:
    """Every document of a text: one answer, or several behind one another, each on its line (JSON lines) or not.

    Raises json.JSONDecodeError, with the place in the whole text, where it stops making sense.

    >>> documents('{"a": 1}\\n{"a": 2}')
    [{'a': 1}, {'a': 2}]
    """
    decoder = json.JSONDecoder()
    found: list[Any] = []
    at = _after(text, 0)
    while at < len(text) or not found:
        document, at = decoder.raw_decode(text, at)
        found.append(document)
        at = _after(text, at)
    return found


def _after(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return at if between is None else between.end()


def whole(text: str, document: Any) -> Any:
    """The document that was read from `text`, with whole signs only: JSON can write half of one."""
    return json.loads(mended(json.dumps(document, ensure_ascii=False))) if _HALF.search(text) else document


def mended(text: str) -> str:
    """The text with U+FFFD in place of half surrogate pairs, which no screen, file or database takes."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
