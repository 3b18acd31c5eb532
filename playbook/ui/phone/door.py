"""The door of the phone's process: a one-time code, few tries at a slow pace, a token for who came in."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

from playbook.store.access import Person

#: Wrong codes until the offer ends, and seconds between two tries, whoever makes them.
MOST_WRONG, PACE = 5, 2.0
DIGITS = 6
Answer = Literal["in", "wrong", "wait", "closed"]


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


@dataclass
class Door:
    """Shared by all visits of the process: to come again does not give more tries."""

    code: str | None
    shop_id: str = ""
    live_id: str = ""
    #: For whom everything is done that the phone does: who opened it; None without a sign-in.
    person: Person | None = None
    clock: Callable[[], float] = time.monotonic
    wrong: int = 0
    _last: float = float("-inf")
    _tokens: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    @property
    def closed(self) -> bool:
        return self.wrong >= MOST_WRONG

    def knock(self, typed: str) -> tuple[Answer, str | None]:
        """Try a code. The right one gives a token and is used up; a try that came too soon is not looked at."""
        with self._lock:
            if self.closed:
                return "closed", None
            now = self.clock()
            if now - self._last < PACE:
                return "wait", None
            self._last = now
            if self.code is not None and hmac.compare_digest(typed.strip().encode(), self.code.encode()):
                token = secrets.token_hex(16)
                self._tokens.add(token)
                self.code = None
                return "in", token
            self.wrong += 1
            return ("closed" if self.closed else "wrong"), None

    def knows(self, token: str | None) -> bool:
        return token is not None and any(hmac.compare_digest(token.encode(), each.encode()) for each in self._tokens)


#: Of this process; `child` sets it before the first visit.
here: Door | None = None
