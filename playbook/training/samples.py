"""The LIVE that a lesson looks at, reviewed by the real engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd

from playbook.imports import built_in_profiles, pick, read_paths
from playbook.knowledge.lessons import FileSample, RoomSample, Sample, ShopSample
from playbook.knowledge.load import Knowledge
from playbook.language import _
from playbook.model.session import Event, Session, Slice, UnusableFile
from playbook.pipeline import Review, review
from playbook.places import SAMPLES
from playbook.simulation.rooms import Fall, room
from playbook.simulation.shops import calm_shop

#: How far ordinary shares lie from the usual one, in turn.
_WOBBLE = (0.0, 0.08, -0.06, 0.03, -0.08, 0.05, -0.03)
_ROOM_START = datetime(2026, 3, 2, 19, 0)


class NoSample(Exception):  # noqa: N818 - it says what is missing, in words for a person
    """A lesson's sample cannot be made or read. The text says why."""


_kept: dict[tuple[str, str], Review] = {}
_MOST_KEPT = 40


def sample_review(sample: Sample, knowledge: Knowledge) -> Review:
    """The review of a lesson's sample; kept, since a page asks for it at every click. Raises NoSample."""
    key = (sample.model_dump_json(by_alias=True), knowledge.key)
    found = _kept.get(key)
    if found is None:
        session, history = sessions_of(sample)
        found = review(session, history, knowledge)
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = found
    return found


def sessions_of(sample: Sample) -> tuple[Session, Sequence[Session]]:
    """The LIVE to look at and those before it. Raises NoSample."""
    if isinstance(sample, FileSample):
        return _files(sample)
    if isinstance(sample, ShopSample):
        return _shop(sample)
    return _room(sample), []


def _files(sample: FileSample) -> tuple[Session, Sequence[Session]]:
    folder = SAMPLES / sample.folder
    if not folder.is_dir():
        there = ", ".join(names())
        raise NoSample(
            _("there is no folder data/samples/{folder}; there are: {names}", folder=sample.folder, names=there)
        )
    try:
        sessions = read_paths(sorted(folder.iterdir()), built_in_profiles(), session="latest").sessions
    except UnusableFile as error:
        raise NoSample(str(error)) from None
    session = pick(sessions, "latest")
    return session, [each for each in sessions if each is not session]


def names() -> list[str]:
    """The samples that come with the program."""
    return sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())


def _shop(sample: ShopSample) -> tuple[Session, Sequence[Session]]:
    cut = dict(sample.left)
    cuts = {index - 1: cut for index in (*sample.also_in, sample.sessions)}
    lives = calm_shop(np.random.default_rng(sample.seed), sample.impressions, sample.sessions, cuts)
    return _sliced(lives[-1], sample, None), [_sliced(each, sample, at) for at, each in enumerate(lives[:-1])]


def _sliced(live: Session, sample: ShopSample, index: int | None) -> Session:
    """With its channels and audiences: the usual shares with a small, fixed wobble, or the present ones."""
    wobble = 0.0 if index is None else _WOBBLE[index % len(_WOBBLE)]

    def slices(shares: Mapping[str, Sequence[float]]) -> tuple[Slice, ...]:
        return tuple(
            Slice(name, {}, {"views": now if index is None else usual * (1 + wobble)})
            for name, (usual, now) in shares.items()
        )

    return replace(live, channels=slices(sample.channels), followers=slices(sample.audiences))


def _room(sample: RoomSample) -> Session:
    falls = [Fall(each.metric, *each.minutes, depth=each.lost) for each in sample.falls]
    made = room(np.random.default_rng(sample.seed), sample.per_minute, falls, sample.minutes)
    events = tuple(Event(each.type, each.minute, detail=each.detail) for each in sample.events)
    return room_session(made.trend, f"room-{sample.seed}", events)


def room_session(trend: pd.DataFrame, name: str, events: tuple[Event, ...] = ()) -> Session:
    """A made-up LIVE with one row per minute as a session whose totals are the sums of its rows."""
    totals = {str(column): float(trend[column].sum()) for column in trend.columns if column != "minute"}
    return Session(
        name, totals, title=_("Made-up LIVE"), start=_ROOM_START, duration_minutes=float(len(trend)), trend=trend,
        trend_step=1.0, events=events,
    )  # fmt: skip
