"""LIVEs by day, so that a sheet with dates alone and an export with times do not make two LIVEs of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from playbook.model.session import Session, other_account

#: Two counts are the same up to this, as people round them or an export restates them; of those that both know, so
#: large a part must be.
_CLOSE, _MOST = 0.05, 0.5


class Days:
    """Keys of LIVEs by the day on which they began. `lives` is the caller's own mapping, looked at as it is now."""

    def __init__(self, lives: Mapping[str, Session]) -> None:
        self._lives = lives
        #: By day and by whether the day alone is known: many LIVEs of one day are compared with few or none.
        self._keys: dict[tuple[date, bool], dict[str, None]] = {}
        for key, live in lives.items():
            self.add(key, live)

    def add(self, key: str, live: Session) -> None:
        """A LIVE that is new, or whose start is known otherwise by now."""
        if live.start is not None:
            self._keys.setdefault((live.start.date(), live.day_alone), {})[key] = None

    def twin(self, session: Session, whole: Callable[[str], Session | None] | None = None) -> str | None:
        """The only key of this day whose LIVE may be `session`, where one of the two has its time of day and the other
        its date alone; None where there are several, or where their numbers differ. `whole` has a LIVE's counts.
        """
        if session.start is None:
            return None
        fitting = []
        for key in self._keys.get((session.start.date(), not session.day_alone), ()):
            live = self._lives.get(key)
            if live is None or live.start is None or live.start.date() != session.start.date():
                continue  # it has another name or start by now
            if live.day_alone == session.day_alone or other_account(live.creator, session.creator):
                continue
            found = live if whole is None else whole(key)
            if found is not None and _fits(found, session):
                fitting.append(key)
        return fitting[0] if len(fitting) == 1 else None


def _fits(one: Session, other: Session) -> bool:
    """Whether the counts that both know are about the same; where they know none together nothing is against it."""
    both = [
        (count, there)
        for name, count in one.counts.items()
        if count is not None and (there := other.counts.get(name)) is not None
    ]
    close = sum(abs(count - there) <= _CLOSE * max(count, there) for count, there in both)
    return close >= _MOST * len(both)
