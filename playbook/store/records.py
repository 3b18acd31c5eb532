"""What the store answers with: data only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from playbook.language import N_
from playbook.model.session import COUNTS, EXTRA_COUNTS, Session


@dataclass(frozen=True)
class Shop:
    """One seller account. `creators` are the names its exports carried; `looked_at` the last weekly look, UTC;
    `in_charge` who answers for it; `tags` as typed, with commas between them.
    """

    id: str
    name: str
    created_at: datetime
    timezone: str | None = None
    currency: str | None = None
    market: str | None = None
    playbook_folder: str | None = None
    looked_at: datetime | None = None
    creators: tuple[str, ...] = ()
    in_charge: str | None = None
    tags: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The tags one by one."""
        return tuple(filter(None, (each.strip() for each in (self.tags or "").split(","))))

    @property
    def zone(self) -> ZoneInfo | None:
        return None if self.timezone is None else ZoneInfo(self.timezone)

    def wall_clock(self, moment: datetime) -> datetime:
        """An aware moment as the shop's clock shows it; this machine's clock where no time zone is known."""
        return moment.astimezone(self.zone).replace(tzinfo=None)


@dataclass(frozen=True)
class ShopBenchmark:
    """A market figure a person typed in for a shop: value in the metric's own unit, its source and its date."""

    metric: str
    value: float
    source: str
    date: str


@dataclass(frozen=True)
class Target:
    """What the next LIVE of a shop, planned for so many hours, is to reach in one metric."""

    metric: str
    value: float
    hours: float
    set_at: datetime

    def used_up(self, owner: Shop, began: Iterable[datetime | None]) -> bool:
        """Whether a LIVE has begun since it was set. `began`: starts on the shop's clock, None where not known."""
        since = owner.wall_clock(self.set_at)
        return any(each is not None and each.replace(tzinfo=None) > since for each in began)


@dataclass(frozen=True)
class PlacedLive:
    """A session on its way into a shop. `id` is the one it has or gets there; `before` the export that counted
    so far, None for a new LIVE.
    """

    id: str
    session: Session
    before: Session | None = None

    @property
    def changes(self) -> dict[str, tuple[float | None, float | None]]:
        """Counts that this export gives otherwise: name, (so far, now)."""
        return {} if self.before is None else _changed(self.before, self.session)


@dataclass(frozen=True)
class OtherCreator:
    """A creator's name that the shop's exports did not carry so far, and how many LIVEs carry it."""

    name: str
    sessions: int


@dataclass(frozen=True)
class ImportPlan:
    """What storing some sessions would do.

    new: LIVEs not known yet. updated: known LIVEs with other values, from now on these. confirmed: the same values in
    a later export, or a new part such as a trend. older: exports from before the one that counts; kept, without effect.
    unchanged: already stored. trashed: LIVEs that were deleted; they stay deleted until restored. unplaced: without
    a Room ID and without a start, so that nothing says which LIVE they are; not stored.
    other_creators: names that this shop does not know; ask before `apply`. replaced: earlier exports of LIVEs in
    `sessions` that came in the same files; their values are kept as well. joined: LIVEs of the shop that no list of
    the files has, each with the parts that were laid on it. act: after `apply`, the name under which this import can
    be taken back; None when it wrote nothing.
    """

    shop: Shop
    sessions: tuple[Session, ...]
    replaced: tuple[Session, ...] = ()
    new: tuple[PlacedLive, ...] = ()
    updated: tuple[PlacedLive, ...] = ()
    confirmed: tuple[PlacedLive, ...] = ()
    older: tuple[PlacedLive, ...] = ()
    unchanged: tuple[PlacedLive, ...] = ()
    trashed: tuple[PlacedLive, ...] = ()
    unplaced: tuple[Session, ...] = ()
    other_creators: tuple[OtherCreator, ...] = ()
    joined: tuple[PlacedLive, ...] = ()
    act: str | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing that a person sees would be other than before."""
        return not (self.new or self.updated or self.confirmed or self.older or self.joined)


@dataclass(frozen=True)
class Act:
    """An import that can be taken back: when it was (UTC), and how many LIVEs and parts it wrote."""

    id: str
    at: datetime
    new: int
    restated: int
    parts: int


@dataclass(frozen=True)
class Version:
    """One export's values of a LIVE. `number` counts imports from 1; `current` is the one that counts."""

    number: int
    session: Session
    exported_at: datetime | None
    imported_at: datetime
    current: bool


@dataclass(frozen=True)
class Restated:
    """A count that a later export gave otherwise, or for the first time."""

    count: str
    before: float | None
    after: float | None
    exported_at: datetime | None
    imported_at: datetime


