"""A few words that the commands share."""

from __future__ import annotations

import sys


def lives(number: int, kind: str = "") -> str:
    """`1 new LIVE`, `4 LIVEs`."""
    return f"1 {kind}LIVE" if number == 1 else f"{number} {kind}LIVEs"


def say(line: object) -> None:
    """To standard error: what is not the result."""
    print(line, file=sys.stderr)
