"""The typesetter: a page of ours in, the bytes of a PDF out.

Why Typst: Apache-2.0; one wheel a system (Debian, macOS, Windows) with nothing to install beside it; it shapes Thai and
sets Chinese and Vietnamese; its PDF is tagged and its text can be searched; charts stay vectors. WeasyPrint needs Pango
of the system, which Windows has not; fpdf2 is LGPL; ReportLab does not shape Thai by itself; a browser is 300 MB.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from playbook.report.unprintable import Unprintable

from .tree import sheet_of

_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"
#: One at a time: the typesetter takes all cores for itself.
_ONE = Lock()


def as_pdf(html: str) -> bytes:
    """One of our forms as PDF, A4. Raises Unprintable where the typesetter is missing or fails.

    Letters come from `fonts/`; what these lack is taken from the fonts of this computer.
    """
    sheet = json.dumps(asdict(sheet_of(html)))
    with _ONE:
        made: Any = _typesetter().compile(sys_inputs={"sheet": sheet}, format="pdf")
    return bytes(made)


@lru_cache(maxsize=1)
def _typesetter() -> Any:
    """Loaded when first asked for, and kept: reading the fonts of a computer takes longer than a page."""
    try:
        import typst
    except ImportError as error:
        raise Unprintable(
            "This computer has no typesetter for PDF: pip install typst. The same page as HTML prints as well."
        ) from error
    return typst.Compiler(str(_HERE / "page.typ"), font_paths=[str(FONTS)])
