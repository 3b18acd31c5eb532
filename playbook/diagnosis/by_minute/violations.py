"""The violations in the log of a LIVE: which type each is, whether it is known, and how many there were lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from playbook.diagnosis.findings import EventEffect, Violation
from playbook.knowledge.violations import Matcher
from playbook.model.session import Event, Session

#: So many days back, this LIVE in, the violations of one type are counted together.
COUNTED_DAYS = 90


def violations(
    session: Session, past: Sequence[Session], changes: Sequence[EventEffect], matcher: Matcher
) -> tuple[Violation, ...]:
    """Each violation of the log: its type, whether an earlier LIVE's log has it too, and what changed after it."""
    logged = [each for each in past if each.events]
    found = []
    mine: list[str] = []
    for event in sorted(session.events, key=lambda each: each.minute):
        if event.type != "violation":
            continue
        words = _words(event)
        known: Literal["known", "new"] | None = None
        if words is not None and logged:
            known = "known" if any(_count(each, words, matcher) for each in logged) else "new"
        around = tuple(
            each
            for each in changes
            if each.type == "violation" and each.minute == event.minute and each.metric in ("impressions", "err")
        )
        mine += [words] if words else []
        found.append(
            Violation(
                minute=event.minute,
                type=event.detail,
                kind=known,
                changes=around,
                name=matcher.type_of(words) if words else None,
                in_90_days=_lately(session, past, words, mine, matcher),
            )
        )
    return tuple(found)


def _lately(
    session: Session, past: Sequence[Session], words: str | None, so_far: Sequence[str], matcher: Matcher
) -> int | None:
    """Violations of one type in the logs of the last 90 days up to and with this one; None without type or date."""
    if words is None or session.start is None:
        return None
    since = session.start - timedelta(days=COUNTED_DAYS)
    before = sum(_count(each, words, matcher) for each in past if each.start is not None and each.start >= since)
    return before + sum(matcher.same(words, each) for each in so_far)


def _count(session: Session, words: str, matcher: Matcher) -> int:
    notices = (_words(event) for event in session.events if event.type == "violation")
    return sum(matcher.same(words, each) for each in notices if each)


def _words(event: Event) -> str | None:
    """What was written of it: its type, or the note where that is all there is."""
    return " ".join((event.detail or event.note or "").split()) or None
