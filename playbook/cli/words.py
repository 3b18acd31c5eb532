"""A few words that the commands share."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from playbook import formats


def lives(number: int, kind: str = "") -> str:
    """`1 new LIVE`, `4 LIVEs`."""
    return formats.several(number, f"{kind}LIVE")


def say(line: object) -> None:
    """To standard error: what is not the result."""
    print(line, file=sys.stderr)


def until_asked(options: argparse.Namespace, otherwise: datetime) -> datetime | None:
    """The moment of `--until`, else `otherwise`; None once it was said that what was typed is no date."""
    if options.until is None:
        return otherwise
    try:
        return datetime.fromisoformat(options.until).replace(tzinfo=None)
    except ValueError:
        say(f"--until {options.until}: this is no date. Write it like 2026-08-10 or 2026-08-10T18:00.")
        return None
