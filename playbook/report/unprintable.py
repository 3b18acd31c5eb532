"""What no printed file can hold, and what is raised where one cannot be made here."""

from __future__ import annotations


class Unprintable(Exception):  # noqa: N818 - named for what is wrong
    """A PDF or slides could not be made, for a package is missing. The text is for people."""


#: Signs that draw nothing or turn all that follows around: control characters, and overrides of the direction.
_UNFIT = dict.fromkeys([*(code for code in range(32) if code not in (9, 10, 13)), 127, *range(0x202A, 0x202F),
                        *range(0x2066, 0x206A)])  # fmt: skip


def printable(text: str) -> str:
    """The text without signs that no letter is drawn for and that would change the text behind it."""
    return text.translate(_UNFIT)
