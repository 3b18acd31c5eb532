"""What a file's name tells: when it was exported. Nothing else dates an export; today certainly does not."""

from __future__ import annotations

import re
from datetime import datetime

_TOGETHER = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})[ _T-]?(\d{2})(\d{2})(\d{2})?(?!\d)")
_APART = re.compile(
    r"(?<!\d)(20\d{2})[-_.](\d{2})[-_.](\d{2})[ _T-]+(?:at )?(\d{2})[-_.:h]?(\d{2})(?:[-_.:m]?(\d{2}))?(?!\d)"
)


def exported_at(name: str) -> datetime | None:
    """The moment in a file name, as the export wrote it, or None.

    >>> exported_at("Creator-Live-Performance_20260518093015 (1).xlsx")
    datetime.datetime(2026, 5, 18, 9, 30, 15)
    """
    for pattern in (_TOGETHER, _APART):
        for match in pattern.finditer(name):
            parts = [int(part) for part in match.groups(default="0")]
            try:
                return datetime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
            except ValueError:
                continue
    return None
