"""Codes that are given out: shown once, kept as a digest only, good until used, withdrawn or over."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any

from playbook.language import _, ngettext

from .errors import StoreError


def new_code() -> str:
    """Sixteen random bytes; nobody guesses them."""
    return secrets.token_hex(16)


def digest(code: str) -> str:
    """As codes are kept: from it nobody finds the code, since that is random."""
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()


def check_days(refusal: str, days: int, most: int) -> None:
    """Raises StoreError where a code may not hold for so many days; `refusal` is a message with `most` and `days`."""
    if not 1 <= days <= most:
        raise StoreError(_(refusal, most=most, days=days))


def for_days(days: int) -> str:
    """`for 1 day`, `for 14 days`."""
    return ngettext("for {count} day", "for {count} days", days, count=days)


def state(row: Any, now: datetime) -> str:
    """used, withdrawn, expired or open; `row` has `withdrawn_at`, `until`, and `used_at` where it is good for once."""
    if getattr(row, "used_at", None):
        return "used"
    over = row.until is None or row.until <= now
    return "withdrawn" if row.withdrawn_at else "expired" if over else "open"
