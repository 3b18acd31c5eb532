"""How a file that leaves says whose it is: the shop and the LIVE, in its first line and in its name."""

from __future__ import annotations

import re
from datetime import date, datetime

from playbook.model.session import Session

from .sentences import when

#: Signs that no file name may have somewhere, and those that would look like a folder or a hidden file.
_UNFIT = re.compile(r'[\s\\/:*?"<>|\x00-\x1f\x7f.,;%&#\'`$]+')
_LONGEST = 40


def about(session: Session, shop: str = "") -> str:
    """`Linen House · Sat 14 Nov 2026 · 19:02–21:41 · 2 h 39 min · New in`."""
    return " · ".join(filter(None, (" ".join(shop.split()), when(session), " ".join((session.title or "").split()))))


def shop_of(session: Session, shop: str = "") -> str:
    """The shop's own name, else that of the account in the export."""
    return shop or session.creator or ""


def file_name(
    kind: str, ending: str, shop: str = "", session: Session | None = None, day: date | None = None,
    at: datetime | None = None,
) -> str:  # fmt: skip
    """`review_Linen-House_20261114_1902.html`: what it is, whose, of which LIVE or day. Letters of any script stay."""
    parts = [kind, fit(shop)]
    if session is not None:
        start = session.start
        if start is None:
            parts.append(fit(session.id))
        else:
            parts.append(f"{start:%Y%m%d}" if session.day_alone else f"{start:%Y%m%d_%H%M}")
    if at is not None:
        parts.append(f"{at:%Y%m%d_%H%M}")
    if day is not None:
        parts.append(f"{day:%Y%m%d}")
    return f"{'_'.join(filter(None, parts))}.{ending}"


def fit(text: str) -> str:
    """What every system takes as part of a file name."""
    return _UNFIT.sub("-", text)[:_LONGEST].strip("-_ ")
