"""Keys of rows. Those that one program makes sort as they were made, so rows of one moment keep their order."""

from __future__ import annotations

import secrets
import time
from threading import Lock

_making = Lock()
_last = 0


def new_key() -> str:
    """32 hex digits: nanoseconds since 1970, later than every key before, then 64 random bits."""
    global _last
    with _making:
        _last = max(time.time_ns(), _last + 1)  # also when the clock is set back, or has coarse steps
        made = _last
    return f"{made:016x}{secrets.token_hex(8)}"
