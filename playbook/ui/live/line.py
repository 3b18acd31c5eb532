"""Taps in line for the store: what cannot be stored now waits here and is tried again.

What a browser sends starts the page anew, and callbacks of one visit run in threads of their own while an earlier one
still waits for a store that is busy. Each ends where it writes to the session state and the next tap is already there.
So a line is one object, made in a visit's first run and changed in place, which does none of that.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from threading import Lock

import streamlit as st

from playbook.model.running import RunningLive, Tap
from playbook.store.errors import StoreError
from playbook.store.store import Store
from playbook.ui.frame import keys

#: Seconds between what is said of taps that could not be stored and the next try, which may wait for a busy store.
RETRY = 2.0


@dataclass
class TapLine:
    """The taps of one visit at one LIVE. `trouble` says why the last try failed; `shown_at` when the page said so."""

    taps: list[Tap] = field(default_factory=list)
    trouble: str | None = None
    shown_at: float | None = None
    taken: set[str] = field(default_factory=set)
    _changing: Lock = field(default_factory=Lock, repr=False)
    _trying: Lock = field(default_factory=Lock, repr=False)

    def take(self, made: Iterable[Tap]) -> None:
        """Put taps in line, each once by its id."""
        with self._changing:
            new = {each.id: each.fitted() for each in made if each.id not in self.taken}
            self.taken.update(new)
            self.taps.extend(new.values())

    def drop(self, made: Tap) -> bool:
        """Take one out again; whether it still was in line."""
        with self._changing:
            there = made in self.taps
            self.taps = [each for each in self.taps if each != made]
            return there

    def ready(self, fresh: bool) -> bool:
        """Whether to try now: that something could not be stored is said first, and only a fresh tap comes sooner."""
        if not self.taps or self.trouble is None:
            return bool(self.taps)
        return self.shown_at is not None and (fresh or time.monotonic() - self.shown_at >= RETRY)

    def store(self, opened: Store, live: RunningLive) -> None:
        """Store what is in line; whoever comes while somebody tries leaves it to them."""
        if not self._trying.acquire(blocking=False):
            return
        try:
            sent = list(self.taps)
            opened.running.tap(live.id, *sent)
            there = {each.id for each in sent}
            with self._changing:
                self.taps = [each for each in self.taps if each.id not in there]
            self.trouble = None
        except StoreError as error:
            self.trouble = str(error)
        finally:
            self.shown_at = None
            self._trying.release()

    def beside(self, live: RunningLive) -> RunningLive:
        """The LIVE with what is in line and not in the store yet."""
        known = {each.id for each in live.taps}
        waiting = [each for each in self.taps if each.id not in known]
        return replace(live, taps=(*live.taps, *waiting)) if waiting else live


def of(live: RunningLive) -> TapLine:
    """The line of this visit at this LIVE. Looked up in a way that ends no callback."""
    key = keys.of_live("pad_line", live.shop_id, live.id)
    found = st.session_state.to_dict().get(key)
    if not isinstance(found, TapLine):
        found = st.session_state[key] = TapLine()
    return found