@dataclass(frozen=True)
class Mark:
    """What people left on a LIVE, and how many exports of it are kept."""

    note: str | None
    reviewed_at: datetime | None
    versions: int


@dataclass(frozen=True)
class ShopLine:
    """A shop at a glance. `last` is its latest LIVE, without parts."""

    shop: Shop
    sessions: int
    not_reviewed: int
    last: Session | None


@dataclass(frozen=True)
class Glanced:
    """A shop with what was last worked out of it. `reviewed_at` is when one of its reviews was last opened.

    `mark` is another whenever anything that it rests on changed; `key` and `data` are what was kept, None where nothing
    was.
    """

    shop: Shop
    sessions: int
    not_reviewed: int
    reviewed_at: datetime | None
    mark: str
    key: str | None = None
    data: str | None = None


@dataclass(frozen=True)
class Tidied:
    """LIVEs that were moved, merged or deleted together. `lives` counts them; `left` those that could not go along,
    by id. `shop_id` is where they were, in a merge where they went; `other_id` the other shop, if one.
    """

    id: str
    kind: str
    at: datetime
    shop_id: str
    other_id: str | None
    lives: int
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comment:
    """What somebody said of a shop, or of one of its LIVEs (`session_id`), when (UTC). `to_do` asks for something, by
    `due` and of `owner` where given; `done_at` says when that was done.
    """

    id: str
    shop_id: str
    session_id: str | None
    at: datetime
    who: str
    text: str
    to_do: bool = False
    due: date | None = None
    owner: str | None = None
    done_at: datetime | None = None
    done_by: str | None = None


#: What is kept of an account or a shop beside its LIVEs. Followers are how many there were at the end of the last day.
ACCOUNT_FIGURES = {
    "shop_gmv": N_("GMV of the whole shop"), "live_gmv": N_("GMV of LIVEs"), "orders": N_("Orders of the whole shop"),
    "followers": N_("Followers"),
}  # fmt: skip


@dataclass(frozen=True)
class AccountFigure:
    """A figure of the account over the days from `first` to `last`, both with; `source` is a file, or `typed`."""

    first: date
    last: date
    name: str
    value: float
    currency: str | None = None
    source: str = "typed"


@dataclass(frozen=True)
class ClosedMonth:
    """A month (`2026-08`) whose figures stay what they were when it was closed; `data` as whoever closed it gave it."""

    shop_id: str
    month: str
    closed_at: datetime
    who: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Trashed:
    """Something deleted that can still be brought back until `until` (UTC). `session_id` is None for a shop."""

    shop_id: str
    shop: str
    session_id: str | None
    title: str | None
    start: datetime | None
    deleted_at: datetime
    until: datetime


@dataclass(frozen=True)
class Trainee:
    """Somebody who learns under a shop; `host` is the name under which they host its LIVEs, once somebody said so."""

    id: str
    shop_id: str
    name: str
    host: str | None = None


@dataclass(frozen=True)
class LearningResult:
    """What a trainee did. `kind` is lesson, drill, practice, craft or walk, `item` the id of what it was;
    `at` is in UTC, `score` a fraction from 0 to 1, `detail` plain JSON values of whoever recorded it.
    """

    id: str
    trainee_id: str
    kind: str
    item: str
    at: datetime
    score: float
    passed: bool
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Assignment:
    """A lesson or a practice scenario (`kind`, `item`) that a trainee is asked to pass, by `due` if set. With `kind`
    quota `item` is a kind of result, and `many` is how many of it are to be handed in.

    `asked_at` is when, in UTC; None for what was assigned before that was kept.
    """

    id: str
    trainee_id: str
    kind: str
    item: str
    due: date | None = None
    asked_at: datetime | None = None
    many: int | None = None


def differences(versions: Sequence[Version]) -> tuple[Restated, ...]:
    """What each later export gave otherwise, oldest export first.

    Exports are taken in order of their export time where both have one, else of import.
    """
    ordered: list[Version] = []
    for version in sorted(versions, key=lambda each: each.number):
        at = len(ordered)
        while at and _earlier(version, ordered[at - 1]):
            at -= 1
        ordered.insert(at, version)
    return tuple(
        Restated(name, before, after, now.exported_at, now.imported_at)
        for then, now in pairwise(ordered)
        for name, (before, after) in _changed(then.session, now.session).items()
    )


def _earlier(one: Version, other: Version) -> bool:
    return one.exported_at is not None and other.exported_at is not None and one.exported_at < other.exported_at


def _changed(before: Session, after: Session) -> dict[str, tuple[float | None, float | None]]:
    pairs = {name: (before.counts.get(name), after.counts.get(name)) for name in (*COUNTS, *EXTRA_COUNTS)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
