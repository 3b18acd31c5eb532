"""Text from files, product names and YAML shown as it is: no Markdown, no HTML, no colours or icons."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$:!])")
_STARTS = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)", re.MULTILINE)


def escape(text: str) -> str:
    """The text with every sign escaped that st.markdown would read as an instruction."""
    safe = _SIGNS.sub(r"\\\1", text)
    return _STARTS.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}{match[3]}", safe)
