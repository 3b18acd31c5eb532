"""Text from files, product names and YAML shown as it is: no Markdown, no HTML, no colours, icons or links."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$:!])")
_STARTS = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)", re.MULTILINE)
#: What stands in prose that may have emphasis, lists and headings, but no picture, link, tag, formula or colour.
_LEADING = re.compile(r"([\\\[\]<>$!])")
#: Addresses, icons and emoji are looked for in what is left when escapes are undone: only a sign between stops that.
_LINKS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=[-.\w+])(?=@)|(?<!\d:)(?<=:)(?=[\w/+-]+:)", re.IGNORECASE)
#: Shows as nothing and joins what it stands between.
JOINER = "\u2060"


def escape(text: str) -> str:
    """The text with every sign escaped that st.markdown would read as an instruction."""
    safe = _SIGNS.sub(r"\\\1", _LINKS.sub(JOINER, text))
    return _STARTS.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}{match[3]}", safe)


def prose(text: str) -> str:
    """Markdown of a lesson with its emphasis, lists and headings; it loads nothing and leads nowhere."""
    return _LEADING.sub(r"\\\1", _LINKS.sub(JOINER, text))
