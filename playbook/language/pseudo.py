"""A language that nobody speaks: English with accents, 40 % longer, in brackets.

It shows what a translation would do to a page, before there is one: what stays without accents is not translatable,
what loses a bracket is cut off. Placeholders, Markdown, icons and addresses stay as they are.
"""

from __future__ import annotations

import re

#: The code that CLDR keeps for it.
PSEUDO = "en_XA"
LONGER = 0.4

_PLAIN = "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ"
_ODD = "åÅƀɃçÇđĐéÉƒƑĝĜĥĤîÎĵĴķĶļĻɱḾñÑöÖþÞǫǪŕŔšŠţŢûÛṽṼŵŴẋẊýÝžŽ"
_ACCENTS = str.maketrans(_PLAIN, _ODD)
#: What is not words: placeholders, Markdown icons, directives and code, links' targets, tags, signs of HTML.
_KEPT = re.compile(
    r"(\{[^{}]*\}|:material/\w+:|:[a-z-]+\[|`[^`]*`|\]\([^)]*\)|https?://\S+|<[^<>]*>|&\w+;|%\(\w+\)[sd])"
)


class Pseudo:
    """A catalog of every message there is, and of those that will be."""

    def gettext(self, message: str, /) -> str:
        return pseudo(message)

    def pgettext(self, context: str, message: str, /) -> str:  # noqa: ARG002
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int, /) -> str:  # noqa: ARG002
        return self.ngettext(msgid1, msgid2, n)


def pseudo(message: str) -> str:
    """`[Ñöţĥîñĝ ŵåš ŵéåķ. one two]`, line by line, so that lists and paragraphs stay what they are.

    >>> pseudo("Saved")
    '[Šåṽéđ ~~]'
    """
    return "\n".join(_line(each) for each in message.split("\n"))


_BEGINS = re.compile(r"^(\s*(?:[-*>#]+\s+|\d+\.\s+|\|)?)(.*?)(\s*)$", re.DOTALL)


def _line(text: str) -> str:
    match = _BEGINS.match(text)
    assert match
    before, words, after = match.groups()
    if not words:
        return text
    pieces = _KEPT.split(words)
    said = "".join(each if at % 2 else each.translate(_ACCENTS) for at, each in enumerate(pieces))
    letters = sum(len(each) for each in pieces[::2])
    more = max(round(letters * LONGER), 1)
    tail = " ".join("~" * min(8, more - at) for at in range(0, more, 9))
    return f"{before}[{said} {tail}]{after}"
