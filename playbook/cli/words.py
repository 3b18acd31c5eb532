"""A few words that the commands share."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime
from typing import Any, TextIO, cast

from playbook.language import _


def say(line: object) -> None:
    """To standard error: what is not the result."""
    print(line, file=sys.stderr)


#: Signs that move the cursor, colour or clear the screen, or ring. A line's end stays, and a tab.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
#: No list is longer; a database counts no further than nineteen digits.
_MOST_LINES = 1_000_000_000


class _Harmless:
    """A stream of text for a terminal. What names, titles and addresses say is shown there and obeyed by nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(_CONTROL.sub("\ufffd", text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def steers(stream: TextIO) -> TextIO:
    """The terminal itself, for signs of our own that move its cursor."""
    return stream._stream if isinstance(stream, _Harmless) else stream


@contextmanager
def harmless_output() -> Iterator[None]:
    """While inside, nothing that is printed steers the terminal."""
    out, err = cast("TextIO", _Harmless(sys.stdout)), cast("TextIO", _Harmless(sys.stderr))
    with redirect_stdout(out), redirect_stderr(err):
        yield


def one_line(text: str) -> str:
    """A name in a list: a line's end in it would make what follows look like the next entry."""
    return " ".join(text.split())


def line_count(typed: str) -> int:
    """The N of `--limit N`, for argparse; never more than a database counts to."""
    return min(int(typed), _MOST_LINES)


def until_asked(options: argparse.Namespace, otherwise: datetime) -> datetime | None:
    """The moment of `--until`, else `otherwise`; None once it was said that what was typed is no date."""
    if options.until is None:
        return otherwise
    try:
        return datetime.fromisoformat(options.until).replace(tzinfo=None)
    except ValueError:
        say(_("--until {typed}: this is no date. Write it like 2026-08-10 or 2026-08-10T18:00.", typed=options.until))
        return None
