"""A lesson's reading in pieces, so that a picture to answer stands between two of them."""

from __future__ import annotations

import re

#: No piece is longer, in words.
MOST = 120


def pieces(text: str, most: int = MOST) -> list[str]:
    """Whole paragraphs, taken together as long as they are short enough, in pieces of about one length."""
    paragraphs = [each for each in re.split(r"\n\s*\n", text.strip()) if each.strip()]
    total = sum(words(each) for each in paragraphs)
    aim = total / max(1, -(-total // most))
    found: list[list[str]] = [[]]
    for each in paragraphs:
        so_far = sum(words(other) for other in found[-1])
        if found[-1] and (so_far + words(each) > most or so_far >= aim):
            found.append([])
        found[-1].append(each)
    return ["\n\n".join(each) for each in found if each]


def words(text: str) -> int:
    return len(text.split())
