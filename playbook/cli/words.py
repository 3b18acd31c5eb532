"""A few words that the commands share."""

from __future__ import annotations

import sys

from playbook import formats


def lives(number: int, kind: str = "") -> str:
    """`1 new LIVE`, `4 LIVEs`."""
    return formats.several(number, f"{kind}LIVE")


def say(line: object) -> None:
    """To standard error: what is not the result."""
    print(line, file=sys.stderr)
