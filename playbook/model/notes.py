"""Sentences that are kept with a LIVE: written in English, said in the language of who reads them.

A LIVE is stored once and read by people of several languages, so its notes are kept as one language has them. Each is
made of a template below; from the sentence the template and its values are found again.
"""

from __future__ import annotations

import re
from functools import cache

from playbook.language import N_, SOURCE, _, current

#: A note of a LIVE whose date alone is known: its `start` is at midnight, or some minutes on to keep LIVEs apart.
DAY_ALONE = N_("The time of day of this LIVE is not known: the file has its date alone.")
SHORTENED = N_("The export shortens some numbers (like 1.2K), so these are rounded: {names}.")
CONTRADICTION = N_("{part} {part_name} from {whole} {whole_name} cannot both be right; both are kept.")
RUNNING_TOTALS = N_("{file} holds running totals; each row was taken less the row before it.")

_TEMPLATES = (DAY_ALONE, SHORTENED, CONTRADICTION, RUNNING_TOTALS)
#: Words among the values that are said, too.
_NAMES = (
    N_("views"), N_("impressions"), N_("viewers"), N_("product clicks"), N_("product impressions"), N_("SKU orders"),
    N_("main orders"), N_("paid orders"), N_("attributed SKU orders"), N_("likes"), N_("comments"), N_("shares"),
    N_("new followers"), N_("GMV"),
)  # fmt: skip


def said(note: str) -> str:
    """A kept note in the language in force; one of no template, as from an older version, as it stands."""
    if current() == SOURCE:
        return note
    for template in _TEMPLATES:
        found = _pattern(template).fullmatch(note)
        if found:
            return _(template, **{name: _named(value) for name, value in found.groupdict().items()})
    return note


def _named(value: str) -> str:
    """A value; a list of names, or one, with each that is known in the language in force."""
    return ", ".join(_(each) if each in _NAMES else each for each in value.split(", "))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """What a sentence made of the template looks like."""
    pieces = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(f"(?P<{each}>.+?)" if at % 2 else re.escape(each) for at, each in enumerate(pieces)), re.DOTALL
    )
